import {
  apply,
  at,
  constant,
  inputOf,
  type Operation,
  type Shape,
  sameShape,
  shapeError,
  showShape,
  sizeOf,
  type Tensor,
} from '../tensor.ts'
import { sumTo } from './reduce.ts'

export const reshapeOperation: Operation<Shape> = {
  name: 'reshape',
  infer: (inputs, shape) => {
    const x = inputOf({ inputs }, 0)
    if (sizeOf(shape) !== sizeOf(x.shape)) {
      throw shapeError('reshape', `${showShape(x.shape)} does not fill ${showShape(shape)}`)
    }
    return [{ shape, dtype: x.dtype }]
  },
  gradient: (node, [g]) => [g ? reshape(g, inputOf(node, 0).shape) : null],
  onnx: (node, [x = ''], { emit, ints }) => emit('Reshape', [x, ints(node.attributes as Shape)]),
}

/** The same numbers in another shape; one dimension may be −1. */
export function reshape(x: Tensor, shape: Shape): Tensor {
  const known = shape.reduce((n, m) => (m === -1 ? n : n * m), 1)
  const full = shape.map((n) => (n === -1 ? sizeOf(x.shape) / known : n))
  return sameShape(full, x.shape) ? x : apply(reshapeOperation, [x], full)
}

export const transposeOperation: Operation<readonly number[]> = {
  name: 'transpose',
  infer: (inputs, order) => {
    const x = inputOf({ inputs }, 0)
    if (order.length !== x.rank || new Set(order).size !== x.rank) {
      throw shapeError('transpose', `order ${order.join(',')} does not permute ${showShape(x.shape)}`)
    }
    return [{ shape: order.map((axis) => at(x.shape, axis)), dtype: x.dtype }]
  },
  gradient: (node, [g]) => {
    const order = node.attributes as readonly number[]
    return [
      g
        ? transpose(
            g,
            order.map((_, i) => order.indexOf(i)),
          )
        : null,
    ]
  },
  onnx: (node, inputs, { emit }) =>
    emit('Transpose', inputs, { perm: { ints: node.attributes as number[] } }),
}

/** Axes in another order; by default the last two change places. */
export function transpose(x: Tensor, order: readonly number[] = lastTwoSwapped(x.rank)): Tensor {
  return apply(transposeOperation, [x], order)
}

/** The order of axes that changes the last two. */
export const lastTwoSwapped = (rank: number): number[] => [
  ...Array.from({ length: rank - 2 }, (_, i) => i),
  rank - 1,
  rank - 2,
]

export const broadcastOperation: Operation<Shape> = {
  name: 'broadcastTo',
  infer: (inputs, shape) => {
    const x = inputOf({ inputs }, 0)
    const lead = shape.length - x.rank
    if (lead < 0 || !x.shape.every((n, i) => n === 1 || n === shape[lead + i])) {
      throw shapeError('broadcastTo', `${showShape(x.shape)} does not broadcast to ${showShape(shape)}`)
    }
    return [{ shape, dtype: x.dtype }]
  },
  gradient: (node, [g]) => [g ? sumTo(g, inputOf(node, 0).shape) : null],
  onnx: (node, [x = ''], { emit, ints }) => emit('Expand', [x, ints(node.attributes as Shape)]),
}

/** Repeats along dimensions of size 1 and new leading ones. */
export function broadcastTo(x: Tensor, shape: Shape): Tensor {
  return sameShape(x.shape, shape) ? x : apply(broadcastOperation, [x], shape)
}

export interface SliceAttributes {
  readonly axis: number
  readonly start: number
  readonly end: number
  readonly step: number
}

export const sliceOperation: Operation<SliceAttributes> = {
  name: 'slice',
  infer: (inputs, { axis, start, end, step }) => {
    const x = inputOf({ inputs }, 0)
    const size = at(x.shape, axis)
    if (start < 0 || end > size || start >= end || step < 1) {
      throw shapeError('slice', `[${start}, ${end}) by ${step} is not inside [0, ${size})`)
    }
    return [
      { shape: x.shape.map((n, i) => (i === axis ? Math.ceil((end - start) / step) : n)), dtype: x.dtype },
    ]
  },
  gradient: (node, [g]) => {
    if (!g) return [null]
    const { axis, start, step } = node.attributes as SliceAttributes
    const size = at(inputOf(node, 0).shape, axis)
    const spread = step === 1 ? g : spreadApart(g, axis, step)
    const room = size - start
    const fitting = slice(spread, axis, 0, Math.min(at(spread.shape, axis), room))
    return [pad(fitting, axis, start, room - at(fitting.shape, axis))]
  },
  onnx: (node, [x = ''], { emit, ints }) => {
    const { axis, start, end, step } = node.attributes as SliceAttributes
    return emit('Slice', [x, ints([start]), ints([end]), ints([axis]), ints([step])])
  },
}

/** Puts step − 1 zeros behind every element of an axis. */
function spreadApart(x: Tensor, axis: number, step: number): Tensor {
  const [before, n, after] = [x.shape.slice(0, axis), at(x.shape, axis), x.shape.slice(axis + 1)]
  const apart = pad(reshape(x, [...before, n, 1, ...after]), axis + 1, 0, step - 1)
  return reshape(apart, [...before, n * step, ...after])
}

