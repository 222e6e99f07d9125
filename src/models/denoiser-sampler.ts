import type { MotionPlan, State } from '../video/motion-plan.ts'
import { type ChunkPainter, type ChunkShot, givenFrames, type PaintedChunk } from './chunk-painter.ts'
import type { DenoiserConfig } from './denoiser.ts'
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
  readonly onStep?: (chunk: number, chunks: number, step: number, steps: number) => void
  /**
   * Called once a shot, when a quarter of the first chunk's steps are done, with the first latent frame [C, S, S] of every
   * shot as it is expected to become.
   */
  readonly onExpected?: (latents: readonly Float32Array[]) => void
  /** Where finished chunks are kept, and taken from instead of being painted again. */
  readonly chunks?: ChunkStore
  /** Called after a chunk by a painter that was opened with `watches`: see `ChunkAttention`. */
  readonly onAttention?: (attention: ChunkAttention) => void
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
        const task = { shots: shots.map((shot) => placeShot(config, shot, chunk)), chunk, before, steps }
        const onStep = (step: number, predicted: Float32Array): void => {
          if (chunk === 0 && step === Math.ceil(steps / 4)) options.onExpected?.(latentFrame(predicted, 0))
          options.onStep?.(chunk, count, step, steps)
        }
        const painted: PaintedChunk = isWhole ? kept : await chunks.paint(task, { signal, onStep })
        if (!isWhole) await options.chunks?.keep(chunk, painted)
        const { latents, maps } = painted
        const first = before ? givenFrames : 0
        if (watches) {
          options.onAttention?.({ firstLatent: chunk * (config.frames - givenFrames) + first, maps })
        }
        for (let f = first; f < config.frames; f++) yield latentFrame(latents, f)
        before = latents
      }
    },
    close: () => chunks.close(),
  }
}

/** A shot's part that lies in a chunk. */
function placeShot(config: DenoiserConfig, shot: PaintedShot, chunk: number): ChunkShot {
  const video = config.frames * config.framesPerLatent
  const start = chunk * (config.frames - givenFrames) * config.framesPerLatent
  const { seed, text, negative, plan } = shot
  return {
    seed,
    text,
    negative,
    actors: plan.actors.map(({ states }, i) => {
      return { picture: shot.actors[i] ?? null, states: window(states, start, video) }
    }),
    setting: { picture: shot.setting, states: window(plan.camera, start, video) },
  }
}

/** Chunks that cover this many video frames. */
export function chunkCount(config: DenoiserConfig, videoFrames: number): number {
  const first = config.frames * config.framesPerLatent
  const later = (config.frames - givenFrames) * config.framesPerLatent
  return 1 + Math.max(0, Math.ceil((videoFrames - first) / later))
}

/** Video frames that a number of chunks holds. */
export function framesOfChunks(config: DenoiserConfig, chunks: number): number {
  return config.framesPerLatent * (config.frames + (chunks - 1) * (config.frames - givenFrames))
}

/** States [start, start + count); the last one stays where the plan has ended. */
function window(states: readonly State[], start: number, count: number): State[] {
  const last = states.at(-1)
  if (!last) throw new RangeError('a plan has no states')
  return Array.from({ length: count }, (_, i) => states[start + i] ?? last)
}
