import { expect, test } from 'vitest'
import { createFrames, type Frames } from '../video/frames.ts'
import { featureNames, likeness, pictureFeatures } from './picture-features.ts'

const side = 48

/** A picture whose pixels are a function of their place, in [0, 1]. */
function picture(color: (x: number, y: number) => readonly number[]): Frames {
  const data = Uint8Array.from({ length: side * side * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3)
    const value = color((pixel % side) / side, Math.floor(pixel / side) / side)[i % 3] ?? 0
    return Math.round(255 * value)
  })
  return createFrames({ data, count: 1, height: side, width: side, channels: 3, fps: 1 })
}

const [red, blue, white] = [
  [0.9, 0.1, 0.1],
  [0.1, 0.1, 0.9],
  [1, 1, 1],
] as const
const isInCircle = (x: number, y: number): boolean => Math.hypot(x - 0.4, y - 0.35) < 0.25
const isInCorner = (x: number, y: number): boolean => Math.hypot(1 - x - 0.4, 1 - y - 0.35) < 0.25

const circle = pictureFeatures(picture((x, y) => (isInCircle(x, y) ? red : white)))
const compare = (color: (x: number, y: number) => readonly number[]) =>
  likeness(circle, pictureFeatures(picture(color)))

test('a picture is like itself', () => {
  const same = likeness(circle, circle)
  for (const name of featureNames) expect(same[name], name).toBeCloseTo(1, 5)
})

test('colours know what is there and not where, layout both, edges the shape only', () => {
  const moved = compare((x, y) => (isInCorner(x, y) ? red : white))
  const other = compare((x, y) => (isInCircle(x, y) ? blue : white))
  expect(moved.colors).toBeGreaterThan(0.98)
  expect(other.colors).toBeLessThan(0.85)
  expect(moved.layout).toBeLessThan(0.3)
  expect(moved.edges).toBeLessThan(0.3)
  expect(other.edges).toBeGreaterThan(0.95)
  // The same edge the other way about, as before a dark background.
  const dark = compare((x, y) => (isInCircle(x, y) ? white : red))
  expect(dark.edges).toBeGreaterThan(0.95)
  expect(dark.layout).toBeLessThan(-0.95)
})

test('a small change of colour changes little', () => {
  const steps = [0.02, 0.04, 0.06].map(
    (more) => compare((x, y) => (isInCircle(x, y) ? [0.9 - more, 0.1, 0.1 + more] : white)).colors,
  )
  expect(Math.min(...steps)).toBeGreaterThan(0.95)
})

test('pictures that are not square are refused', () => {
  const wide = createFrames({
    data: new Uint8Array(24 * 48 * 3),
    count: 1,
    height: 24,
    width: 48,
    channels: 3,
    fps: 1,
  })
  expect(() => pictureFeatures(wide)).toThrow(/one square RGB picture .* got 1 of 48×24×3/)
})
