import { Worker } from 'node:worker_threads'
import type { BatchSpec, ClipBatch } from './clip-batch.ts'

export interface ClipStreamOptions extends BatchSpec {
  /** Folder of the pack. @default '.cache/world' */
  readonly pack?: string | undefined
  /** Index of the first batch: a run goes on where it stopped. @default 0 */
  readonly firstBatch?: number | undefined
  /** Batches that are made ahead of need, at most. @default 3 */
  readonly ahead?: number | undefined
}

/** Batches in order, made ahead in a thread of their own. */
export interface ClipStream {
  /** The next batch. @throws what the worker failed with */
  next(): Promise<ClipBatch>
  /** Ends the thread; batches that wait are lost. */
  close(): Promise<void>
}

/** From the stream to its worker: which pack and spec, then indices of batches to make. */
export interface WorkerStart {
  readonly pack: string | undefined
  readonly spec: BatchSpec
}

/**
 * Training clips without end: batch i depends on the spec and i only, however many run ahead.
 */
export function createClipStream(options: ClipStreamOptions): ClipStream {
  const { pack, firstBatch = 0, ahead = 3, ...spec } = options
  const worker = startWorker({ pack, spec })
  const waiting = new Map<number, Promise<ClipBatch>>()
  const settle = new Map<number, { resolve: (batch: ClipBatch) => void; reject: (error: unknown) => void }>()
  let failure: unknown = null
  let asked = firstBatch
  let given = firstBatch

  const fail = (error: unknown): void => {
    failure ??= error
    for (const { reject } of settle.values()) reject(failure)
    settle.clear()
  }
  worker.on('message', (batch: ClipBatch) => {
    settle.get(batch.index)?.resolve(batch)
    settle.delete(batch.index)
  })
  worker.on('error', fail)
  worker.on('exit', () => fail(new Error('the clip stream is closed')))

  const ask = (): void => {
    const index = asked++
    const promise = new Promise<ClipBatch>((resolve, reject) => settle.set(index, { resolve, reject }))
    // Whoever takes the batch hears of a failure; one that nobody takes must not end the process.
    promise.catch(() => {})
    waiting.set(index, promise)
    worker.postMessage(index)
  }
  for (let i = 0; i < ahead; i++) ask()

  return {
    async next() {
      if (failure) throw failure
      const promise = waiting.get(given)
      waiting.delete(given++)
      ask()
      if (!promise) throw new RangeError('a clip stream makes at least one batch ahead')
      return promise
    },
    async close() {
      await worker.terminate()
    },
  }
}

/** In sources the worker's entry is TypeScript: there a line of JavaScript first registers development's loader. */
function startWorker(workerData: WorkerStart): Worker {
  if (!import.meta.url.endsWith('.ts')) {
    return new Worker(new URL('./clip-worker.js', import.meta.url), { workerData })
  }
  const entry = new URL('./clip-worker.ts', import.meta.url).href
  const code = `import('tsx/esm/api').then(({ register }) => { register(); return import('${entry}') })`
  return new Worker(code, { eval: true, workerData, execArgv: [] })
}
