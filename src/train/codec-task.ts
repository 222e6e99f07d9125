import {
  abs,
  add,
  at,
  concat,
  hostTensor,
  input,
  mean,
  mul,
  reshape,
  sizeOf,
  slice,
  square,
  sub,
  type Tensor,
} from '../graph/index.ts'
import { type CodecConfig, decodeRaw, encodeRaw } from '../models/codec.ts'
import { groupedFrames } from '../models/codec-pixels.ts'
import { defaultOptimiser, Parameters, trainingProgram } from '../nn/index.ts'
import { createRandom, normalArray, type Random } from '../util/random.ts'
import type { Frames } from '../video/index.ts'
import type { MotionPlan } from '../video/motion-plan.ts'
import type { TrainingTask } from './trainer.ts'

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

export interface CodecTaskOptions {
  readonly config: CodecConfig
  /** Crops in a batch, each of two groups of frames. */
  readonly batchSize: number
  /** Pixels on a side of a crop; a multiple of 8. */
  readonly crop: number
  readonly seed: number
  /** Clips of a step, with the boxes of their actors: a pure function of the step. */
  readonly clips: (step: number) => Promise<readonly { readonly frames: Frames; readonly plan: MotionPlan }[]>
  readonly inspect?: TrainingTask['inspect']
  readonly finish?: TrainingTask['finish']
}

/** How often a crop is laid onto an actor: they are small, and what matters most. */
const actorCrops = 0.7

export function codecTask(options: CodecTaskOptions): TrainingTask {
  const { config, batchSize, crop, seed } = options
  const { parameters, loss, squaredError } = codecLoss(config, batchSize, crop)
  const perCrop = 2 * config.framesPerLatent
  const cells = crop / 8
  return {
    name: 'codec',
    parameters: parameters.list,
    program: trainingProgram(loss, parameters.list, defaultOptimiser, { outputs: { squaredError } }),
    optimiser: defaultOptimiser,
    batchSize: batchSize * 2,
    batch: async (step) => {
      const clips = await options.clips(step)
      const random = createRandom(seed, step)
      const size = perCrop * 3 * crop * crop
      const frames = new Float32Array(batchSize * size)
      for (let i = 0; i < batchSize; i++) {
        const clip = at(clips, i % clips.length)
        const part = cropOf(clip.frames, clip.plan, perCrop, crop, random)
        frames.set(groupedFrames(part, config.framesPerLatent), i * size)
      }
      const noiseShape = [batchSize, 2, config.latentChannels, cells, cells]
      return {
        frames: hostTensor(frames, [batchSize, 2, config.framesPerLatent * 3, crop, crop]),
        noise: hostTensor(normalArray(seed + 1, step, sizeOf(noiseShape)), noiseShape),
      }
    },
    ...(options.inspect ? { inspect: options.inspect } : {}),
    ...(options.finish ? { finish: options.finish } : {}),
  }
}

/** `count` frames from a random start, cut to a square of `side` pixels, on an actor more often than not. */
function cropOf(frames: Frames, plan: MotionPlan, count: number, side: number, random: Random): Frames {
  const start = random.integer(frames.count - count + 1)
  const actor = plan.actors.length > 0 && random.uniform() < actorCrops ? random.pick(plan.actors) : null
  const state = actor?.states[start + (count >> 1)]
  const place = (center: number | undefined, size: number): number => {
    const jitter = (random.uniform() - 0.5) * side * 0.6
    const from = center === undefined ? random.uniform() * (size - side) : center * size - side / 2 + jitter
    return Math.round(Math.min(size - side, Math.max(0, from)))
  }
  const left = place(state?.centerX, frames.width)
  const top = place(state?.centerY, frames.height)
  const data = new Uint8Array(count * side * side * 3)
  for (let f = 0; f < count; f++) {
    for (let y = 0; y < side; y++) {
      const from = (((start + f) * frames.height + top + y) * frames.width + left) * 3
      data.set(frames.data.subarray(from, from + side * 3), (f * side + y) * side * 3)
    }
  }
  return { ...frames, data, count, width: side, height: side }
}
