import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { emptyInt8Matrix, roundInto } from './int8.ts'

const finite = fc.float({
  noNaN: true,
  noDefaultInfinity: true,
  min: Math.fround(-1e30),
  max: Math.fround(1e30),
})

describe('a matrix in 8 bits', () => {
  test('is off by half a step at most, has no −128, and does not depend on how its rows come', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        fc.infiniteStream(finite),
        (inputs, outputs, together, numbers) => {
          const rows = Float32Array.from({ length: inputs * outputs }, () => numbers.next().value ?? 0)
          const whole = emptyInt8Matrix(inputs, outputs)
          roundInto(whole, rows, 0)
          for (let n = 0; n < outputs; n++) {
            const scale = whole.scales[n] ?? 0
            for (let k = 0; k < inputs; k++) {
              const [held, value] = [whole.data[k * outputs + n] ?? 0, rows[n * inputs + k] ?? 0]
              expect(Math.abs(held)).toBeLessThanOrEqual(127)
              // And the rounding of 32-bit numbers: 127 · 2⁻²³ of a step.
              expect(Math.abs(held * scale - value)).toBeLessThanOrEqual(0.50002 * scale + 1e-30)
            }
          }
          const parts = emptyInt8Matrix(inputs, outputs)
          for (let n = 0; n < outputs; n += together) {
            roundInto(parts, rows.subarray(n * inputs, Math.min(outputs, n + together) * inputs), n)
          }
          expect(parts).toEqual(whole)
        },
      ),
    )
  })

  test('of zeros is zeros, and numbers that are not finite are refused', () => {
    const matrix = emptyInt8Matrix(2, 2)
    roundInto(matrix, Float32Array.of(0, 0, 1, -2), 0)
    expect([...matrix.data]).toEqual([0, 64, 0, -127])
    expect([...matrix.scales]).toEqual([0, Math.fround(2 / 127)])
    for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => roundInto(matrix, Float32Array.of(1, wrong), 1)).toThrow(
        /row 1 holds a number that is not/,
      )
    }
  })
})
