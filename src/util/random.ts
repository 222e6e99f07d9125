import { philox4x32 } from './philox.ts'

/** A seeded source of random numbers. It holds a position; two of the same seed and stream agree for ever. */
export interface Random {
  /** A number in [0, 1), from 53 random bits. */
  uniform(): number
  /** A number of the normal distribution of mean 0 and variance 1. */
  normal(): number
  /**
   * A whole number in [0, maxExclusive), every one equally likely.
   * @throws RangeError unless `maxExclusive` is a whole number in 1…2³²
   */
  integer(maxExclusive: number): number
  /**
   * One of `xs`, every one equally likely.
   * @throws RangeError if `xs` is empty
   */
  pick<T>(xs: readonly T[]): T
}

// The counter's top bit keeps the draws of `createRandom` apart from those of `normalArray`.
const sequenceDomain = 0
const arrayDomain = 0x80000000

/**
 * Opens a stream of random numbers.
 * @param seed a whole number in 0…2⁶⁴−1 (as a `number`: to 2⁵³−1)
 * @param stream a whole number in 0…2⁵³−1; streams of one seed are independent of each other. @default 0
 * @throws RangeError if the seed or the stream is out of range
 */
export function createRandom(seed: number | bigint, stream = 0): Random {
  const [key0, key1] = seedWords(seed)
  const [stream0, stream1] = streamWords(stream)
  const block = new Uint32Array(4)
  let blockIndex = 0
  let used = 4
  let spare: number | null = null

  const word = (): number => {
    if (used === 4) {
      const high = (stream1 | sequenceDomain) >>> 0
      // The block's index has 32 bits: a stream repeats after 2³⁴ words.
      philox4x32(block, blockIndex, 0, stream0, high, key0, key1)
      blockIndex++
      used = 0
    }
    return block[used++] ?? 0
  }

  const integer = (maxExclusive: number): number => {
    if (!Number.isInteger(maxExclusive) || maxExclusive < 1 || maxExclusive > 2 ** 32) {
      throw new RangeError(`maxExclusive must be a whole number in 1…2^32, got ${maxExclusive}`)
    }
    // Words past the last full multiple are drawn again: the plain remainder would favour small numbers.
    const limit = 2 ** 32 - (2 ** 32 % maxExclusive)
    let drawn = word()
    while (drawn >= limit) drawn = word()
    return drawn % maxExclusive
  }

  return {
    uniform() {
      const high = word() >>> 5
      const low = word() >>> 6
      return (high * 2 ** 26 + low) * 2 ** -53
    },
    normal() {
      if (spare !== null) {
        const kept = spare
        spare = null
        return kept
      }
      const pair = new Float64Array(2)
      boxMuller(pair, word(), word())
      spare = pair[1] ?? 0
      return pair[0] ?? 0
    },
    integer,
    pick<T>(xs: readonly T[]): T {
      if (xs.length === 0) throw new RangeError('pick needs at least one thing to choose from, got none')
      return xs[integer(xs.length)] as T
    },
  }
}

/**
 * `length` numbers of the normal distribution of mean 0 and variance 1.
 * Element i depends on (seed, stream, i) only: a shorter array is a prefix of a longer one, and giving every item
 * of a batch its own stream makes its noise independent of the batch. The bytes are the same on every machine.
 * @param seed a whole number in 0…2⁶⁴−1 (as a `number`: to 2⁵³−1)
 * @param stream a whole number in 0…2⁵³−1
 * @throws RangeError if the seed, the stream or the length is out of range
 */
export function normalArray(seed: number | bigint, stream: number, length: number): Float32Array {
  if (!Number.isInteger(length) || length < 0 || length > 2 ** 34) {
    throw new RangeError(`length must be a whole number in 0…2^34, got ${length}`)
  }
  const [key0, key1] = seedWords(seed)
  const [stream0, stream1] = streamWords(stream)
  const high = (stream1 | arrayDomain) >>> 0
  const values = new Float32Array(length)
  const block = new Uint32Array(4)
  const pair = new Float64Array(2)
  // One block of four words makes four numbers; writes past the end of a typed array are ignored.
  for (let start = 0; start < length; start += 4) {
    philox4x32(block, start / 4, 0, stream0, high, key0, key1)
    boxMuller(pair, block[0] ?? 0, block[1] ?? 0)
    values[start] = pair[0] ?? 0
    values[start + 1] = pair[1] ?? 0
    boxMuller(pair, block[2] ?? 0, block[3] ?? 0)
    values[start + 2] = pair[0] ?? 0
    values[start + 3] = pair[1] ?? 0
  }
  return values
}

