import { addNoise, spreadTime, velocityLoss } from '../diffusion/index.ts'
import { input, reshape, type Tensor } from '../graph/index.ts'
import { type CodecConfig, codecStride, encode } from '../models/codec.ts'
import { conditionInputs } from '../models/conditions.ts'
import { type DenoiserConfig, denoise } from '../models/denoiser.ts'
import { Parameters } from '../nn/index.ts'

export interface DenoiserLoss {
  readonly parameters: Parameters
  /** The codec's: they do not learn. */
  readonly frozen: Parameters
  readonly loss: Tensor
}

/**
 * The painter's training loss over a batch of clips.
 * Inputs: those of `conditionInputs`, `frames` [B·F, framesPerLatent·3, H, W] in [−1, 1],
 * `noise` [B, F, C, S, S], and `weight` [B, F, 1, S, S]: how much each cell counts, 0 in frames that are given.
 */
export function denoiserLoss(config: DenoiserConfig, codec: CodecConfig, batch: number): DenoiserLoss {
  const { frames: count, size, latentChannels } = config
  const parameters = new Parameters()
  const frozen = new Parameters('codec.')
  const side = size * codecStride
  const shape = [batch, count, latentChannels, size, size]
  const conditions = conditionInputs(config, batch)
  const clips = input('frames', [batch * count, codec.framesPerLatent * 3, side, side])
  const clean = reshape(encode(frozen, codec, clips), shape)
  const t = spreadTime(conditions.times, clean)
  const noisy = addNoise(clean, input('noise', shape), t)
  const predicted = denoise(parameters, config, noisy, conditions)
  const loss = velocityLoss(predicted, clean, t, input('weight', [batch, count, 1, size, size]))
  return { parameters, frozen, loss }
}
