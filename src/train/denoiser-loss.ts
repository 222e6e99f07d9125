import { addNoise, spreadTime, velocityLoss } from '../diffusion/index.ts'
import {
  add,
  at,
  concat,
  div,
  input,
  mean,
  mul,
  reshape,
  split,
  square,
  sub,
  type Tensor,
} from '../graph/index.ts'
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
 * The painter's training loss over N clips, of the velocity and of detail, each drawn `draws` times: it is encoded once, and the
 * same clip under other noise teaches as much as a new one. B = N·draws items: all clips, then all again.
 * Inputs: those of `conditionInputs` for B, `frames` [N·F, framesPerLatent·3, H, W] in [−1, 1],
 * `drafts` of the clips, of the same shape, `drafted` [B, 1, 1, 1, 1] 1 where the draft is told,
 * `noise` [B, F, C, S, S], and `weight` [B, F, 1, S, S]: how much each cell counts, 0 in frames that are given.
 */
export function denoiserLoss(
  config: DenoiserConfig,
  codec: CodecConfig,
  { clips: clipCount, draws }: { readonly clips: number; readonly draws: number },
): DenoiserLoss {
  const { frames: count, size, latentChannels } = config
  const parameters = new Parameters()
  const frozen = new Parameters('codec.')
  const side = size * codecStride
  const batch = clipCount * draws
  const shape = [batch, count, latentChannels, size, size]
  const groups = clipCount * count
  const frames = [groups, codec.framesPerLatent * 3, side, side]
  const both = encode(frozen, codec, concat([input('frames', frames), input('drafts', frames)], 0))
  const [latents, drafts] = split(both, 0, [groups, groups]) as [Tensor, Tensor]
  const eachDraw = (t: Tensor): Tensor =>
    reshape(draws === 1 ? t : concat(new Array<Tensor>(draws).fill(t), 0), shape)
  const clean = eachDraw(latents)
  const draft = mul(eachDraw(drafts), input('drafted', [batch, 1, 1, 1, 1]))
  const conditions = { ...conditionInputs(config, batch), draft }
  const t = spreadTime(conditions.times, clean)
  const noisy = addNoise(clean, input('noise', shape), t)
  const predicted = denoise(parameters, config, noisy, conditions)
  const weight = input('weight', [batch, count, 1, size, size])
  const loss = add(
    velocityLoss(predicted, clean, t, weight),
    mul(detailLoss(predicted, clean, weight), detailShare),
  )
  return { parameters, frozen, loss }
}

/** How much of the loss is about how much there is to be seen, beside where. */
const detailShare = 0.2

/** Cells on a side of a window. */
const windowSide = 4

/**
 * How much less, or more, there is to be seen in windows of predicted latents than in those of clean ones: squared
 * differences of their variances, channel by channel, beside those of the clean. A squared error alone is least where
 * whatever is uncertain is weakened: soft outlines, and less motion inside of a latent frame than there is. With this,
 * what is likely is strengthened again, and what is a guess is not (docs/decisions/029-detail-loss.md).
 * Shapes [B, F, C, S, S]; `weight` [B, F, 1, S, S].
 */
export function detailLoss(predicted: Tensor, clean: Tensor, weight: Tensor): Tensor {
  const real = variances(clean)
  const difference = div(square(sub(variances(predicted), real)), add(real, leastVariance))
  return mean(mul(difference, windowMeans(weight)))
}

/** Where there is less to be seen, a little more is no matter. */
const leastVariance = 0.1

function variances(latents: Tensor): Tensor {
  return sub(windowMeans(square(latents)), square(windowMeans(latents)))
}

/** [B, F, C, S, S] → [B, F, C, S / windowSide, S / windowSide]. */
function windowMeans(x: Tensor): Tensor {
  const [b, f, c, side] = [at(x.shape, 0), at(x.shape, 1), at(x.shape, 2), at(x.shape, 3) / windowSide]
  const windows = reshape(x, [b * f * c, side, windowSide, side, windowSide])
  return reshape(mean(windows, [2, 4]), [b, f, c, side, side])
}