/**
 * Two independent normal numbers from two random words.
 * G. E. P. Box, M. E. Muller, "A Note on the Generation of Random Normal Deviates", 1958.
 * The radius comes from (word + ½) / 2³², which is never 0: |result| ≤ √(66 ln 2) ≈ 6.76.
 */
function boxMuller(out: Float64Array, radiusWord: number, angleWord: number): void {
  const radius = Math.sqrt(-2 * naturalLog(radiusWord + 0.5, 32))
  sineCosine(out, angleWord)
  out[0] = radius * (out[0] ?? 0)
  out[1] = radius * (out[1] ?? 0)
}

// ECMAScript leaves the last bits of Math.log, Math.sin and Math.cos to the engine. The two functions below use
// sums, products, quotients and comparisons only, which IEEE 754 fixes to the bit; their error is about 1e-16.

/** ln(x / 2^shift) for x in (0, 2³²). */
function naturalLog(x: number, shift: number): number {
  let exponent = x < 1 ? -1 : 31 - Math.clz32(x)
  let mantissa = x * 2 ** -exponent
  if (mantissa > Math.SQRT2) {
    mantissa /= 2
    exponent++
  }
  // ln m = 2 artanh((m − 1) / (m + 1)); |s| ≤ 0.172, so the first term left out is below 3e-18.
  const s = (mantissa - 1) / (mantissa + 1)
  const z = s * s
  let sum = 1 / 21
  for (let n = 19; n >= 1; n -= 2) sum = 1 / n + z * sum
  return (exponent - shift) * Math.LN2 + 2 * s * sum
}

/** cos and sin of a turn's fraction (word / 2³²): out[0] and out[1]. */
function sineCosine(out: Float64Array, word: number): void {
  // Nearest quarter of a turn, and the rest in [−π/4, π/4].
  const quarter = ((word + 0x20000000) >>> 30) & 3
  const rest = (word << 2) >> 2
  const x = rest * (Math.PI / 2 ** 31)
  const z = x * x
  const sine =
    x *
    (1 +
      z *
        (-1 / 6 +
          z *
            (1 / 120 +
              z *
                (-1 / 5040 +
                  z * (1 / 362880 + z * (-1 / 39916800 + z * (1 / 6227020800 - z / 1307674368000)))))))
  const cosine =
    1 +
    z *
      (-1 / 2 +
        z *
          (1 / 24 +
            z *
              (-1 / 720 +
                z *
                  (1 / 40320 +
                    z * (-1 / 3628800 + z * (1 / 479001600 + z * (-1 / 87178291200 + z / 20922789888000)))))))
  out[0] = quarter === 0 ? cosine : quarter === 1 ? -sine : quarter === 2 ? -cosine : sine
  out[1] = quarter === 0 ? sine : quarter === 1 ? cosine : quarter === 2 ? -sine : -cosine
}

function seedWords(seed: number | bigint): [number, number] {
  if (typeof seed === 'number' && !Number.isSafeInteger(seed)) throw badSeed(seed)
  const wide = BigInt(seed)
  if (wide < 0n || wide >= 1n << 64n) throw badSeed(seed)
  return [Number(wide & 0xffffffffn), Number(wide >> 32n)]
}

function badSeed(seed: number | bigint): RangeError {
  return new RangeError(`seed must be a whole number in 0…2^53−1 (a bigint to 2^64−1), got ${seed}`)
}

function streamWords(stream: number): [number, number] {
  if (!Number.isSafeInteger(stream) || stream < 0) {
    throw new RangeError(`stream must be a whole number in 0…2^53−1, got ${stream}`)
  }
  return [stream % 2 ** 32, Math.floor(stream / 2 ** 32)]
}
