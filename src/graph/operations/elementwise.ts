import {
  apply,
  at,
  constant,
  type DType,
  inputOf,
  type OnnxEmitter,
  type Operation,
  output,
  type Shape,
  shapeError,
  showShape,
  Tensor,
} from '../tensor.ts'
import { sumTo } from './reduce.ts'

/** A tensor, or a number that stands for a scalar. */
export type Operand = Tensor | number

export const scalar = (value: number): Tensor => constant([value], [])

const tensorOf = (value: Operand): Tensor => (value instanceof Tensor ? value : scalar(value))

/** The shape that two shapes broadcast to, by NumPy's rule. */
export function broadcastShapes(name: string, a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length)
  return Array.from({ length: rank }, (_, i) => {
    const m = a[a.length - rank + i] ?? 1
    const n = b[b.length - rank + i] ?? 1
    if (m !== n && m !== 1 && n !== 1) {
      throw shapeError(name, `shapes ${showShape(a)} and ${showShape(b)} do not broadcast`)
    }
    return m === 1 ? n : m
  })
}

function requireFloat(name: string, x: Tensor): Tensor {
  if (x.dtype !== 'f32') throw shapeError(name, `takes f32 numbers, got ${x.dtype}: cast them first`)
  return x
}

type Unary = ((x: Tensor) => Tensor) & { readonly operation: Operation<null> }

function defineUnary(onnxType: string, derivative: (g: Tensor, x: Tensor, y: Tensor) => Tensor): Unary {
  const name = onnxType.toLowerCase()
  const operation: Operation<null> = {
    name,
    elementwise: true,
    infer: (inputs) => [requireFloat(name, inputOf({ inputs }, 0))],
    gradient: (node, [g]) => [g ? derivative(g, inputOf(node, 0), output(node, 0)) : null],
    onnx: (_node, inputs, { emit }) => emit(onnxType, inputs),
  }
  return Object.assign((x: Tensor): Tensor => apply(operation, [x], null), { operation })
}

export const neg: Unary = defineUnary('Neg', (g) => neg(g))
export const exp: Unary = defineUnary('Exp', (g, _x, y) => mul(g, y))
export const log: Unary = defineUnary('Log', (g, x) => div(g, x))
export const sqrt: Unary = defineUnary('Sqrt', (g, _x, y) => div(mul(g, 0.5), y))
export const reciprocal: Unary = defineUnary('Reciprocal', (g, _x, y) => neg(mul(g, mul(y, y))))
export const abs: Unary = defineUnary('Abs', (g, x) => mul(g, sign(x)))
export const sign: Unary = defineUnary('Sign', (g) => mul(g, 0))
export const sin: Unary = defineUnary('Sin', (g, x) => mul(g, cos(x)))
export const cos: Unary = defineUnary('Cos', (g, x) => neg(mul(g, sin(x))))
export const tanh: Unary = defineUnary('Tanh', (g, _x, y) => mul(g, sub(1, mul(y, y))))
export const sigmoid: Unary = defineUnary('Sigmoid', (g, _x, y) => mul(g, mul(y, sub(1, y))))
export const relu: Unary = defineUnary('Relu', (g, x) => where(greater(x, 0), g, 0))
export const erf: Unary = defineUnary('Erf', (g, x) =>
  mul(g, mul(exp(neg(mul(x, x))), 2 / Math.sqrt(Math.PI))),
)

type Binary = ((a: Operand, b: Operand) => Tensor) & { readonly operation: Operation<null> }

