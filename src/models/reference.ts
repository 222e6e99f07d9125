import {
  add,
  at,
  concat,
  type Feeds,
  hostTensor,
  input,
  pixelShuffle,
  pixelUnshuffle,
  reshape,
  silu,
  type Tensor,
} from '../graph/index.ts'
import { convolution, linear, type Parameters } from '../nn/index.ts'
import { sketchReference } from './reference-sketch.ts'
import {
  readText,
  type SpaceTimeConditions,
  type SpaceTimeConfig,
  spaceTimeTransformer,
} from './space-time-transformer.ts'
import type { TextVectors } from './text-input.ts'
import { packText } from './text-input.ts'

/**
 * The caster: an image generator that draws one picture of a character, an object or a setting from its words.
 * A sketch is drawn from the words at once (docs/decisions/021-sketched-references.md); from it, flow matching on
 * pixels goes on, where convolutions draw and attention relates cells with each other and with the words.
 */
export interface ReferenceConfig extends SpaceTimeConfig {
  /** Pixels on a side of a cell of the body. */
  readonly cellPixels: number
  /** Numbers that the sketch is drawn from. */
  readonly sketchWidth: number
  /** Channels of the sketch where its cells are twice as large as the body's; halved where they are halved. */
  readonly sketchChannels: number
  /** Channels of the last corrections. */
  readonly finishChannels: number
  /** Views of a setting that are told apart. */
  readonly takes: number
}

export const toyboxReference = {
  frames: 1,
  size: 16,
  cellWidth: 96,
  cellBlocks: [1, 3],
  width: 256,
  layers: 4,
  heads: 4,
  textWidth: 384,
  textTokens: 16,
  cellPixels: 4,
  sketchWidth: 512,
  sketchChannels: 128,
  finishChannels: 24,
  takes: 12,
} as const satisfies ReferenceConfig

/** What a picture is of: it decides whether it has transparency. */
export const referenceKinds = ['actor', 'setting'] as const
export type ReferenceKind = (typeof referenceKinds)[number]

/** Pixels on a side of a reference picture. */
export const pictureSize = ({ size, cellPixels }: ReferenceConfig): number => size * cellPixels

/** Red, green and blue, premultiplied, and alpha. */
export const pictureChannels = 4

export interface ReferenceConditions extends SpaceTimeConditions {
  /** One-hot of `referenceKinds`, [B, 2]. */
  readonly kind: Tensor
  /** Which picture of those that the words are true of, [B, takes + 4]: `takeFeatures`. */
  readonly take: Tensor
}

/** A picture from its words alone, and the one that was asked for. */
export interface DrawnReference {
  readonly sketch: Tensor
  readonly picture: Tensor
}

/**
 * Noisy pictures [B, 4, R, R] in about [−1, 1] → what the clean ones are expected to be, of the same shape, and the
 * sketch that they go on from.
 */
export function drawReference(
  p: Parameters,
  config: ReferenceConfig,
  noisy: Tensor,
  conditions: ReferenceConditions,
): DrawnReference {
  const { cellPixels, cellWidth } = config
  const sketch = sketchReference(p.at('sketch'), config, conditions, pictureChannels)
  const cells = add(
    convolution(p.at('pixels_in'), pixelUnshuffle(noisy, cellPixels), cellWidth, 3),
    convolution(p.at('sketch_in'), pixelUnshuffle(sketch, cellPixels), cellWidth, 3),
  )
  const own = p.at('body')
  const body = spaceTimeTransformer(own, config, cells, conditions.times, readText(own, config, conditions))
  const out = convolution(p.at('pixels_out'), silu(body), pictureChannels * cellPixels ** 2, 3, {
    initial: { deviation: 0.005 },
  })
  const drawn = pixelShuffle(out, cellPixels)
  return { sketch, picture: finish(p.at('finish'), config, { noisy, sketch, drawn }, conditions.times) }
}

interface Drawing {
  readonly noisy: Tensor
  readonly sketch: Tensor
  readonly drawn: Tensor
}

/**
 * Corrects the drawn picture pixel by pixel: the body sees squares of pixels, whose borders would show. It begins as
 * no correction at all.
 */
function finish(p: Parameters, { finishChannels }: ReferenceConfig, all: Drawing, times: Tensor): Tensor {
  const { noisy, sketch, drawn } = all
  const time = linear(p.at('time'), silu(linear(p.at('time_in'), times, finishChannels)), finishChannels)
  const seen = convolution(p.at('in'), concat([noisy, sketch, drawn], 1), finishChannels, 3)
  const inner = silu(add(seen, reshape(time, [at(times.shape, 0), finishChannels, 1, 1])))
  const deeper = silu(convolution(p.at('inner'), inner, finishChannels, 3))
  const correction = convolution(p.at('out'), deeper, pictureChannels, 3, { initial: { deviation: 0 } })
  return add(drawn, correction)
}

/** The symbolic inputs of a batch, by the names that `referenceFeeds` feeds. */
export function referenceInputs(config: ReferenceConfig, batch: number): ReferenceConditions {
  return {
    times: input('times', [batch, 1]),
    text: input('text', [batch, config.textTokens, config.textWidth]),
    textBias: input('textBias', [batch, 1, 1, config.textTokens]),
    kind: input('kind', [batch, referenceKinds.length]),
    take: input('take', [batch, config.takes + takeWaves]),
  }
}

/** One picture of a batch as it is asked for. */
export interface ReferenceItem {
  /** The phrase's words; null where they are not told. */
  readonly text: TextVectors | null
  readonly kind: ReferenceKind
  /**
   * Which of the pictures that its words are true of, from 0 to below 1: a point of an actor's loop, or one of a
   * setting's views.
   */
  readonly take: number
  /** How clean its picture is: 0 noise, 1 clean. */
  readonly time: number
}

/** The numbers of a batch. */
export function referenceFeeds(config: ReferenceConfig, items: readonly ReferenceItem[]): Feeds {
  const { textTokens, textWidth } = config
  const batch = items.length
  const { vectors, bias } = packText(
    items.map(({ text }) => text),
    config,
  )
  const kinds = items.flatMap(({ kind }) => referenceKinds.map((name) => (name === kind ? 1 : 0)))
  return {
    times: hostTensor(
      Float32Array.from(items, ({ time }) => time),
      [batch, 1],
    ),
    text: hostTensor(vectors, [batch, textTokens, textWidth]),
    textBias: hostTensor(bias, [batch, 1, 1, textTokens]),
    kind: hostTensor(Float32Array.from(kinds), [batch, referenceKinds.length]),
    take: hostTensor(Float32Array.from(items.flatMap((item) => takeFeatures(item, config))), [
      batch,
      config.takes + takeWaves,
    ]),
  }
}

/** Sine and cosine of a loop's first and second wave. */
const takeWaves = 4

/** One-hot of a setting's view, then where an actor's loop is. */
function takeFeatures({ kind, take }: ReferenceItem, { takes }: ReferenceConfig): number[] {
  const view = kind === 'setting' ? Math.floor(take * takes) : null
  const angles = [2 * Math.PI * take, 4 * Math.PI * take]
  const waves = angles.flatMap((angle) => (view === null ? [Math.sin(angle), Math.cos(angle)] : [0, 0]))
  return [...Array.from({ length: takes }, (_, i) => (i === view ? 1 : 0)), ...waves]
}
