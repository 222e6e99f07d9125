import { at, type HostTensor } from '../../graph/index.ts'

/** Square tiles, and how far apart they begin: they overlap by the difference. In cells or in pixels. */
export interface Tiles {
  readonly size: number
  readonly stride: number
}

/** The part of a tensor [1, C, F, H, W] that a tile covers; at the right and at the bottom there may be less. */
export interface Place {
  readonly top: number
  readonly left: number
  readonly height: number
  readonly width: number
}

/** The places of all tiles, by rows; one that covers everything where no side is longer than a tile. */
export function placesOf(height: number, width: number, { size, stride }: Tiles): Place[][] {
  if (height <= size && width <= size) return [[{ top: 0, left: 0, height, width }]]
  const starts = (length: number): number[] =>
    Array.from({ length: Math.ceil(length / stride) }, (_, i) => i * stride)
  return starts(height).map((top) =>
    starts(width).map((left) => ({
      top,
      left,
      height: Math.min(size, height - top),
      width: Math.min(size, width - left),
    })),
  )
}

type Sizes = readonly [number, number, number, number, number]

/** Frames [start, end) of a part of a video or of latents. */
export function cut(
  x: HostTensor,
  { top, left, height, width }: Place,
  start: number,
  end: number,
): HostTensor {
  const [, channels, frames, rows, columns] = x.shape as Sizes
  const data = new Float32Array(channels * (end - start) * height * width)
  let to = 0
  for (let c = 0; c < channels; c++) {
    for (let f = start; f < end; f++) {
      for (let y = top; y < top + height; y++) {
        const from = ((c * frames + f) * rows + y) * columns + left
        data.set((x.data as Float32Array).subarray(from, from + width), to)
        to += width
      }
    }
  }
  return { data, shape: [1, channels, end - start, height, width], dtype: 'f32' }
}

/**
 * Tiles put together: each fades in over the one above it and the one to its left, where they overlap. Tiles are
 * changed.
 * @param stride how far apart the tiles begin
 * @param overlap over how many rows and columns they fade
 */
export function join(
  rows: readonly (readonly HostTensor[])[],
  [height, width]: readonly [number, number],
  stride: number,
  overlap: number,
): HostTensor {
  const only = at(at(rows, 0), 0)
  if (rows.length === 1 && at(rows, 0).length === 1) return only
  const [, channels, frames] = only.shape as Sizes
  const joined = new Float32Array(channels * frames * height * width)
  for (const [i, row] of rows.entries()) {
    for (const [j, tile] of row.entries()) {
      if (i > 0) fade(at(at(rows, i - 1), j), tile, 3, overlap)
      if (j > 0) fade(at(row, j - 1), tile, 4, overlap)
      paste(tile, joined, { top: i * stride, left: j * stride, height, width }, stride)
    }
  }
  return { data: joined, shape: [1, channels, frames, height, width], dtype: 'f32' }
}

/** Fades the first rows (axis 3) or columns (axis 4) of `to` in over the last of `from`. */
function fade(from: HostTensor, to: HostTensor, axis: 3 | 4, overlap: number): void {
  const reach = Math.min(overlap, at(from.shape, axis), at(to.shape, axis))
  const [, channels, frames, rows, columns] = to.shape as Sizes
  const [, , , fromRows, fromColumns] = from.shape as Sizes
  const [a, b] = [from.data as Float32Array, to.data as Float32Array]
  const [height, width] = axis === 3 ? [reach, columns] : [rows, reach]
  const [down, right] = axis === 3 ? [fromRows - reach, 0] : [0, fromColumns - reach]
  for (let plane = 0; plane < channels * frames; plane++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const share = (axis === 3 ? y : x) / reach
        const before = a[(plane * fromRows + y + down) * fromColumns + x + right] ?? 0
        const index = (plane * rows + y) * columns + x
        b[index] = before * (1 - share) + (b[index] ?? 0) * share
      }
    }
  }
}

/** Copies the first `stride` rows and columns of a tile to its place; `place` has the whole's height and width. */
function paste(tile: HostTensor, whole: Float32Array, place: Place, stride: number): void {
  const [, channels, frames, rows, columns] = tile.shape as Sizes
  const height = Math.min(stride, rows, place.height - place.top)
  const width = Math.min(stride, columns, place.width - place.left)
  for (let plane = 0; plane < channels * frames; plane++) {
    for (let y = 0; y < height; y++) {
      const from = (plane * rows + y) * columns
      const to = (plane * place.height + place.top + y) * place.width + place.left
      whole.set((tile.data as Float32Array).subarray(from, from + width), to)
    }
  }
}
