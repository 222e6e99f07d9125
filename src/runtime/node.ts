import type { Feeds, Runtime, Session, SessionOptions } from '../graph/session.ts'
import { localRuntime } from '../graph/session.ts'
import type { HostTensor } from '../graph/tensor.ts'
import { workerUrl } from '../util/worker-url.ts'
import type { SessionRequest } from './messages.ts'
import { silenceTelemetry } from './telemetry.ts'
import { WorkerClient } from './worker-client.ts'

/**
 * A runtime whose programs run in a worker thread, so that the event loop stays free.
 * @param defaults options of every session that says nothing else
 */
export function workerRuntime(defaults: SessionOptions = {}): Runtime {
  const client = new WorkerClient<SessionRequest>(workerUrl(import.meta.url, 'node-worker'))
  return {
    open: async (program, own: SessionOptions = {}) => {
      const session = await client.call({ kind: 'open', program, options: { ...defaults, ...own } })
      return new WorkerSession(client, session as number)
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
  readonly #client: WorkerClient<SessionRequest>
  readonly #session: number

  constructor(client: WorkerClient<SessionRequest>, session: number) {
    this.#client = client
    this.#session = session
  }

  async run(feeds: Feeds, fetch?: readonly string[]): Promise<Record<string, HostTensor>> {
    const request = { kind: 'run', session: this.#session, feeds, fetch: fetch ?? null } as const
    return (await this.#client.call(request)) as Record<string, HostTensor>
  }

  async setState(values: Feeds): Promise<void> {
    await this.#client.call({ kind: 'set-state', session: this.#session, values })
  }

  async getState(names: readonly string[]): Promise<Record<string, HostTensor>> {
    const request = { kind: 'get-state', session: this.#session, names } as const
    return (await this.#client.call(request)) as Record<string, HostTensor>
  }

  async close(): Promise<void> {
    await this.#client.call({ kind: 'close', session: this.#session })
  }
}
