import { compile, floatsOf, type Runtime, type Session } from '../graph/index.ts'
import { type NetworkWeights, Parameters } from '../nn/index.ts'
import { createRandom } from '../util/random.ts'
import {
  drawReference,
  pictureChannels,
  type ReferenceConfig,
  type ReferenceKind,
  referenceFeeds,
  referenceInputs,
  type Take,
} from './reference.ts'
import type { TextVectors } from './text-input.ts'

/** Stream of the choice between the pictures that the words are true of. */
const takeStream = 501

/** A picture that is asked for. */
export interface ReferenceRequest {
  /** The phrase's words. */
  readonly text: TextVectors
  readonly kind: ReferenceKind
  /** The same seed and words give the same picture, whatever else is in the batch. */
  readonly seed: number
}

export interface DrawReferencesOptions {
  readonly signal?: AbortSignal
  readonly onPicture?: (done: number, all: number) => void
}

/** The network, loaded for a number of pictures at a time. */
export interface ReferenceDrawer {
  readonly config: ReferenceConfig
  readonly session: Session
  /** Pictures in one run. */
  readonly batch: number
  close(): Promise<void>
}

export interface OpenReferenceOptions {
  /** Pictures in one run. */
  readonly batch: number
  readonly threads?: number
}

/** Loads the network. @throws FramewrightError E_WEIGHTS when a weight has another shape than the network's */
export async function openReferenceDrawer(
  runtime: Runtime,
  config: ReferenceConfig,
  weights: NetworkWeights,
  { batch, threads }: OpenReferenceOptions,
): Promise<ReferenceDrawer> {
  const parameters = new Parameters()
  const pictures = drawReference(parameters, config, referenceInputs(config, batch))
  const own = new Map(
    parameters.list.flatMap(({ name }) => {
      const value = weights.get(name)
      return value ? [[name, value] as const] : []
    }),
  )
  const program = compile({ pictures }, { weights: own })
  const session = await runtime.open(program, threads === undefined ? {} : { threads })
  return { config, session, batch, close: () => session.close() }
}

/**
 * Draws pictures: premultiplied RGBA in [0, 1], [4, R, R] each, as the painter takes them.
 * Characters and objects face right on transparency; settings are opaque.
 */
export async function drawReferences(
  { config, session, batch }: ReferenceDrawer,
  requests: readonly ReferenceRequest[],
  { signal, onPicture }: DrawReferencesOptions = {},
): Promise<Float32Array[]> {
  const size = pictureChannels * config.size ** 2
  const drawn: Float32Array[] = []
  for (let from = 0; from < requests.length; from += batch) {
    signal?.throwIfAborted()
    const asked = requests.slice(from, from + batch)
    const items = Array.from({ length: batch }, (_, i) => {
      const one = asked[i] ?? requests[0]
      if (!one) throw new RangeError('no picture is asked for')
      return { text: one.text, kind: one.kind, take: takeOf(one.seed, config) }
    })
    const pictures = floatsOf(await session.run(referenceFeeds(config, items)), 'pictures')
    for (const [i, { kind }] of asked.entries()) {
      drawn.push(toPicture(pictures.subarray(i * size, (i + 1) * size), kind))
    }
    onPicture?.(drawn.length, requests.length)
  }
  return drawn
}

/** The choice of a seed between the pictures that the same words are true of. */
export function takeOf(seed: number, { views, tones }: ReferenceConfig): Take {
  const random = createRandom(seed, takeStream)
  return { view: random.integer(views), tone: random.integer(tones) }
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
