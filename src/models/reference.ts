import {
  add,
  at,
  attention,
  concat,
  div,
  exp,
  type Feeds,
  hostTensor,
  input,
  matmul,
  mul,
  reshape,
  silu,
  split,
  sum,
  type Tensor,
  upsampleNearest,
} from '../graph/index.ts'
import { convolution, groupNorm, linear, type Parameters, rmsNorm } from '../nn/index.ts'
import type { TextVectors } from './text-input.ts'
import { packText } from './text-input.ts'

/**
 * The caster: an image generator that draws one picture of a character, an object or a setting from its words and its
 * take, at once (docs/decisions/021-references-at-once.md). Attention reads the words; convolutions draw, from coarse to
 * fine, and every layer is told again what the picture is of, as in BigGAN (Brock et al. 2018, arXiv 1809.11096).
 */
export interface ReferenceConfig {
  /** Pixels on a side of a picture. */
  readonly size: number
  /** Numbers of a word's vector. */
  readonly textWidth: number
  /** Words, padding counted. */
  readonly textTokens: number
  /** How many things are asked of the words at once, and the numbers of each answer. */
  readonly questions: number
  readonly width: number
  readonly heads: number
  /** Numbers of all that is told, put together. */
  readonly ideaWidth: number
  /** Channels of each level, from coarse to fine: each has twice the cells of the one before on a side, the last all pixels. */
  readonly channels: readonly [coarsest: number, ...finer: number[]]
  /** Views of a setting that are told apart. */
  readonly views: number
}

export const toyboxReference = {
  size: 64,
  textWidth: 384,
  textTokens: 16,
  questions: 4,
  width: 256,
  heads: 4,
  ideaWidth: 384,
  channels: [256, 256, 160, 64, 24],
  views: 4,
} as const satisfies ReferenceConfig

/** What a picture is of: it decides whether it has transparency. */
export const referenceKinds = ['actor', 'setting'] as const
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
  { channels, size, ...config }: ReferenceConfig,
  conditions: ReferenceConditions,
): Tensor {
  const idea = ideaOf(p.at('idea'), config, conditions)
  const b = at(idea.shape, 0)
  const [coarsest, ...finer] = channels
  const side = size / 2 ** finer.length
  const start = reshape(linear(p.at('start'), idea, coarsest * side * side), [b, coarsest, side, side])
  const drawn = finer.reduce<Tensor>(
    (x, count, i) => level(p.at(`levels.${i}`), upsampleNearest(x, 2), idea, count),
    start,
  )
  return convolution(p.at('out'), modulated(p.at('last'), drawn, idea), pictureChannels, 3)
}

/** All that is told of a picture, [B, ideaWidth]. */
function ideaOf(
  p: Parameters,
  { questions, width, heads, ideaWidth }: Omit<ReferenceConfig, 'channels' | 'size'>,
  conditions: ReferenceConditions,
): Tensor {
  const { text, textBias, kindAndTake } = conditions
  const b = at(text.shape, 0)
  const words = rmsNorm(p.at('norm'), text)
  const kind = reshape(linear(p.at('kind'), kindAndTake, width), [b, 1, width])
  const asked = add(p.declare('questions', [1, questions, width], { deviation: 1 }), kind)
  const keys = linear(p.at('keys'), words, width, { bias: false })
  const answers = attention(
    rmsNorm(p.at('norm_q'), asked),
    rmsNorm(p.at('norm_k'), keys),
    linear(p.at('values'), words, width, { bias: false }),
    heads,
    textBias,
  )
  const mean = rmsNorm(p.at('norm_mean'), meanOfWords(conditions))
  const told = concat([reshape(answers, [b, questions * width]), mean, kindAndTake], 1)
  const first = silu(linear(p.at('in'), told, ideaWidth))
  return [0, 1].reduce<Tensor>(
    (x, i) => add(x, silu(linear(p.at(`deeper.${i}`), rmsNorm(p.at(`norm.${i}`), x), ideaWidth))),
    first,
  )
}

/** Mean of the words' vectors without padding: [B, textWidth]. */
function meanOfWords({ text, textBias }: ReferenceConditions): Tensor {
  const [b, tokens, width] = [at(text.shape, 0), at(text.shape, 1), at(text.shape, 2)]
  const present = exp(reshape(textBias, [b, 1, tokens]))
  return reshape(div(matmul(present, text), sum(present, [2], { keepDims: true })), [b, width])
}

/** Two convolutions, the second residual: [B, C, S, S] → [B, count, S, S]. */
function level(p: Parameters, x: Tensor, idea: Tensor, count: number): Tensor {
  const y = convolution(p.at('conv1'), modulated(p.at('told1'), x, idea), count, 3)
  return add(y, convolution(p.at('conv2'), modulated(p.at('told2'), y, idea), count, 3))
}

const groups = 8

/** Normalised cells, each channel scaled and moved as the idea says, and a nonlinearity. */
function modulated(p: Parameters, x: Tensor, idea: Tensor): Tensor {
  const [b, count] = [at(x.shape, 0), at(x.shape, 1)]
  const both = linear(p.at('idea'), idea, 2 * count, { initial: { deviation: 0.02 } })
  const [scale, shift] = split(reshape(both, [b, 2 * count, 1, 1]), 1, [count, count]) as [Tensor, Tensor]
  return silu(add(mul(groupNorm(p.at('norm'), x, groups), add(scale, 1)), shift))
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
