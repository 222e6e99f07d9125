import { euler, type FlowConfig, guide, schedule, twice } from '../diffusion/index.ts'
import { compile, floatsOf, hostTensor, input, type Runtime, type Session } from '../graph/index.ts'
import { type NetworkWeights, Parameters } from '../nn/index.ts'
import { createRandom, normalArray } from '../util/random.ts'
import {
  drawReference,
  pictureChannels,
  pictureSize,
  type ReferenceConfig,
  type ReferenceItem,
  type ReferenceKind,
  referenceFeeds,
  referenceInputs,
} from './reference.ts'
import type { TextVectors } from './text-input.ts'

/**
 * Neighbouring pixels tell the same story, so that a picture is decided under more noise than latents are:
 * 64×64 pixels hold about four times as many numbers for each that is new. Hence times lie nearer to noise.
 */
export const pixelFlow = { logitMean: -1.2, shift: 4, lastDistance: 0.1 } as const satisfies FlowConfig

/** Stream of random numbers of a picture's first noise. */
const noiseStream = 500
/** Stream of the choice between the pictures that its words are true of. */
const takeStream = 501

/** A picture that is asked for. */
export interface ReferenceRequest {
  /** The phrase's words. */
  readonly text: TextVectors
  readonly kind: ReferenceKind
  /** The same seed and words give the same picture, whatever else is in the batch. */
  readonly seed: number
}

export interface SampleReferenceOptions {
  /** @default 12 */
  readonly steps?: number
  readonly signal?: AbortSignal
  readonly onStep?: (step: number, steps: number) => void
}

/** The network, loaded for a number of pictures at a time. */
export interface ReferenceSampler {
  readonly config: ReferenceConfig
  readonly session: Session
  /** Pictures in one run. */
  readonly batch: number
  readonly guidance: number
  close(): Promise<void>
}

export interface OpenReferenceOptions {
  /** Pictures in one run. */
  readonly batch: number
  readonly threads?: number
  /** 1 follows the words as trained; above, more, and colours grow noisy: docs/training-log.md. @default 1 */
  readonly guidance?: number
}

/** Loads the network. @throws FramewrightError E_WEIGHTS when a weight has another shape than the network's */
export async function openReferenceSampler(
  runtime: Runtime,
  config: ReferenceConfig,
  weights: NetworkWeights,
  { batch, threads, guidance = 1 }: OpenReferenceOptions,
): Promise<ReferenceSampler> {
  const parameters = new Parameters()
  // Where guidance pushes away from silence, each picture twice: with its words, and without.
  const items = guidance === 1 ? batch : batch * 2
  const side = pictureSize(config)
  const noisy = input('pictures', [items, pictureChannels, side, side])
  const { picture: clean } = drawReference(parameters, config, noisy, referenceInputs(config, items))
  const own = new Map(
    parameters.list.flatMap(({ name }) => {
      const value = weights.get(name)
      return value ? [[name, value] as const] : []
    }),
  )
  const program = compile({ clean }, { weights: own })
  const session = await runtime.open(program, threads === undefined ? {} : { threads })
  return { config, session, batch, guidance, close: () => session.close() }
}

/**
 * Draws pictures: premultiplied RGBA in [0, 1], [4, R, R] each, as the painter takes them.
 * Characters and objects face right on transparency; settings are opaque.
 */
export async function sampleReference(
  sampler: ReferenceSampler,
  requests: readonly ReferenceRequest[],
  options: SampleReferenceOptions = {},
): Promise<Float32Array[]> {
  const { batch } = sampler
  const pictures: Float32Array[] = []
  const rounds = Math.ceil(requests.length / batch)
  for (let round = 0; round < rounds; round++) {
    const asked = requests.slice(round * batch, (round + 1) * batch)
    const onStep = (step: number, steps: number): void =>
      options.onStep?.(round * steps + step, rounds * steps)
    pictures.push(...(await sampleBatch(sampler, asked, { ...options, onStep })))
  }
  return pictures
}

async function sampleBatch(
  { config, session, batch, guidance }: ReferenceSampler,
  requests: readonly ReferenceRequest[],
  { steps = 12, signal, onStep }: SampleReferenceOptions,
): Promise<Float32Array[]> {
  const side = pictureSize(config)
  const size = pictureChannels * side * side
  const items = Array.from({ length: batch }, (_, i) => requests[i] ?? null)
  const start = new Float32Array(batch * size)
  for (const [i, item] of items.entries()) {
    if (item) start.set(normalArray(item.seed, noiseStream, size), i * size)
  }
  const predict = async (x: Float32Array, time: number): Promise<Float32Array> => {
    const told = items.map((item) => ({
      text: item?.text ?? null,
      kind: item?.kind ?? 'actor',
      take: item ? createRandom(item.seed, takeStream).uniform() : 0,
      time,
    }))
    const ask = async (pictures: Float32Array, asked: readonly ReferenceItem[]): Promise<Float32Array> => {
      const shape = [asked.length, pictureChannels, side, side]
      const feeds = { ...referenceFeeds(config, asked), pictures: hostTensor(pictures, shape) }
      return floatsOf(await session.run(feeds), 'clean')
    }
    if (guidance === 1) return ask(x, told)
    const both = await ask(twice(x), [...told, ...told.map((item) => ({ ...item, text: null }))])
    return guide(both.subarray(x.length), both.subarray(0, x.length), guidance)
  }
  let x: Float32Array = start
  for await (const step of euler(predict, start, schedule(pixelFlow, steps), signal ? { signal } : {})) {
    x = step.x
    onStep?.(step.index + 1, step.steps)
  }
  return requests.map(({ kind }, i) => toPicture(x.subarray(i * size, (i + 1) * size), kind))
}

/** Numbers in about [−1, 1] → premultiplied RGBA in [0, 1]: no colour is above its alpha. */
function toPicture(x: Float32Array, kind: ReferenceKind): Float32Array {
  const area = x.length / pictureChannels
  const unit = (value: number): number => Math.min(1, Math.max(0, (value + 1) / 2))
  return Float32Array.from({ length: x.length }, (_, i) => {
    const alpha = kind === 'setting' ? 1 : unit(x[3 * area + (i % area)] ?? 0)
    return i >= 3 * area ? alpha : Math.min(alpha, unit(x[i] ?? 0))
  })
}
