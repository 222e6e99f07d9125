import {
  apply,
  at,
  constant,
  inputOf,
  type Operation,
  type Shape,
  shapeError,
  showShape,
  sizeOf,
  type Tensor,
} from '../tensor.ts'
import { broadcastShapes } from './elementwise.ts'
import { concat, gather, pad, reshape, slice, transpose } from './layout.ts'
import { sumTo } from './reduce.ts'

export const matmulOperation: Operation<null> = {
  name: 'matmul',
  infer: (inputs) => {
    const [a, b] = [inputOf({ inputs }, 0), inputOf({ inputs }, 1)]
    if (a.rank < 2 || b.rank < 2 || at(a.shape, -1) !== at(b.shape, -2)) {
      throw shapeError('matmul', `${showShape(a.shape)} and ${showShape(b.shape)} do not multiply`)
    }
    const batch = broadcastShapes('matmul', a.shape.slice(0, -2), b.shape.slice(0, -2))
    return [{ shape: [...batch, at(a.shape, -2), at(b.shape, -1)], dtype: 'f32' }]
  },
  gradient: (node, [g]) => {
    if (!g) return [null, null]
    const [a, b] = [inputOf(node, 0), inputOf(node, 1)]
    const da = sumTo(matmul(g, transpose(b)), a.shape)
    if (b.rank > 2) return [da, sumTo(matmul(transpose(a), g), b.shape)]
    // One product over all rows at once, not one a batch item that is then summed.
    const rows = reshape(a, [-1, at(a.shape, -1)])
    return [da, matmul(transpose(rows), reshape(g, [-1, at(g.shape, -1)]))]
  },
  onnx: (_node, inputs, { emit }) => emit('MatMul', inputs),
}

/** Matrix product [..., M, K] × [..., K, N] → [..., M, N]; leading dimensions broadcast. */
export function matmul(a: Tensor, b: Tensor): Tensor {
  return apply(matmulOperation, [a, b], null)
}

export interface ConvolutionOptions {
  /** Cells between two places of the kernel, one number a spatial dimension. @default 1 */
  readonly strides?: readonly number[]
  /** Zeros added on both sides, one number a spatial dimension. @default 0 */
  readonly padding?: readonly number[]
  /** Channels are convolved in this many separate groups. @default 1 */
  readonly groups?: number
}

interface ConvolutionAttributes extends Required<ConvolutionOptions> {}

function completeOptions(weight: Tensor, options: ConvolutionOptions): ConvolutionAttributes {
  const spatial = weight.rank - 2
  return {
    strides: options.strides ?? new Array<number>(spatial).fill(1),
    padding: options.padding ?? new Array<number>(spatial).fill(0),
    groups: options.groups ?? 1,
  }
}

export const convolutionOperation: Operation<ConvolutionAttributes> = {
  name: 'conv',
  infer: (inputs, { strides, padding, groups }) => {
    const [x, w] = [inputOf({ inputs }, 0), inputOf({ inputs }, 1)]
    if (x.rank !== w.rank || at(x.shape, 1) !== at(w.shape, 1) * groups || at(w.shape, 0) % groups !== 0) {
      throw shapeError(
        'conv',
        `kernel ${showShape(w.shape)} in ${groups} groups does not fit ${showShape(x.shape)}`,
      )
    }
    const spatial = x.shape
      .slice(2)
      .map((n, i) => Math.floor((n + 2 * at(padding, i) - at(w.shape, i + 2)) / at(strides, i)) + 1)
    return [{ shape: [at(x.shape, 0), at(w.shape, 0), ...spatial], dtype: 'f32' }]
  },
  gradient: (node, [g]) => {
    if (!g) return [null, null]
    const [x, w] = [inputOf(node, 0), inputOf(node, 1)]
    const attributes = node.attributes as ConvolutionAttributes
    return [
      convolutionInputGradient(g, w, x.shape, attributes),
      convolutionWeightGradient(x, g, w.shape, attributes),
    ]
  },
  onnx: (node, inputs, { emit }) => {
    const { strides, padding, groups } = node.attributes as ConvolutionAttributes
    return emit('Conv', inputs, {
      strides: { ints: strides },
      pads: { ints: [...padding, ...padding] },
      group: { int: groups },
      kernel_shape: { ints: inputOf(node, 1).shape.slice(2) },
    })
  },
}

/** Convolution [B, C, ...S] with a kernel [O, C/groups, ...K] → [B, O, ...S'], in 1, 2 or 3 dimensions. */
export function conv(x: Tensor, weight: Tensor, options: ConvolutionOptions = {}): Tensor {
  return apply(convolutionOperation, [x, weight], completeOptions(weight, options))
}

interface TransposedAttributes extends ConvolutionAttributes {
  readonly outputPadding: readonly number[]
}

