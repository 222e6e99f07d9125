import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aligned } from './aligned-text.ts'
import { readCharsmap } from './charsmap.ts'
import { createNormaliser } from './normalisers.ts'
import type { NormaliserConfig } from './tokenizers-package.ts'

const normaliserOf = (config: NormaliserConfig) =>
  createNormaliser({ config, normalize: (text) => text, pattern: / {2,}/g })

/** Letters, marks that combine, Hangul letters, half-width forms: where normal forms do something. */
const unit = fc.oneof(
  fc.integer({ min: 0x20, max: 0x24f }),
  fc.integer({ min: 0x300, max: 0x36f }),
  fc.integer({ min: 0x1100, max: 0x11ff }),
  fc.integer({ min: 0x1e00, max: 0x1fff }),
  fc.integer({ min: 0x3040, max: 0x30ff }),
  fc.integer({ min: 0xac00, max: 0xd7a3 }),
  fc.integer({ min: 0xff00, max: 0xffdf }),
  fc.integer({ min: 0x1d400, max: 0x1d7ff }),
)
const text = fc.array(unit, { maxLength: 20 }).map((codes) => String.fromCodePoint(...codes))

describe('createNormaliser', () => {
  it.each(['NFC', 'NFD', 'NFKC', 'NFKD'] as const)(
    '%s is that of the language, whole text or parts',
    (type) => {
      const normalise = normaliserOf({ type })
      fc.assert(
        fc.property(text, (source) => {
          expect(normalise(aligned(source)).text).toBe(source.normalize(type))
        }),
        { numRuns: 300 },
      )
    },
  )

  it('tells where everything came from', () => {
    const { text, starts, ends } = normaliserOf({ type: 'NFC' })(aligned('xe\u0301🦊'))
    expect(text).toBe('xé🦊')
    expect(starts).toEqual([0, 1, 3, 3])
    expect(ends).toEqual([1, 3, 5, 5])
  })

  it('lowers letters one by one: no final sigma', () => {
    expect(normaliserOf({ type: 'Lowercase' })(aligned('ΟΔΟΣ İ')).text).toBe('οδοσ i\u0307')
  })

  it('replaces and strips with the places kept', () => {
    const replaced = normaliserOf({ type: 'Replace', content: '▁' })(aligned('a   b  '))
    expect(replaced).toEqual({ text: 'a▁b▁', starts: [0, 1, 4, 5], ends: [1, 4, 5, 7] })
    const stripped = normaliserOf({ type: 'Strip', strip_left: true, strip_right: true })(
      aligned(' \ta b\u0085'),
    )
    expect(stripped).toEqual({ text: 'a b', starts: [2, 3, 4], ends: [3, 4, 5] })
    expect(normaliserOf({ type: 'Strip', strip_left: true, strip_right: true })(aligned('  ')).text).toBe('')
  })
})

describe('readCharsmap', () => {
  const file = new URL('../../reference/golden/tokenizer-umt5.json', import.meta.url)
  const { normalizer } = JSON.parse(readFileSync(file, 'utf8'))
  const rules = readCharsmap(normalizer.normalizers[0].precompiled_charsmap)

  it('reads the rules that were compiled', () => {
    const read = ['ﬁ', 'Ａ', '\u0007', '\u00a0', 'e\u0301', '①', '™', 'ｶ'].map(rules)
    expect(read).toEqual(['fi', 'A', '', ' ', 'é', '1', 'TM', 'カ'])
  })

  it('has none for what stays as it is', () => {
    expect(['a', 'é', '猫', '🦊', '', '\0'].map(rules)).toEqual([null, null, null, null, null, null])
  })

  it('agrees with NFKC on all that it changes in Latin, Greek and Cyrillic', () => {
    for (let code = 0xa1; code < 0x530; code++) {
      const character = String.fromCodePoint(code)
      const isControl = /\p{Cc}|\p{Cf}/u.test(character)
      if (!isControl) expect(rules(character) ?? character).toBe(character.normalize('NFKC'))
    }
  })

  it.each(['', 'AAAA', 'AAEAAA==', '////fwAAAAA='])('refuses a cut-off map: %s', (base64) => {
    expect(() => readCharsmap(base64)).toThrow(expect.objectContaining({ code: 'E_WEIGHTS' }))
  })
})
