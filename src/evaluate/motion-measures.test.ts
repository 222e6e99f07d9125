import { expect, test } from 'vitest'
import { createRandom } from '../util/random.ts'
import { createFrames, type Frames } from '../video/frames.ts'
import { luminances } from './luminance.ts'
import { between, flow, measureMotion } from './motion-measures.ts'

const side = 64

/** Grey noise, the same every time, seen through a window that has moved by (x, y). */
function texture(random: ReturnType<typeof createRandom>): (x: number, y: number) => number {
  const wide = 2 * side
  const noise = Uint8Array.from({ length: wide * wide }, () => random.integer(256))
  return (x, y) => noise[((y + wide) % wide) * wide + ((x + wide) % wide)] ?? 0
}

function clip(count: number, pixel: (f: number, x: number, y: number) => number): Frames {
  const data = new Uint8Array(count * side * side * 3)
  for (let f = 0; f < count; f++)
    for (let y = 0; y < side; y++)
      for (let x = 0; x < side; x++)
        data.fill(pixel(f, x, y), ((f * side + y) * side + x) * 3, ((f * side + y) * side + x) * 3 + 3)
  return createFrames({ data, count, width: side, height: side, channels: 3, fps: 12 })
}

const grain = texture(createRandom(3))

test('a still clip has no flicker, no motion, and is wholly smooth', () => {
  expect(measureMotion(clip(9, (_, x, y) => grain(x, y)))).toEqual({
    isDynamic: false,
    steadiness: 1,
    smoothness: 1,
  })
})

test('a clip whose light goes up and down by 51 levels flickers by a fifth, and does not move', () => {
  const measures = measureMotion(clip(9, (f) => (f % 2 === 0 ? 100 : 151)))
  expect(measures.steadiness).toBeCloseTo(0.8, 6)
  expect(measures.smoothness).toBeCloseTo(0.8, 6)
  expect(measures.isDynamic).toBe(false)
})

test('a picture that glides moves, and is smooth as a jerking one is not', () => {
  // Two pixels a frame: four a look, and the bar is 6/256 of 64, one and a half.
  const glides = measureMotion(clip(13, (f, x, y) => grain(x - 2 * f, y)))
  expect(glides.isDynamic).toBe(true)
  // Blocks at the borders have no other side to look at.
  expect(glides.smoothness).toBeGreaterThan(0.9)
  const jerks = measureMotion(clip(13, (f, x, y) => grain(x - 2 * f - (f % 2 === 0 ? 0 : 5), y)))
  expect(jerks.smoothness).toBeLessThan(glides.smoothness - 0.1)
})

test('flow is where blocks came from', () => {
  const [before, after] = luminances(clip(2, (f, x, y) => grain(x - 3 * f, y + 2 * f)))
  if (!before || !after) throw new Error('there are two frames')
  const vectors = flow(before, after)
  // Inner blocks: those at the border may come from outside.
  const inner = vectors.filter((_, i) => i % 8 > 0 && i % 8 < 7 && i > 7 && i < 56)
  expect(new Set(inner.map(String))).toEqual(new Set(['3,-2']))
})

test('the picture between two is where it is half way', () => {
  const [first, middle, last] = luminances(clip(3, (f, x, y) => grain(x - 2 * f, y)))
  if (!first || !middle || !last) throw new Error('there are three frames')
  const made = between(first, last)
  for (let y = 16; y < 48; y++)
    for (let x = 16; x < 48; x++)
      expect(made.data[y * side + x]).toBeCloseTo(middle.data[y * side + x] ?? 0, 3)
})
