import { add, at, constant, conv, pixelShuffle, pixelUnshuffle, slice, type Tensor } from '../graph/index.ts'
import { type NetworkWeights, Parameters } from '../nn/index.ts'
import { bicubicKernel, bicubicReach } from './bicubic.ts'
import { convolve, convolveOut, leakyRelu } from './convolve.ts'
import type { TileNetwork } from './tiles.ts'

/**
 * A network that makes pictures larger: convolutions at low resolution and pixels out of channels at the end
 * (ESPCN, Shi et al. 2016, arXiv 1609.05158), as a correction of bicubic interpolation.
 */
export interface UpscalerConfig {
  /** How many times as wide and high. */
  readonly factor: number
  /** The convolutions work on cells of so many pixels on a side: fewer places for as much work, seen from further. */
  readonly cell: number
  readonly width: number
  /** Convolutions of 3×3 from `width` to `width` channels. */
  readonly layers: number
}

export const toyboxUpscaler = { factor: 4, cell: 2, width: 48, layers: 3 } as const satisfies UpscalerConfig

/**
 * Pixels around a picture that the network sees and does not answer for: what is computed is computed from real pixels
 * only, so that a picture in tiles is the same as the picture in one.
 */
export function upscalerMargin({ cell, layers }: UpscalerConfig): number {
  return cell * (layers + 2)
}

/**
 * Pictures [B, 3, H + 2m, W + 2m] in [−1, 1], m of `upscalerMargin`, → [B, 3, factor·H, factor·W].
 * H and W are multiples of `cell`.
 */
export function upscale(p: Parameters, config: UpscalerConfig, pictures: Tensor): Tensor {
  const { factor, cell, width, layers } = config
  const cells = cell === 1 ? pictures : pixelUnshuffle(pictures, cell)
  let x = leakyRelu(convolve(p.at('in'), cells, width))
  for (let i = 0; i < layers; i++) x = leakyRelu(convolve(p.at(`body.${i}`), x, width))
  const scale = factor * cell
  // It begins as bicubic interpolation.
  const detail = convolveOut(p.at('out'), x, 3 * scale * scale)
  return add(pixelShuffle(detail, scale), bicubic(pictures, config))
}

/** The network with its weights, for `openUpscaler`. */
export function upscalerNetwork(config: UpscalerConfig, weights: NetworkWeights): TileNetwork {
  return {
    factor: config.factor,
    margin: upscalerMargin(config),
    cell: config.cell,
    forward: (pictures) => upscale(new Parameters(), config, pictures),
    weights,
  }
}

/** What the network corrects, alone. */
export function bicubicNetwork(config: UpscalerConfig): TileNetwork {
  return { ...upscalerNetwork(config, new Map()), forward: (pictures) => bicubic(pictures, config) }
}

/** Bicubic interpolation of the pictures without their margin, as a convolution with a pixel shuffle. */
function bicubic(pictures: Tensor, config: UpscalerConfig): Tensor {
  const { factor } = config
  const spare = upscalerMargin(config) - bicubicReach
  const inner = [2, 3].reduce((x, axis) => slice(x, axis, spare, at(x.shape, axis) - spare), pictures)
  const side = 2 * bicubicReach + 1
  const kernel = bicubicKernel(factor)
  const channels = Float32Array.from({ length: 3 * kernel.length }, (_, i) => kernel[i % kernel.length] ?? 0)
  const weight = constant(channels, [3 * factor * factor, 1, side, side])
  return pixelShuffle(conv(inner, weight, { groups: 3 }), factor)
}
