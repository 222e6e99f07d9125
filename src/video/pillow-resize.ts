import { createFrames, type Frames } from './frames.ts'
import type { FrameSize } from './resample.ts'

/** How a new pixel is made of the old ones around it: how far it looks, in pixels of the smaller picture, and the weights. */
interface ResizeFilter {
  readonly reach: number
  readonly weight: (distance: number) => number
}

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x))

/** Pillow's filters, by its names for them; its bicubic has a = −½ (Keys 1981). */
const filters = {
  bilinear: { reach: 1, weight: (x) => Math.max(0, 1 - Math.abs(x)) },
  bicubic: {
    reach: 2,
    weight: (x) => {
      const d = Math.abs(x)
      if (d < 1) return (1.5 * d - 2.5) * d * d + 1
      return d < 2 ? ((-0.5 * d + 2.5) * d - 4) * d + 2 : 0
    },
  },
  lanczos: { reach: 3, weight: (x) => (x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0) },
} as const satisfies Record<string, ResizeFilter>

export type PillowFilter = keyof typeof filters

/**
 * Frames of another size, to the bit as Python's Pillow 13 resizes 8-bit pictures: first each row, rounded to whole numbers,
 * then each column, with weights in fixed point; the columns first where more than twice as many rows as columns are lost,
 * as Pillow before 13 never does. Published networks were made for pictures that went through it.
 */
export function resizeLikePillow(frames: Frames, { width, height }: FrameSize, filter: PillowFilter): Frames {
  const { count, channels } = frames
  const resizeRows = (data: Uint8Array, rows: number): Uint8Array =>
    resizeAxis(data, width, { outer: count * rows, length: frames.width, inner: channels }, filters[filter])
  const resizeColumns = (data: Uint8Array, columns: number): Uint8Array =>
    resizeAxis(
      data,
      height,
      { outer: count, length: frames.height, inner: columns * channels },
      filters[filter],
    )
  const lost = frames.height - height
  const isColumnsFirst = lost > 0 && lost > 2 * (frames.width - width)
  const data = isColumnsFirst
    ? resizeRows(resizeColumns(frames.data, frames.width), height)
    : resizeColumns(resizeRows(frames.data, frames.height), width)
  return createFrames({ ...frames, width, height, data })
}

/** For each new pixel the first old one that it takes from, and what it takes of it and of those behind it. */
type LineWeights = readonly { readonly first: number; readonly shares: readonly number[] }[]

/** Bits behind the point, as Pillow has them for 8-bit pictures. */
const fraction = 2 ** 22

function weightsOf(from: number, to: number, { reach, weight }: ResizeFilter): LineWeights {
  const scale = from / to
  const blur = Math.max(1, scale)
  return Array.from({ length: to }, (_, i) => {
    const middle = (i + 0.5) * scale
    const first = Math.max(0, Math.trunc(middle - reach * blur + 0.5))
    const end = Math.min(from, Math.trunc(middle + reach * blur + 0.5))
    const raw = Array.from({ length: end - first }, (_, k) => weight((k + first - middle + 0.5) / blur))
    const sum = raw.reduce((a, b) => a + b, 0)
    return { first, shares: raw.map((value) => roundAway((value / sum) * fraction)) }
  })
}

const roundAway = (value: number): number => Math.trunc(value < 0 ? value - 0.5 : value + 0.5)

interface Axes {
  readonly outer: number
  readonly length: number
  readonly inner: number
}

/** Resizes the middle axis of [outer, length, inner]. */
function resizeAxis(
  data: Uint8Array,
  to: number,
  { outer, length, inner }: Axes,
  filter: ResizeFilter,
): Uint8Array {
  if (to === length) return data
  const weights = weightsOf(length, to, filter)
  const out = new Uint8Array(outer * weights.length * inner)
  for (let line = 0; line < outer; line++) {
    for (const [i, { first, shares }] of weights.entries()) {
      for (let k = 0; k < inner; k++) {
        let sum = fraction / 2
        for (const [n, share] of shares.entries()) {
          sum += share * (data[(line * length + first + n) * inner + k] ?? 0)
        }
        out[(line * weights.length + i) * inner + k] = Math.min(255, Math.max(0, Math.floor(sum / fraction)))
      }
    }
  }
  return out
}
