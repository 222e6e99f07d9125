import { add, at, div, maximum, mean, mul, reshape, square, sub, type Tensor } from '../graph/index.ts'
import type { Random } from '../util/random.ts'

/**
 * Flow matching (Lipman et al. 2022, arXiv 2210.02747; Liu et al. 2022, arXiv 2209.03003) along straight lines:
 * x(t) = t·clean + (1 − t)·noise, from noise at t = 0 to clean at t = 1.
 * The network predicts the clean sample; training and sampling both go through this file.
 */
export interface FlowConfig {
  /** Mean of the normal whose logistic gives training times: below 0 there is more noise. */
  readonly logitMean: number
  /** How far sampling's times are moved toward noise; 1 leaves them even (Esser et al. 2024, arXiv 2403.03206). */
  readonly shift: number
  /**
   * How far from clean sampling's last step begins, at least 0.1, since nearer training hardly looks. The farther, the
   * more of the grain that a path has gathered is predicted away instead of kept, and detail with it.
   */
  readonly lastDistance: number
  /** Deviation of training's noise, beside the clean samples' 1. */
  readonly noiseScale: number
}

/**
 * Near noise: two steps look at t = 0 and 0.25 alone (docs/decisions/022-two-steps.md), under weak noise, the same for all of
 * a chunk's latent frames (docs/decisions/027-one-noise-a-shot.md).
 */
export const latentFlow = {
  logitMean: -2,
  shift: 3,
  lastDistance: 0.28,
  noiseScale: 0.5,
} as const satisfies FlowConfig

/**
 * Steps that toybox's painter takes where nobody says otherwise. The plan and the pictures say nearly all that there is to
 * say: more steps add grain, not detail (docs/decisions/022-two-steps.md).
 */
export const latentSteps = 2

/** Below this distance from clean the velocity is not divided further: it would be noise over nothing. */
const leastDistance = 0.1

/** One training time in (0, 1), logit-normal. */
export function trainingTime({ logitMean }: Pick<FlowConfig, 'logitMean'>, random: Random): number {
  return 1 / (1 + Math.exp(-(logitMean + random.normal())))
}

/** The point at time t between noise and clean; t is one number an item or a frame, padded with 1s to the rank. */
export function addNoise(clean: Tensor, noise: Tensor, t: Tensor): Tensor {
  return add(mul(clean, t), mul(noise, sub(1, t)))
}

/**
 * Squared error of the velocity that a predicted clean sample stands for, weighted cell by cell.
 * `t` and `weight` broadcast to the sample's shape.
 */
export function velocityLoss(predicted: Tensor, clean: Tensor, t: Tensor, weight: Tensor): Tensor {
  const error = div(sub(predicted, clean), maximum(sub(1, t), leastDistance))
  return mean(mul(square(error), weight))
}

/** The velocity at x(t) toward a predicted clean sample. */
export function velocity(x: Float32Array, clean: Float32Array, t: number): Float32Array {
  const distance = 1 - t
  const out = new Float32Array(x.length)
  for (let i = 0; i < out.length; i++) out[i] = ((clean[i] ?? 0) - (x[i] ?? 0)) / distance
  return out
}

/** Times from 0 to 1 in `steps` steps, moved toward noise by the shift; the last goes from `lastDistance` to the end. */
export function schedule(
  { shift, lastDistance }: Pick<FlowConfig, 'shift' | 'lastDistance'>,
  steps: number,
): number[] {
  const least = lastDistance / (shift - (shift - 1) * lastDistance)
  const last = Math.max(1 / steps, least)
  return Array.from({ length: steps + 1 }, (_, i) => {
    const noise = i === steps ? 0 : 1 - (i / Math.max(1, steps - 1)) * (1 - last)
    return 1 - (shift * noise) / (1 + (shift - 1) * noise)
  })
}

/** One number an item or frame of [B] or [B, F], shaped to broadcast over a tensor that starts with the same dimensions. */
export function spreadTime(t: Tensor, x: Tensor): Tensor {
  return reshape(
    t,
    x.shape.map((_, i) => (i < t.rank ? at(t.shape, i) : 1)),
  )
}
