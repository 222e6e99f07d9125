import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { crossFade } from './cross-fade.ts'
import { createFrames, type Frames, joinFrames, solidFrames } from './frames.ts'
import { createShotJoiner } from './join-shots.ts'
import { retimeFrames } from './resample.ts'
import { sourceFrames, timeline } from './timeline.ts'

/** Frames of one pixel, one level each. */
function levels(values: readonly number[], fps: number): Frames {
  const data = Uint8Array.from(values.flatMap((value) => [value, value, value]))
  return createFrames({ data, count: values.length, width: 1, height: 1, channels: 3, fps })
}

const levelsOf = ({ data }: Frames): number[] => [...data].filter((_, i) => i % 3 === 0)

/** A film of shots whose every frame is of the shot's level, handed over in runs of `step` frames at 12 a second. */
function film(
  shots: readonly { seconds: number; fadeSeconds: number; level: number }[],
  fps: number,
  step = 4,
): number[] {
  const joiner = createShotJoiner(fps)
  const parts: Frames[] = []
  for (const [i, span] of timeline(shots, fps).entries()) {
    joiner.begin(span)
    const needed = sourceFrames(span, fps, 12)
    for (let at = 0; at < needed; at += step) {
      const part = joiner.add(levels(Array(step).fill(shots[i]?.level), 12))
      if (part) parts.push(part)
    }
  }
  return levelsOf(joinFrames(parts))
}

describe('crossFade', () => {
  test('goes evenly from the one to the other, the same both ways', () => {
    const [dark, light] = [levels([0, 0, 0, 0], 12), levels([200, 200, 200, 200], 12)]
    expect(levelsOf(crossFade(dark, light, { start: 0, length: 4 }))).toEqual([25, 75, 125, 175])
    expect(levelsOf(crossFade(light, dark, { start: 0, length: 4 }))).toEqual([175, 125, 75, 25])
  })

  test('in parts is the same as at once', () => {
    const [a, b] = [levels([10, 20, 30, 40], 12), levels([200, 150, 100, 50], 12)]
    const half = (from: Frames, first: number) => levels(levelsOf(from).slice(first, first + 2), 12)
    const parts = [0, 2].map((start) => crossFade(half(a, start), half(b, start), { start, length: 4 }))
    expect(levelsOf(joinFrames(parts))).toEqual(levelsOf(crossFade(a, b, { start: 0, length: 4 })))
  })

  test('what is transparent has no colour to give', () => {
    const shape = { count: 1, width: 1, height: 1, channels: 4, fps: 12 } as const
    const faded = crossFade(solidFrames(shape, [255, 0, 0, 0]), solidFrames(shape, [0, 0, 200, 255]), {
      start: 0,
      length: 1,
    })
    expect([...faded.data]).toEqual([0, 0, 200, 128])
  })
})

describe('createShotJoiner', () => {
  test('cuts where a shot ends', () => {
    const shots = [
      { seconds: 0.5, fadeSeconds: 0, level: 10 },
      { seconds: 0.25, fadeSeconds: 0, level: 20 },
    ]
    expect(film(shots, 12)).toEqual([...Array(6).fill(10), ...Array(3).fill(20)])
    expect(film(shots, 24)).toEqual([...Array(12).fill(10), ...Array(6).fill(20)])
  })

  test('fades within the later shot, whose length stays', () => {
    const shots = [
      { seconds: 0.5, fadeSeconds: 0, level: 0 },
      { seconds: 0.5, fadeSeconds: 1 / 3, level: 200 },
    ]
    expect(film(shots, 12)).toEqual([0, 0, 0, 0, 0, 0, 25, 75, 125, 175, 200, 200])
  })

  test('what fades goes on moving', () => {
    const joiner = createShotJoiner(12)
    const [first, second] = timeline(
      [
        { seconds: 0.25, fadeSeconds: 0 },
        { seconds: 0.25, fadeSeconds: 1 / 6 },
      ],
      12,
    )
    if (!first || !second) throw new Error('two shots have two spans')
    joiner.begin(first)
    expect(levelsOf(joiner.add(levels([0, 10, 20, 30, 40], 12)) ?? levels([], 12))).toEqual([0, 10, 20])
    joiner.begin(second)
    expect(levelsOf(joiner.add(levels([100, 100, 100], 12)) ?? levels([], 12))).toEqual([48, 85, 100])
  })

  test('however the runs come, the film is the same', () => {
    const shot = fc.record({
      seconds: fc.double({ min: 0.25, max: 3, noNaN: true }),
      fadeSeconds: fc.double({ min: 0, max: 0.25, noNaN: true }),
      level: fc.integer({ min: 0, max: 255 }),
    })
    fc.assert(
      fc.property(
        fc.array(shot, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 4, max: 60 }),
        fc.integer({ min: 1, max: 50 }),
        (shots, fps, step) => {
          const whole = film(shots, fps, 1000)
          expect(film(shots, fps, step)).toEqual(whole)
          expect(whole.length).toBe(Math.round(shots.reduce((sum, { seconds }) => sum + seconds, 0) * fps))
        },
      ),
    )
  })

  test('one shot is as retimed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), (fps) => {
        const source = levels([...Array(24).keys()], 12)
        const joiner = createShotJoiner(fps)
        joiner.begin({ start: 0, count: 2 * fps, fade: 0, tail: 0 })
        const run = joiner.add(source)
        expect(run && levelsOf(run)).toEqual(levelsOf(retimeFrames(source, fps)))
      }),
    )
  })
})
