import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bfloat16ToFloat32, float32ToBfloat16, float32ToHalf, halfToFloat32 } from './half.ts'

const allHalves = Uint16Array.from({ length: 2 ** 16 }, (_, bits) => bits)

/** IEEE 754 §3.4 read literally. */
function decode(bits: number, exponentBits: number, fractionBits: number): number {
  const sign = bits >>> (exponentBits + fractionBits) ? -1 : 1
  const exponent = (bits >>> fractionBits) & (2 ** exponentBits - 1)
  const fraction = (bits & (2 ** fractionBits - 1)) / 2 ** fractionBits
  const bias = 2 ** (exponentBits - 1) - 1
  if (exponent === 2 ** exponentBits - 1) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY
  return exponent ? sign * 2 ** (exponent - bias) * (1 + fraction) : sign * 2 ** (1 - bias) * fraction
}

const formats = [
  { name: 'F16', widen: halfToFloat32, narrow: float32ToHalf, exponentBits: 5, fractionBits: 10 },
  { name: 'BF16', widen: bfloat16ToFloat32, narrow: float32ToBfloat16, exponentBits: 8, fractionBits: 7 },
]

describe.each(formats)('$name', ({ widen, narrow, exponentBits, fractionBits }) => {
  const values = widen(allHalves)
  const infinityBits = (2 ** exponentBits - 1) * 2 ** fractionBits

  it('means what the standard says, for every bit pattern', () => {
    const expected = Float32Array.from(allHalves, (bits) => decode(bits, exponentBits, fractionBits))
    expect(values.every((value, bits) => Object.is(value, expected[bits]))).toBe(true)
  })

  it('comes back from 32 bits unchanged, for every bit pattern but that of a signalling NaN', () => {
    const back = narrow(values)
    const quiet = 2 ** (fractionBits - 1)
    const wrong = allHalves.filter((bits) => {
      const notANumber = (bits & 0x7fff) > infinityBits
      return back[bits] !== (notANumber ? bits | quiet : bits)
    })
    expect([...wrong]).toEqual([])
  })

  it('rounds to the nearest, ties to even', () => {
    // The candidate bits are the patterns of the positive finite numbers, in ascending order.
    const nearest = (x: number): number => {
      let best = 0
      let low = 0
      let high = infinityBits
      while (high - low > 1) {
        const middle = (low + high) >> 1
        if (decode(middle, exponentBits, fractionBits) <= x) low = middle
        else high = middle
      }
      // The number after the largest, were the exponent not taken: where rounding to infinity begins.
      const top = 2 ** (2 ** (exponentBits - 1))
      const below = decode(low, exponentBits, fractionBits)
      const above = high === infinityBits ? top : decode(high, exponentBits, fractionBits)
      if (x - below === above - x) best = low % 2 === 0 ? low : high
      else best = x - below < above - x ? low : high
      return best
    }
    const float = fc.float({ noNaN: true, noDefaultInfinity: true, min: 0 })
    const inRange = fc.double({ min: 0, max: 70_000, noNaN: true }).map(Math.fround)
    const tiny = fc.integer({ min: 0, max: 2 ** 14 }).map((n) => n * 2 ** -26)
    // Exactly between two neighbours.
    const tie = fc
      .integer({ min: 0, max: infinityBits - 2 })
      .map(
        (bits) =>
          (decode(bits, exponentBits, fractionBits) + decode(bits + 1, exponentBits, fractionBits)) / 2,
      )
      .filter((x) => Math.fround(x) === x)
    fc.assert(
      fc.property(fc.oneof(float, inRange, tiny, tie), (x) => {
        expect(narrow(Float32Array.of(x, -x))).toEqual(Uint16Array.of(nearest(x), nearest(x) | 0x8000))
      }),
      { numRuns: 2000 },
    )
  })

  it('never turns a NaN into an infinity', () => {
    const patterns = Uint32Array.of(0x7f800001, 0xff800001, 0x7fc00000, 0x7fffffff)
    for (const bits of narrow(new Float32Array(patterns.buffer)))
      expect(decode(bits, exponentBits, fractionBits)).toBeNaN()
  })
})
