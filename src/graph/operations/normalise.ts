import {
  apply,
  at,
  inputOf,
  type Operation,
  output,
  shapeError,
  showShape,
  sizeOf,
  type Tensor,
} from '../tensor.ts'
import { matmul } from './contraction.ts'
import { add, div, lastOf, mul, sqrt, square, sub } from './elementwise.ts'
import { reshape } from './layout.ts'
import { mean, sum, sumTo } from './reduce.ts'

export const softmaxOperation: Operation<null> = {
  name: 'softmax',
  infer: (inputs) => [inputOf({ inputs }, 0)],
  gradient: (node, [g]) => {
    if (!g) return [null]
    const y = output(node, 0)
    return [mul(y, sub(g, sum(mul(g, y), [-1], { keepDims: true })))]
  },
  onnx: (_node, inputs, { emit }) => emit('Softmax', inputs, { axis: { int: -1 } }),
}

/** Softmax over the last dimension. */
export function softmax(x: Tensor): Tensor {
  return apply(softmaxOperation, [x], null)
}

const keep = { keepDims: true }

export const layerNormOperation: Operation<number> = {
  name: 'layerNorm',
  infer: (inputs) => {
    const [x, scale] = [inputOf({ inputs }, 0), inputOf({ inputs }, 1)]
    if (scale.rank !== 1 || lastOf(scale) !== lastOf(x)) {
      throw shapeError('layerNorm', `scale ${showShape(scale.shape)} does not fit ${showShape(x.shape)}`)
    }
    const statistics = { shape: [...x.shape.slice(0, -1), 1], dtype: 'f32' as const }
    return [x, statistics, statistics]
  },
  gradient: (node, [g]) => {
    if (!g) return [null, null, null]
    const [x, scale, bias] = [inputOf(node, 0), inputOf(node, 1), inputOf(node, 2)]
    const inverse = output(node, 2)
    const normal = mul(sub(x, output(node, 1)), inverse)
    const inner = mul(g, scale)
    const outer = mul(g, normal)
    const centred = sub(inner, mean(inner, [-1], keep))
    // The mean of inner·normal is outer times a column: a pass over memory less than by another product.
    const slope = matmul(outer, reshape(div(scale, lastOf(scale)), [-1, 1]))
    const dx = mul(inverse, sub(centred, mul(normal, slope)))
    return [dx, sumTo(outer, scale.shape), sumTo(g, bias.shape)]
  },
  onnx: (node, inputs, { emit }) =>
    emit(
      'LayerNormalization',
      inputs,
      { axis: { int: -1 }, epsilon: { float: node.attributes as number } },
      { outputs: 3 },
    ),
}

/** Layer normalisation over the last dimension (Ba et al. 2016, arXiv 1607.06450), one fused kernel. */
export function layerNorm(x: Tensor, scale: Tensor, bias: Tensor, epsilon = 1e-5): Tensor {
  return apply(layerNormOperation, [x, scale, bias], epsilon)
}

export const rmsNormOperation: Operation<number> = {
  name: 'rmsNorm',
  infer: (inputs) => {
    const [x, scale] = [inputOf({ inputs }, 0), inputOf({ inputs }, 1)]
    if (scale.rank !== 1 || lastOf(scale) !== lastOf(x)) {
      throw shapeError('rmsNorm', `scale ${showShape(scale.shape)} does not fit ${showShape(x.shape)}`)
    }
    return [x]
  },
  gradient: (node, [g]) => {
    if (!g) return [null, null]
    const [x, scale] = [inputOf(node, 0), inputOf(node, 1)]
    const root = sqrt(add(mean(square(x), [-1], keep), node.attributes as number))
    const normal = div(x, root)
    const inner = mul(g, scale)
    const dx = div(sub(inner, mul(normal, mean(mul(inner, normal), [-1], keep))), root)
    return [dx, sumTo(mul(g, normal), scale.shape)]
  },
  onnx: (node, inputs, { emit }) =>
    emit('SimplifiedLayerNormalization', inputs, {
      axis: { int: -1 },
      epsilon: { float: node.attributes as number },
    }),
}

