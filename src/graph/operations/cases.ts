import type { Tensor } from '../tensor.ts'
import { attention, rotary } from './attention.ts'
import { matmul } from './contraction.ts'
import { conv, convTranspose } from './convolution.ts'
import {
  abs,
  add,
  cast,
  cos,
  div,
  equal,
  erf,
  exp,
  gelu,
  greater,
  less,
  log,
  maximum,
  minimum,
  mul,
  neg,
  pow,
  reciprocal,
  relu,
  sigmoid,
  sign,
  silu,
  sin,
  sqrt,
  sub,
  tanh,
  where,
} from './elementwise.ts'
import { int8Product } from './int8-product.ts'
import { broadcastTo, concat, gather, pad, reshape, scatterAdd, slice, transpose } from './layout.ts'
import { groupNorm, layerNorm, rmsNorm, softmax } from './normalise.ts'
import { pixelShuffle, pixelUnshuffle, upsampleNearest } from './pixels.ts'
import { max, mean, sum } from './reduce.ts'
import type { OperationName } from './table.ts'

/** One call of an operation; its inputs, value and gradients by PyTorch are in the golden file under its name. */
export interface Case {
  readonly build: (...inputs: Tensor[]) => Tensor
  /**
   * What finite differences can say: nothing where the function has a kink or steps at the inputs;
   * nothing about inputs from an index on that the operation takes as constants.
   */
  readonly differences?: { readonly inputsBefore: number }
}

const product = (a: Tensor, b: Tensor): Tensor => matmul(a, b)
const none = { inputsBefore: 0 }
const unary = (build: (x: Tensor) => Tensor): Record<string, Case> => ({
  plain: { build },
  scalar: { build },
})

