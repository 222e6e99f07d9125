import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { beatsOf, shapeOf, smoothed } from './arc.ts'

describe('the six shapes of Reagan et al., 2016', () => {
  // Their names’ own meanings, as a person would draw them.
  test.each([
    ['rags to riches', [-0.8, -0.6, -0.4, -0.1, 0.2, 0.5, 0.7, 0.9]],
    ['tragedy', [0.9, 0.7, 0.5, 0.2, -0.1, -0.4, -0.6, -0.8]],
    ['man in a hole', [0.6, 0.2, -0.3, -0.6, -0.6, -0.2, 0.3, 0.7]],
    ['Icarus', [-0.6, -0.2, 0.3, 0.6, 0.6, 0.2, -0.3, -0.7]],
    ['Cinderella', [-0.6, 0.1, 0.5, 0.2, -0.4, -0.5, 0.1, 0.7]],
    ['Oedipus', [0.6, -0.1, -0.5, -0.2, 0.4, 0.5, -0.1, -0.7]],
  ] as const)('%s', (shape, valences) => {
    const match = shapeOf(valences)
    expect(match).toMatchObject({ shape, reason: null })
    expect(match.correlation).toBeGreaterThan(0.85)
    // Neither a story's mood as a whole nor its strength is its shape.
    expect(shapeOf(valences.map((v) => 0.3 * v + 0.4)).shape).toBe(shape)
  })

  test('a story of four shots is too short to tell, an even one is flat, a saw follows none', () => {
    expect(shapeOf([-1, 0, 0.5, 1])).toMatchObject({
      shape: 'flat',
      reason: expect.stringMatching(/too short/),
    })
    expect(shapeOf([0.1, 0.1, 0.12, 0.1, 0.1, 0.09])).toMatchObject({ shape: 'flat' })
    expect(shapeOf(Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? 0.8 : -0.8)))).toMatchObject({
      shape: 'flat',
    })
  })
})

test('smoothing keeps an even story even, stays within its extremes, and calms a saw', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1 }), (values) => {
      const smooth = smoothed(values)
      expect(Math.min(...smooth)).toBeGreaterThanOrEqual(Math.min(...values) - 1e-12)
      expect(Math.max(...smooth)).toBeLessThanOrEqual(Math.max(...values) + 1e-12)
    }),
  )
  expect(smoothed([0.3, 0.3, 0.3])).toEqual([0.3, 0.3, 0.3].map((value) => expect.closeTo(value, 12)))
  const saw = Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? 1 : -1))
  expect(Math.max(...smoothed(saw).slice(5, 35).map(Math.abs))).toBeLessThan(0.01)
})

test('a story opens, rises to its climax, falls and closes', () => {
  expect(beatsOf([0.1, 0.2, 0.5, 0.9, 0.4, 0.2], true)).toEqual([
    'establishing',
    'rising',
    'rising',
    'climax',
    'falling',
    'closing',
  ])
  expect(beatsOf([0.9, 0.2], true)).toEqual(['establishing', 'climax'])
  expect(beatsOf([0.5], false)).toEqual(['establishing'])
})
