import type { MotionPlan } from '../video/motion-plan.ts'
import type { ChunkPainter, PaintedChunk } from './chunk-painter.ts'
import type { DenoiserConfig } from './denoiser.ts'
import { givenFrames, placeShot } from './placed-shot.ts'
import type { TextVectors } from './text-input.ts'

/** What one video is painted from. */
export interface PaintedShot {
  readonly seed: number
  readonly text: TextVectors
  /** What guidance above 1 pushes away from; null for no words at all. */
  readonly negative: TextVectors | null
  /** Pictures of the plan's actors, in its order, and of the setting: premultiplied RGBA [4, R, R] in [0, 1]. */
  readonly actors: readonly Float32Array[]
  readonly setting: Float32Array
  readonly plan: MotionPlan
}

export interface PaintOptions {
  readonly steps: number
  readonly signal?: AbortSignal
  readonly onStep?: (step: PaintedStep) => void
  /** Where finished chunks are kept, and taken from instead of being painted again. */
  readonly chunks?: ChunkStore
  /** Called after a chunk by a painter that was opened with `watches`: see `ChunkAttention`. */
  readonly onAttention?: (attention: ChunkAttention) => void
}

/** A step of one chunk of every shot of the batch. */
export interface PaintedStep {
  readonly chunk: number
  /** Steps done, of this chunk's `steps`. */
  readonly step: number
  readonly steps: number
  /** For every shot the clean latents as predicted in this step [frames, C, S, S]; those that are given are left out. */
  readonly predicted: readonly Float32Array[]
  /** The latent frame of the video that they begin with. */
  readonly firstLatent: number
}

export interface ChunkStore {
  /** A chunk that is already painted; null where it is not. */
  read(chunk: number): Promise<PaintedChunk | null>
  keep(chunk: number, painted: PaintedChunk): Promise<void>
}

/** Where the painter looked in the text while it painted a chunk, averaged over layers, heads and steps. */
export interface ChunkAttention {
  /** The latent frame of the video that the maps begin with: those that were given are left out. */
  readonly firstLatent: number
  /**
   * For every shot [frames, side, side, textTokens], side = S / 2; over the tokens they sum to 1. A token is one of the
   * text's, in its order.
   */
  readonly maps: readonly Float32Array[]
}

/** Paints latents chunk by chunk. */
export interface Painter {
  /**
   * Latent frames [C, S, S], in order, for every shot of the batch: the item at `[shot]` of each yielded list.
   * The last latent frame of a chunk is given to the next.
   */
  paint(shots: readonly PaintedShot[], options: PaintOptions): AsyncGenerator<readonly Float32Array[]>
  close(): Promise<void>
}

/** A painter of whole shots. @param chunks paints each of their chunks, and is closed with the painter */
export function createPainter(chunks: ChunkPainter): Painter {
  const { config, batch, watches } = chunks
  const frameSize = config.latentChannels * config.size ** 2
  const chunkSize = config.frames * frameSize
  /** A latent frame of every shot, out of a chunk of all. */
  const latentFrame = (chunk: Float32Array, frame: number): Float32Array[] =>
    Array.from({ length: batch }, (_, i) => {
      const from = i * chunkSize + frame * frameSize
      return chunk.slice(from, from + frameSize)
    })
  return {
    paint: async function* (shots, options) {
      if (shots.length !== batch) {
        throw new RangeError(`the painter takes ${batch} shots, got ${shots.length}`)
      }
      const { steps, signal } = options
      const count = chunkCount(config, shots[0]?.plan.camera.length ?? 0)
      let before: Float32Array | null = null
      for (let chunk = 0; chunk < count; chunk++) {
        const kept = await options.chunks?.read(chunk)
        const isWhole =
          kept?.latents.length === batch * chunkSize && kept.maps.length === (watches ? batch : 0)
        const first = before ? givenFrames : 0
        const firstLatent = chunk * (config.frames - givenFrames) + first
        const told = shots.map((shot) => {
          const { seed, text, negative } = shot
          return { seed, text, negative, ...placeShot(config, shot, chunk) }
        })
        const onStep = (step: number, clean: Float32Array): void => {
          const predicted = shots.map((_, i) =>
            clean.subarray(i * chunkSize + first * frameSize, (i + 1) * chunkSize),
          )
          options.onStep?.({ chunk, step, steps, predicted, firstLatent })
        }
        const task = { shots: told, chunk, before, steps }
        const painted: PaintedChunk = isWhole ? kept : await chunks.paint(task, { signal, onStep })
        if (!isWhole) await options.chunks?.keep(chunk, painted)
        const { latents, maps } = painted
        if (watches) options.onAttention?.({ firstLatent, maps })
        for (let f = first; f < config.frames; f++) yield latentFrame(latents, f)
        before = latents
      }
    },
    close: () => chunks.close(),
  }
}

/** Chunks that cover this many video frames. */
export function chunkCount(config: DenoiserConfig, videoFrames: number): number {
  const first = config.frames * config.framesPerLatent
  const later = (config.frames - givenFrames) * config.framesPerLatent
  return 1 + Math.max(0, Math.ceil((videoFrames - first) / later))
}
