import type { Frames } from '../video/frames.ts'

/** A rectangle of a picture, in pixels; it may reach outside. */
export interface Region {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/**
 * A part of one RGB frame as planes of numbers in [−1, 1], [3, height, width], written to `out`.
 * Outside the frame its edge is repeated.
 */
export function planesOf(frames: Frames, index: number, region: Region, out: Float32Array): Float32Array {
  const { width, height, data } = frames
  const area = region.width * region.height
  const from = index * width * height * 3
  const columns = Int32Array.from(
    { length: region.width },
    (_, x) => Math.min(width - 1, Math.max(0, region.left + x)) * 3,
  )
  let to = 0
  for (let y = 0; y < region.height; y++) {
    const row = from + Math.min(height - 1, Math.max(0, region.top + y)) * width * 3
    for (let x = 0; x < region.width; x++, to++) {
      const i = row + (columns[x] ?? 0)
      out[to] = (data[i] ?? 0) / 127.5 - 1
      out[to + area] = (data[i + 1] ?? 0) / 127.5 - 1
      out[to + 2 * area] = (data[i + 2] ?? 0) / 127.5 - 1
    }
  }
  return out
}

/** A picture of planes in [−1, 1], [3, height, width], and which part of it is wanted. */
export interface Planes {
  readonly data: Float32Array
  readonly width: number
  readonly height: number
  readonly part: Region
}

/** Writes the part of `planes` into one RGB frame, its left top corner at (left, top). */
export function writePlanes(
  { data, width, height, part }: Planes,
  frames: Frames,
  index: number,
  place: { readonly left: number; readonly top: number },
): void {
  const area = width * height
  // A clamped array rounds and limits as it is written to, natively.
  const out = new Uint8ClampedArray(frames.data.buffer, frames.data.byteOffset, frames.data.length)
  for (let y = 0; y < part.height; y++) {
    let from = (part.top + y) * width + part.left
    let to = ((index * frames.height + place.top + y) * frames.width + place.left) * 3
    for (let x = 0; x < part.width; x++, from++, to += 3) {
      out[to] = ((data[from] ?? 0) + 1) * 127.5
      out[to + 1] = ((data[from + area] ?? 0) + 1) * 127.5
      out[to + 2] = ((data[from + 2 * area] ?? 0) + 1) * 127.5
    }
  }
}
