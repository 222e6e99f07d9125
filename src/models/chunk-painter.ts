import { euler, guide, latentFlow, schedule, twice } from '../diffusion/index.ts'
import { hostTensor, type Runtime } from '../graph/index.ts'
import type { NetworkWeights } from '../nn/index.ts'
import { normalArray } from '../util/random.ts'
import type { Encoder } from './codec-encoder.ts'
import { conditionFeeds, type ItemConditions, layoutSize } from './conditions.ts'
import type { DenoiserConfig } from './denoiser.ts'
import { openDenoiser } from './denoiser-session.ts'
import { draftFrames } from './draft.ts'
import { givenFrames, type PlacedShot } from './placed-shot.ts'
import type { TextVectors } from './text-input.ts'

/** Stream of random numbers of a shot's noise. */
const noiseStream = 1000

/** Deviation of the noise that a painting begins with, a fifth of training's (docs/decisions/029-detail-loss.md). */
const startScale = 0.1

/** One shot of a batch over one chunk. */
export interface ChunkShot extends PlacedShot {
  readonly seed: number
  readonly text: TextVectors
  /** What guidance above 1 pushes away from; null for no words at all. */
  readonly negative: TextVectors | null
}

/** A chunk that is to be painted. */
export interface ChunkTask {
  readonly shots: readonly ChunkShot[]
  /** The chunk before it, [batch, frames, C, S, S], whose last frames are given; null for the first. */
  readonly before: Float32Array | null
  readonly steps: number
}

/** A chunk of every shot of the batch. */
export interface PaintedChunk {
  /** [batch, frames, C, S, S]. */
  readonly latents: Float32Array
  /** As in `ChunkAttention`; empty where the painter does not watch. */
  readonly maps: readonly Float32Array[]
}

export interface ChunkOptions {
  readonly signal?: AbortSignal | undefined
  /** @param predicted the clean latents as the step expected them, [batch, frames, C, S, S] */
  readonly onStep?: ((step: number, predicted: Float32Array) => void) | undefined
}

/** Paints one chunk of every shot of a batch. */
export interface ChunkPainter {
  readonly config: DenoiserConfig
  /** Shots at a time. */
  readonly batch: number
  /** Whether it keeps where it looks in the text. */
  readonly watches: boolean
  paint(task: ChunkTask, options?: ChunkOptions): Promise<PaintedChunk>
  close(): Promise<void>
}

export interface OpenPainterOptions {
  /** Shots at a time. */
  readonly batch: number
  readonly threads?: number
  /** 1 follows the words as trained, in half the time; above, more. @default 1 */
  readonly guidance?: number
  /** Keep where it looks in the text. @default false */
  readonly watches?: boolean
}

/**
 * Opens the denoiser for `batch` shots at a time.
 * @param encoder the codec's, for a chunk's latent frames at a time: it encodes drafts, and stays the caller's to close
 */
export async function openChunkPainter(
  runtime: Runtime,
  config: DenoiserConfig,
  weights: NetworkWeights,
  encoder: Encoder,
  { batch, threads, guidance = 1, watches = false }: OpenPainterOptions,
): Promise<ChunkPainter> {
  // Where guidance pushes away from something, each shot twice: with its words, and with those.
  const isGuided = guidance !== 1
  const items = isGuided ? batch * 2 : batch
  const shape = [items, config.frames, config.latentChannels, config.size, config.size]
  const network = await openDenoiser(runtime, config, weights, { items, watches, threads })
  const chunkSize = shape.slice(1).reduce((a, b) => a * b, 1)
  const frameSize = chunkSize / config.frames

  async function paint(
    { shots, before, steps }: ChunkTask,
    { signal, onStep }: ChunkOptions = {},
  ): Promise<PaintedChunk> {
    const x = new Float32Array(batch * chunkSize)
    for (const [i, { seed }] of shots.entries()) {
      // The same for every latent frame: what of it is left in the picture does not flicker.
      const noise = normalArray(seed, noiseStream, frameSize).map((value) => startScale * value)
      for (let f = 0; f < config.frames; f++) x.set(noise, i * chunkSize + f * frameSize)
    }
    const restore = giveFrames(before, chunkSize, frameSize)
    restore(x)
    const given = Array.from({ length: config.frames }, (_, f) => (before && f < givenFrames ? 1 : 0))
    const drafts = await encodeDrafts(shots)
    await network.tell({
      ...conditionFeeds(config, tellItems(shots, given)),
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
    const sampler = euler(predict, x, schedule(latentFlow, steps), {
      restore,
      ...(signal ? { signal } : {}),
    })
    let latents: Float32Array = x
    for await (const step of sampler) {
      latents = step.x
      onStep?.(step.index + 1, step.predicted)
    }
    if (!watches) return { latents, maps: [] }
    const first = before ? givenFrames : 0
    const mapSize = seen.values().length / batch / config.frames
    const maps = shots.map((_, i) =>
      seen.values().slice((i * config.frames + first) * mapSize, (i + 1) * config.frames * mapSize),
    )
    return { latents, maps }
  }

  function tellItems(shots: readonly ChunkShot[], given: readonly number[]): ItemConditions[] {
    const tell = (words: (shot: ChunkShot) => TextVectors | null): ItemConditions[] =>
      shots.map((shot) => {
        const { actors, setting } = shot
        return { actors, setting, given, times: given, text: words(shot) }
      })
    return [...tell(({ text }) => text), ...(isGuided ? tell(({ negative }) => negative) : [])]
  }

  async function encodeDrafts(shots: readonly ChunkShot[]): Promise<Float32Array> {
    const drafts = new Float32Array(batch * chunkSize)
    for (const [i, shot] of shots.entries()) {
      drafts.set(await encoder.encode(draftFrames(shot, layoutSize(config))), i * chunkSize)
    }
    return drafts
  }

  return { config, batch, watches, paint, close: () => network.close() }
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
