import { parentPort } from 'node:worker_threads'
import { FramewrightError } from '../util/errors.ts'
import type { FromWorker, ToWorker } from './messages.ts'

/** What a call is answered with at hand. */
export interface CallContext {
  /** Aborts when the caller's signal does, and when the thread is to end. */
  readonly signal: AbortSignal
  /** Tells the caller something before the answer. */
  readonly note: (value: unknown) => void
}

/**
 * Answers the calls of a `WorkerClient` in this worker thread, one after another: order is part of what sessions promise.
 * The thread ends when it is asked to and has come out of the call that it is in.
 */
export function serveCalls<Request>(
  answer: (request: Request, context: CallContext) => Promise<unknown>,
): void {
  const port = parentPort
  if (port === null) throw new Error('this file is the entry of a worker thread')
  const post = (message: FromWorker): void => port.postMessage(message)
  const stops = new Map<number, AbortController>()
  let last: Promise<unknown> = Promise.resolve()
  let isEnding = false

  const run = async (call: number, request: Request, signal: AbortSignal): Promise<void> => {
    if (isEnding) return
    const note = (value: unknown): void => post({ kind: 'note', call, value })
    const reply: FromWorker = await answer(request, { signal, note }).then(
      (value) => ({ kind: 'done', call, value }),
      (error: unknown) => ({
        kind: 'failed',
        call,
        message: error instanceof Error ? error.message : String(error),
        code: FramewrightError.is(error) ? error.code : null,
      }),
    )
    stops.delete(call)
    post(reply)
  }

  port.on('message', (message: ToWorker<Request>) => {
    if (message.kind === 'end') {
      isEnding = true
      for (const stop of stops.values()) stop.abort()
      // Not from outside: a thread that is terminated inside native code takes the process with it.
      last = last.then(() => process.exit())
    } else if (message.kind === 'abort') {
      stops.get(message.call)?.abort()
    } else {
      const { call, request } = message
      const stop = new AbortController()
      stops.set(call, stop)
      last = last.then(() => run(call, request, stop.signal))
    }
  })
}