/** Elements [start, end) along an axis, every `step`-th. */
export function slice(x: Tensor, axis: number, start: number, end: number, step = 1): Tensor {
  const positive = axis < 0 ? axis + x.rank : axis
  const whole = start === 0 && end === x.shape[positive] && step === 1
  return whole ? x : apply(sliceOperation, [x], { axis: positive, start, end, step })
}

/** Cuts an axis into parts of these sizes. */
export function split(x: Tensor, axis: number, sizes: readonly number[]): Tensor[] {
  let start = 0
  return sizes.map((size) => {
    start += size
    return slice(x, axis, start - size, start)
  })
}

export interface PadAttributes {
  readonly axis: number
  readonly before: number
  readonly after: number
}

export const padOperation: Operation<PadAttributes> = {
  name: 'pad',
  infer: (inputs, { axis, before, after }) => {
    const x = inputOf({ inputs }, 0)
    return [{ shape: x.shape.map((n, i) => (i === axis ? n + before + after : n)), dtype: x.dtype }]
  },
  gradient: (node, [g]) => {
    if (!g) return [null]
    const { axis, before } = node.attributes as PadAttributes
    return [slice(g, axis, before, before + at(inputOf(node, 0).shape, axis))]
  },
  onnx: (node, [x = ''], { emit, ints }) => {
    const { axis, before, after } = node.attributes as PadAttributes
    return emit('Pad', [x, ints([before, after]), '', ints([axis])], { mode: { string: 'constant' } })
  },
}

/** Zeros before and after, along one axis. */
export function pad(x: Tensor, axis: number, before: number, after: number): Tensor {
  return before === 0 && after === 0
    ? x
    : apply(padOperation, [x], { axis: axis < 0 ? axis + x.rank : axis, before, after })
}

export const concatOperation: Operation<number> = {
  name: 'concat',
  infer: (inputs, axis) => {
    const first = inputOf({ inputs }, 0)
    for (const x of inputs) {
      if (x.rank !== first.rank || x.shape.some((n, i) => i !== axis && n !== first.shape[i])) {
        throw shapeError(
          'concat',
          `${showShape(first.shape)} and ${showShape(x.shape)} differ off axis ${axis}`,
        )
      }
    }
    const size = inputs.reduce((total, x) => total + at(x.shape, axis), 0)
    return [{ shape: first.shape.map((n, i) => (i === axis ? size : n)), dtype: first.dtype }]
  },
  gradient: (node, [g]) => {
    if (!g) return node.inputs.map(() => null)
    const axis = node.attributes as number
    return split(
      g,
      axis,
      node.inputs.map((x) => at(x.shape, axis)),
    )
  },
  onnx: (node, inputs, { emit }) => emit('Concat', inputs, { axis: { int: node.attributes as number } }),
}

/** Joins tensors along an axis. */
export function concat(tensors: readonly Tensor[], axis: number): Tensor {
  const first = at(tensors, 0)
  return tensors.length === 1 ? first : apply(concatOperation, tensors, axis < 0 ? axis + first.rank : axis)
}

export const gatherOperation: Operation<null> = {
  name: 'gather',
  infer: (inputs) => {
    const [table, indices] = [inputOf({ inputs }, 0), inputOf({ inputs }, 1)]
    if (indices.dtype !== 'i64') throw shapeError('gather', `indices are i64, got ${indices.dtype}`)
    return [{ shape: [...indices.shape, ...table.shape.slice(1)], dtype: table.dtype }]
  },
  gradient: (node, [g]) => {
    if (!g) return [null, null]
    const [table, indices] = [inputOf(node, 0), inputOf(node, 1)]
    return [scatterAdd(indices, g, at(table.shape, 0)), null]
  },
  onnx: (_node, [table = '', indices = ''], { emit, isHalf }) => {
    const rows = emit('Gather', [table, indices], { axis: { int: 0 } })
    // The rows that are taken, and not the whole table: of a text encoder that is a thousandth.
    return isHalf(table) ? emit('Cast', rows, { to: { int: 1 } }) : rows
  },
}

/** Rows of a table: [N, ...row] at indices [...i] → [...i, ...row]. */
export function gather(table: Tensor, indices: Tensor): Tensor {
  return apply(gatherOperation, [table, indices], null)
}

export const scatterOperation: Operation<number> = {
  name: 'scatterAdd',
  infer: (inputs, rows) => {
    const [indices, values] = [inputOf({ inputs }, 0), inputOf({ inputs }, 1)]
    return [{ shape: [rows, ...values.shape.slice(indices.rank)], dtype: values.dtype }]
  },
  gradient: (node, [g]) => [null, g ? gather(g, inputOf(node, 0)) : null],
  onnx: (node, [indices = '', values = ''], { emit, ints }) => {
    const i = inputOf(node, 0)
    const row = inputOf(node, 1).shape.slice(i.rank)
    const [zero = ''] = emit('ConstantOfShape', [ints([node.attributes as number, ...row])])
    const [column = ''] = emit('Reshape', [indices, ints([...i.shape, 1])])
    return emit('ScatterND', [zero, column, values], { reduction: { string: 'add' } })
  },
}

/** The transpose of gather: adds rows of values [...i, ...row] at indices [...i] into zeros [rows, ...row]. */
export function scatterAdd(indices: Tensor, values: Tensor, rows: number): Tensor {
  return apply(scatterOperation, [indices, values], rows)
}

/** Zeros of a shape. */
export const zeros = (shape: Shape): Tensor =>
  broadcastTo(
    constant(
      [0],
      shape.map(() => 1),
    ),
    shape,
  )
