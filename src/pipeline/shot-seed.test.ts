import fc from 'fast-check'
import { expect, test } from 'vitest'
import { derivedSeed, shotSeeds } from './shot-seed.ts'

test('every shot of every video has its own seed, the same every time', () => {
  const film = { seed: 7, count: 2 }
  const seeds = Array.from({ length: 100 }, (_, index) => shotSeeds(film, { index })).flat()
  expect(new Set(seeds).size).toBe(200)
  expect(shotSeeds(film, { index: 0 })).toEqual([7, 8])
  expect(shotSeeds(film, { index: 5 })).toEqual([derivedSeed(7, 5), derivedSeed(8, 5)])
})

test('a shot’s own seed holds wherever it stands, and whatever the film’s', () => {
  const own = (seed: number, index: number) => shotSeeds({ seed, count: 3 }, { index, seed: 42 })
  expect(own(0, 1)).toEqual(own(9, 4))
  expect(new Set(own(0, 1)).size).toBe(3)
  expect(own(0, 1)[0]).toBe(42)
})

test('seeds are whole numbers that a seed may be', () => {
  const seed = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER })
  fc.assert(
    fc.property(seed, fc.integer({ min: 0, max: 500 }), (of, index) => {
      expect(Number.isSafeInteger(derivedSeed(of, index))).toBe(true)
      expect(derivedSeed(of, index)).toBeGreaterThanOrEqual(0)
    }),
  )
})
