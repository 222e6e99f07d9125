import {
  apply,
  at,
  inputOf,
  type Node,
  type OnnxEmitter,
  type Operation,
  output,
  type Shape,
  shapeError,
  showShape,
  type Tensor,
} from '../tensor.ts'
import { emitProduct, matmul } from './contraction.ts'
import { add, mul, neg, sub } from './elementwise.ts'
import { reshape, transpose } from './layout.ts'
import { softmax } from './normalise.ts'
import { sum, sumTo } from './reduce.ts'

export const attentionOperation: Operation<number> = {
  name: 'attention',
  infer: (inputs, heads) => {
    const [q, k, v] = [inputOf({ inputs }, 0), inputOf({ inputs }, 1), inputOf({ inputs }, 2)]
    const fits =
      q.rank === 3 && k.rank === 3 && at(q.shape, 2) === at(k.shape, 2) && at(q.shape, 2) % heads === 0
    if (!fits || at(v.shape, 1) !== at(k.shape, 1)) {
      throw shapeError(
        'attention',
        `queries ${showShape(q.shape)}, keys ${showShape(k.shape)} and values ${showShape(v.shape)} do not fit ${heads} heads`,
      )
    }
    const [b, t, s] = [at(q.shape, 0), at(q.shape, 1), at(k.shape, 1)]
    // Beside the value, what its gradient uses again: the weights, and the three inputs by heads.
    const parts = [[b, heads, t, s], ...[q, k, v].map((x) => headsShape(x.shape, heads))]
    return [[b, t, at(v.shape, 2)], ...parts].map((shape) => ({ shape, dtype: 'f32' }))
  },
  gradient: (node, [g]) => {
    if (!g) return node.inputs.map(() => null)
    const heads = node.attributes as number
    const q = inputOf(node, 0)
    const bias = node.inputs[3] ?? null
    const scale = logitScale(node)
    const [weights, qs, ks, vs] = [output(node, 1), output(node, 2), output(node, 3), output(node, 4)]
    const gs = splitHeads(g, heads)
    const dWeights = matmul(gs, vs, { transposeB: true })
    // Σₛ dWeights·weights, a row each, is g·output: a sum over features, not over keys (Dao et al. 2022, 2205.14135).
    const [b, t] = [at(q.shape, 0), at(q.shape, 1)]
    const rows = sum(reshape(mul(g, output(node, 0)), [b, t, heads, -1]), [-1], { keepDims: true })
    const dLogits = mul(weights, sub(dWeights, transpose(rows, [0, 2, 1, 3])))
    return [
      joinHeads(matmul(dLogits, ks, { scale })),
      // As their transposes: of two factors the kernel transposes the smaller at less cost, 12.8 ms and not 13.8
      // for 16×256×256 numbers in 4 heads on one busy core.
      joinTransposedHeads(matmul(qs, dLogits, { transposeA: true, scale })),
      joinTransposedHeads(matmul(gs, weights, { transposeA: true })),
      ...(bias ? [sumTo(dLogits, bias.shape)] : []),
    ]
  },
  onnx: (node, inputs, emitter) =>
    node.outputs.slice(1).some(emitter.uses)
      ? emitInParts(node, inputs, emitter)
      : emitFused(node, inputs, emitter),
}

const headsShape = (shape: Shape, heads: number): Shape => [
  at(shape, 0),
  heads,
  at(shape, 1),
  at(shape, 2) / heads,
]

const logitScale = (node: Node): number =>
  (at(inputOf(node, 0).shape, 2) / (node.attributes as number)) ** -0.5

/**
 * As single products, whose parts the gradient then has. The fused kernel keeps none: its gradient would compute the
 * weights a second time, 2.4 ms beside the kernel's 5.2 for 16×256×256 numbers in 4 heads on two cores.
 */
function emitInParts(
  node: Node,
  [q = '', k = '', v = '', bias]: readonly string[],
  emitter: OnnxEmitter,
): readonly string[] {
  const { emit, ints } = emitter
  const byHeads = (name: string, part: number): string => {
    const [b, h, t, d] = output(node, part).shape
    const [apart = ''] = emit('Reshape', [name, ints([b ?? 0, t ?? 0, h ?? 0, d ?? 0])])
    return at(emit('Transpose', [apart], headsOrder), 0)
  }
  const [qs, ks, vs] = [byHeads(q, 2), byHeads(k, 3), byHeads(v, 4)]
  const shapes = node.outputs.map(({ shape }) => shape)
  const [logits, mixed] = [
    { transposeA: false, transposeB: true, scale: logitScale(node) },
    { transposeA: false, transposeB: false, scale: 1 },
  ]
  const product = emitProduct(emitter, [qs, ks], logits, [at(shapes, 2), at(shapes, 3)])
  const biased = bias === undefined ? product : at(emit('Add', [product, bias]), 0)
  const [weights = ''] = emit('Softmax', [biased], { axis: { int: -1 } })
  const seen = emitProduct(emitter, [weights, vs], mixed, [at(shapes, 1), at(shapes, 4)])
  const [together = ''] = emit('Transpose', [seen], headsOrder)
  return [at(emit('Reshape', [together, ints(at(shapes, 0))]), 0), weights, qs, ks, vs]
}

/** [B, T, H, D] to [B, H, T, D] and back. */
const headsOrder = { perm: { ints: [0, 2, 1, 3] } }

