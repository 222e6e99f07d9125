import { appendFile, mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type CompiledProgram,
  type Feeds,
  floatsOf,
  type HostTensor,
  type Runtime,
  type Session,
} from '../graph/index.ts'
import {
  initialise,
  initialState,
  type OptimiserConfig,
  type ParameterDeclaration,
  stepInputs,
  type Weights,
} from '../nn/index.ts'
import { readTensorFile, type TensorFile, writeTensorFile } from '../runtime/tensor-file.ts'
import { FramewrightError } from '../util/errors.ts'
import { outputError } from '../util/output-error.ts'
import type { Learned } from '../world/learned.ts'

/** One network to train: its program, and where its batches come from. */
export interface TrainingTask {
  readonly name: string
  /** What it learns from, for the manifest. @default 'the toybox world' */
  readonly source?: string
  readonly parameters: readonly ParameterDeclaration[]
  /** From `trainingProgram`. */
  readonly program: CompiledProgram
  readonly optimiser: OptimiserConfig
  /** Items in a batch: for the throughput only. */
  readonly batchSize: number
  /** The feeds of a step: a pure function of the step, so that a resumed run sees what an uninterrupted one would. */
  readonly batch: (step: number) => Promise<Feeds>
  /** Looks at the network as it is: pictures into the folder, and numbers for the log. */
  readonly inspect?: (weights: Weights, folder: string, step: number) => Promise<Record<string, number>>
  /** What it has drawn often enough in so many steps to know it; absent for what has no subjects. */
  readonly learned?: (steps: number) => Learned
  /** Measures numbers that belong to the weights and are not learned. */
  readonly finish?: (weights: Weights) => Promise<Map<string, HostTensor>>
}

export interface TrainingOptions {
  readonly runtime: Runtime
  /** Holds `checkpoint.safetensors`, `log.jsonl` and `samples/`. */
  readonly folder: string
  readonly seed: number
  /** Steps in all, with those before a resume. */
  readonly steps: number
  /** Factor on the optimiser's rates. */
  readonly rate: number
  /** The last part of the steps in which the rate falls to a twentieth, 0 to 1. */
  readonly cooldown: number
  readonly threads: number
  readonly checkpointMinutes: number
  /** Steps between looks. */
  readonly inspectEvery: number
  /** First weights instead of random ones, where name and shape are the same: a network may have grown since. */
  readonly from?: Weights
  readonly signal: AbortSignal
  readonly onEvent: (event: TrainingEvent) => void
}

export type TrainingEvent =
  | {
      readonly type: 'train-start'
      readonly step: number
      readonly steps: number
      readonly parameters: number
      /** How many tensors were taken from `from`. */
      readonly taken: number
    }
  | {
      readonly type: 'step-end'
      readonly step: number
      readonly loss: number
      readonly gradientNorm: number
      readonly itemsPerSecond: number
      readonly secondsLeft: number
    }
  | {
      readonly type: 'inspect-end'
      readonly step: number
      readonly numbers: Readonly<Record<string, number>>
    }
  | { readonly type: 'checkpoint-end'; readonly step: number; readonly path: string }

export interface TrainingResult {
  /** Moving averages of the weights: what ships, once the task's `finish` has seen them. */
  readonly weights: Map<string, HostTensor>
  readonly step: number
  readonly finished: boolean
}

/**
 * Trains until the steps are done or the signal aborts; goes on from the folder's checkpoint if there is one.
 * @throws FramewrightError E_DATA for a checkpoint that is damaged or another run's, or a loss that is no number;
 *   E_OUTPUT when the folder cannot be written; the signal's reason when it aborts before the first step
 */
export async function train(task: TrainingTask, options: TrainingOptions): Promise<TrainingResult> {
  const { signal, folder } = options
  signal.throwIfAborted()
  const path = join(folder, 'checkpoint.safetensors')
  const start = await startingPoint(task, options, path)
  await writing(folder, () => mkdir(join(folder, 'samples'), { recursive: true }))
  const session = await options.runtime.open(task.program, {
    threads: options.threads,
    // Training runs for hours beside other work.
    waiting: 'sleep',
  })
  try {
    await session.setState(start.state)
    return await run(task, options, { path, session, start })
  } finally {
    await session.close()
  }
}

interface Start {
  readonly state: Record<string, HostTensor>
  readonly step: number
  /** Weights that came from `from`. */
  readonly taken: number
}

interface Run {
  /** Of the checkpoint. */
  readonly path: string
  readonly session: Session
  readonly start: Start
}