/** Division by the root mean square over the last dimension (Zhang & Sennrich 2019, arXiv 1910.07467). */
export function rmsNorm(x: Tensor, scale: Tensor, epsilon = 1e-6): Tensor {
  return apply(rmsNormOperation, [x, scale], epsilon)
}

export interface GroupAttributes {
  readonly groups: number
  readonly epsilon: number
}

/** Of ONNX's InstanceNormalization. */
const defaultInstanceEpsilon = 1e-5

export const groupNormOperation: Operation<GroupAttributes> = {
  name: 'groupNorm',
  infer: (inputs, { groups }) => {
    const [x, scale] = [inputOf({ inputs }, 0), inputOf({ inputs }, 1)]
    const channels = at(x.shape, 1)
    if (channels % groups !== 0 || scale.rank !== 1 || lastOf(scale) !== channels) {
      throw shapeError(
        'groupNorm',
        `${groups} groups and scale ${showShape(scale.shape)} do not fit ${showShape(x.shape)}`,
      )
    }
    return [x]
  },
  gradient: (node, [g]) => {
    if (!g) return [null, null, null]
    const [x, scale, bias] = [inputOf(node, 0), inputOf(node, 1), inputOf(node, 2)]
    const { groups, epsilon } = node.attributes as GroupAttributes
    const [b, c] = [at(x.shape, 0), at(x.shape, 1)]
    const byGroup = (t: Tensor): Tensor => reshape(t, [b, groups, -1])
    const overSpace = x.shape.slice(2).map((_, i) => i + 2)
    const xs = byGroup(x)
    const centred = sub(xs, mean(xs, [-1], keep))
    const root = sqrt(add(mean(square(centred), [-1], keep), epsilon))
    const normal = div(centred, root)
    const wide = reshape(scale, [c, ...overSpace.map(() => 1)])
    const inner = byGroup(mul(g, wide))
    const flat = sub(inner, mean(inner, [-1], keep))
    const dx = div(sub(flat, mul(normal, mean(mul(inner, normal), [-1], keep))), root)
    return [
      reshape(dx, x.shape),
      reshape(sum(mul(g, reshape(normal, x.shape)), [0, ...overSpace]), scale.shape),
      reshape(sum(g, [0, ...overSpace]), bias.shape),
    ]
  },
  onnx: (node, [x = '', scale = '', bias = ''], { emit, ints, floats }) => {
    const { groups, epsilon } = node.attributes as GroupAttributes
    const shape = inputOf(node, 0).shape
    const [b, c] = [at(shape, 0), at(shape, 1)]
    const perGroup = sizeOf(shape) / (b * groups)
    const [reshaped = ''] = emit('Reshape', [x, ints([b, groups, perGroup])])
    // WebGPU's kernel takes the default epsilon, whatever is asked for. x/√(σ² + ε) does not change when
    // x, σ and √ε are scaled alike, so that any other epsilon becomes the default.
    const scaling = Math.sqrt(defaultInstanceEpsilon / epsilon)
    const [grouped = ''] = scaling === 1 ? [reshaped] : emit('Mul', [reshaped, floats([scaling], [])])
    const ones = floats(new Float32Array(groups).fill(1), [groups])
    const none = floats(new Float32Array(groups), [groups])
    const [normal = ''] = emit('InstanceNormalization', [grouped, ones, none], {
      epsilon: { float: defaultInstanceEpsilon },
    })
    const [back = ''] = emit('Reshape', [normal, ints(shape)])
    const wide = ints([c, ...shape.slice(2).map(() => 1)])
    const [wideScale = ''] = emit('Reshape', [scale, wide])
    const [wideBias = ''] = emit('Reshape', [bias, wide])
    const [scaled = ''] = emit('Mul', [back, wideScale])
    return emit('Add', [scaled, wideBias])
  },
}

/** Group normalisation of [B, C, ...S] (Wu & He 2018, arXiv 1803.08494); scale and bias are [C]. */
export function groupNorm(x: Tensor, scale: Tensor, bias: Tensor, groups: number, epsilon = 1e-5): Tensor {
  return apply(groupNormOperation, [x, scale, bias], { groups, epsilon })
}
