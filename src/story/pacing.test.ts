import fc from 'fast-check'
import { expect, test } from 'vitest'
import { durationsOf, type PacedShot } from './pacing.ts'
import { beats } from './storyboard.ts'

const paced = fc.record({
  beat: fc.constantFrom(...beats),
  tension: fc.double({ min: 0, max: 1, noNaN: true }),
  events: fc.integer({ min: 0, max: 5 }),
})

test('durations add up to what was asked for, none too short, none too long', () => {
  fc.assert(
    fc.property(
      fc.array(paced, { minLength: 1, maxLength: 60 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (shots, share) => {
        const [low, high] = [0.25 * shots.length, 60 * shots.length]
        const seconds = Math.round((low + share * (high - low)) * 1000) / 1000
        const durations = durationsOf(shots, seconds)
        expect(durations.reduce((a, b) => a + b, 0)).toBeCloseTo(seconds, 2)
        expect(Math.min(...durations)).toBeGreaterThanOrEqual(0.25)
        expect(Math.max(...durations)).toBeLessThanOrEqual(60)
      },
    ),
  )
})

test('time to look at first, quicker toward the climax, room at the end', () => {
  const shot = (beat: PacedShot['beat'], tension: number): PacedShot => ({ beat, tension, events: 1 })
  const durations = durationsOf(
    [
      shot('establishing', 0.1),
      shot('rising', 0.3),
      shot('rising', 0.5),
      shot('climax', 0.9),
      shot('falling', 0.4),
      shot('closing', 0.1),
    ],
    30,
  )
  const [first = 0, second = 0, third = 0, climax = 0, fifth = 0, last = 0] = durations
  expect(first).toBeGreaterThan(second)
  expect(second).toBeGreaterThan(third)
  expect(third).toBeGreaterThan(climax)
  expect(fifth).toBeGreaterThan(climax)
  expect(last).toBe(Math.max(...durations))
})

test('a time that so many shots do not fit into is refused', () => {
  const shots = Array.from({ length: 4 }, () => ({ beat: 'rising' as const, tension: 0.5, events: 1 }))
  expect(() => durationsOf(shots, 0.9)).toThrow(/`seconds` of 4 shots must be 1 to 240, got 0\.9/)
  expect(() => durationsOf(shots, 241)).toThrow(/1 to 240, got 241/)
})
