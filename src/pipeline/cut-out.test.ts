import { describe, expect, test } from 'vitest'
import { createFrames, type Frames } from '../video/frames.ts'
import { cutOut } from './cut-out.ts'

type Color = readonly [number, number, number]

const side = 40

/** A picture of the colours that a function of the place gives, [side, side]. */
function picture(colorAt: (x: number, y: number) => Color): Frames {
  const colors = Array.from({ length: side * side }, (_, i) => colorAt(i % side, Math.floor(i / side)))
  const data = Uint8Array.from(colors.flat())
  return createFrames({ data, count: 1, width: side, height: side, channels: 3, fps: 1 })
}

const alphaAt = (frames: Frames | null, x: number, y: number): number | undefined =>
  frames?.data[(y * side + x) * 4 + 3]

const white: Color = [250, 250, 248]
const red: Color = [200, 30, 40]
const isIn = (x: number, y: number, radius: number): boolean => Math.hypot(x - 20, y - 20) < radius

describe('a figure on a plain background', () => {
  test('is cut out, and keeps what it encloses', () => {
    const ring = cutOut(picture((x, y) => (isIn(x, y, 12) && !isIn(x, y, 5) ? red : white)))
    expect(alphaAt(ring, 0, 0)).toBe(0)
    expect(alphaAt(ring, 20, 12)).toBe(255)
    expect(alphaAt(ring, 20, 20)).toBe(255)
    expect([...(ring?.data.subarray((12 * side + 20) * 4, (12 * side + 20) * 4 + 3) ?? [])]).toEqual(red)
  })

  test('has soft edges, without the background’s colour in them', () => {
    const half = red.map((n, i) => Math.round(0.2 * n + 0.8 * (white[i] ?? 0))) as unknown as Color
    const soft = cutOut(picture((x, y) => (isIn(x, y, 12) ? red : isIn(x, y, 13.5) ? half : white)))
    const at = 20 * side + 33
    const alpha = alphaAt(soft, 33, 20) ?? 0
    expect(alpha).toBeGreaterThan(0)
    expect(alpha).toBeLessThan(255)
    expect(soft?.data[at * 4 + 1]).toBeLessThan(half[1])
  })

  test('may be cut off by a side', () => {
    const cut = cutOut(picture((x, y) => (x > 10 && x < 30 && y > 15 ? red : white)))
    expect(alphaAt(cut, 20, 39)).toBe(255)
    expect(alphaAt(cut, 2, 39)).toBe(0)
  })

  test('bears a little unevenness of the background', () => {
    const uneven = cutOut(picture((x, y) => (isIn(x, y, 10) ? red : [240 - (x % 5), 240, 236 + (y % 7)])))
    expect(alphaAt(uneven, 1, 1)).toBe(0)
    expect(alphaAt(uneven, 20, 20)).toBe(255)
  })
})

describe('nothing is cut', () => {
  test('where the border has many colours', () => {
    expect(cutOut(picture((x, y) => [(x * 37) % 256, (y * 53) % 256, (x * y) % 256]))).toBeNull()
  })

  test('where all is background', () => {
    expect(cutOut(picture(() => white))).toBeNull()
  })
})
