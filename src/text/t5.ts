import {
  add,
  at,
  attention,
  constant,
  gelu,
  mul,
  relu,
  reshape,
  silu,
  sub,
  type Tensor,
  transpose,
} from '../graph/index.ts'
import { embedding, geluTanh, linear, type Parameters, rmsNorm } from '../nn/index.ts'

/**
 * The feed-forward part by its published name: gated by tanh-GELU in T5 1.1 and umT5, the first T5's plain ReLU, and what
 * else transformers reads there.
 */
export const t5FeedForwards = {
  relu: { isGated: false, activation: relu },
  gelu: { isGated: false, activation: gelu },
  gelu_new: { isGated: false, activation: geluTanh },
  silu: { isGated: false, activation: silu },
  'gated-relu': { isGated: true, activation: relu },
  'gated-gelu': { isGated: true, activation: geluTanh },
  'gated-silu': { isGated: true, activation: silu },
} as const

/** What the encoder of a T5 is made of. */
export interface T5Config {
  readonly vocabulary: number
  readonly width: number
  readonly layers: number
  readonly heads: number
  /** Of one head; heads × this need not be the width. */
  readonly headWidth: number
  /** Width inside the feed-forward part of a layer. */
  readonly hidden: number
  /** Whether every layer learned its own relative positions (umT5), or all use those of the first (T5). */
  readonly positions: 'each-layer' | 'shared'
  /** Kinds of distance between two tokens, those to the left and those to the right together. */
  readonly buckets: number
  /** From this many tokens on all distances are alike. */
  readonly maxDistance: number
  readonly feedForward: keyof typeof t5FeedForwards
  readonly epsilon: number
}

/** umT5-XXL (Chung et al. 2023, arXiv 2304.09151), whose encoder reads Wan's prompts. */
export const umT5Xxl = {
  vocabulary: 256_384,
  width: 4096,
  layers: 24,
  heads: 64,
  headWidth: 64,
  hidden: 10_240,
  positions: 'each-layer',
  buckets: 32,
  maxDistance: 128,
  feedForward: 'gated-gelu',
  epsilon: 1e-6,
} as const satisfies T5Config

/** Added to the logits of padding: e to this power is 0 in 32 bits, beside any logit that occurs. */
const paddingBias = -1e4

/**
 * The kind of a distance (key − query), in 0…buckets − 1: one each for small distances, then ever wider ones
 * (Raffel et al. 2019, arXiv 1910.10683, section 2.1). The logarithm is a 32-bit number, as in the reference:
 * where a wider kind begins depends on its last bit.
 */
export function distanceBucket(
  distance: number,
  { buckets, maxDistance }: Pick<T5Config, 'buckets' | 'maxDistance'>,
): number {
  const half = Math.trunc(buckets / 2)
  const exact = Math.trunc(half / 2)
  const side = distance > 0 ? half : 0
  const far = Math.abs(distance)
  if (far < exact) return side + far
  const log = Math.fround(Math.log(Math.fround(far / exact)))
  const share = Math.fround(log / Math.fround(Math.log(maxDistance / exact)))
  return side + Math.min(exact + Math.trunc(Math.fround(share * (half - exact))), half - 1)
}

/** The kinds of distance between all tokens [T, T], queries first. */
function bucketTable(tokens: number, config: T5Config): Tensor {
  const kinds = Array.from({ length: tokens * tokens }, (_, i) =>
    distanceBucket((i % tokens) - Math.floor(i / tokens), config),
  )
  return constant(kinds, [tokens, tokens], 'i64')
}

/** Learned logits of relative positions [1, heads, T, T]. */
function positionBias(p: Parameters, table: Tensor, config: T5Config): Tensor {
  const perPair = embedding(p, table, config.buckets, config.heads) // [T, T, heads]
  const [tokens, heads] = [at(table.shape, 0), config.heads]
  return reshape(transpose(perPair, [2, 0, 1]), [1, heads, tokens, tokens])
}

const plain = { bias: false }

