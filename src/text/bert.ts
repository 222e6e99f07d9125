import {
  add,
  at,
  attention,
  broadcastTo,
  gelu,
  mul,
  reshape,
  slice,
  sub,
  type Tensor,
} from '../graph/index.ts'
import { embedding, layerNorm, linear, type Parameters } from '../nn/index.ts'

/** What a BERT is made of. */
export interface BertConfig {
  readonly vocabulary: number
  readonly width: number
  readonly layers: number
  readonly heads: number
  /** Width inside the feed-forward part of a layer. */
  readonly hidden: number
  readonly positions: number
  readonly types: number
  readonly epsilon: number
  /** How many tokens it was trained to read at a time, `[CLS]` and `[SEP]` included. */
  readonly maxTokens: number
}

/** all-MiniLM-L6-v2 (Wang et al. 2020, arXiv 2002.10957; Reimers & Gurevych 2019, arXiv 1908.10084). */
export const miniLm = {
  vocabulary: 30_522,
  width: 384,
  layers: 6,
  heads: 12,
  hidden: 1536,
  positions: 512,
  types: 2,
  epsilon: 1e-12,
  maxTokens: 256,
} as const satisfies BertConfig

/** Added to the logits of padding: e to this power is 0 in 32 bits, beside any logit that occurs. */
const paddingBias = -1e4

/** Words as vectors: word, position and type (the first: one text, not a pair), summed and normalised. */
function embed(p: Parameters, ids: Tensor, config: BertConfig): Tensor {
  const [tokens, width] = [at(ids.shape, 1), config.width]
  const initial = { deviation: 0.02 }
  const word = embedding(p.at('word_embeddings'), ids, config.vocabulary, width) // [B, T, C]
  const positions = p.at('position_embeddings').declare('weight', [config.positions, width], initial)
  const types = p.at('token_type_embeddings').declare('weight', [config.types, width], initial)
  const place = add(slice(positions, 0, 0, tokens), slice(types, 0, 0, 1)) // [T, C]
  return layerNorm(p.at('LayerNorm'), add(word, place), config.epsilon)
}

/** A layer of the first transformers: normalised after every sum, not before (Vaswani et al. 2017). */
function layer(p: Parameters, x: Tensor, bias: Tensor, config: BertConfig): Tensor {
  const { width, heads, hidden, epsilon } = config
  const self = p.at('attention.self')
  const [q, k, v] = [
    linear(self.at('query'), x, width),
    linear(self.at('key'), x, width),
    linear(self.at('value'), x, width),
  ]
  const seen = linear(p.at('attention.output.dense'), attention(q, k, v, heads, bias), width)
  const y = layerNorm(p.at('attention.output.LayerNorm'), add(x, seen), epsilon)
  const inner = gelu(linear(p.at('intermediate.dense'), y, hidden))
  return layerNorm(p.at('output.LayerNorm'), add(y, linear(p.at('output.dense'), inner, width)), epsilon)
}

/**
 * BERT (Devlin et al. 2019, arXiv 1810.04805): ids [B, T] (i64) → last hidden state [B, T, width].
 * Weights have the published names of `BertModel`; the pooler is left out.
 * @param mask [B, T]: 1 for a token, 0 for padding, which no token looks at
 */
export function bert(p: Parameters, ids: Tensor, mask: Tensor, config: BertConfig): Tensor {
  const [batch, tokens] = [at(ids.shape, 0), at(ids.shape, 1)]
  const perKey = reshape(mul(sub(1, mask), paddingBias), [batch, 1, 1, tokens])
  const bias = broadcastTo(perKey, [batch, 1, tokens, tokens])
  let x = embed(p.at('embeddings'), ids, config)
  for (let i = 0; i < config.layers; i++) x = layer(p.at(`encoder.layer.${i}`), x, bias, config)
  return x
}