function defineBinary(
  onnxType: string,
  derivatives: (g: Tensor, a: Tensor, b: Tensor) => readonly [Tensor, Tensor],
): Binary {
  const name = onnxType.toLowerCase()
  const operation: Operation<null> = {
    name,
    elementwise: true,
    infer: (inputs) => {
      const a = requireFloat(name, inputOf({ inputs }, 0))
      const b = requireFloat(name, inputOf({ inputs }, 1))
      return [{ shape: broadcastShapes(name, a.shape, b.shape), dtype: 'f32' }]
    },
    gradient: (node, [g]) => {
      if (!g) return [null, null]
      const [a, b] = [inputOf(node, 0), inputOf(node, 1)]
      const [da, db] = derivatives(g, a, b)
      return [sumTo(da, a.shape), sumTo(db, b.shape)]
    },
    onnx: (_node, inputs, { emit }) => emit(onnxType, inputs),
  }
  const binary = (a: Operand, b: Operand): Tensor => apply(operation, [tensorOf(a), tensorOf(b)], null)
  return Object.assign(binary, { operation })
}

export const add: Binary = defineBinary('Add', (g) => [g, g])
export const sub: Binary = defineBinary('Sub', (g) => [g, neg(g)])
export const mul: Binary = defineBinary('Mul', (g, a, b) => [mul(g, b), mul(g, a)])
export const div: Binary = defineBinary('Div', (g, a, b) => [div(g, b), neg(div(mul(g, a), mul(b, b)))])
/** aᵇ for a > 0. */
export const pow: Binary = defineBinary('Pow', (g, a, b) => [
  mul(g, mul(b, pow(a, sub(b, 1)))),
  mul(g, mul(pow(a, b), log(a))),
])
/** The greater of two; where they are equal the gradient goes to the first. */
export const maximum: Binary = defineBinary('Max', (g, a, b) => [
  where(less(a, b), 0, g),
  where(less(a, b), g, 0),
])
/** The lesser of two; where they are equal the gradient goes to the first. */
export const minimum: Binary = defineBinary('Min', (g, a, b) => [
  where(greater(a, b), 0, g),
  where(greater(a, b), g, 0),
])

function defineComparison(onnxType: string): Binary {
  const name = onnxType.toLowerCase()
  const operation: Operation<null> = {
    name,
    infer: (inputs) => {
      const [a, b] = [inputOf({ inputs }, 0), inputOf({ inputs }, 1)]
      return [{ shape: broadcastShapes(name, a.shape, b.shape), dtype: 'bool' }]
    },
    gradient: () => [null, null],
    onnx: (_node, inputs, { emit }) => emit(onnxType, inputs),
  }
  const binary = (a: Operand, b: Operand): Tensor => apply(operation, [tensorOf(a), tensorOf(b)], null)
  return Object.assign(binary, { operation })
}

export const less: Binary = defineComparison('Less')
export const greater: Binary = defineComparison('Greater')
export const equal: Binary = defineComparison('Equal')

export const whereOperation: Operation<null> = {
  name: 'where',
  infer: (inputs) => {
    const [condition, a, b] = [inputOf({ inputs }, 0), inputOf({ inputs }, 1), inputOf({ inputs }, 2)]
    if (condition.dtype !== 'bool') throw shapeError('where', `the condition is bool, got ${condition.dtype}`)
    const shape = broadcastShapes('where', condition.shape, broadcastShapes('where', a.shape, b.shape))
    return [{ shape, dtype: a.dtype }]
  },
  gradient: (node, [g]) => {
    if (!g) return [null, null, null]
    const [condition, a, b] = [inputOf(node, 0), inputOf(node, 1), inputOf(node, 2)]
    return [null, sumTo(where(condition, g, 0), a.shape), sumTo(where(condition, 0, g), b.shape)]
  },
  onnx: (_node, inputs, { emit }) => emit('Where', inputs),
}

/** `a` where the condition holds, `b` elsewhere. */
export function where(condition: Tensor, a: Operand, b: Operand): Tensor {
  return apply(whereOperation, [condition, tensorOf(a), tensorOf(b)], null)
}

/** TensorProto.DataType of the ONNX specification. */
export const onnxTypes: Readonly<Record<DType, number>> = { f32: 1, f16: 10, i64: 7, i8: 3, bool: 9, u8: 2 }

