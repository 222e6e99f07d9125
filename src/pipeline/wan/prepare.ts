import { freemem } from 'node:os'
import { resolve } from 'node:path'
import type { Runtime, SessionOptions } from '../../graph/index.ts'
import type { WeightAdditions } from '../../models/wan/additions.ts'
import { spatialStride, temporalStride } from '../../models/wan/vae.ts'
import { FramewrightError } from '../../util/errors.ts'
import { type LineWork, warn } from '../line.ts'
import type { Run } from '../run-record.ts'
import { modelFolder, publishedModel } from './catalogue.ts'
import { openWanCheckpoint, type WanCheckpoint } from './checkpoint.ts'
import { checkpointSha256 } from './checkpoint-hash.ts'
import { withInt8Transformer } from './int8-checkpoint.ts'
import { readLoras } from './lora.ts'
import { measureProducts } from './measure-products.ts'
import { type MemoryPlan, planMemory } from './memory-plan.ts'
import type { WanOptions } from './options.ts'
import { openWanRun, type WanRunFolder } from './run-folder.ts'
import { fixedSteps, type WanSampler } from './scheduler.ts'

/** Everything that is known and at hand before the first network runs. */
export interface Prepared {
  /** With its transformer in the precision asked for. */
  readonly checkpoint: WanCheckpoint
  readonly job: WanJob
  readonly additions: WeightAdditions
  readonly plan: MemoryPlan
  /** Null where nothing is kept. */
  readonly folder: WanRunFolder | null
}

/** Options with the checkpoint's own in the gaps. */
export interface WanJob extends WanOptions {
  readonly sampler: WanSampler
  readonly steps: number
  readonly shift: number
  readonly guidance: number
  /** Frames, rows and columns of the latents. */
  readonly grid: readonly [number, number, number]
  /** [1, channels, F, H, W] of the latents. */
  readonly shape: readonly number[]
}

/**
 * Opens and checks a checkpoint, plans the memory and tells the plan, takes the run's folder, and rounds the transformer
 * where 8 bits are asked for.
 * @throws FramewrightError E_WEIGHTS, E_OPTION, E_OUTPUT
 */
export async function prepare(
  work: LineWork,
  runtime: Runtime,
  options: WanOptions,
  session: SessionOptions,
): Promise<Prepared> {
  const checkpoint = await openWanCheckpoint(await modelFolder(options.model))
  const job = jobOf(checkpoint, options)
  const additions = await readLoras(job.loras, checkpoint.transformer.config)
  const plan = await planOf(checkpoint, runtime, job, session)
  work.emit({ type: 'memory-planned', plan })
  const { signal } = work
  const folder =
    options.run === undefined ? null : await openWanRun(options.run, await runOf(checkpoint, job, signal))
  const rounded = job.precision === 'f32' ? checkpoint : await roundTransformer(work, checkpoint)
  return { checkpoint: rounded, job, additions, plan, folder }
}

function roundTransformer(work: LineWork, checkpoint: WanCheckpoint): Promise<WanCheckpoint> {
  return withInt8Transformer(checkpoint, {
    signal: work.signal,
    onTensor: (step, steps) => work.emit({ type: 'step-end', stage: 'load', shot: null, step, steps }),
    onDamaged: (path) =>
      warn(work, [
        {
          type: 'damaged-cache',
          message: `${path} was damaged, is removed, and the weights are rounded again`,
        },
      ]),
  })
}

/** @throws FramewrightError E_OPTION when steps are not the sampler's, or the size is not made of the model's cells */
function jobOf({ scheduler, vae, transformer }: WanCheckpoint, options: WanOptions): WanJob {
  const sampler = options.sampler ?? publishedModel(options.model)?.sampler ?? scheduler.sampler
  const fixed = fixedSteps(sampler)
  if (fixed !== null && options.steps !== undefined && options.steps !== fixed) {
    throw new FramewrightError(
      'E_OPTION',
      `the sampler ${sampler} takes ${fixed} steps, got ${options.steps}`,
    )
  }
  const [stride, group] = [spatialStride(vae.config), temporalStride(vae.config)]
  const { width, height, frames } = options
  const [, down, across] = transformer.config.patch
  if (height % (stride * down) !== 0 || width % (stride * across) !== 0 || (frames - 1) % group !== 0) {
    throw new FramewrightError(
      'E_OPTION',
      `this checkpoint makes videos whose sides are multiples of ${stride * across} and ${stride * down} and whose frames are ${group}k+1, got ${width}x${height} and ${frames}`,
    )
  }
  const grid = [(frames - 1) / group + 1, height / stride, width / stride] as const
  return {
    ...options,
    sampler,
    // As the published pipeline; a distilled network has its guidance in it.
    steps: fixed ?? options.steps ?? 50,
    guidance: options.guidance ?? (fixed === null ? 5 : 1),
    shift: options.shift ?? scheduler.shift,
    grid,
    shape: [1, vae.config.latentChannels, ...grid],
  }
}

async function planOf(
  checkpoint: WanCheckpoint,
  runtime: Runtime,
  job: WanJob,
  session: SessionOptions,
): Promise<MemoryPlan> {
  return planMemory(checkpoint, {
    grid: job.grid,
    passes: job.guidance > 1 ? 2 : 1,
    budgetBytes: job.memoryBytes ?? 0.8 * freemem(),
    precision: job.precision,
    operationsPerSecond: await measureProducts(runtime, job.precision, session),
  })
}

/** What is made, to be compared with what was begun. Memory and threads change no number; paths hold from anywhere. */
async function runOf(checkpoint: WanCheckpoint, job: WanJob, signal: AbortSignal): Promise<Run> {
  const { prompt, negative, seed, count, width, height, frames, fps, steps, guidance, sampler, shift } = job
  return {
    model: publishedModel(job.model) === null ? resolve(job.model) : job.model,
    weights: (await checkpointSha256(checkpoint, job.loras, { signal })).slice(0, 32),
    options: {
      ...{ prompt, negative: negative || undefined, seed, count, size: `${width}x${height}`, frames, fps },
      ...{ steps, guidance, sampler, shift, precision: job.precision },
      loras: job.loras.map(({ path, strength }) => ({ path: resolve(path), strength })),
      ...{ provider: job.provider, memory: job.memoryBytes, threads: job.threads },
    },
    free: ['memory', 'threads'],
  }
}
