import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nearest, slips } from './nearest.ts'

test('known distances', () => {
  expect(slips('kitten', 'sitting')).toBe(3)
  expect(slips('', 'abc')).toBe(3)
  expect(slips('same', 'same')).toBe(0)
})

test('is a metric', () => {
  const word = fc.string({ maxLength: 8 })
  fc.assert(
    fc.property(word, word, word, (a, b, c) => {
      expect(slips(a, b)).toBe(slips(b, a))
      expect(slips(a, b) === 0).toBe(a === b)
      expect(slips(a, c)).toBeLessThanOrEqual(slips(a, b) + slips(b, c))
    }),
  )
})

test('only what is near is near', () => {
  expect(nearest('stesp', ['steps', 'seed', 'seconds'])).toBe('steps')
  expect(nearest('frobnicate', ['steps', 'seed', 'seconds'])).toBeNull()
  expect(nearest('a', [])).toBeNull()
})
