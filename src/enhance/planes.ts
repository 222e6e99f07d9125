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

/** Pixels of a tile, [height, width, 3]. */
export interface TilePixels {
  readonly data: Uint8Array
  readonly width: number
}

/** Writes a tile into one RGB frame, its left top corner at (left, top); what would lie beyond the frame is left out. */
export function writeTile(
  { data, width }: TilePixels,
  frames: Frames,
  index: number,
  { left, top }: Pick<Region, 'left' | 'top'>,
): void {
  const row = width * 3
  const rows = Math.min(data.length / row, frames.height - top)
  const length = Math.min(width, frames.width - left) * 3
  for (let y = 0; y < rows; y++) {
    const to = ((index * frames.height + top + y) * frames.width + left) * 3
    frames.data.set(data.subarray(y * row, y * row + length), to)
  }
}