function emitFused(
  node: Node,
  [q = '', k = '', v = '', bias]: readonly string[],
  { emit, ints }: OnnxEmitter,
): readonly string[] {
  const heads = { num_heads: { int: node.attributes as number } }
  const options = { domain: 'com.microsoft' }
  if (bias === undefined) return emit('MultiHeadAttention', [q, k, v], heads, options)
  // The kernel repeats a bias over items and heads, but wants every query's row.
  const [b, h] = inputOf(node, 3).shape
  const rows = [b ?? 1, h ?? 1, at(inputOf(node, 0).shape, 1), at(inputOf(node, 1).shape, 1)]
  const [wide = ''] = emit('Expand', [bias, ints(rows)])
  return emit('MultiHeadAttention', [q, k, v, '', '', wide], heads, options)
}

/**
 * Scaled dot-product attention in `heads` heads (Vaswani et al. 2017, arXiv 1706.03762), one fused kernel where
 * no gradient needs its parts:
 * queries [B, T, H·D], keys [B, S, H·D], values [B, S, H·E] → [B, T, H·E].
 * `bias`, broadcastable to [B, H, T, S], is added to the logits.
 */
export function attention(
  q: Tensor,
  k: Tensor,
  v: Tensor,
  heads: number,
  bias: Tensor | null = null,
): Tensor {
  return apply(attentionOperation, bias ? [q, k, v, bias] : [q, k, v], heads)
}

/** What the attention looks at: softmax(q·kᵀ + bias) of queries [B, H, T, D] (already scaled) and keys [B, H, S, D]. */
export function attentionWeights(q: Tensor, k: Tensor, bias: Tensor | null = null): Tensor {
  const logits = matmul(q, k, { transposeB: true })
  return softmax(bias ? add(logits, bias) : logits)
}

/** [B, T, H·D] → [B, H, T, D]. */
export function splitHeads(x: Tensor, heads: number): Tensor {
  const [b, t, c] = [at(x.shape, 0), at(x.shape, 1), at(x.shape, 2)]
  return transpose(reshape(x, [b, t, heads, c / heads]), [0, 2, 1, 3])
}

/** [B, H, T, D] → [B, T, H·D]. */
export function joinHeads(x: Tensor): Tensor {
  const [b, h, t, d] = [at(x.shape, 0), at(x.shape, 1), at(x.shape, 2), at(x.shape, 3)]
  return reshape(transpose(x, [0, 2, 1, 3]), [b, t, h * d])
}

/** [B, H, D, T] → [B, T, H·D]. */
function joinTransposedHeads(x: Tensor): Tensor {
  const [b, h, d, t] = [at(x.shape, 0), at(x.shape, 1), at(x.shape, 2), at(x.shape, 3)]
  return reshape(transpose(x, [0, 3, 1, 2]), [b, t, h * d])
}

/** Which two numbers of a head turn together: i and i + D/2, or 2i and 2i + 1. */
export type RotaryPairs = 'halves' | 'neighbours'

export interface RotaryAttributes {
  readonly heads: number
  readonly pairs: RotaryPairs
}

export const rotaryOperation: Operation<RotaryAttributes> = {
  name: 'rotary',
  infer: (inputs, { heads }) => {
    const [x, cosines, sines] = [inputOf({ inputs }, 0), inputOf({ inputs }, 1), inputOf({ inputs }, 2)]
    const half = at(x.shape, 2) / heads / 2
    for (const table of [cosines, sines]) {
      if (table.rank !== 2 || at(table.shape, 0) !== at(x.shape, 1) || at(table.shape, 1) !== half) {
        throw shapeError(
          'rotary',
          `a table of ${showShape(table.shape)} does not fit ${showShape(x.shape)} in ${heads} heads`,
        )
      }
    }
    return [x]
  },
  gradient: (node, [g]) => {
    if (!g) return [null, null, null]
    const [cosines, sines] = [inputOf(node, 1), inputOf(node, 2)]
    const { heads, pairs } = node.attributes as RotaryAttributes
    return [rotary(g, cosines, neg(sines), heads, pairs), null, null]
  },
  onnx: (node, [x = '', cosines = '', sines = ''], { emit, ints }) => {
    const { heads, pairs } = node.attributes as RotaryAttributes
    const [b, t, width] = inputOf(node, 0).shape as readonly [number, number, number]
    const positions = Array.from({ length: b * t }, (_, i) => i % t)
    const [ids = ''] = emit('Reshape', [ints(positions), ints([b, t])])
    return emit(
      'RotaryEmbedding',
      [x, ids, cosines, sines],
      {
        num_heads: { int: heads },
        rotary_embedding_dim: { int: width / heads },
        interleaved: { int: pairs === 'neighbours' ? 1 : 0 },
      },
      { domain: 'com.microsoft' },
    )
  },
}

/**
 * Rotary positions (Su et al. 2021, arXiv 2104.09864), one fused kernel: turns the pairs of every head of [B, T, H·D] by
 * angles whose cosines and sines are [T, D/2]. The tables are constants: no gradient flows to them.
 * @param pairs numbers i and i + D/2 (`halves`), or 2i and 2i + 1 (`neighbours`). @default 'halves'
 */
export function rotary(
  x: Tensor,
  cosines: Tensor,
  sines: Tensor,
  heads: number,
  pairs: RotaryPairs = 'halves',
): Tensor {
  return apply(rotaryOperation, [x, cosines, sines], { heads, pairs })
}
