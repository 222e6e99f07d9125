import type { SessionOptions } from '../graph/index.ts'
import { eventStream, type Reporter } from '../util/event-stream.ts'
import type { GenerateEvent, Stage, Warning } from './events.ts'
import type { GenerateOptions } from './options.ts'
import { openRun, type RunFolder } from './run-folder.ts'
import { openToybox, type Toybox } from './toybox.ts'
import { type ValidOptions, validateOptions } from './validate.ts'
import { fingerprint } from './weights.ts'

/** What every stage of every model has at hand. */
export interface LineWork extends Reporter<GenerateEvent> {
  readonly warnings: Warning[]
  /** Milliseconds. */
  readonly timings: Partial<Record<Stage, number>>
}

/** What every stage of toybox has at hand. */
export interface Work extends LineWork {
  readonly options: ValidOptions
  readonly toybox: Toybox
  /** Where finished parts are kept; null where they are not. */
  readonly run: RunFolder | null
}

/** Opens toybox, runs a job with it, and closes it whatever happens. */
export function line<Result>(
  options: GenerateOptions,
  job: (work: Work) => Promise<Result>,
): AsyncGenerator<GenerateEvent, Result> {
  const valid = validateOptions(options)
  return modelLine(
    () => openToybox(valid.weights, sessionOf(valid)),
    async (work, toybox) => job({ ...work, options: valid, toybox, run: await openRunOf(valid) }),
    options.signal,
  )
}

/** How sessions are opened, by options. */
export function sessionOf({ provider, threads }: Pick<ValidOptions, 'provider' | 'threads'>): SessionOptions {
  return { provider, ...(threads === undefined ? {} : { threads }) }
}

/** Opens a model, or the runtime for one, runs a job with it, and closes it whatever happens. */
export function modelLine<Model extends { close(): Promise<void> }, Result>(
  open: () => Model,
  job: (work: LineWork, model: Model) => Promise<Result>,
  given?: AbortSignal,
): AsyncGenerator<GenerateEvent, Result> {
  return eventStream<GenerateEvent, Result>(async (reporter) => {
    const { signal } = reporter
    const model = open()
    // The worker may be inside a long run: ending its thread is what stops it at once.
    const stop = (): void => void model.close()
    signal.addEventListener('abort', stop, { once: true })
    try {
      signal.throwIfAborted()
      return await job({ ...reporter, warnings: [], timings: {} }, model)
    } catch (error) {
      // Whatever failed because of the abort, the reason is the abort.
      signal.throwIfAborted()
      throw error
    } finally {
      signal.removeEventListener('abort', stop)
      await model.close()
    }
  }, given)
}

async function openRunOf(options: ValidOptions): Promise<RunFolder | null> {
  if (options.run === undefined) return null
  return openRun(options.run, options, await fingerprint(options.weights))
}

/** Runs a generator to its end; its return value. */
export async function drain<Result>(events: AsyncGenerator<unknown, Result>): Promise<Result> {
  while (true) {
    const { done, value } = await events.next()
    if (done) return value
  }
}

/** Runs one stage, of the whole film or of a shot, and reports when it begins and ends. */
export async function stage<T>(
  work: LineWork,
  name: Stage,
  job: () => Promise<T>,
  shot: number | null = null,
): Promise<T> {
  work.signal.throwIfAborted()
  work.emit({ type: 'stage-start', stage: name, shot })
  const start = performance.now()
  const result = await job()
  const milliseconds = Math.round(performance.now() - start)
  work.timings[name] = (work.timings[name] ?? 0) + milliseconds
  work.emit({ type: 'stage-end', stage: name, shot, milliseconds })
  return result
}

export function warn(work: LineWork, warnings: readonly Warning[]): void {
  for (const warning of warnings) {
    work.warnings.push(warning)
    work.emit({ type: 'warning', warning })
  }
}