export const castOperation: Operation<DType> = {
  name: 'cast',
  infer: (inputs, dtype) => [{ shape: inputOf({ inputs }, 0).shape, dtype }],
  gradient: (node, [g]) => {
    const from = inputOf(node, 0).dtype
    return [g && (from === 'f32' || from === 'f16') ? cast(g, from) : null]
  },
  onnx: (node, inputs, { emit }) =>
    emit('Cast', inputs, { to: { int: onnxTypes[node.attributes as DType] } }),
}

/** The same values in another element type. */
export function cast(x: Tensor, dtype: DType): Tensor {
  return x.dtype === dtype ? x : apply(castOperation, [x], dtype)
}

/** x², with one multiplication. */
export const square = (x: Tensor): Tensor => mul(x, x)

export const siluOperation: Operation<null> = {
  name: 'silu',
  elementwise: true,
  infer: (inputs) => [requireFloat('silu', inputOf({ inputs }, 0))],
  gradient: (node, [g]) => {
    if (!g) return [null]
    const x = inputOf(node, 0)
    const s = sigmoid(x)
    return [mul(g, mul(s, add(1, mul(x, sub(1, s)))))]
  },
  onnx: (_node, inputs, { emit }) =>
    emit('QuickGelu', inputs, { alpha: { float: 1 } }, { domain: 'com.microsoft' }),
}

/** x·σ(x) (swish; Ramachandran et al. 2017, arXiv 1710.05941), one fused kernel. */
export function silu(x: Tensor): Tensor {
  return apply(siluOperation, [x], null)
}

export const geluOperation: Operation<null> = {
  name: 'gelu',
  elementwise: true,
  // Beside the value, what its gradient uses again: x/√2 and Φ(x) = (1 + erf(x/√2))/2.
  infer: (inputs) => {
    const x = requireFloat('gelu', inputOf({ inputs }, 0))
    return [x, x, x]
  },
  gradient: (node, [g]) => {
    if (!g) return [null]
    const [x, u, phi] = [inputOf(node, 0), output(node, 1), output(node, 2)]
    // Φ(x) + x·φ(x), where φ(x) = exp(ln(1/√(2π)) − u²) with u = x/√2: as few passes over memory as there can be.
    const density = exp(sub(-0.5 * Math.log(2 * Math.PI), mul(u, u)))
    return [mul(g, add(phi, mul(x, density)))]
  },
  onnx: (node, [x = ''], emitter) =>
    node.outputs.slice(1).some(emitter.uses) ? emitGeluParts(x, emitter) : [emitGeluPattern(x, emitter)],
}

/** HardSigmoid is max(0, min(1, αx + β)): (1 + erf)/2 in one pass over memory, and half an addition's time. */
function emitGeluParts(x: string, { emit, floats }: OnnxEmitter): readonly string[] {
  const [u = ''] = emit('Mul', [x, floats([Math.SQRT1_2], [])])
  const [error = ''] = emit('Erf', [u])
  const [phi = ''] = emit('HardSigmoid', [error], { alpha: { float: 0.5 }, beta: { float: 0.5 } })
  return [at(emit('Mul', [x, phi]), 0), u, phi]
}

/** The pattern that the runtime makes one kernel of. */
function emitGeluPattern(x: string, { emit, floats }: OnnxEmitter): string {
  const [u = ''] = emit('Div', [x, floats([Math.SQRT2], [])])
  const [error = ''] = emit('Erf', [u])
  const [twicePhi = ''] = emit('Add', [error, floats([1], [])])
  const [half = ''] = emit('Mul', [x, floats([0.5], [])])
  return at(emit('Mul', [half, twicePhi]), 0)
}

/** x·Φ(x), exact by erf (Hendrycks & Gimpel 2016, arXiv 1606.08415), one fused kernel. */
export function gelu(x: Tensor): Tensor {
  return apply(geluOperation, [x], null)
}

/** The last dimension's size. */
export const lastOf = (x: Tensor): number => at(x.shape, -1)
