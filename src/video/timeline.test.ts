import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sourceFrames, timeline } from './timeline.ts'

test('cross-fades count inside the later shot, and the one before goes on beneath them', () => {
  const shots = [
    { seconds: 2, fadeSeconds: 0 },
    { seconds: 1, fadeSeconds: 0.5 },
    { seconds: 3, fadeSeconds: 0 },
  ]
  expect(timeline(shots, 24)).toEqual([
    { start: 0, count: 48, fade: 0, tail: 12 },
    { start: 48, count: 24, fade: 12, tail: 0 },
    { start: 72, count: 72, fade: 0, tail: 0 },
  ])
})

test('nothing fades before the first shot; a fade shorter than a frame is one frame', () => {
  const shots = [
    { seconds: 1, fadeSeconds: 1 },
    { seconds: 1, fadeSeconds: 0.001 },
  ]
  expect(timeline(shots, 12).map(({ fade, tail }) => [fade, tail])).toEqual([
    [0, 1],
    [1, 0],
  ])
})

const shotLengths = fc.array(
  fc
    .record({
      seconds: fc.double({ min: 0.25, max: 60, noNaN: true }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    .map(({ seconds, share }) => ({ seconds, fadeSeconds: seconds * share })),
  { minLength: 1, maxLength: 50 },
)

test('whatever the lengths: no gaps, no drift, and no fade longer than its shot', () => {
  fc.assert(
    fc.property(shotLengths, fc.integer({ min: 1, max: 60 }), (shots, fps) => {
      const spans = timeline(shots, fps)
      let end = 0
      let seconds = 0
      for (const [i, span] of spans.entries()) {
        expect(span.start).toBe(end)
        end += span.count
        seconds += shots[i]?.seconds ?? 0
        expect(Math.abs(end - seconds * fps)).toBeLessThanOrEqual(0.5)
        expect(span.fade).toBeLessThanOrEqual(span.count)
        expect(span.tail).toBe(spans[i + 1]?.fade ?? 0)
      }
    }),
  )
})

test('at another rate, just as many frames as are shown', () => {
  const span = { start: 0, count: 40, fade: 0, tail: 8 }
  expect(sourceFrames(span, 24, 12)).toBe(24)
  expect(sourceFrames({ ...span, tail: 9 }, 24, 12)).toBe(25)
  expect(sourceFrames(span, 12, 24)).toBe(96)
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 60 }), (count, fps) => {
      const last = Math.floor(((count - 1) * 12) / fps + 1e-6)
      expect(sourceFrames({ start: 0, count, fade: 0, tail: 0 }, fps, 12)).toBeGreaterThan(last)
    }),
  )
})
