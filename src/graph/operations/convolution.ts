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
import { matmul } from './contraction.ts'
import { concat, gather, pad, reshape, slice, transpose } from './layout.ts'

export interface ConvolutionOptions {
  /** Cells between two places of the kernel, one number a spatial dimension. @default 1 */
  readonly strides?: readonly number[]
  /** Zeros added on both sides, one number a spatial dimension. @default 0 */
  readonly padding?: readonly number[]
  /** Cells between two places that the kernel looks at, one number a spatial dimension. @default 1 */
  readonly dilations?: readonly number[]
  /** Channels are convolved in this many separate groups. @default 1 */
  readonly groups?: number
}

export interface ConvolutionAttributes extends Required<ConvolutionOptions> {}

function completeOptions(weight: Tensor, options: ConvolutionOptions): ConvolutionAttributes {
  const spatial = weight.rank - 2
  return {
    strides: options.strides ?? new Array<number>(spatial).fill(1),
    padding: options.padding ?? new Array<number>(spatial).fill(0),
    dilations: options.dilations ?? new Array<number>(spatial).fill(1),
    groups: options.groups ?? 1,
  }
}

export const convolutionOperation: Operation<ConvolutionAttributes> = {
  name: 'conv',
  infer: (inputs, { strides, padding, dilations, groups }) => {
    const [x, w] = [inputOf({ inputs }, 0), inputOf({ inputs }, 1)]
    if (x.rank !== w.rank || at(x.shape, 1) !== at(w.shape, 1) * groups || at(w.shape, 0) % groups !== 0) {
      throw shapeError(
        'conv',
        `kernel ${showShape(w.shape)} in ${groups} groups does not fit ${showShape(x.shape)}`,
      )
    }
    const spatial = x.shape.slice(2).map((n, i) => {
      const reach = at(dilations, i) * (at(w.shape, i + 2) - 1) + 1
      return Math.floor((n + 2 * at(padding, i) - reach) / at(strides, i)) + 1
    })
    if (spatial.some((n) => n < 1)) {
      throw shapeError('conv', `kernel ${showShape(w.shape)} is larger than ${showShape(x.shape)}`)
    }
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
    const { strides, padding, dilations, groups } = node.attributes as ConvolutionAttributes
    return emit('Conv', inputs, {
      strides: { ints: strides },
      pads: { ints: [...padding, ...padding] },
      dilations: { ints: dilations },
      group: { int: groups },
      kernel_shape: { ints: inputOf(node, 1).shape.slice(2) },
    })
  },
}

/** Convolution [B, C, ...S] with a kernel [O, C/groups, ...K] → [B, O, ...S'], in 1, 2 or 3 dimensions. */
export function conv(x: Tensor, weight: Tensor, options: ConvolutionOptions = {}): Tensor {
  return apply(convolutionOperation, [x, weight], completeOptions(weight, options))
}

export interface TransposedAttributes extends ConvolutionAttributes {
  readonly outputPadding: readonly number[]
}

