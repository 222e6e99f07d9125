import { freemem } from 'node:os'
import type { Runtime, SessionOptions } from '../../graph/index.ts'
import type { WeightAdditions } from '../../models/wan/additions.ts'
import { type LineWork, warn } from '../line.ts'
import { modelFolder } from './catalogue.ts'
import { openWanCheckpoint, type WanCheckpoint } from './checkpoint.ts'
import { withInt8Transformer } from './int8-checkpoint.ts'
import { gridOf, jobOf, runOf, stretchWarnings, type WanJob } from './job.ts'
import { readLoras } from './lora.ts'
import { measureProducts } from './measure-products.ts'
import { type MemoryPlan, planMemory } from './memory-plan.ts'
import type { WanOptions } from './options.ts'
import { openWanRun, type WanRunFolder } from './run-folder.ts'
import { storyboardWarnings } from './shots.ts'

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
  warn(work, [
    ...stretchWarnings(job),
    ...(job.storyboard === undefined ? [] : storyboardWarnings(job.storyboard)),
  ])
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

async function planOf(
  checkpoint: WanCheckpoint,
  runtime: Runtime,
  job: WanJob,
  session: SessionOptions,
): Promise<MemoryPlan> {
  const longest = job.shots.reduce((a, b) => (b.frames > a.frames ? b : a))
  return planMemory(checkpoint, {
    grid: gridOf(checkpoint, job, longest),
    passes: job.guidance > 1 ? 2 : 1,
    budgetBytes: job.memoryBytes ?? 0.8 * freemem(),
    precision: job.precision,
    operationsPerSecond: await measureProducts(runtime, job.precision, session),
  })
}
