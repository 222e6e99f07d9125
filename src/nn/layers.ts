import {
  add,
  at,
  conv,
  gather,
  groupNorm as groupNormOf,
  layerNorm as layerNormOf,
  matmul,
  reshape,
  rmsNorm as rmsNormOf,
  type Tensor,
} from '../graph/index.ts'
import type { Initial, Parameters, Update } from './parameters.ts'

export interface LinearOptions {
  /** @default true */
  readonly bias?: boolean
  /** @default a deviation of 1/√inputs */
  readonly initial?: Initial
  /** What the optimiser does with the weight. @default 'muon' */
  readonly update?: Update
}

/** x·Wᵀ + b over the last dimension; W is [outputs, inputs] as in published files. */
export function linear(p: Parameters, x: Tensor, outputs: number, options: LinearOptions = {}): Tensor {
  const inputs = at(x.shape, -1)
  const initial = options.initial ?? { deviation: inputs ** -0.5 }
  const y =
    p.product('weight', x, outputs) ??
    matmul(x, p.declare('weight', [outputs, inputs], initial, options.update ?? 'muon'), { transposeB: true })
  return options.bias === false ? y : add(y, p.declare('bias', [outputs], { value: 0 }))
}

/** Convolution of [B, C, ...S] with a cube of `size` cells, zeros around, so that S stays. */
export function convolution(
  p: Parameters,
  x: Tensor,
  outputs: number,
  size: number,
  options: { readonly initial?: Initial } = {},
): Tensor {
  const inputs = at(x.shape, 1)
  const spatial = x.rank - 2
  const kernel = new Array<number>(spatial).fill(size)
  const initial = options.initial ?? { deviation: (inputs * size ** spatial) ** -0.5 }
  const weight = p.declare('weight', [outputs, inputs, ...kernel], initial, 'muon')
  const bias = p.declare('bias', [outputs], { value: 0 })
  const y = conv(x, weight, { padding: kernel.map((k) => (k - 1) / 2) })
  return add(y, reshape(bias, [outputs, ...kernel.map(() => 1)]))
}

/** Rows of a learned table [count, width] at i64 indices. */
export function embedding(p: Parameters, indices: Tensor, count: number, width: number): Tensor {
  return gather(p.declare('weight', [count, width], { deviation: 0.02 }), indices)
}

export function layerNorm(p: Parameters, x: Tensor, epsilon = 1e-5): Tensor {
  const width = at(x.shape, -1)
  const scale = p.declare('weight', [width], { value: 1 })
  return layerNormOf(x, scale, p.declare('bias', [width], { value: 0 }), epsilon)
}

export function rmsNorm(p: Parameters, x: Tensor, epsilon = 1e-6): Tensor {
  return rmsNormOf(x, p.declare('weight', [at(x.shape, -1)], { value: 1 }), epsilon)
}

export function groupNorm(p: Parameters, x: Tensor, groups: number): Tensor {
  const channels = at(x.shape, 1)
  const scale = p.declare('weight', [channels], { value: 1 })
  return groupNormOf(x, scale, p.declare('bias', [channels], { value: 0 }), groups)
}
