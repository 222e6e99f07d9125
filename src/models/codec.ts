import {
  add,
  at,
  concat,
  div,
  mul,
  pixelShuffle,
  pixelUnshuffle,
  reshape,
  silu,
  slice,
  sub,
  type Tensor,
} from '../graph/index.ts'
import { convolution, type Parameters } from '../nn/index.ts'

/**
 * The video codec: a convolutional autoencoder that turns a group of frames into one latent picture and back.
 * There is no normalisation over space, so a picture of any size, or a part of one, gives the same numbers.
 */
export interface CodecConfig {
  /** Frames that share one latent picture. */
  readonly framesPerLatent: number
  readonly latentChannels: number
  /** Channels at a quarter of the frame's resolution. */
  readonly fineWidth: number
  /** Channels at an eighth: the latents' resolution. */
  readonly coarseWidth: number
  readonly encoderBlocks: number
  readonly decoderBlocks: number
}

export const toyboxCodec = {
  framesPerLatent: 4,
  latentChannels: 64,
  fineWidth: 128,
  coarseWidth: 256,
  encoderBlocks: 1,
  decoderBlocks: 2,
} as const satisfies CodecConfig

/** Frame pixels on a side for one latent cell. */
export const codecStride = 8

function block(p: Parameters, x: Tensor): Tensor {
  const width = at(x.shape, 1)
  const inner = silu(convolution(p.at('conv1'), x, width, 3))
  // Starts near the identity, so that a deep stack begins as a shallow one.
  const initial = { deviation: 0.2 * (9 * width) ** -0.5 }
  return add(x, convolution(p.at('conv2'), silu(inner), width, 3, { initial }))
}

function blocks(p: Parameters, x: Tensor, count: number): Tensor {
  return Array.from({ length: count }, (_, i) => i).reduce((y, i) => block(p.at(`${i}`), y), x)
}

/** Groups of frames [N, framesPerLatent·3, H, W] in [−1, 1] → latents [N, C, H/8, W/8] before scaling. */
export function encodeRaw(p: Parameters, config: CodecConfig, frames: Tensor): Tensor {
  const fine = convolution(p.at('encoder.in'), pixelUnshuffle(frames, 4), config.fineWidth, 3)
  const x = blocks(p.at('encoder.fine'), silu(fine), config.encoderBlocks)
  const coarse = convolution(p.at('encoder.down'), pixelUnshuffle(x, 2), config.coarseWidth, 1)
  const y = blocks(p.at('encoder.coarse'), silu(coarse), config.encoderBlocks)
  return convolution(p.at('encoder.out'), y, config.latentChannels, 1)
}

/**
 * Latents before scaling [N, C, h, w], with those of the group before each, → frames [N, framesPerLatent·3, 8h, 8w].
 * Seeing the group before keeps the picture continuous from group to group.
 */
export function decodeRaw(p: Parameters, config: CodecConfig, latents: Tensor, previous: Tensor): Tensor {
  const x = convolution(p.at('decoder.in'), concat([latents, previous], 1), config.coarseWidth, 3)
  const coarse = blocks(p.at('decoder.coarse'), silu(x), config.decoderBlocks)
  const up = convolution(p.at('decoder.up'), coarse, config.fineWidth * 4, 1)
  const fine = blocks(p.at('decoder.fine'), silu(pixelShuffle(up, 2)), config.decoderBlocks)
  return pixelShuffle(convolution(p.at('decoder.out'), fine, config.framesPerLatent * 3 * 16, 3), 4)
}

/** The latents before each of a clip's latents: its first stands before itself, unless one is given. */
export function previousLatents(latents: Tensor, first: Tensor = slice(latents, 0, 0, 1)): Tensor {
  const count = at(latents.shape, 0)
  return count === 1 ? first : concat([first, slice(latents, 0, 0, count - 1)], 0)
}

/** Mean and deviation of every latent channel over the training data, measured when the codec is trained. */
function statistics(p: Parameters, config: CodecConfig): { mean: Tensor; deviation: Tensor } {
  const channels = config.latentChannels
  const wide = (t: Tensor): Tensor => reshape(t, [1, channels, 1, 1])
  return {
    mean: wide(p.declare('latents.mean', [channels], { value: 0 }, 'none')),
    deviation: wide(p.declare('latents.deviation', [channels], { value: 1 }, 'none')),
  }
}

/** Frames → latents of mean 0 and deviation 1. Shapes as `encodeRaw`. */
export function encode(p: Parameters, config: CodecConfig, frames: Tensor): Tensor {
  const { mean, deviation } = statistics(p, config)
  return div(sub(encodeRaw(p, config, frames), mean), deviation)
}

/** Latents of mean 0 and deviation 1 → frames. Shapes as `decodeRaw`. */
export function decode(p: Parameters, config: CodecConfig, latents: Tensor, previous: Tensor): Tensor {
  const { mean, deviation } = statistics(p, config)
  const raw = (z: Tensor): Tensor => add(mul(z, deviation), mean)
  return decodeRaw(p, config, raw(latents), raw(previous))
}
