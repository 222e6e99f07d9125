import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normaliseText } from './normalise.ts'
import { createTokenizer, type TokenizerOptions } from './tokenizer.ts'

const root = new URL('../../', import.meta.url)
const readJson = (path: string) => JSON.parse(readFileSync(new URL(path, root), 'utf8'))

interface Golden {
  readonly lines: readonly string[]
  readonly cases: Readonly<Record<string, { readonly file: string; ids: number[][]; spans: number[][] }>>
  /** What the older files of T5 have instead. */
  readonly t5: object
}

// By the reference implementation, tokenizers 0.23.3 (Rust): see reference/README.md.
const golden: Golden = readJson('reference/golden/tokenizers.json')
const names = Object.keys(golden.cases)

function fileOf(name: string) {
  const file = readJson(golden.cases[name]?.file ?? '')
  if (name !== 't5') return file
  const model = { ...file.model, byte_fallback: false }
  return { ...file, ...golden.t5, normalizer: file.normalizer.normalizers[0], model }
}

const bytesOf = (file: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(file))
const open = (name: string, options: TokenizerOptions = { maxTokens: 100_000 }) =>
  createTokenizer(bytesOf(fileOf(name)), options)

const isNormalised = (line: string): boolean => {
  try {
    return normaliseText(line) === line
  } catch {
    return false
  }
}

describe.each(names)('tokenise, by the file of %s', (name) => {
  const tokenizer = open(name)
  const { ids = [], spans = [] } = golden.cases[name] ?? {}

  it('gives the ids of the reference for 200 lines', () => {
    const own = golden.lines.map((line) => ({ line, ids: tokenizer.tokenise(line).ids }))
    expect(own).toHaveLength(200)
    expect(own).toEqual(golden.lines.map((line, index) => ({ line, ids: ids[index] })))
  })

  // Where the reference calls a token's place that of an added space, ours is empty; `▁` itself reads as a space.
  it('gives the offsets of the reference for those that are normalised', () => {
    const wrong = golden.lines.flatMap((line, index) => {
      if (!isNormalised(line) || line.includes('▁')) return []
      const flat = spans[index] ?? []
      return tokenizer.tokenise(line).offsets.flatMap(([start, end], i) => {
        const reference = [flat[2 * i], flat[2 * i + 1]]
        const isSame = start === end || (start === reference[0] && end === reference[1])
        return isSame ? [] : [{ line, own: [start, end], reference }]
      })
    })
    expect(wrong).toEqual([])
    expect(golden.lines.filter(isNormalised).length).toBeGreaterThan(140)
  })

  it('takes the names of special tokens as plain text', () => {
    const special: { id: number; content: string }[] = fileOf(name).added_tokens
    const around = tokenizer.tokenise('').ids
    const text = special.map(({ content }) => content).join(' ')
    const { ids } = tokenizer.tokenise(text)
    const inside = ids.slice(around.length > 1 ? 1 : 0, ids.length - (around.length > 0 ? 1 : 0))
    const unknown = tokenizer.tokenise(text).unknown.map((index) => ids[index])
    expect(inside.filter((id) => special.some((one) => one.id === id && !unknown.includes(id)))).toEqual([])
  })

  it('cuts at a word, and says what it cut', () => {
    const text = 'a red fox runs through antidisestablishmentarianism and snow'
    const whole = tokenizer.tokenise(text)
    const at = text.indexOf('antidis')
    const first = whole.offsets.findIndex(([start], index) => start >= at && index > 0)
    const around = tokenizer.tokenise('').ids.length
    // Room for the words before, and for a part of the long one.
    const short = open(name, { maxTokens: first + around + 1 })
    const { ids, warnings } = short.tokenise(text)
    expect(warnings).toMatchObject([{ type: 'text-cut', cut: text.slice(at) }])
    expect(warnings[0]?.message).toContain('antidisestablishment')
    const kept = ids.slice(0, ids.length - (around > 0 ? 1 : 0))
    expect(kept).toEqual(whole.ids.slice(0, kept.length))
    expect(ids.at(-1)).toBe(around > 0 ? whole.ids.at(-1) : kept.at(-1))
    expect(open(name, { maxTokens: whole.ids.length }).tokenise(text).warnings).toEqual([])
    expect(open(name, { maxTokens: whole.ids.length - 1 }).tokenise(text).warnings).toHaveLength(1)
  })

  it('places the tokens of any text in it, in order', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const { ids, offsets } = tokenizer.tokenise(text)
        expect(offsets).toHaveLength(ids.length)
        const own = offsets.slice(1, -1)
        for (const [index, [start, end]] of own.entries()) {
          expect(start).toBeGreaterThanOrEqual(0)
          expect(end).toBeGreaterThanOrEqual(start)
          expect(end).toBeLessThanOrEqual(text.length)
          expect(end).toBeGreaterThanOrEqual(own[index - 1]?.[1] ?? 0)
        }
      }),
    )
  })
})

