import { euler, guide, latentFlow, schedule, twice } from '../diffusion/index.ts'
import { at, hostTensor, type Runtime } from '../graph/index.ts'
import type { NetworkWeights } from '../nn/index.ts'
import { normalArray } from '../util/random.ts'
import type { MotionPlan } from '../video/motion-plan.ts'
import type { Encoder } from './codec-encoder.ts'
import { conditionFeeds, type ItemConditions, layoutSize } from './conditions.ts'
import type { DenoiserConfig } from './denoiser.ts'
import { openDenoiser } from './denoiser-session.ts'
import { draftFrames } from './draft.ts'
import { givenFrames, type PlacedShot, placeShot } from './placed-shot.ts'
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

/** A chunk of every shot of the batch. */
export interface PaintedChunk {
  /** [batch, frames, C, S, S]. */
  readonly latents: Float32Array
  /** As in `ChunkAttention`; empty where the painter does not watch. */
  readonly maps: readonly Float32Array[]
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

/** Stream of random numbers of a shot's first noise; streams of later chunks follow it. */
const noiseStream = 1000

export interface OpenPainterOptions {
  /** Shots at a time. */
  readonly batch: number
  readonly threads?: number
  /** 1 follows the words as trained, in half the time; above, more. @default 1 */
  readonly guidance?: number
  /** Keep where it looks in the text, for `onAttention`. @default false */
  readonly watches?: boolean
}

/**
 * Opens the denoiser for `batch` shots at a time.
 * @param encoder the codec's, for a chunk's latent frames at a time: it encodes drafts, and stays the caller's to close
 */
export async function openPainter(
  runtime: Runtime,
  config: DenoiserConfig,
  weights: NetworkWeights,
  encoder: Encoder,
  { batch, threads, guidance = 1, watches = false }: OpenPainterOptions,
): Promise<Painter> {
  // Where guidance pushes away from something, each shot twice: with its words, and with those.
  const isGuided = guidance !== 1
  const items = isGuided ? batch * 2 : batch
  const shape = [items, config.frames, config.latentChannels, config.size, config.size]
  const network = await openDenoiser(runtime, config, weights, { items, watches, threads })
  const chunkSize = shape.slice(1).reduce((a, b) => a * b, 1)
  const frameSize = chunkSize / config.frames

  async function* paint(
    shots: readonly PaintedShot[],
    options: PaintOptions,
  ): AsyncGenerator<readonly Float32Array[]> {
    if (shots.length !== batch) throw new RangeError(`the painter takes ${batch} shots, got ${shots.length}`)
    const chunks = chunkCount(config, shots[0]?.plan.camera.length ?? 0)
    let before: Float32Array | null = null
    for (let chunk = 0; chunk < chunks; chunk++) {
      const kept = await options.chunks?.read(chunk)
      const isWhole = kept?.latents.length === batch * chunkSize && kept.maps.length === (watches ? batch : 0)
      const painted: PaintedChunk = isWhole ? kept : await paintChunk(shots, chunk, before, options)
      if (!isWhole) await options.chunks?.keep(chunk, painted)
      const { latents, maps } = painted
      const first = before ? givenFrames : 0
      if (watches) {
        options.onAttention?.({ firstLatent: chunk * (config.frames - givenFrames) + first, maps })
      }
      for (let f = first; f < config.frames; f++) {
        const from = (i: number): number => i * chunkSize + f * frameSize
        yield shots.map((_, i) => latents.slice(from(i), from(i) + frameSize))
      }
      before = latents
    }
  }

  /** @param before the chunk before it, whose last frames are given */
  async function paintChunk(
    shots: readonly PaintedShot[],
    chunk: number,
    before: Float32Array | null,
    options: PaintOptions,
  ): Promise<PaintedChunk> {
    const x = new Float32Array(batch * chunkSize)
    for (const [i, { seed }] of shots.entries()) {
      x.set(normalArray(seed, noiseStream + chunk, chunkSize), i * chunkSize)
    }
    const restore = giveFrames(before, chunkSize, frameSize)
    restore(x)
    const given = Array.from({ length: config.frames }, (_, f) => (before && f < givenFrames ? 1 : 0))
    const placed = shots.map((shot) => placeShot(config, shot, chunk))
    const drafts = await encodeDrafts(placed)
    await network.tell({
      ...conditionFeeds(config, tellItems(shots, placed, given)),
      draft: hostTensor(isGuided ? twice(drafts) : drafts, shape),
    })
    const seen = createMean(batch / items)
    const predict = async (latents: Float32Array, t: number): Promise<Float32Array> => {
      const times = Array.from({ length: items }, () => given.map((g) => (g === 1 ? 1 : t))).flat()
      const { clean, looks } = await network.predict(
        isGuided ? twice(latents) : latents,
        Float32Array.from(times),
      )
      if (looks) seen.add(looks)
      if (!isGuided) return clean
      return guide(clean.subarray(latents.length), clean.subarray(0, latents.length), guidance)
    }
    const sampler = euler(predict, x, schedule(latentFlow, options.steps), {
      restore,
      ...(options.signal ? { signal: options.signal } : {}),
    })
    let latents: Float32Array = x
    const first = before ? givenFrames : 0
    for await (const { index, steps, x: walked, predicted } of sampler) {
      latents = walked
      const fresh = shots.map((_, i) =>
        predicted.subarray(i * chunkSize + first * frameSize, (i + 1) * chunkSize),
      )
      const firstLatent = chunk * (config.frames - givenFrames) + first
      options.onStep?.({ chunk, step: index + 1, steps, predicted: fresh, firstLatent })
    }
    if (!watches) return { latents, maps: [] }
    const mapSize = seen.values().length / batch / config.frames
    const maps = shots.map((_, i) =>
      seen.values().slice((i * config.frames + first) * mapSize, (i + 1) * config.frames * mapSize),
    )
    return { latents, maps }
  }

  function tellItems(
    shots: readonly PaintedShot[],
    placed: readonly PlacedShot[],
    given: readonly number[],
  ): ItemConditions[] {
    const tell = (text: (shot: PaintedShot) => TextVectors | null): ItemConditions[] =>
      shots.map((shot, i) => ({ ...at(placed, i), given, times: given, text: text(shot) }))
    return [...tell(({ text }) => text), ...(isGuided ? tell(({ negative }) => negative) : [])]
  }

  async function encodeDrafts(placed: readonly PlacedShot[]): Promise<Float32Array> {
    const drafts = new Float32Array(batch * chunkSize)
    for (const [i, { setting, actors }] of placed.entries()) {
      drafts.set(await encoder.encode(draftFrames(setting, actors, layoutSize(config))), i * chunkSize)
    }
    return drafts
  }

  return { paint, close: () => network.close() }
}

/** The mean over steps of the first part of a batch's items: those that are told the words. */
function createMean(toldShare: number): { add(all: Float32Array): void; values(): Float32Array } {
  let total = new Float32Array(0)
  let count = 0
  return {
    add: (all) => {
      const told = all.subarray(0, all.length * toldShare)
      if (count === 0) total = new Float32Array(told.length)
      for (const [i, value] of told.entries()) total[i] = (total[i] ?? 0) + value
      count += 1
    },
    values: () => total.map((value) => value / Math.max(1, count)),
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

/** Puts the frames that are given back into x, after every step. */
function giveFrames(
  before: Float32Array | null,
  chunkSize: number,
  frameSize: number,
): (x: Float32Array) => void {
  return (x) => {
    if (!before) return
    for (let start = 0; start < x.length; start += chunkSize) {
      const tail = before.subarray(start + chunkSize - givenFrames * frameSize, start + chunkSize)
      x.set(tail, start)
    }
  }
}
