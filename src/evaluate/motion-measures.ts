import type { Frames } from '../video/frames.ts'
import {
  blockDifference,
  blockSide,
  blocksOf,
  displacements,
  type Luminance,
  luminances,
  meanDifference,
  type Vector,
} from './luminance.ts'

/** What VBench measures of a clip's motion, with its definitions (Huang et al. 2024, arXiv 2311.17982). */
export interface MotionMeasures {
  /** True where something moves plainly. */
  readonly isDynamic: boolean
  /** 1 − mean absolute difference of neighbouring frames / 255. Means flicker where nothing moves. */
  readonly steadiness: number
  /** 1 − mean absolute error of every other frame, interpolated from its neighbours, / 255. */
  readonly smoothness: number
}

export function measureMotion(frames: Frames): MotionMeasures {
  const pictures = luminances(frames)
  return {
    isDynamic: isDynamic(pictures, frames.fps),
    steadiness: steadiness(pictures),
    smoothness: smoothness(pictures),
  }
}

/** VBench looks at eight frames a second. */
const looksPerSecond = 8
/** Of a picture 256 pixels high, in pixels: flow beyond this is motion. */
const movingPixels = 6
/** Share of the picture that moves most. */
const movingShare = 0.05

/**
 * Dynamic degree: the fastest twentieth of the picture moves by more than 6/256 of its shorter side, from look to look,
 * in at least a quarter of the looks. VBench takes RAFT's flow; ours is found by blocks of 8×8 pixels, up to 8 away.
 */
function isDynamic(pictures: readonly Luminance[], fps: number): boolean {
  const step = Math.max(1, Math.round(fps / looksPerSecond))
  const looks = pictures.filter((_, i) => i % step === 0)
  const [first] = looks
  if (!first) return false
  const threshold = (movingPixels * Math.min(first.width, first.height)) / 256
  const moving = looks.slice(1).filter((look, i) => {
    const speeds = flow(looks[i] ?? look, look)
      .map(([x, y]) => Math.hypot(x, y))
      .sort((a, b) => b - a)
    const fastest = speeds.slice(0, Math.max(1, Math.round(speeds.length * movingShare)))
    return fastest.reduce((sum, speed) => sum + speed, 0) / fastest.length > threshold
  })
  return moving.length >= Math.max(1, Math.round((4 * looks.length) / 16))
}

const reach = 8
const near = displacements(reach)
/** Grey levels a pixel by which a displacement must be better than a shorter one: flat blocks stay where they are. */
const gain = 1

/** Where each block of the second picture was in the first. */
export function flow(before: Luminance, after: Luminance): Vector[] {
  return blocksOf(after).map((corner) =>
    bestOf((vector, most) =>
      blockDifference(after, corner, before, [corner[0] - vector[0], corner[1] - vector[1]], most),
    ),
  )
}

function bestOf(costOf: (vector: Vector, most: number) => number): Vector {
  let best: Vector = [0, 0]
  let least = costOf(best, Number.POSITIVE_INFINITY)
  for (const vector of near) {
    const bar = least - gain * blockSide
    if (bar < 0) break
    const cost = costOf(vector, bar)
    if (cost <= bar) [best, least] = [vector, cost]
  }
  return best
}

function steadiness(pictures: readonly Luminance[]): number {
  if (pictures.length < 2) return 1
  const sum = pictures.slice(1).reduce((total, one, i) => total + meanDifference(pictures[i] ?? one, one), 0)
  return 1 - sum / (pictures.length - 1) / 255
}

/**
 * VBench drops every other frame and has AMT interpolate it; here each block of the frame between takes the mean of the
 * two blocks, as far before as behind on one line, that are most alike.
 */
function smoothness(pictures: readonly Luminance[]): number {
  const errors = pictures.flatMap((middle, i) => {
    const [before, after] = [pictures[i - 1], pictures[i + 1]]
    return i % 2 === 1 && before && after ? [meanDifference(between(before, after), middle)] : []
  })
  return errors.length === 0 ? 1 : 1 - errors.reduce((a, b) => a + b, 0) / errors.length / 255
}

/** The picture between two. */
export function between(before: Luminance, after: Luminance): Luminance {
  const data = before.data.map((value, i) => (value + (after.data[i] ?? 0)) / 2)
  for (const [x, y] of blocksOf(before)) {
    const [dx, dy] = bestOf((vector, most) =>
      blockDifference(before, [x - vector[0], y - vector[1]], after, [x + vector[0], y + vector[1]], most),
    )
    for (let row = 0; row < blockSide; row++) {
      for (let column = 0; column < blockSide; column++) {
        const from = (y - dy + row) * before.width + x - dx + column
        const to = (y + dy + row) * before.width + x + dx + column
        data[(y + row) * before.width + x + column] = ((before.data[from] ?? 0) + (after.data[to] ?? 0)) / 2
      }
    }
  }
  return { ...before, data }
}
