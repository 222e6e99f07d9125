import {
  abs,
  add,
  at,
  concat,
  input,
  mean,
  mul,
  reshape,
  slice,
  square,
  sub,
  type Tensor,
} from '../graph/index.ts'
import { type CodecConfig, decodeRaw, encodeRaw } from '../models/codec.ts'
import { Parameters } from '../nn/index.ts'

/** The codec's training loss, and what it is made of. */
export interface CodecLoss {
  readonly parameters: Parameters
  readonly loss: Tensor
  /** Mean squared error of the pictures in [−1, 1]. */
  readonly squaredError: Tensor
}

/** Noise on the latents in training: the decoder must bear what the denoiser leaves. */
const latentNoise = 0.1

/**
 * Crops of two groups of frames [B, 2, framesPerLatent·3, S, S] and noise [B, 2, C, S/8, S/8] → loss:
 * mean absolute error of pictures and of their slopes, squared error, and latent channels held near unit power.
 */
export function codecLoss(config: CodecConfig, batch: number, crop: number): CodecLoss {
  const parameters = new Parameters()
  const channels = config.framesPerLatent * 3
  const cells = crop / 8
  const frames = input('frames', [batch, 2, channels, crop, crop])
  const noise = input('noise', [batch, 2, config.latentChannels, cells, cells])
  const flat = reshape(frames, [batch * 2, channels, crop, crop])
  const latents = encodeRaw(parameters, config, flat)
  const noisy = add(reshape(latents, noise.shape), mul(noise, latentNoise))
  // The first group stands before itself.
  const first = slice(noisy, 1, 0, 1)
  const previous = concat([first, first], 1)
  const joined = (t: Tensor): Tensor => reshape(t, latents.shape)
  const decoded = decodeRaw(parameters, config, joined(noisy), joined(previous))
  const error = sub(decoded, flat)
  const squaredError = mean(square(error))
  const power = mean(square(latents), [0, 2, 3])
  const loss = [
    mean(abs(error)),
    mul(squaredError, 2),
    mul(add(slopes(error, 2), slopes(error, 3)), 0.5),
    mul(mean(square(sub(power, 1))), 0.02),
  ].reduce((a, b) => add(a, b))
  return { parameters, loss, squaredError }
}

/** Mean absolute difference between neighbours along an axis. */
function slopes(x: Tensor, axis: number): Tensor {
  const size = at(x.shape, axis)
  return mean(abs(sub(slice(x, axis, 1, size), slice(x, axis, 0, size - 1))))
}
