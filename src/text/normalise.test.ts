import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maxTextLength, normaliseText } from './normalise.ts'

describe('normaliseText', () => {
  it.each([
    ['  A  dog\truns. ', 'A dog runs.'],
    ['Cafe\u0301', 'Café'],
    ['a\u0000b\u0007c\u200bd\ufeffe\u202ef\u00ad', 'abcdef'],
    ['a\u00a0b\u3000c', 'a b c'],
    ['A dog runs\nthrough the park.', 'A dog runs through the park.'],
    ['A dog runs.\r\n\r\n  A cat sleeps.', 'A dog runs.\nA cat sleeps.'],
    ['a \ud83d b', 'a b'],
    ['👩‍🚀', '👩‍🚀'],
  ])('turns %j into %j', (raw, expected) => {
    expect(normaliseText(raw)).toBe(expected)
  })

  it.each(['', '   ', '\n\t', '\u200b\u0000'])('refuses %j as empty', (raw) => {
    expect(() => normaliseText(raw)).toThrow(expect.objectContaining({ code: 'E_PROMPT' }))
    expect(() => normaliseText(raw)).toThrow(/empty/)
  })

  it('takes the longest text, and refuses one character more', () => {
    expect(normaliseText('a'.repeat(maxTextLength))).toHaveLength(maxTextLength)
    expect(() => normaliseText('a'.repeat(maxTextLength + 1))).toThrow(/10001 characters, and at most 10000/)
  })

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('', '\n', ' \n\n a'), (a, b) => {
        const once = normaliseText(`x${a}${b}${a}`)
        expect(normaliseText(once)).toBe(once)
      }),
    )
  })
})
