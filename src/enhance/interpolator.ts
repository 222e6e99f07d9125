import {
  add,
  at,
  concat,
  mul,
  pixelShuffle,
  pixelUnshuffle,
  sigmoid,
  slice,
  sub,
  type Tensor,
  tanh,
} from '../graph/index.ts'
import type { Parameters } from '../nn/index.ts'
import { convolve, convolveOut, leakyRelu } from './convolve.ts'
import { warp } from './warp.ts'

/**
 * A network that draws the frame between two: how far each of its pixels lies from where it was and will be, both frames
 * warped by that, mixed, and corrected; after RIFE (Huang et al. 2020, arXiv 2011.06294), on one scale and for the
 * middle only.
 */
export interface InterpolatorConfig {
  /** Motion is estimated on cells of so many pixels on a side. */
  readonly cell: number
  readonly width: number
  /** Convolutions of 3×3 from `width` to `width` channels. */
  readonly layers: number
  /** Channels of the correction, which works on pixels. */
  readonly fineWidth: number
  /** Pixels that anything is thought to move to the middle, at most. */
  readonly reach: number
}

export const toyboxInterpolator = {
  cell: 4,
  width: 48,
  layers: 3,
  fineWidth: 16,
  reach: 12,
} as const satisfies InterpolatorConfig

/** Cells' worth of pixels around the middle frame that its correction sees. */
const fineMargin = 2

/** Pixels around the frames that the network sees and does not answer for; a multiple of `cell`. */
export function interpolatorMargin({ cell, layers, reach }: InterpolatorConfig): number {
  const seen = Math.max(cell * (layers + 2), reach + 1)
  return Math.ceil((seen + fineMargin) / cell) * cell
}

export interface MiddleFrame {
  /** [B, 3, H, W]. */
  readonly pixels: Tensor
  /** Before the correction: both frames warped and mixed, [B, 3, H, W]. */
  readonly mixed: Tensor
  /** Where each pixel was in the first frame and will be in the second: Δx, Δy, Δx, Δy, in pixels, [B, 4, H, W]. */
  readonly motion: Tensor
}

/** Frames [B, 3, H + 2m, W + 2m] in [−1, 1], m of `interpolatorMargin`, → the one between. H and W are multiples of `cell`. */
export function interpolate(
  p: Parameters,
  config: InterpolatorConfig,
  before: Tensor,
  after: Tensor,
): MiddleFrame {
  const { cell, width, layers, fineWidth, reach } = config
  const cells = pixelUnshuffle(concat([before, after], 1), cell)
  let x = leakyRelu(convolve(p.at('in'), cells, width))
  for (let i = 0; i < layers; i++) x = leakyRelu(convolve(p.at(`body.${i}`), x, width))
  // It begins as the mean of both frames.
  const coarse = pixelShuffle(convolveOut(p.at('motion'), x, 5 * cell * cell), cell)
  const spare = interpolatorMargin(config) - cell * (layers + 2)
  // What the correction needs is its own margin; the rest of what was estimated is more than that.
  const estimate = cut(coarse, spare - fineMargin)
  const motion = mul(tanh(slice(estimate, 1, 0, 4)), reach)
  const share = sigmoid(slice(estimate, 1, 4, 5))
  const offset = interpolatorMargin(config) - fineMargin
  const was = warp(before, slice(motion, 1, 0, 2), offset)
  const willBe = warp(after, slice(motion, 1, 2, 4), offset)
  const mixed = add(willBe, mul(share, sub(was, willBe)))
  const fine = leakyRelu(convolve(p.at('fine.in'), concat([was, willBe, mixed, share], 1), fineWidth))
  const correction = convolveOut(p.at('fine.out'), fine, 3)
  return {
    pixels: add(cut(mixed, fineMargin), correction),
    mixed: cut(mixed, fineMargin),
    motion: cut(motion, fineMargin),
  }
}

/** Without so many pixels at each edge. */
function cut(x: Tensor, margin: number): Tensor {
  return [2, 3].reduce((y, axis) => slice(y, axis, margin, at(y.shape, axis) - margin), x)
}
