import {
  apply,
  at,
  inputOf,
  type OnnxEmitter,
  type Operation,
  type Shape,
  shapeError,
  showShape,
  sizeOf,
  type Tensor,
} from '../tensor.ts'
import { broadcastShapes } from './elementwise.ts'
import { lastTwoSwapped, reshape, transpose } from './layout.ts'
import { sumTo } from './reduce.ts'

/** How the factors of a product are read: as they are, or with their last two axes changed places. */
export interface MatmulAttributes {
  readonly transposeA: boolean
  readonly transposeB: boolean
  /** The product is multiplied by this number. */
  readonly scale: number
}

const plain: MatmulAttributes = { transposeA: false, transposeB: false, scale: 1 }

export const matmulOperation: Operation<MatmulAttributes> = {
  name: 'matmul',
  infer: (inputs, { transposeA, transposeB }) => {
    const [a, b] = [inputOf({ inputs }, 0), inputOf({ inputs }, 1)]
    const [m, k] = transposeA ? [-1, -2] : [-2, -1]
    const [l, n] = transposeB ? [-1, -2] : [-2, -1]
    if (a.rank < 2 || b.rank < 2 || at(a.shape, k) !== at(b.shape, l)) {
      throw shapeError('matmul', `${showShape(a.shape)} and ${showShape(b.shape)} do not multiply`)
    }
    const batch = broadcastShapes('matmul', a.shape.slice(0, -2), b.shape.slice(0, -2))
    return [{ shape: [...batch, at(a.shape, m), at(b.shape, n)], dtype: 'f32' }]
  },
  gradient: (node, [g]) => {
    if (!g) return [null, null]
    const [a, b] = [inputOf(node, 0), inputOf(node, 1)]
    const { transposeA, transposeB, scale } = node.attributes as MatmulAttributes
    // Written for op(a)·op(b): g·op(b)ᵀ and op(a)ᵀ·g, or the transpose of either as a product of its own.
    const da = transposeA
      ? matmul(b, g, { transposeA: transposeB, transposeB: true, scale })
      : matmul(g, b, { transposeB: !transposeB, scale })
    if (b.rank === 2 && !transposeA) {
      // One product over all rows at once, not one a batch item that is then summed.
      const [rows, outer] = [rowsOf(a), rowsOf(g)]
      return [sumTo(da, a.shape), transposeB ? overRows(outer, rows, scale) : overRows(rows, outer, scale)]
    }
    const db = transposeB
      ? matmul(g, a, { transposeA: true, transposeB: transposeA, scale })
      : matmul(a, g, { transposeA: !transposeA, scale })
    return [sumTo(da, a.shape), sumTo(db, b.shape)]
  },
  onnx: (node, [a = '', b = ''], emitter) => [
    emitProduct(emitter, [a, b], node.attributes as MatmulAttributes, [
      inputOf(node, 0).shape,
      inputOf(node, 1).shape,
    ]),
  ],
}

const rowsOf = (x: Tensor): Tensor => reshape(x, [-1, at(x.shape, -1)])

/**
 * aᵀ·b. The longer side is computed as rows: [256, 4096]·[4096, 1024] is 8.8 ms on two cores of a server,
 * its transpose 7.4.
 */
function overRows(a: Tensor, b: Tensor, scale: number): Tensor {
  return at(a.shape, 1) < at(b.shape, 1)
    ? transpose(matmul(b, a, { transposeA: true, scale }))
    : matmul(a, b, { transposeA: true, scale })
}

/** Writes a product; returns its name. */
export function emitProduct(
  emitter: OnnxEmitter,
  factors: readonly [string, string],
  attributes: MatmulAttributes,
  shapes: readonly [Shape, Shape],
): string {
  if (emitter.kernels !== 'cpu') return emitPlainProduct(emitter, factors, attributes, shapes)
  const summed = summedAtOnce(attributes, shapes)
  if (summed !== null) return emitBySums(emitter, factors, attributes, shapes, summed)
  const rows = rowsAtOnce(attributes, shapes)
  return rows === null
    ? emitCpuProduct(emitter, factors, attributes)
    : emitByRows(emitter, factors, attributes, shapes, rows)
}

function emitPlainProduct(
  { emit, floats }: OnnxEmitter,
  [a, b]: readonly [string, string],
  { transposeA, transposeB, scale }: MatmulAttributes,
  [shapeA, shapeB]: readonly [Shape, Shape],
): string {
  const swap = (name: string, { length }: Shape): string =>
    at(emit('Transpose', [name], { perm: { ints: lastTwoSwapped(length) } }), 0)
  const product = emit('MatMul', [transposeA ? swap(a, shapeA) : a, transposeB ? swap(b, shapeB) : b])
  return at(scale === 1 ? product : emit('Mul', [at(product, 0), floats([scale], [])]), 0)
}

