import { FramewrightError } from '../util/errors.ts'
import { int8Limit } from './operations/int8-product.ts'

/** Numbers in a line of the processor's cache: what is read lies together, and what is written is still at hand. */
const lineNumbers = 16

/** Rows of smaller numbers become zeros: 127 divided by theirs could be infinite. */
const nothing = 1e-30

/** A linear layer's matrix as `int8Product` reads it. */
export interface Int8Matrix {
  readonly inputs: number
  readonly outputs: number
  /** [inputs, outputs]. */
  readonly data: Int8Array
  /** What 1 stands for in each column: [outputs]. */
  readonly scales: Float32Array
}

export function emptyInt8Matrix(inputs: number, outputs: number): Int8Matrix {
  return { inputs, outputs, data: new Int8Array(inputs * outputs), scales: new Float32Array(outputs) }
}

/**
 * Rounds some outputs' rows of a published matrix [outputs, inputs] into columns of `matrix`: each to 127 steps either way
 * of its own largest number, so that no number is off by more than half a step.
 * @param rows whole rows of the published matrix, the first of output `first`
 * @throws FramewrightError E_WEIGHTS when one is not finite
 */
export function roundInto(
  { inputs, outputs, data, scales }: Int8Matrix,
  rows: Float32Array,
  first: number,
): void {
  const count = rows.length / inputs
  const perStep = new Float32Array(count)
  for (let row = 0; row < count; row++) {
    const largest = largestOf(rows.subarray(row * inputs, (row + 1) * inputs))
    if (!Number.isFinite(largest)) {
      throw new FramewrightError('E_WEIGHTS', `row ${first + row} holds a number that is not finite`)
    }
    scales[first + row] = largest / int8Limit
    perStep[row] = largest < nothing ? 0 : int8Limit / largest
  }
  for (let begin = 0; begin < inputs; begin += lineNumbers) {
    const end = Math.min(begin + lineNumbers, inputs)
    for (let row = 0; row < count; row++) {
      const steps = perStep[row] ?? 0
      const from = row * inputs
      const to = first + row
      for (let i = begin; i < end; i++) {
        const value = (rows[from + i] ?? 0) * steps
        // An Int8Array takes whole numbers toward zero; Math.round takes four times as long.
        data[i * outputs + to] = value + (value < 0 ? -0.5 : 0.5)
      }
    }
  }
}

/** The largest size among numbers; NaN or infinite where one of them is. */
function largestOf(values: Float32Array): number {
  let largest = 0
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i] ?? 0))
  return largest
}
