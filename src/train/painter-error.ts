import { hostTensor } from '../graph/index.ts'
import type { Encoder } from '../models/codec-encoder.ts'
import { conditionFeeds, layoutSize } from '../models/conditions.ts'
import type { DenoiserConfig } from '../models/denoiser.ts'
import type { DenoiserSession } from '../models/denoiser-session.ts'
import { draftFrames } from '../models/draft.ts'
import { isDrafted, type ToldChunk } from './painter-arms.ts'

/** The painter's network and the codec's first half, both for one chunk at a time. */
export interface PredictingPainter {
  readonly config: DenoiserConfig
  readonly network: DenoiserSession
  readonly encoder: Encoder
}

/** What a prediction is measured on. */
export interface PaintingTarget {
  /** Latents of the real frames, [F, C, S, S]. */
  readonly clean: Float32Array
  /** Normal, [F, C, S, S]. */
  readonly noise: Float32Array
  /** 1 for latent frames that are given clean, [F]. */
  readonly given: readonly number[]
  /** Of `cellWeights`, [F, S, S]. */
  readonly weights: Float32Array
}

/** Mean squared errors of predicted clean latents, whose variance is about 1. */
export interface CellErrors {
  /** Weighted as in training, over the cells that count. */
  readonly weighted: number
  /** Of cells that an actor's box covers; null where there is none. */
  readonly actors: number | null
  /** Of the others; null where there is none. */
  readonly background: number | null
}

/** How far off the painter's prediction is at each of the times, 0 noise to 1 clean. */
export async function paintingErrors(
  { config, network, encoder }: PredictingPainter,
  told: ToldChunk,
  { clean, noise, given, weights }: PaintingTarget,
  times: readonly number[],
): Promise<CellErrors[]> {
  const { frames, latentChannels, size } = config
  const shape = [1, frames, latentChannels, size, size]
  const draft = isDrafted(told)
    ? await encoder.encode(draftFrames(told, layoutSize(config)))
    : new Float32Array(clean.length)
  await network.tell({
    ...conditionFeeds(config, [{ ...told, given, times: given }]),
    draft: hostTensor(draft, shape),
  })
  const errors: CellErrors[] = []
  for (const t of times) {
    const frameTimes = given.map((g) => (g === 1 ? 1 : t))
    const noisy = clean.map((value, i) => {
      const own = frameTimes[Math.floor((i * frames) / clean.length)] ?? t
      return own * value + (1 - own) * (noise[i] ?? 0)
    })
    const { clean: predicted } = await network.predict(noisy, Float32Array.from(frameTimes))
    errors.push(cellErrors(predicted, clean, weights, config))
  }
  return errors
}

/** @param weights 0 for cells that do not count, 1 for the background, more for actors */
function cellErrors(
  predicted: Float32Array,
  clean: Float32Array,
  weights: Float32Array,
  { latentChannels, size }: DenoiserConfig,
): CellErrors {
  const area = size * size
  const sums = { weighted: 0, actors: 0, background: 0 }
  const counts = { actors: 0, background: 0 }
  for (const [i, weight] of weights.entries()) {
    if (weight === 0) continue
    const start = Math.floor(i / area) * latentChannels * area + (i % area)
    let squares = 0
    for (let c = 0; c < latentChannels; c++) {
      squares += ((predicted[start + c * area] ?? 0) - (clean[start + c * area] ?? 0)) ** 2
    }
    const error = squares / latentChannels
    const where = weight > 1 ? 'actors' : 'background'
    sums.weighted += weight * error
    sums[where] += error
    counts[where] += 1
  }
  const mean = (where: keyof typeof counts): number | null =>
    counts[where] > 0 ? sums[where] / counts[where] : null
  return {
    weighted: sums.weighted / (counts.actors + counts.background),
    actors: mean('actors'),
    background: mean('background'),
  }
}
