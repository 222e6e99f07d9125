import { createFrames, type Frames, sliceFrames } from '../video/frames.ts'
import type { State } from '../video/motion-plan.ts'
import { resizeFrames } from '../video/resample.ts'
import {
  featureNames,
  type Likeness,
  likeness,
  type PictureFeatures,
  pictureFeatures,
} from './picture-features.ts'

/** A video, and where in it the actor is that is looked for. */
export interface PlacedActor {
  /** RGB, square. */
  readonly frames: Frames
  /** One a frame. */
  readonly states: readonly State[]
}

/** Pixels on a side of an actor that is cut out. */
const cutSide = 72

/** How many frames are looked at, from the middle of the video. */
const looks = 3

/**
 * How much the actor of a video looks like each of some drawings. It is cut out by its planned box of frames in the middle,
 * and each drawing is laid into the same box before what lies left and right of it there: what is behind the actor is
 * the same for all of them.
 * @param drawings RGBA, square, straight alpha, facing right
 * @returns one a drawing, in their order; means over the frames
 */
export async function compareWithDrawings(
  { frames, states }: PlacedActor,
  drawings: readonly Frames[],
): Promise<Likeness[]> {
  const sums = drawings.map(() => ({ colors: 0, layout: 0, edges: 0 }))
  const small: Frames[] = []
  for (const drawing of drawings) small.push(await resizeFrames(drawing, { width: cutSide, height: cutSide }))
  for (const f of middleFrames(states)) {
    const state = states[f]
    if (!state) continue
    const frame = sliceFrames(frames, f, f + 1)
    const seen = featuresOf(cut(frame, state))
    const behind = beside(frame, state)
    for (const [i, drawing] of small.entries()) {
      const like = likeness(seen, featuresOf(laidOver(behind, drawing, state)))
      const sum = sums[i]
      if (sum) for (const name of featureNames) sum[name] += like[name] / looks
    }
  }
  return sums
}

/** Of likenesses, how many are above the one that should be the highest, by the sum of the given descriptions: 0 is found. */
export function rankOf(
  likenesses: readonly Likeness[],
  right: number,
  names: readonly (keyof Likeness)[] = featureNames,
): number {
  const scores = likenesses.map((like) => names.reduce((sum, name) => sum + like[name], 0))
  const own = scores[right] ?? Number.NEGATIVE_INFINITY
  return scores.filter((score) => score > own).length
}

/** The frames nearest to the middle of the video of those where most of the actor is to be seen; in order of that. */
function middleFrames(states: readonly State[]): number[] {
  const fromMiddle = (f: number): number => Math.abs(f - (states.length - 1) / 2)
  const isHidden = (f: number): number => Number(visibleShare(states[f]) < 0.8)
  return states
    .map((_, f) => f)
    .sort((a, b) => isHidden(a) - isHidden(b) || fromMiddle(a) - fromMiddle(b))
    .slice(0, looks)
}

function visibleShare(state: State | undefined): number {
  if (!state) return 0
  const inside = (center: number, size: number): number =>
    Math.max(0, Math.min(1, center + size / 2) - Math.max(0, center - size / 2)) / size
  return state.presence * inside(state.centerX, state.width) * inside(state.centerY, state.height)
}

type Square = Pick<Frames, 'data'>

/** A color of a frame at a place in [0, 1] of it, bilinear, its border going on. */
function colorAt({ data, width, height }: Frames, x: number, y: number, c: number): number {
  const [px, py] = [
    Math.min(width - 1, Math.max(0, x * width - 0.5)),
    Math.min(height - 1, Math.max(0, y * height - 0.5)),
  ]
  const [left, top] = [Math.floor(px), Math.floor(py)]
  const [right, bottom] = [Math.min(width - 1, left + 1), Math.min(height - 1, top + 1)]
  const at = (column: number, row: number): number => data[(row * width + column) * 3 + c] ?? 0
  const [fx, fy] = [px - left, py - top]
  return (
    (at(left, top) * (1 - fx) + at(right, top) * fx) * (1 - fy) +
    (at(left, bottom) * (1 - fx) + at(right, bottom) * fx) * fy
  )
}

/** What is in the box. */
function cut(frame: Frames, { centerX, centerY, width, height }: State): Square {
  return square((u, v, c) => colorAt(frame, centerX + (u - 0.5) * width, centerY + (v - 0.5) * height, c))
}

/** How far from the box, in its widths, the picture is taken for what is behind the actor. */
const margin = 0.12

/** What is beside the box, carried on into it row by row, from left to right. */
function beside(frame: Frames, { centerX, centerY, width, height }: State): Square {
  const [left, right] = [-1, 1].map((s) => centerX + s * (0.5 + margin) * width) as [number, number]
  // Beside the frame there is nothing: the other side is all.
  const weightOf = (x: number): number => Number(x >= 0 && x <= 1)
  return square((u, v, c) => {
    const y = centerY + (v - 0.5) * height
    const [a, b] = [weightOf(left) * (1 - u), weightOf(right) * u]
    if (a + b === 0) return colorAt(frame, centerX, y, c)
    return (a * colorAt(frame, left, y, c) + b * colorAt(frame, right, y, c)) / (a + b)
  })
}

function square(color: (u: number, v: number, c: number) => number): Square {
  const data = new Uint8Array(cutSide ** 2 * 3)
  for (let i = 0; i < data.length; i++) {
    const pixel = Math.floor(i / 3)
    const [u, v] = [((pixel % cutSide) + 0.5) / cutSide, (Math.floor(pixel / cutSide) + 0.5) / cutSide]
    data[i] = Math.round(color(u, v, i % 3))
  }
  return { data }
}

/** A drawing of the cut's size before a background, mirrored where the actor faces left. */
function laidOver(behind: Square, { data }: Frames, { facing }: State): Square {
  const out = new Uint8Array(behind.data.length)
  for (let y = 0; y < cutSide; y++) {
    for (let x = 0; x < cutSide; x++) {
      const from = (y * cutSide + (facing < 0 ? cutSide - 1 - x : x)) * 4
      const alpha = (data[from + 3] ?? 0) / 255
      const to = (y * cutSide + x) * 3
      for (let c = 0; c < 3; c++) {
        out[to + c] = Math.round(alpha * (data[from + c] ?? 0) + (1 - alpha) * (behind.data[to + c] ?? 0))
      }
    }
  }
  return { data: out }
}

function featuresOf({ data }: Square): PictureFeatures {
  return pictureFeatures(
    createFrames({ data, count: 1, height: cutSide, width: cutSide, channels: 3, fps: 1 }),
  )
}
