import {
  apply,
  at,
  inputOf,
  type OnnxEmitter,
  type Operation,
  output,
  shapeError,
  showShape,
  sizeOf,
  type Tensor,
} from '../tensor.ts'
import { matmul } from './contraction.ts'
import { cast, div, mul, onnxTypes } from './elementwise.ts'
import { sumTo } from './reduce.ts'

/** The largest number that is stored: −128 has no counterpart. */
export const int8Limit = 127

/** Of a row's largest number: a row of zeros is divided by this, and stays one. */
const least = 1e-30

/** TensorProto.DataType of bytes without a sign, which the CPU's kernel takes for the first factor. */
const unsigned = 2
/** What stands for zero in them. */
const zeroPoint = 128

export const int8ProductOperation: Operation<null> = {
  name: 'int8Product',
  infer: (inputs) => {
    const [x, weights, scales] = [0, 1, 2].map((i) => inputOf({ inputs }, i)) as [Tensor, Tensor, Tensor]
    const [inner = 0, columns = 0] = weights.shape
    const fits = weights.rank === 2 && x.rank >= 2 && at(x.shape, -1) === inner
    if (!fits || scales.shape.join() !== `${columns}`) {
      throw shapeError(
        'int8Product',
        `${showShape(x.shape)}, weights ${showShape(weights.shape)} and scales ${showShape(scales.shape)} do not multiply`,
      )
    }
    if (x.dtype !== 'f32' || weights.dtype !== 'i8' || scales.dtype !== 'f32') {
      throw shapeError(
        'int8Product',
        `takes f32, i8 and f32, got ${x.dtype}, ${weights.dtype} and ${scales.dtype}`,
      )
    }
    return [{ shape: [...x.shape.slice(0, -1), columns], dtype: 'f32' }]
  },
  // As if x had not been rounded (the straight-through estimator; Bengio et al. 2013, arXiv 1308.3432).
  gradient: (node, [g]) => {
    if (!g) return [null, null, null]
    const [weights, scales] = [inputOf(node, 1), inputOf(node, 2)]
    const dx = matmul(mul(g, scales), cast(weights, 'f32'), { transposeB: true })
    return [dx, null, sumTo(mul(g, div(output(node, 0), scales)), scales.shape)]
  },
  onnx: (node, inputs, emitter) => {
    const [x, weights] = [inputOf(node, 0), inputOf(node, 1)]
    const [inner = 0, columns = 0] = weights.shape
    const rows = sizeOf(x.shape) / inner
    const { emit, ints } = emitter
    const [flat = ''] = emit('Reshape', [inputs[0] ?? '', ints([rows, inner])])
    const steps = emitRowSteps(emitter, flat)
    const factors = [flat, steps, inputs[1] ?? '', inputs[2] ?? ''] as const
    const product =
      emitter.kernels === 'cpu' ? emitCpu(emitter, factors, rows) : emitEverywhere(emitter, factors)
    const [scaled = ''] = emit('Mul', [product, steps])
    return emit('Reshape', [scaled, ints([...x.shape.slice(0, -1), columns])])
  },
}

/** One step of each row's rounding, [rows, 1]. */
function emitRowSteps({ emit, ints, floats }: OnnxEmitter, x: string): string {
  const [sizes = ''] = emit('Abs', [x])
  const [largest = ''] = emit('ReduceMax', [sizes, ints([1])], { keepdims: { int: 1 } })
  const [some = ''] = emit('Max', [largest, floats([least], [])])
  return at(emit('Div', [some, floats([int8Limit], [])]), 0)
}

/** x, steps, weights, scales → the product in steps of x, [rows, columns]. */
type Factors = readonly [string, string, string, string]

/** In whole numbers, by the kernel for them: on AVX-512 three times as fast as floats. */
function emitCpu(
  { emit, ints, floats }: OnnxEmitter,
  [x, steps, weights, scales]: Factors,
  rows: number,
): string {
  const bytes = (values: readonly number[], shape: readonly number[]): string =>
    at(emit('Cast', [floats(values, shape)], { to: { int: unsigned } }), 0)
  const [line = ''] = emit('Reshape', [steps, ints([rows])])
  const zeros = bytes(new Array<number>(rows).fill(zeroPoint), [rows])
  const [rounded = ''] = emit('QuantizeLinear', [x, line, zeros], { axis: { int: 0 } })
  const factors = [rounded, weights, floats([1], []), scales, bytes([zeroPoint], [])]
  return at(emit('MatMulIntegerToFloat', factors, {}, { domain: 'com.microsoft' }), 0)
}

/** The same in floats that hold whole numbers. */
function emitEverywhere({ emit }: OnnxEmitter, [x, steps, weights, scales]: Factors): string {
  const [rounded = ''] = emit('Round', emit('Div', [x, steps]))
  const [wide = ''] = emit('Cast', [weights], { to: { int: onnxTypes.f32 } })
  return at(emit('Mul', [...emit('MatMul', [rounded, wide]), scales]), 0)
}

/**
 * x·(weights·scales): [..., K] × i8 [K, N], a scale for each column [N] → [..., N]. Each row of x is rounded to 8 bits when
 * the program runs, to 127 steps either way of its largest number ("W8A8, token-wise"; Zhao et al. 2024, arXiv 2406.02540).
 */
export function int8Product(x: Tensor, weights: Tensor, scales: Tensor): Tensor {
  return apply(int8ProductOperation, [x, weights, scales], null)
}
