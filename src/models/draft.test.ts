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
  it('lays an actor over the setting where the plan says, frame by frame', () => {
    const moving = states((f) => ({ centerX: 0.2 + 0.2 * f, width: 0.2, height: 0.2 }))
    const frames = draftFrames(setting, [{ picture: red, states: moving }], size)
    expect(frames).toHaveLength(4 * 3 * area)
    for (let f = 0; f < 4; f++) {
      expect(colour(frames, f, 0.2 + 0.2 * f, 0.5)).toEqual([1, -1, -1])
      expect(colour(frames, f, 0.2 + 0.2 * ((f + 2) % 4), 0.5)).toEqual([-1, -1, 1])
    }
  })

  it('hides the farther behind the nearer, and shows it through where that is half there', () => {
    const box = states(() => ({ width: 0.5, height: 0.5 }))
    const green = { picture: plain([0, 1, 0]), states: box }
    const near = draftFrames(setting, [{ picture: red, states: box }, green], size)
    expect(colour(near, 0, 0.5, 0.5)).toEqual([-1, 1, -1])
    const half = states(() => ({ width: 0.5, height: 0.5, presence: 0.5 }))
    const faint = draftFrames(setting, [{ picture: red, states: half }], size)
    expect(colour(faint, 0, 0.5, 0.5)).toEqual([0, -1, 0])
  })

  it('turns an actor that faces left', () => {
    const split = Float32Array.from({ length: 4 * 64 }, (_, i) =>
      i < 64 ? Number(i % 8 < 4) : i >= 3 * 64 ? 1 : 0,
    )
    const facing = (side: number) =>
      draftFrames(setting, [{ picture: split, states: states(() => ({ facing: side })) }], size)
    expect(colour(facing(1), 0, 0.2, 0.5)[0]).toBe(1)
    expect(colour(facing(-1), 0, 0.2, 0.5)[0]).toBe(-1)
  })

  it('leaves out whoever lacks a picture or a plan', () => {
    const alone = draftFrames(setting, [], size)
    const box = states()
    expect(draftFrames(setting, [{ picture: null, states: box }], size)).toEqual(alone)
    expect(draftFrames(setting, [{ picture: red, states: null }], size)).toEqual(alone)
  })
})
