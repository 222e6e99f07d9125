import { planesOf } from '../enhance/planes.ts'
import { type UpscalerConfig, upscale, upscalerMargin } from '../enhance/upscaler.ts'
import { at, hostTensor, input } from '../graph/index.ts'
import { Parameters, trainingProgram } from '../nn/index.ts'
import { createRandom } from '../util/random.ts'
import type { EnhanceClip } from './enhance-clips.ts'
import { cropPlace, enhanceOptimiser, mirror } from './enhance-crops.ts'
import { pictureLoss } from './picture-loss.ts'
import type { TrainingTask } from './trainer.ts'

export interface UpscalerTaskOptions {
  readonly config: UpscalerConfig
  readonly batchSize: number
  /** Pixels on a side of a crop before it is made larger; a multiple of the network's cell. */
  readonly crop: number
  readonly seed: number
  readonly clips: readonly EnhanceClip[]
  readonly inspect?: TrainingTask['inspect']
}

/** How often the crop has been through the codec: that is how it is used. */
const codedShare = 0.7

/** Crops of clips, clean or decoded by the codec → their renders at four times the size. */
export function upscalerTask({
  config,
  batchSize,
  crop,
  seed,
  clips,
  inspect,
}: UpscalerTaskOptions): TrainingTask {
  const parameters = new Parameters()
  const margin = upscalerMargin(config)
  const [seen, large] = [crop + 2 * margin, crop * config.factor]
  const pictures = input('pictures', [batchSize, 3, seen, seen])
  const truth = input('truth', [batchSize, 3, large, large])
  const loss = pictureLoss(upscale(parameters, config, pictures), truth)
  return {
    name: 'upscaler',
    parameters: parameters.list,
    program: trainingProgram(loss, parameters.list, enhanceOptimiser),
    optimiser: enhanceOptimiser,
    batchSize,
    batch: async (step) => {
      const random = createRandom(seed, step)
      const small = new Float32Array(batchSize * 3 * seen * seen)
      const wanted = new Float32Array(batchSize * 3 * large * large)
      for (let i = 0; i < batchSize; i++) {
        const clip = random.pick(clips)
        const which = random.integer(clip.fine.count)
        const index = at(clip.fineAt, which)
        const from = random.uniform() < codedShare ? clip.coded : clip.clean
        const { left, top } = cropPlace(
          clip,
          index,
          { side: crop, size: from.width, step: config.cell },
          random,
        )
        const isTurned = random.uniform() < 0.5
        const before = small.subarray(i * 3 * seen * seen, (i + 1) * 3 * seen * seen)
        planesOf(from, index, { left: left - margin, top: top - margin, width: seen, height: seen }, before)
        const after = wanted.subarray(i * 3 * large * large, (i + 1) * 3 * large * large)
        const { factor } = config
        planesOf(
          clip.fine,
          which,
          { left: left * factor, top: top * factor, width: large, height: large },
          after,
        )
        if (isTurned) {
          mirror(before, seen)
          mirror(after, large)
        }
      }
      return {
        pictures: hostTensor(small, pictures.shape),
        truth: hostTensor(wanted, truth.shape),
      }
    },
    ...(inspect ? { inspect } : {}),
  }
}
