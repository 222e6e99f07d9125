import { describe, expect, it } from 'vitest'
import { createRandom } from '../util/random.ts'
import { spoilPicture } from './spoil-picture.ts'

const side = 16
const area = side * side

/** A red square on transparency. */
function square(): Float32Array {
  const inside = (i: number): boolean => {
    const [y, x] = [Math.floor(i / side), i % side]
    return y >= 5 && y < 11 && x >= 5 && x < 11
  }
  return Float32Array.from({ length: 4 * area }, (_, i) => {
    const c = Math.floor(i / area)
    return inside(i % area) && (c === 0 || c === 3) ? 1 : 0
  })
}

describe('spoilPicture', () => {
  it('stays a premultiplied picture that shows the same thing', () => {
    for (let seed = 0; seed < 20; seed++) {
      const spoiled = spoilPicture(square(), side, createRandom(seed))
      for (let i = 0; i < 4 * area; i++) {
        const alpha = spoiled[3 * area + (i % area)] ?? 0
        expect(spoiled[i]).toBeGreaterThanOrEqual(0)
        expect(spoiled[i]).toBeLessThanOrEqual(alpha)
        expect(alpha).toBeLessThanOrEqual(1)
      }
      expect(spoiled[3 * area]).toBe(0)
      expect(spoiled[8 * side + 8]).toBeGreaterThan(0.5)
    }
  })

  it('is another one for every seed, and equal for the same', () => {
    const spoiled = (seed: number) => spoilPicture(square(), side, createRandom(seed))
    expect(spoiled(1)).toEqual(spoiled(1))
    expect(spoiled(1)).not.toEqual(spoiled(2))
  })
})
