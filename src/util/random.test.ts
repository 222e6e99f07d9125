import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { philox4x32 } from './philox.ts'
import { createRandom, normalArray } from './random.ts'

describe('philox4x32', () => {
  // Random123, tests/kat_vectors, the three lines "philox4x32 10": counter, key, result.
  it.each([
    '00000000 00000000 00000000 00000000 00000000 00000000 6627e8d5 e169c58d bc57ac4c 9b00dbd8',
    'ffffffff ffffffff ffffffff ffffffff ffffffff ffffffff 408f276d 41c83b0e a20bc7c6 6d5451fd',
    '243f6a88 85a308d3 13198a2e 03707344 a4093822 299f31d0 d16cfe09 94fdcceb 5001e420 24126ea1',
  ])('gives the known answer %s', (line) => {
    const [c0 = 0, c1 = 0, c2 = 0, c3 = 0, k0 = 0, k1 = 0, ...expected] = line
      .split(' ')
      .map((hex) => Number.parseInt(hex, 16))
    const out = new Uint32Array(4)
    philox4x32(out, c0, c1, c2, c3, k0, k1)
    expect([...out]).toEqual(expected)
  })
})

describe('normalArray', () => {
  it('has the moments of the normal distribution', () => {
    const count = 1_000_000
    const moments = [0, 0, 0, 0]
    for (const x of normalArray(7, 0, count)) {
      for (let power = 1; power <= 4; power++)
        moments[power - 1] = (moments[power - 1] ?? 0) + x ** power / count
    }
    // Expected 0, 1, 0, 3; standard errors of a million draws are 0.001, 0.0014, 0.0039, 0.0098: five of each.
    const [mean = 9, square = 9, cube = 9, fourth = 9] = moments
    expect(Math.abs(mean)).toBeLessThan(0.005)
    expect(Math.abs(square - 1)).toBeLessThan(0.007)
    expect(Math.abs(cube)).toBeLessThan(0.02)
    expect(Math.abs(fourth - 3)).toBeLessThan(0.05)
  })

  it('agrees with Box and Muller written with Math.log, Math.cos and Math.sin', () => {
    const block = new Uint32Array(4)
    const values = normalArray(123n, 5, 4000)
    for (let index = 0; index < 1000; index++) {
      philox4x32(block, index, 0, 5, 0x80000000, 123, 0)
      const radius = Math.sqrt(-2 * Math.log(((block[2] ?? 0) + 0.5) / 2 ** 32))
      const angle = (2 * Math.PI * (block[3] ?? 0)) / 2 ** 32
      expect(Math.abs((values[4 * index + 2] ?? 9) - radius * Math.cos(angle))).toBeLessThan(1e-6)
      expect(Math.abs((values[4 * index + 3] ?? 9) - radius * Math.sin(angle))).toBeLessThan(1e-6)
    }
  })

  it('has stable prefixes', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.maxSafeNat(), fc.nat(40), fc.nat(40), (seed, stream, short, more) => {
        const long = normalArray(seed, stream, short + more)
        expect(normalArray(seed, stream, short)).toEqual(long.slice(0, short))
      }),
    )
  })

  it('has streams and seeds without correlation', () => {
    const count = 200_000
    const base = normalArray(1, 0, count)
    for (const other of [
      normalArray(1, 1, count),
      normalArray(2, 0, count),
      normalArray(1, 2 ** 32, count),
    ]) {
      const correlation = base.reduce((sum, x, index) => sum + x * (other[index] ?? 0), 0) / count
      // Standard error 0.0022.
      expect(Math.abs(correlation)).toBeLessThan(0.012)
    }
  })

  it('tells seeds of 64 bits apart', () => {
    expect(normalArray(1n, 0, 4)).toEqual(normalArray(1, 0, 4))
    expect(normalArray(1n + (1n << 63n), 0, 4)).not.toEqual(normalArray(1, 0, 4))
  })

  it.each([-1, 0.5, Number.NaN, 2 ** 53, -1n, 1n << 64n])('refuses the seed %s', (seed) => {
    expect(() => normalArray(seed, 0, 1)).toThrow(RangeError)
  })

  it('refuses other streams and lengths', () => {
    expect(() => normalArray(0, -1, 1)).toThrow(RangeError)
    expect(() => normalArray(0, 0, -1)).toThrow(RangeError)
    expect(() => normalArray(0, 0, 1.5)).toThrow(RangeError)
  })
})

describe('createRandom', () => {
  it('repeats itself for one seed and stream, and no other', () => {
    const draw = (seed: number, stream: number) => {
      const random = createRandom(seed, stream)
      return Array.from({ length: 8 }, () => random.uniform())
    }
    expect(draw(3, 4)).toEqual(draw(3, 4))
    expect(draw(3, 4)).not.toEqual(draw(3, 5))
    expect(draw(3, 4)).not.toEqual(draw(4, 4))
  })

  it('is uniform', () => {
    const random = createRandom(11)
    const bins = new Array<number>(16).fill(0)
    let outside = 0
    for (let i = 0; i < 160_000; i++) {
      const u = random.uniform()
      if (!(u >= 0 && u < 1)) outside++
      const bin = Math.floor(u * 16)
      bins[bin] = (bins[bin] ?? 0) + 1
    }
    expect(outside).toBe(0)
    const chiSquare = bins.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)
    // 15 degrees of freedom: 44.3 is exceeded once in ten thousand.
    expect(chiSquare).toBeLessThan(44.3)
  })

  it('draws whole numbers in range, without bias at a size near 2^32', () => {
    const random = createRandom(5)
    // The plain remainder of 3·2^30 would put half of all draws below 2^30 instead of a third.
    const size = 3 * 2 ** 30
    let low = 0
    for (let i = 0; i < 30_000; i++) {
      const drawn = random.integer(size)
      if (drawn >= size) expect.unreachable()
      if (drawn < 2 ** 30) low++
    }
    expect(Math.abs(low / 30_000 - 1 / 3)).toBeLessThan(0.015)
    expect(random.integer(1)).toBe(0)
    expect(() => random.integer(0)).toThrow(RangeError)
    expect(() => random.integer(2.5)).toThrow(RangeError)
  })

  it('picks, and refuses an empty list', () => {
    const random = createRandom(6)
    const seen = new Set(Array.from({ length: 100 }, () => random.pick(['a', 'b', 'c'])))
    expect(seen).toEqual(new Set(['a', 'b', 'c']))
    expect(() => random.pick([])).toThrow(RangeError)
  })

  it('draws normal numbers of mean 0 and variance 1', () => {
    const random = createRandom(8)
    const drawn = Array.from({ length: 100_000 }, () => random.normal())
    expect(Math.abs(drawn.reduce((sum, x) => sum + x, 0) / drawn.length)).toBeLessThan(0.016)
    expect(Math.abs(drawn.reduce((sum, x) => sum + x * x, 0) / drawn.length - 1)).toBeLessThan(0.023)
  })
})
