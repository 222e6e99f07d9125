import {
  add,
  at,
  attention,
  concat,
  conv,
  gelu,
  mul,
  reshape,
  sigmoid,
  type Tensor,
  transpose,
} from '../graph/index.ts'
import { layerNorm, linear, type Parameters } from '../nn/index.ts'

/** What the picture encoder of a CLIP is made of. */
export interface ClipVisionConfig {
  /** Pixels on a side of a picture, and of a patch. */
  readonly imageSize: number
  readonly patchSize: number
  readonly width: number
  readonly layers: number
  readonly heads: number
  /** Width inside the feed-forward part of a layer. */
  readonly hidden: number
  /** GELU, or OpenAI's cheaper x·σ(1.702·x). */
  readonly activation: 'gelu' | 'quick-gelu'
  readonly epsilon: number
}

/** ViT-H/14 of open_clip (Cherti et al. 2022, arXiv 2212.07143), which Wan's image-to-video networks look through. */
export const clipVitH14 = {
  imageSize: 224,
  patchSize: 14,
  width: 1280,
  layers: 32,
  heads: 16,
  hidden: 5120,
  activation: 'gelu',
  epsilon: 1e-5,
} as const satisfies ClipVisionConfig

/** Vectors of a picture: one for each patch, and one before them for the whole. */
export const clipTokens = ({ imageSize, patchSize }: ClipVisionConfig): number =>
  Math.floor(imageSize / patchSize) ** 2 + 1

const activations = {
  gelu,
  'quick-gelu': (x: Tensor) => mul(x, sigmoid(mul(x, 1.702))),
} as const satisfies Record<ClipVisionConfig['activation'], (x: Tensor) => Tensor>

function selfAttention(p: Parameters, x: Tensor, heads: number): Tensor {
  const width = at(x.shape, 2)
  const project = (name: string): Tensor => linear(p.at(name), x, width)
  const seen = attention(project('q_proj'), project('k_proj'), project('v_proj'), heads)
  return linear(p.at('out_proj'), seen, width)
}

/** Pictures [B, 3, S, S], normalised as in training → tokens [B, T, width] before the first layer. */
export function clipEmbeddings(p: Parameters, pixels: Tensor, config: ClipVisionConfig): Tensor {
  const { width, patchSize, epsilon } = config
  const own = p.at('embeddings')
  const kernel = [width, 3, patchSize, patchSize]
  const weight = own.at('patch_embedding').declare('weight', kernel, { deviation: 0.02 })
  const patches = conv(pixels, weight, { strides: [patchSize, patchSize] }) // [B, width, rows, columns]
  const batch = at(pixels.shape, 0)
  const first = reshape(own.declare('class_embedding', [width], { deviation: 0.02 }), [1, 1, width])
  const tokens = transpose(reshape(patches, [batch, width, -1]))
  const all = concat([concat(new Array<Tensor>(batch).fill(first), 0), tokens], 1)
  const positions = own.at('position_embedding').declare('weight', [clipTokens(config), width], {
    deviation: 0.02,
  })
  return layerNorm(p.at('pre_layrnorm'), add(all, positions), epsilon)
}

/** Layer `i`: tokens [B, T, width] → the same shape. */
export function clipLayer(p: Parameters, x: Tensor, i: number, config: ClipVisionConfig): Tensor {
  const { width, heads, hidden, activation, epsilon } = config
  const own = p.at(`encoder.layers.${i}`)
  const y = add(x, selfAttention(own.at('self_attn'), layerNorm(own.at('layer_norm1'), x, epsilon), heads))
  const inner = activations[activation](
    linear(own.at('mlp.fc1'), layerNorm(own.at('layer_norm2'), y, epsilon), hidden),
  )
  return add(y, linear(own.at('mlp.fc2'), inner, width))
}

/**
 * The picture encoder of CLIP (Radford et al. 2021, arXiv 2103.00020) but for its last layer: pictures [B, 3, S, S] → tokens
 * [B, T, width], as `hidden_states[-2]` of `CLIPVisionModel`. Weights have its published names, without `vision_model.`
 * before them.
 */
export function clipVision(p: Parameters, pixels: Tensor, config: ClipVisionConfig): Tensor {
  let x = clipEmbeddings(p, pixels, config)
  for (let i = 0; i < config.layers - 1; i++) x = clipLayer(p, x, i, config)
  return x
}
