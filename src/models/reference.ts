import {
  add,
  at,
  concat,
  div,
  exp,
  type Feeds,
  hostTensor,
  input,
  matmul,
  pixelShuffle,
  pixelUnshuffle,
  reshape,
  silu,
  sum,
  type Tensor,
  upsampleNearest,
} from '../graph/index.ts'
import { convolution, linear, type Parameters, rmsNorm } from '../nn/index.ts'
import {
  readText,
  type SpaceTimeConditions,
  type SpaceTimeConfig,
  spaceTimeTransformer,
} from './space-time-transformer.ts'
import type { TextVectors } from './text-input.ts'
import { packText } from './text-input.ts'

/**
 * The caster: an image generator that draws one picture of a character, an object or a setting from its words,
 * by flow matching on pixels. Convolutions draw, attention relates cells with each other and with the words.
 */
export interface ReferenceConfig extends SpaceTimeConfig {
  /** Pixels on a side of a cell of the body. */
  readonly cellPixels: number
  /** Channels of the sketch. */
  readonly sketchChannels: number
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
  sketchChannels: 64,
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
}

/** Mean of the words' vectors without padding: [B, textWidth]. */
function meanOfWords({ text, textBias }: SpaceTimeConditions): Tensor {
  const [b, tokens, width] = [at(text.shape, 0), at(text.shape, 1), at(text.shape, 2)]
  const present = exp(reshape(textBias, [b, 1, tokens]))
  return reshape(div(matmul(present, text), sum(present, [2], { keepDims: true })), [b, width])
}

/**
 * A coarse idea of the picture straight from the words, [B, cellWidth, S, S]: half the cells' resolution.
 * The mean picture of a subject is a plain function of its words; the body then need not find it by attention.
 */
function sketch(p: Parameters, config: ReferenceConfig, conditions: ReferenceConditions): Tensor {
  const { size, sketchChannels, cellWidth, width } = config
  const b = at(conditions.text.shape, 0)
  const words = concat([rmsNorm(p.at('norm'), meanOfWords(conditions)), conditions.kind], 1)
  const inner = silu(linear(p.at('in'), words, width))
  const side = size / 2
  const coarse = reshape(linear(p.at('cells'), inner, sketchChannels * side * side), [
    b,
    sketchChannels,
    side,
    side,
  ])
  return convolution(p.at('out'), silu(upsampleNearest(coarse, 2)), cellWidth, 3)
}

/** Noisy pictures [B, 4, R, R] in about [−1, 1] → what the clean ones are expected to be, of the same shape. */
export function drawReference(
  p: Parameters,
  config: ReferenceConfig,
  pictures: Tensor,
  conditions: ReferenceConditions,
): Tensor {
  const { cellPixels, cellWidth } = config
  const unshuffled = pixelUnshuffle(pictures, cellPixels)
  const cells = add(
    convolution(p.at('pixels_in'), unshuffled, cellWidth, 3),
    sketch(p.at('sketch'), config, conditions),
  )
  const own = p.at('body')
  const body = spaceTimeTransformer(own, config, cells, conditions.times, readText(own, config, conditions))
  const out = convolution(p.at('pixels_out'), silu(body), pictureChannels * cellPixels ** 2, 3, {
    initial: { deviation: 0.005 },
  })
  return pixelShuffle(out, cellPixels)
}

/** The symbolic inputs of a batch, by the names that `referenceFeeds` feeds. */
export function referenceInputs(config: ReferenceConfig, batch: number): ReferenceConditions {
  return {
    times: input('times', [batch, 1]),
    text: input('text', [batch, config.textTokens, config.textWidth]),
    textBias: input('textBias', [batch, 1, 1, config.textTokens]),
    kind: input('kind', [batch, referenceKinds.length]),
  }
}

/** One picture of a batch as it is asked for. */
export interface ReferenceItem {
  /** The phrase's words; null where they are not told. */
  readonly text: TextVectors | null
  readonly kind: ReferenceKind
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
  }
}
