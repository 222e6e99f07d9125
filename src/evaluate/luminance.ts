import type { Frames } from '../video/frames.ts'

/** One channel of light, 0 to 255: [height, width]. */
export interface Luminance {
  readonly data: Float32Array
  readonly width: number
  readonly height: number
}

/** Each frame's light (ITU-R BT.601). */
export function luminances({ data, count, width, height, channels }: Frames): Luminance[] {
  return Array.from({ length: count }, (_, f) => {
    const out = new Float32Array(width * height)
    for (let i = 0; i < out.length; i++) {
      const at = (f * out.length + i) * channels
      out[i] = 0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0)
    }
    return { data: out, width, height }
  })
}

/** Mean absolute difference, 0 to 255. */
export function meanDifference(a: Luminance, b: Luminance): number {
  return a.data.reduce((sum, value, i) => sum + Math.abs(value - (b.data[i] ?? 0)), 0) / a.data.length
}

/** Pixels on a side of the blocks that motion is found for. */
export const blockSide = 8

/** A displacement in pixels. */
export type Vector = readonly [x: number, y: number]

/** Displacements up to `reach` pixels to each side, the shortest first. */
export function displacements(reach: number): Vector[] {
  const all: Vector[] = []
  for (let y = -reach; y <= reach; y++) for (let x = -reach; x <= reach; x++) all.push([x, y])
  return all.sort((a, b) => a[0] ** 2 + a[1] ** 2 - b[0] ** 2 - b[1] ** 2)
}

/** Whole blocks of a picture by their top left corners. */
export function blocksOf({ width, height }: Luminance): Vector[] {
  const corners: Vector[] = []
  for (let y = 0; y + blockSide <= height; y += blockSide)
    for (let x = 0; x + blockSide <= width; x += blockSide) corners.push([x, y])
  return corners
}

/**
 * Sum of absolute differences of two blocks, given up above `most`; infinite where one reaches outside its picture.
 */
export function blockDifference(
  a: Luminance,
  [ax, ay]: Vector,
  b: Luminance,
  [bx, by]: Vector,
  most: number,
): number {
  const fits = (p: Luminance, x: number, y: number): boolean =>
    x >= 0 && y >= 0 && x + blockSide <= p.width && y + blockSide <= p.height
  if (!fits(a, ax, ay) || !fits(b, bx, by)) return Number.POSITIVE_INFINITY
  let sum = 0
  for (let y = 0; y < blockSide && sum <= most; y++) {
    const rowA = (ay + y) * a.width + ax
    const rowB = (by + y) * b.width + bx
    for (let x = 0; x < blockSide; x++) sum += Math.abs((a.data[rowA + x] ?? 0) - (b.data[rowB + x] ?? 0))
  }
  return sum
}
