/**
 * Numbers of 16 bits, to and from 32: IEEE 754-2019 binary16 ("F16") and bfloat16 ("BF16", the upper half of a
 * binary32). Rounding is to the nearest, ties to even; infinities, NaN, subnormals and signed zeros are kept.
 */

let halfTable: Uint32Array | null = null

/** F16 bit patterns to 32-bit floats; exact. */
export function halfToFloat32(halves: Uint16Array): Float32Array {
  halfTable ??= Uint32Array.from({ length: 2 ** 16 }, (_, bits) => expandHalf(bits))
  const table = halfTable
  const bits = new Uint32Array(halves.length)
  for (let i = 0; i < bits.length; i++) bits[i] = table[halves[i] ?? 0] ?? 0
  return new Float32Array(bits.buffer)
}

/** 32-bit floats to F16 bit patterns; 65,520 and above become infinite. */
export function float32ToHalf(values: Float32Array): Uint16Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length)
  const halves = new Uint16Array(values.length)
  for (let i = 0; i < halves.length; i++) halves[i] = roundToHalf(bits[i] ?? 0, values[i] ?? 0)
  return halves
}

/** BF16 bit patterns to 32-bit floats; exact. */
export function bfloat16ToFloat32(halves: Uint16Array): Float32Array {
  const bits = new Uint32Array(halves.length)
  for (let i = 0; i < bits.length; i++) bits[i] = (halves[i] ?? 0) << 16
  return new Float32Array(bits.buffer)
}

/** 32-bit floats to BF16 bit patterns. */
export function float32ToBfloat16(values: Float32Array): Uint16Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length)
  const halves = new Uint16Array(values.length)
  for (let i = 0; i < halves.length; i++) {
    const word = bits[i] ?? 0
    const notANumber = (word & 0x7fffffff) > 0x7f800000
    // A NaN gets its quiet bit, or cutting it could leave the pattern of an infinity.
    halves[i] = notANumber ? (word >>> 16) | 0x40 : (word + 0x7fff + ((word >>> 16) & 1)) >>> 16
  }
  return halves
}

function expandHalf(half: number): number {
  const sign = (half & 0x8000) << 16
  const exponent = (half >>> 10) & 0x1f
  const fraction = half & 0x3ff
  if (exponent === 0x1f) return sign | 0x7f800000 | (fraction << 13)
  // From bias 15 to bias 127.
  if (exponent !== 0) return sign | ((exponent + 112) << 23) | (fraction << 13)
  if (fraction === 0) return sign
  // Subnormal: fraction · 2⁻²⁴, which is a normal number in 32 bits.
  const shift = Math.clz32(fraction) - 21
  return sign | ((113 - shift) << 23) | (((fraction << shift) & 0x3ff) << 13)
}

function roundToHalf(bits: number, value: number): number {
  const sign = (bits >>> 16) & 0x8000
  const magnitude = bits & 0x7fffffff
  if (magnitude > 0x7f800000) return sign | 0x7e00 | ((magnitude >>> 13) & 0x3ff)
  // 2¹⁶ and above.
  if (magnitude >= 0x47800000) return sign | 0x7c00
  // 2⁻¹⁴ and above: normal. A carry out of the fraction goes into the exponent, and from 65,520 into infinity.
  if (magnitude >= 0x38800000) {
    return sign | ((magnitude + 0xfff + ((magnitude >>> 13) & 1) - 0x38000000) >>> 13)
  }
  // Adding 2⁵² rounds a double to whole units, ties to even.
  return sign | (Math.abs(value) * 2 ** 24 + 2 ** 52 - 2 ** 52)
}