export const transposedOperation: Operation<TransposedAttributes> = {
  name: 'convTranspose',
  infer: (inputs, { strides, padding, groups, outputPadding }) => {
    const [x, w] = [inputOf({ inputs }, 0), inputOf({ inputs }, 1)]
    if (x.rank !== w.rank || at(x.shape, 1) !== at(w.shape, 0) || at(x.shape, 1) % groups !== 0) {
      throw shapeError(
        'convTranspose',
        `kernel ${showShape(w.shape)} in ${groups} groups does not fit ${showShape(x.shape)}`,
      )
    }
    const spatial = x.shape
      .slice(2)
      .map(
        (n, i) => (n - 1) * at(strides, i) - 2 * at(padding, i) + at(w.shape, i + 2) + at(outputPadding, i),
      )
    return [{ shape: [at(x.shape, 0), at(w.shape, 1) * groups, ...spatial], dtype: 'f32' }]
  },
  gradient: (node, [g]) => {
    if (!g) return [null, null]
    const [x, w] = [inputOf(node, 0), inputOf(node, 1)]
    const attributes = node.attributes as TransposedAttributes
    const { strides, padding, groups } = attributes
    return [conv(g, w, { strides, padding, groups }), convolutionWeightGradient(g, x, w.shape, attributes)]
  },
  onnx: (node, inputs, { emit }) => {
    const { strides, padding, groups, outputPadding } = node.attributes as TransposedAttributes
    return emit('ConvTranspose', inputs, {
      strides: { ints: strides },
      pads: { ints: [...padding, ...padding] },
      output_padding: { ints: outputPadding },
      group: { int: groups },
      kernel_shape: { ints: inputOf(node, 1).shape.slice(2) },
    })
  },
}

/** The transpose of a convolution: [B, C, ...S] with a kernel [C, O/groups, ...K] → [B, O, ...S']. */
export function convTranspose(
  x: Tensor,
  weight: Tensor,
  options: ConvolutionOptions & { outputPadding?: readonly number[] } = {},
): Tensor {
  const attributes = completeOptions(weight, options)
  const outputPadding = options.outputPadding ?? attributes.strides.map(() => 0)
  return apply(transposedOperation, [x, weight], { ...attributes, outputPadding })
}

function convolutionInputGradient(
  g: Tensor,
  w: Tensor,
  shape: Shape,
  { strides, padding, groups }: ConvolutionAttributes,
): Tensor {
  const kernel = w.shape.slice(2)
  // With stride 1 it is a convolution with the turned kernel, which has the faster routine.
  if (groups === 1 && strides.every((n) => n === 1) && kernel.every((k, i) => at(padding, i) < k)) {
    return conv(g, turnKernel(w), { padding: kernel.map((k, i) => k - 1 - at(padding, i)) })
  }
  const outputPadding = shape
    .slice(2)
    .map((n, i) => n - ((at(g.shape, i + 2) - 1) * at(strides, i) - 2 * at(padding, i) + at(kernel, i)))
  return convTranspose(g, w, { strides, padding, groups, outputPadding })
}

/** [O, C, ...K] → [C, O, ...K] with every spatial dimension reversed. */
function turnKernel(w: Tensor): Tensor {
  const [o, c, cells] = [at(w.shape, 0), at(w.shape, 1), sizeOf(w.shape.slice(2))]
  const first = transpose(reshape(w, [o, c, cells]), [2, 1, 0])
  const reversed =
    cells === 1
      ? first
      : gather(
          first,
          constant(
            Array.from({ length: cells }, (_, i) => cells - 1 - i),
            [cells],
            'i64',
          ),
        )
  return reshape(transpose(reversed, [1, 2, 0]), [c, o, ...w.shape.slice(2)])
}

/**
 * One matrix product a kernel cell, over channels-last slices: several times as fast as
 * one convolution whose kernel is as large as the picture.
 */
function convolutionWeightGradient(
  x: Tensor,
  g: Tensor,
  weightShape: Shape,
  { strides, padding, groups }: ConvolutionAttributes,
): Tensor {
  const kernel = weightShape.slice(2)
  const [out, inPerGroup] = [at(g.shape, 1), at(x.shape, 1) / groups]
  const positions = g.shape.slice(2)
  const toLast = [0, ...kernel.map((_, i) => i + 2), 1]
  let last = transpose(x, toLast)
  for (const [i, p] of padding.entries()) last = pad(last, i + 1, p, p)
  // [N, G, O/G] → [G, O/G, N], or with one group [O, N].
  const grouped = (t: Tensor, channels: number, order: readonly number[]): Tensor =>
    groups === 1 ? reshape(t, [-1, channels]) : transpose(reshape(t, [-1, groups, channels / groups]), order)
  const gradients = transpose(grouped(transpose(g, toLast), out, [1, 0, 2]))
  const cells = kernelCells(kernel).map((cell) => {
    let shifted = last
    for (const [i, offset] of cell.entries()) {
      const stride = at(strides, i)
      shifted = slice(shifted, i + 1, offset, offset + (at(positions, i) - 1) * stride + 1, stride)
    }
    const product = matmul(gradients, grouped(shifted, inPerGroup * groups, [1, 0, 2]))
    return reshape(product, [1, out, inPerGroup])
  })
  return reshape(transpose(concat(cells, 0), [1, 2, 0]), weightShape)
}

/** Every cell of a kernel, last dimension quickest. */
function kernelCells(kernel: Shape): number[][] {
  return kernel.reduce<number[][]>(
    (cells, size) => cells.flatMap((cell) => Array.from({ length: size }, (_, i) => [...cell, i])),
    [[]],
  )
}