describe('byte-level BPE', () => {
  it('loses nothing: the tokens spell the text', () => {
    const { vocab } = fileOf('gpt2').model
    const token = new Map(Object.entries<number>(vocab).map(([sign, id]) => [id, sign]))
    const signs = [...token.values()].filter((sign) => sign.length === 1).sort()
    // The 188 printable signs stand for themselves, the others follow from U+0100 on in the order of their bytes.
    const rest = Array.from({ length: 256 }, (_, byte) => byte).filter(
      (byte) => !signs.includes(String.fromCharCode(byte)),
    )
    const byteOf = (sign: string): number => {
      const code = sign.charCodeAt(0)
      return code < 0x100 ? code : (rest[code - 0x100] ?? 0)
    }
    const tokenizer = open('gpt2')
    const spell = (ids: readonly number[]): string => {
      const bytes = ids.flatMap((id) => [...(token.get(id) ?? '')].map(byteOf))
      return new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(bytes))
    }
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        expect(spell(tokenizer.tokenise(text).ids)).toBe(text)
      }),
    )
    for (const line of golden.lines) expect(spell(tokenizer.tokenise(line).ids)).toBe(line)
  })
})

describe('createTokenizer', () => {
  it('tells which kind it is, and how many tokens there are', () => {
    const kinds = names.map((name) => [name, open(name).kind, open(name).vocabularySize])
    expect(kinds).toEqual([
      ['minilm', 'WordPiece', 30_522],
      ['gpt2', 'BPE', Object.keys(fileOf('gpt2').model.vocab).length],
      ['clip', 'BPE', Object.keys(fileOf('clip').model.vocab).length],
      ['umt5', 'Unigram', fileOf('umt5').model.vocab.length],
      ['t5', 'Unigram', fileOf('t5').model.vocab.length],
    ])
  })

  it('refuses a limit without room for the text', () => {
    expect(() => open('clip', { maxTokens: 2 })).toThrow(RangeError)
    expect(open('clip', { maxTokens: 3 }).tokenise('snow falls').ids).toHaveLength(3)
    expect(() => open('gpt2', { maxTokens: Number.NaN })).toThrow(RangeError)
  })

  it('warns of what the vocabulary cannot spell, if it does not spell bytes', () => {
    expect(open('t5').tokenise('a \u{1f9ec} b').warnings).toMatchObject([{ type: 'unknown-word' }])
    expect(open('umt5').tokenise('a \u{1f9ec} b').warnings).toEqual([])
    expect(open('gpt2').tokenise('a \u{1f9ec} b').warnings).toEqual([])
  })

  it('warns of scripts only where the encoder learned one', () => {
    expect(open('umt5').tokenise('кот').warnings).toEqual([])
    const latin = open('clip', { maxTokens: 77, scripts: 'latin' })
    expect(latin.tokenise('кот').warnings).toMatchObject([{ type: 'unknown-script', script: 'Cyrillic' }])
  })

  it('adds a space before the first word where the file asks for it', () => {
    const file = fileOf('gpt2')
    const prefixed = { ...file, pre_tokenizer: { ...file.pre_tokenizer, add_prefix_space: true } }
    const { ids, offsets } = createTokenizer(bytesOf(prefixed), { maxTokens: 100 }).tokenise('snow falls')
    expect(ids).toEqual(open('gpt2').tokenise(' snow falls').ids)
    expect(offsets[0]?.[0]).toBe(0)
    expect(offsets.at(-1)?.[1]).toBe('snow falls'.length)
  })

  it.each([
    '',
    '{}',
    '[]',
    'null',
    '{"model":{"type":"BPE"}}',
    '{"model":{"type":"WordPiece","vocab":{}}}',
    JSON.stringify({ ...fileOf('umt5'), normalizer: { type: 'Prepend', prepend: '▁' } }),
    JSON.stringify({ ...fileOf('umt5'), normalizer: { type: 'Precompiled', precompiled_charsmap: 'AAAA' } }),
    JSON.stringify({ ...fileOf('gpt2'), model: { ...fileOf('gpt2').model, vocab: { a: 0 } } }),
  ])('refuses what is no such file: %#', (text) => {
    const create = () => createTokenizer(new TextEncoder().encode(text), { maxTokens: 256 })
    expect(create).toThrow(expect.objectContaining({ code: 'E_WEIGHTS' }))
  })
})
