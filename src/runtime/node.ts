import { Worker } from 'node:worker_threads'
import type { Feeds, Runtime, Session, SessionOptions } from '../graph/session.ts'
import { localRuntime } from '../graph/session.ts'
import type { HostTensor } from '../graph/tensor.ts'
import { FramewrightError } from '../util/errors.ts'
import { workerUrl } from '../util/worker-url.ts'
import type { WorkerCall, WorkerReply, WorkerRequest } from './messages.ts'
import { silenceTelemetry } from './telemetry.ts'

/**
 * A runtime whose programs run in a worker thread, so that the event loop stays free.
 * @param defaults options of every session that says nothing else
 */
export function workerRuntime(defaults: SessionOptions = {}): Runtime {
  const client = new WorkerClient()
  return {
    open: async (program, own: SessionOptions = {}) => {
      const options = { ...defaults, ...own }
      const id = await client.call((call) => ({ kind: 'open', call, program, options }))
      return new WorkerSession(client, id as number)
    },
    close: () => client.close(),
  }
}

/** A runtime in this thread, for programs that are worker processes themselves (training). */
export async function mainThreadRuntime(): Promise<Runtime> {
  silenceTelemetry()
  const ort = await import('onnxruntime-node')
  return localRuntime(ort)
}

class WorkerSession implements Session {
  readonly #client: WorkerClient
  readonly #id: number

  constructor(client: WorkerClient, id: number) {
    this.#client = client
    this.#id = id
  }

  async run(feeds: Feeds, fetch?: readonly string[]): Promise<Record<string, HostTensor>> {
    const session = this.#id
    const result = await this.#client.call((call) => ({
      kind: 'run',
      call,
      session,
      feeds,
      fetch: fetch ?? null,
    }))
    return result as Record<string, HostTensor>
  }

  async setState(values: Feeds): Promise<void> {
    await this.#client.call((call) => ({ kind: 'set-state', call, session: this.#id, values }))
  }

  async getState(names: readonly string[]): Promise<Record<string, HostTensor>> {
    const result = await this.#client.call((call) => ({ kind: 'get-state', call, session: this.#id, names }))
    return result as Record<string, HostTensor>
  }

  async close(): Promise<void> {
    await this.#client.call((call) => ({ kind: 'close', call, session: this.#id }))
  }
}

interface Pending {
  readonly resolve: (value: unknown) => void
  readonly reject: (reason: unknown) => void
}

class WorkerClient {
  #worker: Worker | null = null
  /** Why there will be no more answers: sessions do not survive their thread. */
  #ended: FramewrightError | null = null
  #closed: Promise<void> | null = null
  #calls = 0
  readonly #pending = new Map<number, Pending>()

  call(request: (call: number) => WorkerCall): Promise<unknown> {
    if (this.#ended) return Promise.reject(this.#ended)
    const call = this.#calls++
    return new Promise((resolve, reject) => {
      this.#pending.set(call, { resolve, reject })
      const worker = this.#start()
      // An open call keeps the process alive; an idle worker does not.
      worker.ref()
      worker.postMessage(request(call))
    })
  }

  /** Open calls are rejected at once; the thread ends when it comes out of the run that it is in. */
  async close(): Promise<void> {
    this.#end(new FramewrightError('E_PROVIDER', 'the runtime is closed'))
    const worker = this.#worker
    this.#closed ??= worker ? endOf(worker) : Promise.resolve()
    await this.#closed
  }

  #start(): Worker {
    if (this.#worker) return this.#worker
    silenceTelemetry()
    // The program's own flags (`--input-type`, loaders of TypeScript) are not for a compiled file.
    const worker = new Worker(workerUrl(import.meta.url, 'node-worker'), { execArgv: [] })
    worker.on('message', (reply: WorkerReply) => this.#settle(reply))
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

  #settle(reply: WorkerReply): void {
    const pending = this.#pending.get(reply.call)
    this.#pending.delete(reply.call)
    if (this.#pending.size === 0 && !this.#ended) this.#worker?.unref()
    if (reply.kind === 'done') pending?.resolve(reply.value)
    else
      pending?.reject(reply.code ? new FramewrightError(reply.code, reply.message) : new Error(reply.message))
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
    const request: WorkerRequest = { kind: 'end' }
    worker.postMessage(request)
  })
}
