import { FramewrightError } from '../util/errors.ts'
import { int8Limit } from './operations/int8-product.ts'

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
    let largest = 0
    for (let i = row * inputs; i < (row + 1) * inputs; i++)
      largest = Math.max(largest, Math.abs(rows[i] ?? 0))
    if (!Number.isFinite(largest)) {
      throw new FramewrightError('E_WEIGHTS', `row ${first + row} holds a number that is not finite`)
    }
    scales[first + row] = largest / int8Limit
    perStep[row] = largest < nothing ? 0 : int8Limit / largest
  }
  // Column by column of the published matrix, so that what is written lies together.
  for (let i = 0; i < inputs; i++) {
    const to = i * outputs + first
    for (let row = 0; row < count; row++) {
      data[to + row] = Math.round((rows[row * inputs + i] ?? 0) * (perStep[row] ?? 0))
    }
  }
}
