import { apply, at, inputOf, type Operation, shapeError, showShape, type Tensor } from '../tensor.ts'
import { broadcastShapes } from './elementwise.ts'
import { reshape, transpose } from './layout.ts'
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