function selfAttention(p: Parameters, x: Tensor, bias: Tensor, config: T5Config): Tensor {
  const { width, heads, headWidth } = config
  const inner = heads * headWidth
  // T5 does not divide logits by √headWidth, and the kernel does.
  const q = mul(linear(p.at('q'), x, inner, plain), headWidth ** 0.5)
  const [k, v] = [linear(p.at('k'), x, inner, plain), linear(p.at('v'), x, inner, plain)]
  return linear(p.at('o'), attention(q, k, v, heads, bias), width, plain)
}

function feedForward(p: Parameters, x: Tensor, { width, hidden, feedForward: kind }: T5Config): Tensor {
  const { isGated, activation } = t5FeedForwards[kind]
  const inner = isGated
    ? mul(activation(linear(p.at('wi_0'), x, hidden, plain)), linear(p.at('wi_1'), x, hidden, plain))
    : activation(linear(p.at('wi'), x, hidden, plain))
  return linear(p.at('wo'), inner, width, plain)
}

/** A layer; `bias` [B or 1, heads, T, T] is added to its attention's logits. */
function layer(p: Parameters, x: Tensor, bias: Tensor, config: T5Config): Tensor {
  const attend = p.at('layer.0')
  const y = add(
    x,
    selfAttention(
      attend.at('SelfAttention'),
      rmsNorm(attend.at('layer_norm'), x, config.epsilon),
      bias,
      config,
    ),
  )
  const feed = p.at('layer.1')
  return add(
    y,
    feedForward(feed.at('DenseReluDense'), rmsNorm(feed.at('layer_norm'), y, config.epsilon), config),
  )
}

/** Logits of padding [B, 1, 1, T], out of a mask [B, T]: 1 for a token, 0 for padding. */
function paddingLogits(mask: Tensor): Tensor {
  return reshape(mul(sub(1, mask), paddingBias), [at(mask.shape, 0), 1, 1, at(mask.shape, 1)])
}

/** What is added to the logits of layer `i`: its learned positions, and padding. */
function biasOf(p: Parameters, mask: Tensor, table: Tensor, i: number, config: T5Config): Tensor {
  const learned = p.at(`encoder.block.${i}.layer.0.SelfAttention.relative_attention_bias`)
  return add(positionBias(learned, table, config), paddingLogits(mask))
}

/**
 * Layer `i` alone: x [B, T, width] → the same shape; behind the last layer, the encoder's norm too. For encoders that are
 * too large to be in memory as a whole.
 */
export function t5Layer(p: Parameters, x: Tensor, mask: Tensor, i: number, config: T5Config): Tensor {
  const from = config.positions === 'shared' ? 0 : i
  const bias = biasOf(p, mask, bucketTable(at(x.shape, 1), config), from, config)
  const y = layer(p.at(`encoder.block.${i}`), x, bias, config)
  return i === config.layers - 1 ? rmsNorm(p.at('encoder.final_layer_norm'), y, config.epsilon) : y
}

/**
 * The encoder of T5 (Raffel et al. 2019, arXiv 1910.10683) and umT5: ids [B, T] (i64) → last hidden state [B, T, width].
 * Weights have the published names of `T5EncoderModel` and `UMT5EncoderModel`.
 * @param mask [B, T]: 1 for a token, 0 for padding, which no token looks at
 */
export function t5Encoder(p: Parameters, ids: Tensor, mask: Tensor, config: T5Config): Tensor {
  const table = bucketTable(at(ids.shape, 1), config)
  const first = biasOf(p, mask, table, 0, config)
  const encoder = p.at('encoder')
  let x = embedding(p.at('shared'), ids, config.vocabulary, config.width)
  for (let i = 0; i < config.layers; i++) {
    const bias = config.positions === 'shared' || i === 0 ? first : biasOf(p, mask, table, i, config)
    x = layer(encoder.at(`block.${i}`), x, bias, config)
  }
  return rmsNorm(encoder.at('final_layer_norm'), x, config.epsilon)
}
