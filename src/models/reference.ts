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
  mul,
  pixelShuffle,
  reshape,
  silu,
  slice,
  softmax,
  sum,
  type Tensor,
  tanh,
  transpose,
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
  /** Numbers beside the idea that only details are drawn from. */
  readonly detailWidth: number
  /** Channels of cells of eight and of four pixels; cells of two have half as many. */
  readonly channels: number
  /** Questions that are asked of the words. */
  readonly questions: number
  /** Views of a setting that are told apart. */
  readonly views: number
  /** Tones of skin that are told apart. */
  readonly tones: number
}

export const toyboxReference = {
  size: 64,
  textWidth: 384,
  textTokens: 16,
  ideaWidth: 768,
  detailWidth: 1024,
  channels: 128,
  questions: 4,
  views: 2,
  tones: 6,
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
  /** One-hot of `referenceKinds`, the take's view, its tone: [B, 2 + views + tones]. */
  readonly kindAndTake: Tensor
}

/** Pictures [B, 4, size, size] in about [−1, 1]. */
export function drawReference(
  p: Parameters,
  config: ReferenceConfig,
  conditions: ReferenceConditions,
): Tensor {
  const { size, ideaWidth, channels } = config
  const words = rmsNorm(
    p.at('norm'),
    concat([meanOfWords(conditions), answers(p.at('ask'), config, conditions)], 1),
  )
  const told = concat([words, conditions.kindAndTake], 1)
  const first = silu(linear(p.at('in'), told, ideaWidth, { update: 'adam' }))
  const idea = add(first, silu(linear(p.at('idea'), first, ideaWidth)))
  const [b, side] = [at(idea.shape, 0), size / 8]
  const coarse = reshape(linear(p.at('coarse'), idea, channels * side * side, { update: 'adam' }), [
    b,
    channels,
    side,
    side,
  ])
  const cells = tinted(p.at('tint'), idea, add(coarse, detail(p.at('detail'), config, told)))
  const middle = tinted(p.at('middle.tint'), idea, closer(p.at('middle'), cells, channels))
  const fine = closer(p.at('fine'), middle, channels / 2)
  return pixelShuffle(convolution(p.at('out'), silu(fine), pictureChannels * 4, 3), 2)
}

/** What the idea is too narrow for, on the same cells: [B, channels, size/8, size/8]. */
function detail(p: Parameters, { size, detailWidth, channels }: ReferenceConfig, told: Tensor): Tensor {
  const [b, side] = [at(told.shape, 0), size / 8]
  const noted = silu(linear(p.at('in'), told, detailWidth, { update: 'adam' }))
  const cells = linear(p.at('out'), noted, (channels / 2) * side * side, {
    update: 'adam',
    initial: { value: 0 },
  })
  return convolution(p.at('draw'), reshape(cells, [b, channels / 2, side, side]), channels, 1)
}

/**
 * Cells whose channels the idea makes weaker or stronger, to nothing or to twice as much: what is there stays, by day and by
 * night (Perez et al. 2018). Without a bound there were words that no training had, for which it was noise.
 */
function tinted(p: Parameters, idea: Tensor, cells: Tensor): Tensor {
  const [b, count] = [at(cells.shape, 0), at(cells.shape, 1)]
  const told = linear(p, idea, 2 * count, { update: 'adam', initial: { value: 0 } })
  const part = (i: number): Tensor => reshape(slice(told, 1, i * count, (i + 1) * count), [b, count, 1, 1])
  return add(mul(cells, add(tanh(part(0)), 1)), part(1))
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

/** What the words answer to each question, beside each other: [B, questions · textWidth]. */
function answers(
  p: Parameters,
  { questions }: ReferenceConfig,
  { text, textBias }: ReferenceConditions,
): Tensor {
  const [b, tokens, width] = [at(text.shape, 0), at(text.shape, 1), at(text.shape, 2)]
  const asked = transpose(linear(p, text, questions), [0, 2, 1])
  const shares = softmax(add(asked, reshape(textBias, [b, 1, tokens])))
  return reshape(matmul(shares, text), [b, questions * width])
}

/** The symbolic inputs of a batch, by the names that `referenceFeeds` feeds. */
export function referenceInputs(config: ReferenceConfig, batch: number): ReferenceConditions {
  const { textTokens, textWidth } = config
  return {
    text: input('text', [batch, textTokens, textWidth]),
    textBias: input('textBias', [batch, 1, 1, textTokens]),
    kindAndTake: input('kindAndTake', [batch, toldCount(config)]),
  }
}

const toldCount = ({ views, tones }: ReferenceConfig): number => referenceKinds.length + views + tones

/** Which of the pictures that the same words are true of. */
export interface Take {
  /** Of a setting: below the config's `views`. An actor has one. */
  readonly view: number
  /** Of the skin, where there is any: 0 for a drawing's yellow, then from light to dark; below the config's `tones`. */
  readonly tone: number
}

/** One picture of a batch as it is asked for. */
export interface ReferenceItem {
  /** The phrase's words. */
  readonly text: TextVectors
  readonly kind: ReferenceKind
  readonly take: Take
}

/** The numbers of a batch. */
export function referenceFeeds(config: ReferenceConfig, items: readonly ReferenceItem[]): Feeds {
  const { textTokens, textWidth, views, tones } = config
  const batch = items.length
  const { vectors, bias } = packText(
    items.map(({ text }) => text),
    config,
  )
  const told = items.flatMap(({ kind, take }) => [
    ...oneHot(referenceKinds.indexOf(kind), referenceKinds.length),
    ...oneHot(kind === 'setting' ? take.view : 0, views),
    ...oneHot(take.tone, tones),
  ])
  return {
    text: hostTensor(vectors, [batch, textTokens, textWidth]),
    textBias: hostTensor(bias, [batch, 1, 1, textTokens]),
    kindAndTake: hostTensor(Float32Array.from(told), [batch, toldCount(config)]),
  }
}

const oneHot = (index: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => (i === index ? 1 : 0))