/** Cases of every operation of the table: a row without one does not compile. */
export const operationCases: { readonly [N in OperationName]: Readonly<Record<string, Case>> } = {
  abs: unary(abs),
  add: { plain: { build: add }, broadcast: { build: add }, scalar: { build: add } },
  attention: {
    self: { build: (q: Tensor, k: Tensor, v: Tensor) => attention(q, k, v, 2) },
    cross: { build: (q: Tensor, k: Tensor, v: Tensor) => attention(q, k, v, 3) },
    bias: { build: (q: Tensor, k: Tensor, v: Tensor, bias: Tensor) => attention(q, k, v, 2, bias) },
    headBias: { build: (q: Tensor, k: Tensor, v: Tensor, bias: Tensor) => attention(q, k, v, 2, bias) },
    keyBias: { build: (q: Tensor, k: Tensor, v: Tensor, bias: Tensor) => attention(q, k, v, 2, bias) },
    wideValues: { build: (q: Tensor, k: Tensor, v: Tensor) => attention(q, k, v, 2) },
  },
  broadcastTo: {
    plain: { build: (x: Tensor) => broadcastTo(x, [4, 3, 5]) },
    scalar: { build: (x: Tensor) => broadcastTo(x, [2, 3]) },
  },
  cast: {
    fromBool: { build: (x: Tensor) => cast(x, 'f32') },
    throughHalf: { build: (x: Tensor) => cast(cast(x, 'f16'), 'f32'), differences: none },
  },
  concat: {
    plain: { build: (...inputs: Tensor[]) => concat(inputs, 1) },
    same: { build: (x: Tensor) => concat([x, x], 0) },
  },
  conv: {
    line: { build: (x: Tensor, w: Tensor) => conv(x, w, { padding: [1] }) },
    lineStride: { build: (x: Tensor, w: Tensor) => conv(x, w, { strides: [2], padding: [1] }) },
    picture: { build: (x: Tensor, w: Tensor) => conv(x, w, { padding: [1, 1] }) },
    noPadding: { build: (x: Tensor, w: Tensor) => conv(x, w) },
    stride: { build: (x: Tensor, w: Tensor) => conv(x, w, { strides: [2, 3], padding: [1, 2] }) },
    unevenStride: { build: (x: Tensor, w: Tensor) => conv(x, w, { strides: [2, 2] }) },
    dilation: { build: (x: Tensor, w: Tensor) => conv(x, w, { dilations: [2, 1], padding: [2, 1] }) },
    dilatedStride: {
      build: (x: Tensor, w: Tensor) => conv(x, w, { strides: [2, 2], dilations: [2, 2], padding: [1, 1] }),
    },
    widePadding: { build: (x: Tensor, w: Tensor) => conv(x, w, { padding: [2, 2] }) },
    groups: { build: (x: Tensor, w: Tensor) => conv(x, w, { padding: [1, 1], groups: 2 }) },
    depthwise: {
      build: (x: Tensor, w: Tensor) => conv(x, w, { padding: [1, 1], strides: [2, 2], groups: 4 }),
    },
    pointwise: { build: (x: Tensor, w: Tensor) => conv(x, w) },
    patches: { build: (x: Tensor, w: Tensor) => conv(x, w, { strides: [2, 2] }) },
    volume: { build: (x: Tensor, w: Tensor) => conv(x, w, { padding: [1, 1, 1] }) },
    volumeStride: { build: (x: Tensor, w: Tensor) => conv(x, w, { strides: [2, 1, 2], padding: [1, 0, 1] }) },
    volumeGroups: {
      build: (x: Tensor, w: Tensor) => conv(x, w, { padding: [1, 0, 0], dilations: [2, 1, 1], groups: 2 }),
    },
    volumePointwise: { build: (x: Tensor, w: Tensor) => conv(x, w) },
  },
  convTranspose: {
    line: { build: (x: Tensor, w: Tensor) => convTranspose(x, w, { strides: [2], padding: [1] }) },
    picture: {
      build: (x: Tensor, w: Tensor) =>
        convTranspose(x, w, { strides: [2, 2], padding: [1, 1], outputPadding: [1, 1] }),
    },
    groups: { build: (x: Tensor, w: Tensor) => convTranspose(x, w, { groups: 2 }) },
    dilation: {
      build: (x: Tensor, w: Tensor) => convTranspose(x, w, { padding: [1, 1], dilations: [2, 2] }),
    },
    volume: { build: (x: Tensor, w: Tensor) => convTranspose(x, w, { strides: [1, 2, 2] }) },
  },
  cos: unary(cos),
  div: { plain: { build: div }, broadcast: { build: div } },
  equal: { broadcast: { build: equal } },
  erf: unary(erf),
  exp: unary(exp),
  gather: { rows: { build: gather }, flat: { build: gather } },
  gelu: unary(gelu),
  greater: { broadcast: { build: greater } },
  groupNorm: {
    picture: { build: (x: Tensor, scale: Tensor, bias: Tensor) => groupNorm(x, scale, bias, 3) },
    sequence: { build: (x: Tensor, scale: Tensor, bias: Tensor) => groupNorm(x, scale, bias, 2, 1e-3) },
    volume: { build: (x: Tensor, scale: Tensor, bias: Tensor) => groupNorm(x, scale, bias, 1) },
  },
  int8Product: {
    rows: {
      build: (x: Tensor, weights: Tensor, scales: Tensor) => int8Product(x, weights, scales),
      differences: none,
    },
    batch: {
      build: (x: Tensor, weights: Tensor, scales: Tensor) => int8Product(x, weights, scales),
      differences: none,
    },
  },
  layerNorm: {
    plain: { build: (x: Tensor, scale: Tensor, bias: Tensor) => layerNorm(x, scale, bias) },
    epsilon: { build: (x: Tensor, scale: Tensor, bias: Tensor) => layerNorm(x, scale, bias, 1e-2) },
  },
  less: { broadcast: { build: less } },
  log: unary(log),
  matmul: {
    plain: { build: product },
    rows: { build: product },
    batch: { build: product },
    broadcast: { build: product },
    broadcastLeft: { build: product },
  },
  max: {
    all: { build: (x: Tensor) => max(x) },
    axis: { build: (x: Tensor) => max(x, [1]) },
    equal: { build: (x: Tensor) => max(x, [0, 1]), differences: none },
  },
  maximum: { plain: { build: maximum }, broadcast: { build: maximum } },
  mean: { all: { build: (x: Tensor) => mean(x) }, axes: { build: (x: Tensor) => mean(x, [1, -1]) } },
  minimum: { plain: { build: minimum }, broadcast: { build: minimum } },
  mul: { plain: { build: mul }, broadcast: { build: mul }, scalar: { build: mul } },
  neg: unary(neg),
  pad: { plain: { build: (x: Tensor) => pad(x, 1, 2, 1) } },
  pixelShuffle: {
    twice: { build: (x: Tensor) => pixelShuffle(x, 2) },
    thrice: { build: (x: Tensor) => pixelShuffle(x, 3) },
  },
  pixelUnshuffle: {
    twice: { build: (x: Tensor) => pixelUnshuffle(x, 2) },
    thrice: { build: (x: Tensor) => pixelUnshuffle(x, 3) },
  },
  pow: { plain: { build: pow }, broadcast: { build: pow } },
  reciprocal: unary(reciprocal),
  relu: unary(relu),
  reshape: { plain: { build: (x: Tensor) => reshape(x, [5, -1]) } },
  rmsNorm: { plain: { build: (x: Tensor, scale: Tensor) => rmsNorm(x, scale) } },
  rotary: {
    plain: {
      build: (x: Tensor, cosines: Tensor, sines: Tensor) => rotary(x, cosines, sines, 2),
      differences: { inputsBefore: 1 },
    },
    neighbours: {
      build: (x: Tensor, cosines: Tensor, sines: Tensor) => rotary(x, cosines, sines, 2, 'neighbours'),
      differences: { inputsBefore: 1 },
    },
  },
  scatterAdd: { rows: { build: (indices: Tensor, values: Tensor) => scatterAdd(indices, values, 5) } },
  sigmoid: unary(sigmoid),
  sign: unary(sign),
  silu: unary(silu),
  sin: unary(sin),
  slice: {
    plain: { build: (x: Tensor) => slice(x, 1, 1, 4) },
    step: { build: (x: Tensor) => slice(x, 1, 1, 6, 2) },
    stepToTheEnd: { build: (x: Tensor) => slice(x, -1, 2, 8, 3) },
  },
  softmax: { plain: { build: softmax } },
  sqrt: unary(sqrt),
  sub: { plain: { build: sub }, broadcast: { build: sub }, scalar: { build: sub } },
  sum: {
    all: { build: (x: Tensor) => sum(x) },
    axes: { build: (x: Tensor) => sum(x, [0, 2]) },
    keep: { build: (x: Tensor) => sum(x, [-1], { keepDims: true }) },
  },
  tanh: unary(tanh),
  transpose: {
    lastTwo: { build: (x: Tensor) => transpose(x) },
    order: { build: (x: Tensor) => transpose(x, [2, 0, 3, 1]) },
  },
  upsampleNearest: {
    twice: { build: (x: Tensor) => upsampleNearest(x, 2) },
    thrice: { build: (x: Tensor) => upsampleNearest(x, 3) },
  },
  where: { plain: { build: where }, broadcast: { build: where } },
}

/** Every case with its name in the golden file. */
export function listCases(): {
  readonly name: string
  readonly operation: OperationName
  readonly item: Case
}[] {
  return Object.entries(operationCases).flatMap(([operation, cases]) =>
    Object.entries(cases).map(([name, item]) => ({
      name: `${operation}/${name}`,
      operation: operation as OperationName,
      item,
    })),
  )
}
