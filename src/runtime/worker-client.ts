import { Worker } from 'node:worker_threads'
import { FramewrightError } from '../util/errors.ts'
import type { FromWorker, ToWorker } from './messages.ts'
import { silenceTelemetry } from './telemetry.ts'

export interface CallOptions {
  /** When it aborts, the thread is told; what the call does then is up to whoever answers it. */
  readonly signal?: AbortSignal | undefined
  /** Called with what the thread has to say before it answers. */
  readonly onNote?: (note: unknown) => void
}

interface Pending {
  readonly resolve: (value: unknown) => void
  readonly reject: (reason: unknown) => void
  readonly onNote: ((note: unknown) => void) | undefined
}

/**
 * Calls what a worker thread serves (`serveCalls`). The thread is started by the first call. Calls are answered one after
 * another; an open call keeps the process alive, an idle thread does not.
 */
export class WorkerClient<Request> {
  readonly #url: URL
  #worker: Worker | null = null
  /** Why there will be no more answers: what lives in a thread does not survive it. */
  #ended: FramewrightError | null = null
  #closed: Promise<void> | null = null
  #calls = 0
  readonly #pending = new Map<number, Pending>()

  /** @param url of the thread's compiled file */
  constructor(url: URL) {
    this.#url = url
  }

  /** @throws FramewrightError with the code of the thread's; E_PROVIDER when the thread has ended */
  async call(request: Request, { signal, onNote }: CallOptions = {}): Promise<unknown> {
    if (this.#ended) throw this.#ended
    const call = this.#calls++
    const abort = (): void => this.#post({ kind: 'abort', call })
    signal?.addEventListener('abort', abort, { once: true })
    try {
      return await new Promise((resolve, reject) => {
        this.#pending.set(call, { resolve, reject, onNote })
        this.#start().ref()
        this.#post({ kind: 'call', call, request })
      })
    } finally {
      signal?.removeEventListener('abort', abort)
    }
  }

  /** Open calls are rejected at once; the thread ends when it comes out of the run that it is in. */
  async close(): Promise<void> {
    this.#end(new FramewrightError('E_PROVIDER', 'the runtime is closed'))
    const worker = this.#worker
    this.#closed ??= worker ? endOf(worker) : Promise.resolve()
    await this.#closed
  }

  #post(message: ToWorker<Request>): void {
    this.#worker?.postMessage(message)
  }

  #start(): Worker {
    if (this.#worker) return this.#worker
    silenceTelemetry()
    // The program's own flags (`--input-type`, loaders of TypeScript) are not for a compiled file.
    const worker = new Worker(this.#url, { execArgv: [] })
    worker.on('message', (message: FromWorker) => this.#settle(message))
    worker.on('error', (cause) => {
      this.#end(new FramewrightError('E_PROVIDER', `the worker thread failed: ${String(cause)}`, { cause }))
    })
    worker.on('exit', () => {
      // Nobody is left to ask for an end, and no exit is to come that `close` could wait for.
      this.#worker = null
      this.#end(new FramewrightError('E_PROVIDER', 'the worker thread has ended'))
    })
    this.#worker = worker
    return worker
  }

  #settle(message: FromWorker): void {
    const pending = this.#pending.get(message.call)
    if (message.kind === 'note') {
      pending?.onNote?.(message.value)
      return
    }
    this.#pending.delete(message.call)
    if (this.#pending.size === 0 && !this.#ended) this.#worker?.unref()
    if (message.kind === 'failed') {
      const { code, message: text } = message
      pending?.reject(code ? new FramewrightError(code, text) : new Error(text))
    } else pending?.resolve(message.value)
  }

  #end(reason: FramewrightError): void {
    this.#ended ??= reason
    for (const { reject } of this.#pending.values()) reject(reason)
    this.#pending.clear()
  }
}

/** Asks a thread to end, and resolves when it has; the process stays until then. */
function endOf(worker: Worker): Promise<void> {
  return new Promise((resolve) => {
    worker.ref()
    worker.once('exit', () => resolve())
    const request: ToWorker<never> = { kind: 'end' }
    worker.postMessage(request)
  })
}
