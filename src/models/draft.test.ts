import { describe, expect, it } from 'vitest'
import type { State } from '../video/motion-plan.ts'
import { draftFrames } from './draft.ts'

const size = { videoFrames: 4, framesPerLatent: 4, referenceSize: 8, warpSize: 16, size: 4 }
const side = 32
const area = side * side

const still: State = { centerX: 0.5, centerY: 0.5, width: 1, height: 1, facing: 1, phase: 0, presence: 1 }
const states = (change: (frame: number) => Partial<State> = () => ({})): State[] =>
  Array.from({ length: 4 }, (_, f) => ({ ...still, ...change(f) }))

/** A picture of one colour, premultiplied by its alpha. */
const plain = ([r, g, b]: readonly [number, number, number], alpha = 1): Float32Array =>
  Float32Array.from({ length: 4 * 64 }, (_, i) => alpha * ([r, g, b, 1][Math.floor(i / 64)] ?? 0))

const red = plain([1, 0, 0])
const blue = plain([0, 0, 1])
const setting = { picture: blue, states: states(() => ({ width: 1.4, height: 1.2 })) }

/** The colour of frame f at a place in 0…1, in tenths: a warp's weights add up to about 1. */
function colour(frames: Float32Array, f: number, x: number, y: number): number[] {
  const pixel = Math.floor(y * side) * side + Math.floor(x * side)
  return [0, 1, 2].map((c) => Math.round((frames[(f * 3 + c) * area + pixel] ?? Number.NaN) * 10) / 10 + 0)
}

describe('a draft', () => {
  it('marks what falls, before and behind the actors, frame by frame', () => {
    const covering = { picture: red, states: states(() => ({ width: 2, height: 2 })) }
    const falling = (kind: 'rain' | 'snow', seconds: number): Float32Array =>
      draftFrames({ setting, actors: [covering], precipitation: { kind, seed: 3, seconds, fps: 12 } }, size)
    const dry = draftFrames({ setting, actors: [covering], precipitation: null }, size)
    // A red actor before everything has no blue but where something falls.
    const marked = (frames: Float32Array): number[] =>
      [0, 1, 2, 3].map(
        (f) => frames.subarray((f * 3 + 2) * area, (f * 3 + 3) * area).filter((value) => value > -0.9).length,
      )
    expect(marked(dry)).toEqual([0, 0, 0, 0])
    for (const kind of ['rain', 'snow'] as const) {
      const frames = falling(kind, 0)
      for (const count of marked(frames)) expect(count).toBeGreaterThan(2)
      expect(falling(kind, 0)).toEqual(frames)
      // A frame later, everything is where the next frame had it.
      expect(falling(kind, 1 / 12).subarray(0, 9 * area)).toEqual(frames.subarray(3 * area))
    }
  })

  it('hides what falls behind an actor', () => {
    const precipitation = { kind: 'snow', seed: 3, seconds: 0, fps: 12 } as const
    const open = draftFrames({ setting, actors: [], precipitation }, size)
    const actors = [{ picture: blue, states: states() }]
    const covered = draftFrames({ setting, actors, precipitation }, size)
    const flakes = (frames: Float32Array): number =>
      frames.subarray(0, area).filter((value) => value > 0).length
    expect(flakes(covered)).toBeGreaterThan(0)
    expect(flakes(open)).toBeGreaterThan(flakes(covered))
  })

  it('lays an actor over the setting where the plan says, frame by frame', () => {
    const moving = states((f) => ({ centerX: 0.2 + 0.2 * f, width: 0.2, height: 0.2 }))
    const frames = draftFrames(
      { setting, actors: [{ picture: red, states: moving }], precipitation: null },
      size,
    )
    expect(frames).toHaveLength(4 * 3 * area)
    for (let f = 0; f < 4; f++) {
      expect(colour(frames, f, 0.2 + 0.2 * f, 0.5)).toEqual([1, -1, -1])
      expect(colour(frames, f, 0.2 + 0.2 * ((f + 2) % 4), 0.5)).toEqual([-1, -1, 1])
    }
  })

  it('hides the farther behind the nearer, and shows it through where that is half there', () => {
    const box = states(() => ({ width: 0.5, height: 0.5 }))
    const green = { picture: plain([0, 1, 0]), states: box }
    const near = draftFrames(
      { setting, actors: [{ picture: red, states: box }, green], precipitation: null },
      size,
    )
    expect(colour(near, 0, 0.5, 0.5)).toEqual([-1, 1, -1])
    const half = states(() => ({ width: 0.5, height: 0.5, presence: 0.5 }))
    const faint = draftFrames(
      { setting, actors: [{ picture: red, states: half }], precipitation: null },
      size,
    )
    expect(colour(faint, 0, 0.5, 0.5)).toEqual([0, -1, 0])
  })

  it('turns an actor that faces left', () => {
    const split = Float32Array.from({ length: 4 * 64 }, (_, i) =>
      i < 64 ? Number(i % 8 < 4) : i >= 3 * 64 ? 1 : 0,
    )
    const facing = (side: number) =>
      draftFrames(
        {
          setting,
          actors: [{ picture: split, states: states(() => ({ facing: side })) }],
          precipitation: null,
        },
        size,
      )
    expect(colour(facing(1), 0, 0.2, 0.5)[0]).toBe(1)
    expect(colour(facing(-1), 0, 0.2, 0.5)[0]).toBe(-1)
  })

  it('leaves out whoever lacks a picture or a plan', () => {
    const alone = draftFrames({ setting, actors: [], precipitation: null }, size)
    const box = states()
    expect(
      draftFrames({ setting, actors: [{ picture: null, states: box }], precipitation: null }, size),
    ).toEqual(alone)
    expect(
      draftFrames({ setting, actors: [{ picture: red, states: null }], precipitation: null }, size),
    ).toEqual(alone)
  })
})
