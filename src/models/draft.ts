import type { Frames } from '../video/frames.ts'
import type { State } from '../video/motion-plan.ts'
import { openPrecipitation, type PrecipitationLayer, precipitationColors } from '../video/precipitation.ts'
import { codecStride } from './codec.ts'
import { framesOf } from './codec-pixels.ts'
import type { PlacedReference } from './conditions.ts'
import { type Edge, type LayoutSize, type Warps, warpsOf } from './layout.ts'
import type { PlacedPrecipitation, PlacedShot } from './placed-shot.ts'

/**
 * The draft of a chunk: still references laid where the plan says, the nearer over the farther, and where drops and flakes
 * are between and before them. The codec's encoder turns it into latents, which the painter is told: it sees what is to
 * come to life in the numbers that it paints in.
 * @param shot actors from the farthest to the nearest; whatever lacks a picture or a plan is left out
 * @returns RGB in [−1, 1] as the codec takes it, [latentFrames, framesPerLatent·3, H, W]
 */
export function draftFrames({ setting, actors, precipitation }: PlacedShot, size: LayoutSize): Float32Array {
  const side = size.size * codecStride
  const frame = 3 * side * side
  const out = new Float32Array(size.videoFrames * frame)
  const lay = (reference: PlacedReference, edge: Edge): void => {
    if (!reference.picture || !reference.states) return
    const warps = warpsOf(reference.states, { ...size, warpSize: side }, edge)
    let warped: Float32Array = new Float32Array(0)
    for (let f = 0; f < size.videoFrames; f++) {
      // What stands still is warped once: a camera that does not move is most of a draft's work.
      const isSame = f > 0 && lieAlike(reference.states[f], reference.states[f - 1])
      if (!isSame) warped = warpPicture(reference.picture, warps, f, side, size.referenceSize)
      layOver(out.subarray(f * frame, (f + 1) * frame), warped)
    }
  }
  const fall = precipitation ? precipitationOver(precipitation, side) : null
  lay(setting, 'clamp')
  fall?.(out, 'far')
  for (const actor of actors) lay(actor, 'empty')
  fall?.(out, 'near')
  for (let i = 0; i < out.length; i++) out[i] = (out[i] ?? 0) * 2 - 1
  return out
}

/** Marks drops and flakes of a layer into all frames of a chunk, RGB in [0, 1], [videoFrames, 3, side, side]. */
function precipitationOver(
  { seconds, fps, ...precipitation }: PlacedPrecipitation,
  side: number,
): (frames: Float32Array, layer: PrecipitationLayer) => void {
  const markAll = openPrecipitation(precipitation)
  const color = precipitationColors[precipitation.kind]
  const area = side * side
  return (frames, layer) => {
    for (let from = 0, f = 0; from < frames.length; from += 3 * area, f++) {
      markAll({ seconds: seconds + f / fps, layer, side }, (x, y, share) => {
        for (const [c, value] of color.entries()) {
          const to = from + c * area + y * side + x
          const before = frames[to] ?? 0
          frames[to] = before + (value / 255 - before) * share
        }
      })
    }
  }
}

/** One draft picture for each latent frame of a chunk, as it is in the middle of it; `pixels` on a side. */
export function draftPictures(
  { setting, actors, precipitation }: PlacedShot,
  size: LayoutSize,
  pixels: number,
): Frames {
  const { framesPerLatent, videoFrames } = size
  const count = videoFrames / framesPerLatent
  const middle = framesPerLatent >> 1
  const inMiddles = (reference: PlacedReference): PlacedReference => {
    return {
      ...reference,
      states: reference.states?.filter((_, f) => f % framesPerLatent === middle) ?? null,
    }
  }
  const falling = precipitation && {
    ...precipitation,
    seconds: precipitation.seconds + middle / precipitation.fps,
    fps: precipitation.fps / framesPerLatent,
  }
  const inThem = { setting: inMiddles(setting), actors: actors.map(inMiddles), precipitation: falling }
  const small = { ...size, videoFrames: count, size: pixels / codecStride }
  return framesOf(draftFrames(inThem, small), count, pixels, 1)
}

/** What a reference's warp is made from. */
const placeKeys = ['centerX', 'centerY', 'width', 'height', 'facing', 'presence'] as const

/** Whether a reference lies in two frames at the same place. */
const lieAlike = (a: State | undefined, b: State | undefined): boolean =>
  placeKeys.every((key) => a?.[key] === b?.[key])

/** A picture [4, R, R] as it lies in frame f, [4, side, side]: a product by columns and one by rows, both mostly zeros. */
function warpPicture(
  picture: Float32Array,
  { rows, columns }: Warps,
  f: number,
  side: number,
  r: number,
): Float32Array {
  const wide = new Float32Array(4 * r * side)
  eachWeight(columns, f, side, r, (x, j, weight) => {
    for (let from = j, to = x; to < wide.length; from += r, to += side) {
      wide[to] = (wide[to] ?? 0) + weight * (picture[from] ?? 0)
    }
  })
  const out = new Float32Array(4 * side * side)
  eachWeight(rows, f, side, r, (y, j, weight) => {
    for (let c = 0; c < 4; c++) {
      const [from, to] = [(c * r + j) * side, (c * side + y) * side]
      for (let x = 0; x < side; x++) out[to + x] = (out[to + x] ?? 0) + weight * (wide[from + x] ?? 0)
    }
  })
  return out
}

/** Calls `visit` for every weight of frame f's warp [side, r] that is not zero. */
function eachWeight(
  warp: Float32Array,
  f: number,
  side: number,
  r: number,
  visit: (sample: number, pixel: number, weight: number) => void,
): void {
  const start = f * side * r
  for (let i = 0; i < side * r; i++) {
    const weight = warp[start + i] ?? 0
    if (weight !== 0) visit(Math.floor(i / r), i % r, weight)
  }
}

/** Premultiplied RGBA [4, area] over RGB [3, area], in place. */
function layOver(rgb: Float32Array, over: Float32Array): void {
  const area = rgb.length / 3
  for (let start = 0; start < rgb.length; start += area) {
    for (let i = 0; i < area; i++) {
      const seen = 1 - (over[3 * area + i] ?? 0)
      rgb[start + i] = (rgb[start + i] ?? 0) * seen + (over[start + i] ?? 0)
    }
  }
}
