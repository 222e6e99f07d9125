import { at, slice, type Tensor } from '../../graph/index.ts'
import type { Parameters } from '../../nn/index.ts'
import type { FrameCache } from './frame-cache.ts'
import {
  causalConvolution,
  downsample,
  last,
  middle,
  pointwise,
  residualBlock,
  upsample,
} from './vae-layers.ts'

/** What Wan's video autoencoder is made of. */
export interface WanVaeConfig {
  /** Channels at the frames' own size. */
  readonly width: number
  readonly latentChannels: number
  /** How many times the width there is at each size, the frames' own first. */
  readonly widths: readonly number[]
  /** Residual blocks at each size in the encoder; the decoder has one more. */
  readonly blocks: number
  /** Whether the step from each size to the next smaller one halves the frames too. */
  readonly halvesTime: readonly boolean[]
  /** Of each latent channel: what the transformer works on is (latent − mean) / deviation. */
  readonly mean: readonly number[]
  readonly deviation: readonly number[]
}

/** Wan 2.1's: 4 frames of 8×8 pixels are one cell of 16 numbers. */
export const wanVae = {
  width: 96,
  latentChannels: 16,
  widths: [1, 2, 4, 4],
  blocks: 2,
  halvesTime: [false, true, true],
  mean: [
    -0.7571, -0.7089, -0.9113, 0.1075, -0.1745, 0.9653, -0.1517, 1.5508, 0.4134, -0.0715, 0.5517, -0.3632,
    -0.1922, -0.9497, 0.2503, -0.2921,
  ],
  deviation: [
    2.8184, 1.4541, 2.3275, 2.6558, 1.2196, 1.7708, 2.6052, 2.0743, 3.2687, 2.1526, 2.8652, 1.5579, 1.6382,
    1.1253, 2.8251, 1.916,
  ],
} as const satisfies WanVaeConfig

/** Frame pixels on a side for one latent cell. */
export const spatialStride = ({ widths }: WanVaeConfig): number => 2 ** (widths.length - 1)

/** Frames of a chunk after the first, for one latent frame. */
export const temporalStride = ({ halvesTime }: WanVaeConfig): number => 2 ** halvesTime.filter(Boolean).length

/**
 * One chunk of frames [B, 3, F, H, W] in −1…1 → the mean of its latent [B, latentChannels, 1, h, w].
 * F is 1 for the first chunk, `temporalStride` for the next. Weights have the published names of `AutoencoderKLWan`.
 */
export function wanEncode(p: Parameters, frames: Tensor, cache: FrameCache, config: WanVaeConfig): Tensor {
  const encoder = p.at('encoder')
  let x = causalConvolution(encoder.at('conv_in'), frames, config.width, cache)
  let index = 0
  for (const [size, times] of config.widths.entries()) {
    for (let i = 0; i < config.blocks; i++) {
      x = residualBlock(encoder.at(`down_blocks.${index++}`), x, config.width * times, cache)
    }
    if (size === config.widths.length - 1) break
    x = downsample(encoder.at(`down_blocks.${index++}`), x, at(config.halvesTime, size) === true, cache)
  }
  x = last(encoder, middle(encoder.at('mid_block'), x, cache), 2 * config.latentChannels, cache)
  return slice(pointwise(p.at('quant_conv'), x, 2 * config.latentChannels), 1, 0, config.latentChannels)
}

/**
 * One latent frame [B, latentChannels, 1, h, w] → its frames [B, 3, F, H, W], about −1…1 and not cut off there.
 * F is 1 for the first chunk, `temporalStride` for the next. Weights have the published names of `AutoencoderKLWan`.
 */
export function wanDecode(p: Parameters, latents: Tensor, cache: FrameCache, config: WanVaeConfig): Tensor {
  const decoder = p.at('decoder')
  const widths = config.widths.map((times) => config.width * times).reverse()
  let x = pointwise(p.at('post_quant_conv'), latents, config.latentChannels)
  x = middle(
    decoder.at('mid_block'),
    causalConvolution(decoder.at('conv_in'), x, at(widths, 0), cache),
    cache,
  )
  for (const [size, width] of widths.entries()) {
    const block = decoder.at(`up_blocks.${size}`)
    for (let i = 0; i <= config.blocks; i++) x = residualBlock(block.at(`resnets.${i}`), x, width, cache)
    if (size === widths.length - 1) break
    x = upsample(block.at('upsamplers.0'), x, at(config.halvesTime, -1 - size) === true, cache)
  }
  return last(decoder, x, 3, cache)
}
