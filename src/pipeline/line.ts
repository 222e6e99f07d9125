import { eventStream, type Reporter } from '../util/event-stream.ts'
import type { GenerateEvent, Stage, Warning } from './events.ts'
import type { GenerateOptions } from './options.ts'
import { openRun, type RunFolder } from './run-folder.ts'
import { openToybox, type Toybox } from './toybox.ts'
import { type ValidOptions, validateOptions } from './validate.ts'
import { fingerprint } from './weights.ts'

/** What every stage has at hand. */
export interface Work extends Reporter<GenerateEvent> {
  readonly options: ValidOptions
  readonly toybox: Toybox
  /** Where finished parts are kept; null where they are not. */
  readonly run: RunFolder | null
  readonly warnings: Warning[]
  /** Milliseconds. */
  readonly timings: Partial<Record<Stage, number>>
}

/** Opens the model, runs a job with it, and closes it whatever happens. */
export function line<Result>(
  options: GenerateOptions,
  job: (work: Work) => Promise<Result>,
): AsyncGenerator<GenerateEvent, Result> {
  const valid = validateOptions(options)
  return eventStream<GenerateEvent, Result>(async (reporter) => {
    const { signal } = reporter
    const session = {
      provider: valid.provider,
      ...(valid.threads === undefined ? {} : { threads: valid.threads }),
    }
    const toybox = openToybox(valid.weights, session)
    // The worker may be inside a long run: ending its thread is what stops it at once.
    const stop = (): void => void toybox.close()
    signal.addEventListener('abort', stop, { once: true })
    try {
      signal.throwIfAborted()
      const run = await openRunOf(valid)
      return await job({ ...reporter, options: valid, toybox, run, warnings: [], timings: {} })
    } catch (error) {
      // Whatever failed because of the abort, the reason is the abort.
      signal.throwIfAborted()
      throw error
    } finally {
      signal.removeEventListener('abort', stop)
      await toybox.close()
    }
  }, options.signal)
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
  work: Work,
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

export function warn(work: Work, warnings: readonly Warning[]): void {
  for (const warning of warnings) {
    work.warnings.push(warning)
    work.emit({ type: 'warning', warning })
  }
}
