import { join } from 'node:path'
import type { Runtime } from '../graph/index.ts'
import { toyboxCodec } from '../models/codec.ts'
import type { Weights } from '../nn/index.ts'
import { readTensorFile } from '../runtime/tensor-file.ts'
import { loadPack } from '../world/pack.ts'
import type { WorldPack } from '../world/world-pack.ts'
import { inspectCodec, measureLatents } from './codec-inspection.ts'
import { codecTask } from './codec-task.ts'
import { clipSeed, codecClip } from './lessons.ts'
import type { TrainingTask } from './trainer.ts'

/** The networks of toybox, in the order in which they are trained: each may need those before it. */
export const parts = ['codec', 'reference', 'motion', 'denoiser'] as const
export type Part = (typeof parts)[number]

/** What a training of one part may be told. */
export interface PartConfig {
  readonly seed: number
  readonly batchSize: number
  readonly steps: number
  /** Checkpoint, log and samples go here. */
  readonly folder: string
  readonly threads: number
  readonly inspectEvery: number
  readonly checkpointMinutes: number
  /** The world's art; see `world-data/`. */
  readonly pack: string
  /** Where trained parts lie, for parts that need others. */
  readonly weights: string
  /** A safetensors file to start from instead of random numbers. */
  readonly from: string | null
}

/** Two hours of one part on two cores, or less; see docs/training-log.md for what was really run. */
export const partDefaults: Readonly<Record<Part, Pick<PartConfig, 'batchSize' | 'steps' | 'inspectEvery'>>> =
  {
    codec: { batchSize: 8, steps: 4000, inspectEvery: 500 },
    reference: { batchSize: 32, steps: 3000, inspectEvery: 500 },
    motion: { batchSize: 32, steps: 3000, inspectEvery: 500 },
    denoiser: { batchSize: 16, steps: 2000, inspectEvery: 200 },
  }

/** Builds the task of a part: its program and its data. */
export async function createTask(part: Part, config: PartConfig, runtime: Runtime): Promise<TrainingTask> {
  const pack = await loadPack(config.pack)
  switch (part) {
    case 'codec':
      return createCodecTask(config, runtime, pack)
    default:
      throw new RangeError(`${part} cannot be trained yet`)
  }
}

function createCodecTask({ seed, batchSize }: PartConfig, runtime: Runtime, pack: WorldPack): TrainingTask {
  const config = toyboxCodec
  const frames = 2 * config.framesPerLatent
  // Two crops of a clip: rendering is cheap, not free.
  const perStep = batchSize / 2
  const heldOut = Array.from({ length: 8 }, (_, i) => codecClip(clipSeed(seed + 9, i), pack, frames).frames)
  return codecTask({
    config,
    batchSize,
    crop: 64,
    seed,
    clips: async (step) =>
      Array.from({ length: perStep }, (_, i) => codecClip(clipSeed(seed, step * perStep + i), pack, frames)),
    inspect: async (weights, folder, step) => ({
      psnr: await inspectCodec(runtime, config, weights, heldOut, join(folder, `codec-${step}.png`)),
    }),
    finish: (weights: Weights) => {
      const clips = Array.from(
        { length: 24 },
        (_, i) => codecClip(clipSeed(seed + 8, i), pack, frames).frames,
      )
      return measureLatents(runtime, config, weights, clips)
    },
  })
}

/** Weights to start from. */
export async function startWeights({ from }: PartConfig): Promise<Weights | undefined> {
  if (from === null) return undefined
  const { tensors } = await readTensorFile(from)
  // A checkpoint holds moving averages beside the weights.
  const averages = [...tensors].filter(([name]) => name.endsWith('|ema'))
  return averages.length > 0
    ? new Map(averages.map(([name, value]) => [name.slice(0, -'|ema'.length), value]))
    : tensors
}