function emitCpuProduct(
  { emit }: OnnxEmitter,
  factors: readonly [string, string],
  { transposeA, transposeB, scale }: MatmulAttributes,
): string {
  if (!transposeA && !transposeB && scale === 1) return at(emit('MatMul', factors), 0)
  // Beside its transposes, this name keeps a bias out of the product: Gemm with one is 9.2 ms for 4096×256×1024,
  // this and an addition are 7.5.
  const attributes = {
    transA: { int: transposeA ? 1 : 0 },
    transB: { int: transposeB ? 1 : 0 },
    alpha: { float: scale },
  }
  return at(emit('FusedMatMul', factors, attributes, { domain: 'com.microsoft' }), 0)
}

/** Rows of a cut: few enough for a core's own cache, enough to be worth the kernel's packing of the other factor. */
const [fewestRows, mostRows] = [64, 256]

/** How many rows of `a` to multiply at once where `b` is one matrix; null for all. */
function rowsAtOnce(
  { transposeA }: MatmulAttributes,
  [shapeA, shapeB]: readonly [Shape, Shape],
): number | null {
  if (transposeA || shapeB.length !== 2 || sizeOf(shapeB) < fewestRows ** 2) return null
  return cutOf(sizeOf(shapeA.slice(0, -1)))
}

/** The longest cut that divides this many rows; null where they are few or no cut does. */
function cutOf(rows: number): number | null {
  if (rows < 2 * mostRows) return null
  for (let n = mostRows; n >= fewestRows; n--) if (rows % n === 0) return n
  return null
}

/** How many rows of aᵀ·b to sum over at once; null for all. */
function summedAtOnce(
  { transposeA, transposeB }: MatmulAttributes,
  [shapeA, shapeB]: readonly [Shape, Shape],
): number | null {
  if (!transposeA || transposeB || shapeA.length !== 2 || shapeB.length !== 2) return null
  if (at(shapeA, 1) * at(shapeB, 1) < fewestRows ** 2) return null
  return cutOf(at(shapeA, 0))
}

/**
 * aᵀ·b as a sum of products over cuts of rows, each added to the last by its own kernel: over 4096 rows 256×256 is
 * 9.2 ms on one busy core, all at once 10.2. The shorter side is computed as rows, so that their sum stays in cache too.
 */
function emitBySums(
  emitter: OnnxEmitter,
  [a, b]: readonly [string, string],
  { scale }: MatmulAttributes,
  [shapeA, shapeB]: readonly [Shape, Shape],
  rows: number,
): string {
  const { emit, ints, fold } = emitter
  const cut = (name: string, [, columns = 0]: Shape) => {
    const shape = [-1, rows, columns]
    return { name: at(emit('Reshape', [name, ints(shape)]), 0), shape }
  }
  const swaps = at(shapeA, 1) > at(shapeB, 1)
  const [left, right] = swaps ? [cut(b, shapeB), cut(a, shapeA)] : [cut(a, shapeA), cut(b, shapeB)]
  const shape = [at(left.shape, 2), at(right.shape, 2)]
  const zero = { name: at(emit('ConstantOfShape', [ints(shape)]), 0), shape }
  const attributes = { transA: { int: 1 }, alpha: { float: scale } }
  const total = fold(zero, [left, right], (sum, items) => at(emit('Gemm', [...items, sum], attributes), 0))
  return swaps ? at(emit('Transpose', [total], { perm: { ints: [1, 0] } }), 0) : total
}

/**
 * As a product for every cut of rows, in one kernel: the cuts stay in cache, and threads take them as they come.
 * 4096×1024×256 has 59 GFLOPS of a core for it, without 44; numbers are the same to the last bit.
 * Where both factors have as many dimensions, or the first more, the kernel makes one product of all rows again.
 */
function emitByRows(
  emitter: OnnxEmitter,
  [a, b]: readonly [string, string],
  attributes: MatmulAttributes,
  [shapeA, shapeB]: readonly [Shape, Shape],
  rows: number,
): string {
  const { emit, ints } = emitter
  const [cut = ''] = emit('Reshape', [a, ints([-1, rows, at(shapeA, -1)])])
  const [wide = ''] = emit('Reshape', [b, ints([1, 1, ...shapeB])])
  const product = emitCpuProduct(emitter, [cut, wide], attributes)
  const columns = at(shapeB, attributes.transposeB ? 0 : 1)
  return at(emit('Reshape', [product, ints([...shapeA.slice(0, -1), columns])]), 0)
}

/**
 * Matrix product [..., M, K] × [..., K, N] → [..., M, N]; leading dimensions broadcast.
 * A factor to be transposed costs less so than by `transpose` before.
 */
export function matmul(a: Tensor, b: Tensor, attributes: Partial<MatmulAttributes> = {}): Tensor {
  return apply(matmulOperation, [a, b], { ...plain, ...attributes })
}
