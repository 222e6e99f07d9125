import {
  add,
  at,
  attention,
  constant,
  layerNorm as layerNormOf,
  mul,
  reshape,
  rotary,
  slice,
  type Tensor,
} from '../../graph/index.ts'
import { geluTanh, layerNorm, linear, type Parameters, rmsNorm } from '../../nn/index.ts'
import type { WanConditions } from './conditions.ts'
import type { WanTransformerConfig } from './config.ts'
import type { RotaryTable } from './rotary-table.ts'

/** Layer normalisation of [B, T, C] without weights, then ·(1 + scale) + shift; both are [B, 1, C]. */
export function modulatedNorm(x: Tensor, shift: Tensor, scale: Tensor, epsilon: number): Tensor {
  const width = [at(x.shape, 2)]
  // For one item, the modulation can be the weights of the norm itself, and costs nothing.
  if (at(x.shape, 0) === 1) {
    return layerNormOf(x, reshape(add(scale, 1), width), reshape(shift, width), epsilon)
  }
  const [ones, none] = [1, 0].map((value) => constant(new Float32Array(at(width, 0)).fill(value), width))
  return add(mul(layerNormOf(x, ones as Tensor, none as Tensor, epsilon), add(scale, 1)), shift)
}

function selfAttention(p: Parameters, x: Tensor, table: RotaryTable, config: WanTransformerConfig): Tensor {
  const { heads, epsilon } = config
  const width = at(x.shape, 2)
  const turned = (name: string): Tensor => {
    const normal = rmsNorm(p.at(`norm_${name}`), linear(p.at(`to_${name}`), x, width), epsilon)
    return rotary(normal, table.cosines, table.sines, heads, 'neighbours')
  }
  const v = linear(p.at('to_v'), x, width)
  return linear(p.at('to_out.0'), attention(turned('q'), turned('k'), v, heads), width)
}

/** What is looked at, by projections of these names. */
function lookAt(
  p: Parameters,
  q: Tensor,
  seen: Tensor,
  [key, keyNorm, value]: readonly [string, string, string],
  { heads, epsilon }: WanTransformerConfig,
): Tensor {
  const width = at(q.shape, 2)
  const k = rmsNorm(p.at(keyNorm), linear(p.at(key), seen, width), epsilon)
  return attention(q, k, linear(p.at(value), seen, width), heads)
}

function crossAttention(
  p: Parameters,
  x: Tensor,
  { text, picture }: WanConditions,
  config: WanTransformerConfig,
): Tensor {
  const width = at(x.shape, 2)
  const q = rmsNorm(p.at('norm_q'), linear(p.at('to_q'), x, width), config.epsilon)
  const words = lookAt(p, q, text, ['to_k', 'norm_k', 'to_v'], config)
  const both = picture
    ? add(words, lookAt(p, q, picture, ['add_k_proj', 'norm_added_k', 'add_v_proj'], config))
    : words
  return linear(p.at('to_out.0'), both, width)
}

/** One block of the transformer: tokens [B, T, width] → the same shape. */
export function wanBlock(
  p: Parameters,
  x: Tensor,
  conditions: WanConditions,
  table: RotaryTable,
  config: WanTransformerConfig,
): Tensor {
  const { hidden, epsilon } = config
  const width = at(x.shape, 2)
  const own = p.declare('scale_shift_table', [1, 6, width], { deviation: width ** -0.5 })
  const modulation = add(conditions.modulation, own)
  const part = (i: number): Tensor => slice(modulation, 1, i, i + 1) // [B, 1, width]
  const seen = modulatedNorm(x, part(0), part(1), epsilon)
  let y = add(x, mul(selfAttention(p.at('attn1'), seen, table, config), part(2)))
  const asking = config.normalisesBeforeText ? layerNorm(p.at('norm2'), y, epsilon) : y
  y = add(y, crossAttention(p.at('attn2'), asking, conditions, config))
  const inner = geluTanh(linear(p.at('ffn.net.0.proj'), modulatedNorm(y, part(3), part(4), epsilon), hidden))
  return add(y, mul(linear(p.at('ffn.net.2'), inner, width), part(5)))
}
