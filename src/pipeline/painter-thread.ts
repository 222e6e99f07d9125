import type { SessionOptions } from '../graph/index.ts'
import type { ChunkPainter, ChunkTask, OpenPainterOptions, PaintedChunk } from '../models/chunk-painter.ts'
import { toyboxDenoiser } from '../models/denoiser.ts'
import type { WeightFile } from '../runtime/mapped-weights.ts'
import { WorkerClient } from '../runtime/worker-client.ts'
import { workerUrl } from '../util/worker-url.ts'

/** What is asked of the painter's thread. */
export type PainterRequest =
  | {
      readonly kind: 'open'
      readonly denoiser: WeightFile
      readonly codec: WeightFile
      readonly session: SessionOptions
      readonly options: OpenPainterOptions
    }
  | { readonly kind: 'paint'; readonly task: ChunkTask }

/** Told after every step: see `ChunkOptions`. */
export interface PainterNote {
  readonly step: number
  readonly predicted: Float32Array
}

/**
 * A thread in which toybox's painter is at work: network, sampler, drafts, all of it, so that nothing that this thread
 * does between two steps keeps it waiting.
 */
export interface PainterThread {
  /** Once. */
  open(
    weights: { readonly denoiser: WeightFile; readonly codec: WeightFile },
    options: OpenPainterOptions,
  ): Promise<ChunkPainter>
  close(): Promise<void>
}

export function createPainterThread(session: SessionOptions): PainterThread {
  const client = new WorkerClient<PainterRequest>(workerUrl(import.meta.url, 'painter-worker'))
  return {
    open: async ({ denoiser, codec }, options) => {
      await client.call({ kind: 'open', denoiser: plain(denoiser), codec: plain(codec), session, options })
      return {
        config: toyboxDenoiser,
        batch: options.batch,
        watches: options.watches ?? false,
        paint: async (task, { signal, onStep } = {}) => {
          const onNote = (note: unknown): void => {
            const { step, predicted } = note as PainterNote
            onStep?.(step, predicted)
          }
          try {
            return (await client.call({ kind: 'paint', task }, { signal, onNote })) as PaintedChunk
          } catch (error) {
            // The thread has only heard that it was aborted; why is known here.
            signal?.throwIfAborted()
            throw error
          }
        },
        close: () => client.close(),
      }
    },
    close: () => client.close(),
  }
}

/** Without what cannot be sent to a thread. */
const plain = ({ weights, weightFolder }: WeightFile): WeightFile => ({ weights, weightFolder })