async function run(
  task: TrainingTask,
  options: TrainingOptions,
  { path, session, start }: Run,
): Promise<TrainingResult> {
  const { folder, steps, signal, onEvent } = options
  const stateNames = Object.keys(start.state)
  let { step } = start
  const size = task.parameters.reduce((n, { shape }) => n + shape.reduce((a, b) => a * b, 1), 0)
  onEvent({ type: 'train-start', step, steps, parameters: size, taken: start.taken })

  const save = async (): Promise<Record<string, HostTensor>> => {
    const state = await session.getState(stateNames)
    const metadata = { task: task.name, step: `${step}`, seed: `${options.seed}` }
    await writeTensorFile(path, new Map(Object.entries(state)), metadata, 'F32')
    onEvent({ type: 'checkpoint-end', step, path })
    return state
  }
  const note = (line: object): Promise<void> => {
    const log = join(folder, 'log.jsonl')
    return writing(log, () => appendFile(log, `${JSON.stringify(line)}\n`))
  }
  let inspected = -1
  const inspect = async (): Promise<void> => {
    if (!task.inspect || inspected === step) return
    inspected = step
    const averages = averagesOf(task.parameters, await session.getState(stateNames))
    const numbers = await task.inspect(averages, join(folder, 'samples'), step)
    onEvent({ type: 'inspect-end', step, numbers })
    await note({ step, ...numbers })
  }

  const pace = createPace()
  let saved = performance.now()
  let next = task.batch(step)
  while (step < steps && !signal.aborted) {
    const feeds = await next
    next = task.batch(step + 1)
    // Its failure is the next step's, not the process's.
    next.catch(() => {})
    const { optimiser } = task
    const outputs = await session.run({
      ...feeds,
      ...stepInputs(step, optimiser, options.rate * rateScale(step, steps, options.cooldown), emaDecay(step)),
    })
    step += 1
    const loss = floatsOf(outputs, 'loss')[0] ?? Number.NaN
    if (!Number.isFinite(loss)) {
      throw new FramewrightError(
        'E_DATA',
        `the loss became ${loss} at step ${step}: lower the rate; the last checkpoint is kept`,
      )
    }
    const secondsPerStep = pace()
    const event = {
      step,
      loss,
      gradientNorm: floatsOf(outputs, 'gradientNorm')[0] ?? Number.NaN,
      itemsPerSecond: task.batchSize / secondsPerStep,
      secondsLeft: (steps - step) * secondsPerStep,
    }
    onEvent({ type: 'step-end', ...event })
    if (step % 10 === 0) await note(event)
    if (step % options.inspectEvery === 0 && !signal.aborted) await inspect()
    if (performance.now() - saved > options.checkpointMinutes * 60_000) {
      await save()
      saved = performance.now()
    }
  }
  await next.catch(() => {})
  const state = await save()
  const finished = step >= steps
  // Who stops a run does not wait for pictures.
  if (finished) await inspect()
  return { weights: averagesOf(task.parameters, state), step, finished }
}

async function startingPoint(
  task: TrainingTask,
  { seed, from }: TrainingOptions,
  path: string,
): Promise<Start> {
  const saved = await readCheckpoint(path)
  if (saved) {
    const { task: name, step, seed: savedSeed } = saved.metadata
    if (name !== task.name || savedSeed !== `${seed}`) {
      throw new FramewrightError(
        'E_DATA',
        `${path} belongs to "${name}" with seed ${savedSeed}, not to "${task.name}" with seed ${seed}: use another folder`,
      )
    }
    return { state: Object.fromEntries(saved.tensors), step: Number(step), taken: 0 }
  }
  const first = initialise(task.parameters, seed)
  const sameShape = (a: HostTensor, b: HostTensor | undefined): boolean =>
    b !== undefined && a.shape.length === b.shape.length && a.shape.every((size, i) => size === b.shape[i])
  const taken = [...(from ?? [])].filter(([name, value]) => sameShape(value, first.get(name)))
  for (const [name, value] of taken) first.set(name, value)
  return { state: initialState(task.parameters, first), step: 0, taken: taken.length }
}

/** Null where there is none; one that cannot be read must not be taken for none, and be written over. */
async function readCheckpoint(path: string): Promise<TensorFile | null> {
  if (!(await stat(path).catch(() => null))) return null
  return readTensorFile(path).catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new FramewrightError(
      'E_DATA',
      `${path} is damaged, so that the run in it cannot go on (${reason}): remove it to begin again`,
      { cause },
    )
  })
}

/** @throws FramewrightError E_OUTPUT in the system's place */
async function writing(path: string, work: () => Promise<unknown>): Promise<void> {
  await work().catch((cause: unknown) => Promise.reject(outputError(path, cause)))
}

function averagesOf(
  parameters: readonly ParameterDeclaration[],
  state: Readonly<Record<string, HostTensor>>,
): Map<string, HostTensor> {
  return new Map(
    parameters.flatMap(({ name, update }) => {
      const value = state[update === 'none' ? name : `${name}|ema`]
      return value ? [[name, value] as const] : []
    }),
  )
}

/** 50 steps of warm-up, then level, then down to a twentieth over the last part of the steps. */
function rateScale(step: number, steps: number, cooldown: number): number {
  const warm = Math.min(1, (step + 1) / 50)
  const left = (steps - step) / Math.max(1, steps * cooldown)
  return warm * Math.max(0.05, Math.min(1, left))
}

/** A horizon of a tenth of the steps so far, and 500 at most: earlier weights would blur what was learned since. */
function emaDecay(step: number): number {
  return 1 - 1 / Math.min(500, Math.max(1, (step + 1) / 10))
}

/** Smoothed seconds between calls. */
function createPace(): () => number {
  let last = performance.now()
  let smooth: number | null = null
  return () => {
    const now = performance.now()
    const seconds = (now - last) / 1000
    last = now
    smooth = smooth === null ? seconds : smooth * 0.95 + seconds * 0.05
    return smooth
  }
}
