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
  reshape,
  silu,
  sum,
  type Tensor,
  upsampleNearest,
} from '../graph/index.ts'
import { convolution, linear, type Parameters, rmsNorm } from '../nn/index.ts'
import type { TextVectors } from './text-input.ts'
import { packText } from './text-input.ts'

/**
 * The caster: a generator that draws one picture of a character, an object or a setting from its words and its take, at
 * once (docs/decisions/021-references-at-once.md). All that is told becomes an idea; from it convolutions draw cells of
 * eight, four and two pixels, one after the other.
 */
export interface ReferenceConfig {
  /** Pixels on a side of a picture. */
  readonly size: number
  /** Numbers of a word's vector. */
  readonly textWidth: number
  /** Words, padding counted. */
  readonly textTokens: number
  /** Numbers of all that is told, put together. */
  readonly ideaWidth: number
  /** Channels of cells of eight and of four pixels; cells of two have half as many. */
  readonly channels: number
  /** Views of a setting that are told apart. */
  readonly views: number
}

export const toyboxReference = {
  size: 64,
  textWidth: 384,
  textTokens: 16,
  ideaWidth: 512,
  channels: 128,
  views: 4,
} as const satisfies ReferenceConfig

/** What a picture is of: it decides whether it has transparency. */
const referenceKinds = ['actor', 'setting'] as const
export type ReferenceKind = (typeof referenceKinds)[number]

/** Red, green and blue, premultiplied, and alpha. */
export const pictureChannels = 4

export interface ReferenceConditions {
  /** Vectors of the words, [B, textTokens, textWidth]. */
  readonly text: Tensor
  /** Added to the attention's logits, [B, 1, 1, textTokens]: 0 for a word, very negative for padding. */
  readonly textBias: Tensor
  /** One-hot of `referenceKinds`, then the take's numbers: [B, 2 + views + 4]. */
  readonly kindAndTake: Tensor
}

/** Pictures [B, 4, size, size] in about [−1, 1]. */
export function drawReference(
  p: Parameters,
  { size, ideaWidth, channels }: ReferenceConfig,
  conditions: ReferenceConditions,
): Tensor {
  const words = rmsNorm(p.at('norm'), meanOfWords(conditions))
  const first = silu(linear(p.at('in'), concat([words, conditions.kindAndTake], 1), ideaWidth))
  const idea = add(first, silu(linear(p.at('idea'), first, ideaWidth)))
  const [b, side] = [at(idea.shape, 0), size / 8]
  const coarse = reshape(linear(p.at('coarse'), idea, channels * side * side), [b, channels, side, side])
  const middle = closer(p.at('middle'), coarse, channels)
  const fine = closer(p.at('fine'), middle, channels / 2)
  return pixelShuffle(convolution(p.at('out'), silu(fine), pictureChannels * 4, 3), 2)
}

/** Cells of half the size: [B, C, S, S] → [B, count, 2S, 2S]. */
function closer(p: Parameters, cells: Tensor, count: number): Tensor {
  const drawn = convolution(p.at('draw'), silu(upsampleNearest(cells, 2)), count, 3)
  return add(drawn, convolution(p.at('correct'), silu(drawn), count, 3))
}

/** Mean of the words' vectors without padding: [B, textWidth]. */
function meanOfWords({ text, textBias }: ReferenceConditions): Tensor {
  const [b, tokens, width] = [at(text.shape, 0), at(text.shape, 1), at(text.shape, 2)]
  const present = exp(reshape(textBias, [b, 1, tokens]))
  return reshape(div(matmul(present, text), sum(present, [2], { keepDims: true })), [b, width])
}

/** The symbolic inputs of a batch, by the names that `referenceFeeds` feeds. */
export function referenceInputs(config: ReferenceConfig, batch: number): ReferenceConditions {
  const { textTokens, textWidth, views } = config
  return {
    text: input('text', [batch, textTokens, textWidth]),
    textBias: input('textBias', [batch, 1, 1, textTokens]),
    kindAndTake: input('kindAndTake', [batch, referenceKinds.length + views + waves]),
  }
}

/** One picture of a batch as it is asked for. */
export interface ReferenceItem {
  /** The phrase's words. */
  readonly text: TextVectors
  readonly kind: ReferenceKind
  /**
   * Which of the pictures that its words are true of, from 0 to below 1: a point of an actor's loop, or one of a
   * setting's views.
   */
  readonly take: number
}

/** The numbers of a batch. */
export function referenceFeeds(config: ReferenceConfig, items: readonly ReferenceItem[]): Feeds {
  const { textTokens, textWidth, views } = config
  const batch = items.length
  const { vectors, bias } = packText(
    items.map(({ text }) => text),
    config,
  )
  const told = items.flatMap((item) => [
    ...referenceKinds.map((name) => (name === item.kind ? 1 : 0)),
    ...takeNumbers(item, views),
  ])
  return {
    text: hostTensor(vectors, [batch, textTokens, textWidth]),
    textBias: hostTensor(bias, [batch, 1, 1, textTokens]),
    kindAndTake: hostTensor(Float32Array.from(told), [batch, referenceKinds.length + views + waves]),
  }
}

/** Sine and cosine of a loop's first and second wave. */
const waves = 4

/** One-hot of a setting's view, then where an actor's loop is. */
function takeNumbers({ kind, take }: ReferenceItem, views: number): number[] {
  const view = kind === 'setting' ? Math.floor(take * views) : null
  const angles = [2 * Math.PI * take, 4 * Math.PI * take]
  const turns = angles.flatMap((angle) => (view === null ? [Math.sin(angle), Math.cos(angle)] : [0, 0]))
  return [...Array.from({ length: views }, (_, i) => (i === view ? 1 : 0)), ...turns]
}
