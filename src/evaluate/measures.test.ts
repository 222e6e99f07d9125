import { expect, test } from 'vitest'
import { normalArray } from '../util/random.ts'
import { consistency, cosine } from './consistency.ts'
import { meanOf, questionFigures } from './figures.ts'
import { frechetDistance } from './frechet.ts'
import { identityThreshold } from './identity.ts'
import { holds } from './read-back.ts'

const vector = (...numbers: number[]): Float32Array => Float32Array.from(numbers)

test('consistency is half the cosine to the frame before and half that to the first', () => {
  expect(consistency([vector(1, 2), vector(2, 4), vector(3, 6)])).toBeCloseTo(1, 6)
  // Second: 0 and 0. Third: 0 to the one before, 1 to the first.
  expect(consistency([vector(1, 0), vector(0, 1), vector(1, 0)])).toBeCloseTo(0.25, 6)
  // Cosines below 0 count as 0.
  expect(consistency([vector(1, 0), vector(-1, 0)])).toBe(0)
  expect(consistency([vector(1, 0)])).toBe(1)
  expect(cosine(vector(3, 4), vector(4, 3))).toBeCloseTo(24 / 25, 6)
  expect(cosine(vector(0, 0), vector(1, 0))).toBe(0)
})

test('the Fréchet distance has its closed form', () => {
  const set = (stream: number, scale: readonly number[], shift: readonly number[]): Float32Array[] =>
    Array.from({ length: 4000 }, (_, i) =>
      normalArray(5, stream * 10_000 + i, 3).map((n, k) => n * (scale[k] ?? 1) + (shift[k] ?? 0)),
    )
  const a = set(1, [1, 2, 0.5], [0, 0, 0])
  expect(frechetDistance(a, a)).toBeCloseTo(0, 4)
  // The same numbers, shifted: the square of the shift.
  const moved = a.map((one) => one.map((n, k) => n + ([3, 0, -4][k] ?? 0)))
  expect(frechetDistance(a, moved)).toBeCloseTo(25, 3)
  // Of independent numbers: the sum of (σ₁ − σ₂)².
  const b = set(2, [3, 2, 1.5], [0, 0, 0])
  expect(frechetDistance(a, b)).toBeGreaterThan(5 - 0.3)
  expect(frechetDistance(a, b)).toBeLessThan(5 + 0.3)
  // As many numbers as vectors or more: the covariance has no inverse.
  const few = Array.from({ length: 4 }, (_, i) => normalArray(6, i, 16))
  expect(frechetDistance(few, few)).toBeCloseTo(0, 3)
})

test('relations are read from places', () => {
  const place = (x: number, y: number, spreadY = 0.2) => ({ x, y, spreadX: 0.2, spreadY, cells: 5 })
  const [left, right] = [place(-0.5, 0), place(0.5, 0)]
  expect(holds('left-of', left, right)).toBe(true)
  expect(holds('right-of', left, right)).toBe(false)
  expect(holds('above', place(0, -0.5), place(0, 0.4))).toBe(true)
  expect(holds('above', place(0, 0.4), place(0, -0.5))).toBe(false)
  // Feet decide: a small one whose middle is lower may stand farther off than a tall one.
  expect(holds('behind', place(0, 0.2, 0.05), place(0, 0.1, 0.4))).toBe(true)
  expect(holds('in-front-of', place(0, 0.2, 0.05), place(0, 0.1, 0.4))).toBe(false)
  expect(holds('left-of', left, null)).toBe(false)
})

test('the bar for identities parts the same from others', () => {
  const pairs = [
    [vector(1, 0, 0), vector(1, 0.1, 0)],
    [vector(0, 1, 0), vector(0, 1, 0.1)],
    [vector(0, 0, 1), vector(0.1, 0, 1)],
  ] as const
  const bar = identityThreshold(pairs) ?? Number.NaN
  expect(bar).toBeGreaterThan(0.2)
  expect(bar).toBeLessThanOrEqual(1)
  expect(identityThreshold(pairs.slice(0, 1))).toBeNull()
})

test('a figure whose ceiling is low is not trusted, and one that nobody asked for is not there', () => {
  const answers = (rights: readonly boolean[]) =>
    rights.map((isRight) => ({ question: 'setting' as const, isRight }))
  const figure = (real: readonly boolean[]) => questionFigures(answers([true, false]), answers(real), [])
  expect(figure([true, true, true, false])).toMatchObject([
    {
      name: 'setting',
      generated: { value: 0.5, n: 2 },
      ceiling: { value: 0.75, n: 4 },
      floor: null,
      isTrusted: false,
    },
  ])
  expect(figure([true, true])[0]?.isTrusted).toBe(true)
  expect(meanOf([])).toBeNull()
})