export const transposedOperation: Operation<TransposedAttributes> = {
  name: 'convTranspose',
  infer: (inputs, { strides, padding, dilations, groups, outputPadding }) => {
    const [x, w] = [inputOf({ inputs }, 0), inputOf({ inputs }, 1)]
    if (x.rank !== w.rank || at(x.shape, 1) !== at(w.shape, 0) || at(x.shape, 1) % groups !== 0) {
      throw shapeError(
        'convTranspose',
        `kernel ${showShape(w.shape)} in ${groups} groups does not fit ${showShape(x.shape)}`,
      )
    }
    const spatial = x.shape.slice(2).map((n, i) => {
      const reach = at(dilations, i) * (at(w.shape, i + 2) - 1) + 1
      return (n - 1) * at(strides, i) - 2 * at(padding, i) + reach + at(outputPadding, i)
    })
    return [{ shape: [at(x.shape, 0), at(w.shape, 1) * groups, ...spatial], dtype: 'f32' }]
  },
  gradient: (node, [g]) => {
    if (!g) return [null, null]
    const [x, w] = [inputOf(node, 0), inputOf(node, 1)]
    const attributes = node.attributes as TransposedAttributes
    return [conv(g, w, attributes), convolutionWeightGradient(g, x, w.shape, attributes)]
  },
  onnx: (node, inputs, { emit }) => {
    const { strides, padding, dilations, groups, outputPadding } = node.attributes as TransposedAttributes
    return emit('ConvTranspose', inputs, {
      strides: { ints: strides },
      pads: { ints: [...padding, ...padding] },
      dilations: { ints: dilations },
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
  { strides, padding, dilations, groups }: ConvolutionAttributes,
): Tensor {
  const reach = w.shape.slice(2).map((k, i) => at(dilations, i) * (k - 1))
  // With stride 1 it is a convolution with the turned kernel, which has the faster routine.
  if (groups === 1 && strides.every((n) => n === 1) && reach.every((n, i) => at(padding, i) <= n)) {
    return conv(g, turnKernel(w), { dilations, padding: reach.map((n, i) => n - at(padding, i)) })
  }
  const outputPadding = shape
    .slice(2)
    .map((n, i) => n - ((at(g.shape, i + 2) - 1) * at(strides, i) - 2 * at(padding, i) + at(reach, i) + 1))
  return convTranspose(g, w, { strides, padding, dilations, groups, outputPadding })
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
 * The gradient in a kernel, as a convolution itself: the input is convolved with the output's gradient, batch and
 * channels having changed places, and strides and dilations too. The input's channels are the last spatial
 * dimension, where a kernel of size 1 passes over them: the cells under it then lie one behind the other in memory.
 * Three times as fast as a matrix product a kernel cell.
 */
function convolutionWeightGradient(
  x: Tensor,
  g: Tensor,
  weightShape: Shape,
  attributes: ConvolutionAttributes,
): Tensor {
  const { strides, padding, dilations, groups } = attributes
  const [batch, inPerGroup, out] = [at(x.shape, 0), at(x.shape, 1) / groups, at(g.shape, 1)]
  const [kernel, extent, positions] = [weightShape.slice(2), x.shape.slice(2), g.shape.slice(2)]
  // The runtime convolves in three dimensions at most: the first of three joins the batch, one kernel cell at a time.
  if (kernel.length === 3) return weightGradientByDepth(x, g, weightShape, attributes)
  const axes = kernel.map((_, i) => i)
  // [B, G, C/G, ...S] → [G·B, ...S, C/G]
  const split = reshape(x, [batch, groups, inPerGroup, ...extent])
  const signal = transpose(split, [1, 0, ...axes.map((i) => i + 3), 2])
  const taps = transpose(g, [1, 0, ...axes.map((i) => i + 2)])
  const isPointwise = kernel.every((k, i) => k === 1 && at(padding, i) === 0 && at(strides, i) === 1)
  if (groups === 1 && isPointwise) {
    const product = matmul(reshape(taps, [out, -1]), reshape(signal, [-1, inPerGroup]))
    return reshape(product, weightShape)
  }
  let cells = conv(
    reshape(signal, [1, groups * batch, ...extent, inPerGroup]),
    reshape(taps, [out, batch, ...positions, 1]),
    { groups, strides: [...dilations, 1], dilations: [...strides, 1], padding: [...padding, 0] },
  )
  // Where the strides do not divide the extent, rows that the forward convolution never reached come out too.
  for (const [i, k] of kernel.entries()) cells = slice(cells, i + 2, 0, k)
  return transpose(reshape(cells, [out, ...kernel, inPerGroup]), [
    0,
    kernel.length + 1,
    ...axes.map((i) => i + 1),
  ])
}

/** Of a kernel [O, C/groups, D, ...K]: one two-dimensional gradient for each of the D. */
function weightGradientByDepth(
  x: Tensor,
  g: Tensor,
  weightShape: Shape,
  { strides, padding, dilations, groups }: ConvolutionAttributes,
): Tensor {
  const [out, inPerGroup, depth, ...plane] = weightShape as [number, number, number, ...number[]]
  const steps = at(g.shape, 2)
  const rest = { strides: strides.slice(1), padding: padding.slice(1), dilations: dilations.slice(1), groups }
  const room = at(padding, 0)
  const padded = pad(x, 2, room, room)
  const intoBatch = (t: Tensor): Tensor =>
    reshape(transpose(t, [0, 2, 1, 3, 4]), [-1, at(t.shape, 1), ...t.shape.slice(3)])
  const taps = intoBatch(g)
  const layers = Array.from({ length: depth }, (_, cell) => {
    const start = cell * at(dilations, 0)
    const seen = slice(padded, 2, start, start + (steps - 1) * at(strides, 0) + 1, at(strides, 0))
    const layer = convolutionWeightGradient(intoBatch(seen), taps, [out, inPerGroup, ...plane], rest)
    return reshape(layer, [out, inPerGroup, 1, ...plane])
  })
  return layers.length === 1 ? reshape(at(layers, 0), weightShape) : concat(layers, 2)
}
