import { type InterpolatorConfig, interpolate, interpolatorMargin } from '../enhance/interpolator.ts'
import { planesOf } from '../enhance/planes.ts'
import { add, hostTensor, input, mul, sub } from '../graph/index.ts'
import { Parameters, trainingProgram } from '../nn/index.ts'
import { createRandom } from '../util/random.ts'
import type { Frames } from '../video/index.ts'
import type { EnhanceClip } from './enhance-clips.ts'
import { cropPlace, enhanceOptimiser, mirror } from './enhance-crops.ts'
import { pictureLoss, softMean } from './picture-loss.ts'
import type { TrainingTask } from './trainer.ts'

export interface InterpolatorTaskOptions {
  readonly config: InterpolatorConfig
  readonly batchSize: number
  /** Pixels on a side of a crop of the middle frame; a multiple of the network's cell. */
  readonly crop: number
  readonly seed: number
  readonly clips: readonly EnhanceClip[]
  readonly inspect?: TrainingTask['inspect']
}

/** How often the frames have been through the codec, the middle one too: it must look like its neighbours. */
const codedShare = 0.6

/** Frames two apart → the one between. */
export function interpolatorTask(options: InterpolatorTaskOptions): TrainingTask {
  const { config, batchSize, crop, seed, clips, inspect } = options
  const parameters = new Parameters()
  const margin = interpolatorMargin(config)
  const seen = crop + 2 * margin
  const before = input('before', [batchSize, 3, seen, seen])
  const after = input('after', [batchSize, 3, seen, seen])
  const truth = input('truth', [batchSize, 3, crop, crop])
  const { pixels, mixed } = interpolate(parameters, config, before, after)
  // The mix has an error of its own, so that motion is learned and not painted over.
  const loss = add(pictureLoss(pixels, truth), mul(softMean(sub(mixed, truth)), 0.5))
  return {
    name: 'interpolator',
    parameters: parameters.list,
    program: trainingProgram(loss, parameters.list, enhanceOptimiser),
    optimiser: enhanceOptimiser,
    batchSize,
    batch: async (step) => {
      const random = createRandom(seed, step)
      const feeds = [before, truth, after].map(
        ({ shape }) => new Float32Array(shape.reduce((a, b) => a * b, 1)),
      )
      for (let i = 0; i < batchSize; i++) {
        const clip = random.pick(clips)
        const from: Frames = random.uniform() < codedShare ? clip.coded : clip.clean
        const middle = 2 * random.integer(from.count / 2 - 1) + 1
        const { left, top } = cropPlace(clip, middle, { side: crop, size: from.width, step: 1 }, random)
        const isTurned = random.uniform() < 0.5
        // What moves may as well move back.
        const order = random.uniform() < 0.5 ? 1 : -1
        for (const [k, feed] of feeds.entries()) {
          const room = k === 1 ? 0 : margin
          const side = crop + 2 * room
          const out = feed.subarray(i * 3 * side * side, (i + 1) * 3 * side * side)
          const region = { left: left - room, top: top - room, width: side, height: side }
          planesOf(from, middle + order * (k - 1), region, out)
          if (isTurned) mirror(out, side)
        }
      }
      const [first, between, last] = feeds as [Float32Array, Float32Array, Float32Array]
      return {
        before: hostTensor(first, before.shape),
        truth: hostTensor(between, truth.shape),
        after: hostTensor(last, after.shape),
      }
    },
    ...(inspect ? { inspect } : {}),
  }
}
