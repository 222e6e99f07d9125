import {
  add,
  at,
  concat,
  constant,
  cos,
  gelu,
  mul,
  reshape,
  silu,
  sin,
  type Tensor,
} from '../../graph/index.ts'
import { geluTanh, layerNorm, linear, type Parameters } from '../../nn/index.ts'
import type { WanPictureConfig, WanTransformerConfig } from './config.ts'

/** What every block is told: the time, and what is looked at. */
export interface WanConditions {
  /** [B, width]. */
  readonly time: Tensor
  /** Shifts, scales and gates of a block's two halves, before the block's own are added: [B, 6, width]. */
  readonly modulation: Tensor
  /** [B, tokens, width]. */
  readonly text: Tensor
  /** [B, tokens, width]; null for text-to-video. */
  readonly picture: Tensor | null
}

/** Rounding as in the reference, whose frequencies are 32-bit numbers: a turn of 999 shows their last bits. */
const f32 = Math.fround

/** Cosines and sines of times [B] in 0…1000 → [B, features] (Vaswani et al. 2017, with cosines first). */
function timeFeatures(times: Tensor, features: number): Tensor {
  const half = features / 2
  const rates = Array.from({ length: half }, (_, i) =>
    f32(Math.exp(f32(f32(f32(-Math.log(10_000)) * i) / half))),
  )
  const turns = mul(reshape(times, [-1, 1]), constant(rates, [1, half]))
  return concat([cos(turns), sin(turns)], 1)
}

/** Features of pictures [B, tokens, pictureWidth] → [B, tokens, width]; of a first and a last one together if both. */
function pictureTokens(p: Parameters, features: Tensor, width: number, config: WanPictureConfig): Tensor {
  const positions = config.positions
  const placed =
    positions === null
      ? features
      : add(
          reshape(features, [-1, positions, config.width]),
          p.declare('pos_embed', [1, positions, config.width], { value: 0 }),
        )
  const inner = gelu(linear(p.at('ff.net.0.proj'), layerNorm(p.at('norm1'), placed), config.width))
  return layerNorm(p.at('norm2'), linear(p.at('ff.net.2'), inner, width))
}

export interface WanInputs {
  /** Noisy latents, and what is given beside them: [B, channelsIn, F, H, W]. */
  readonly x: Tensor
  /** [B], in 0…1000. */
  readonly times: Tensor
  /** The text encoder's vectors, zeros behind them to the length of training: [B, tokens, textWidth]. */
  readonly text: Tensor
  /** The picture encoder's vectors [pictures, tokens, pictureWidth]; null for text-to-video. */
  readonly picture: Tensor | null
}

/** Time, text and picture at the transformer's width. */
export function wanConditions(
  p: Parameters,
  { times, text, picture }: Pick<WanInputs, 'times' | 'text' | 'picture'>,
  config: WanTransformerConfig,
): WanConditions {
  const width = config.heads * config.headWidth
  const timed = silu(linear(p.at('time_embedder.linear_1'), timeFeatures(times, config.timeFeatures), width))
  const time = linear(p.at('time_embedder.linear_2'), timed, width)
  const modulation = linear(p.at('time_proj'), silu(time), 6 * width)
  const words = geluTanh(linear(p.at('text_embedder.linear_1'), text, width))
  return {
    time,
    modulation: reshape(modulation, [at(times.shape, 0), 6, width]),
    text: linear(p.at('text_embedder.linear_2'), words, width),
    picture:
      picture && config.picture
        ? pictureTokens(p.at('image_embedder'), picture, width, config.picture)
        : null,
  }
}
