import { expect, it } from 'vitest'
import { settings } from './settings.ts'
import { createAir } from './weather.ts'

const size = 48
const grey = (): { size: number; data: Uint8Array } => ({
  size,
  data: new Uint8Array(size * size * 3).fill(90),
})
const box = { centerX: 0.5, centerY: 0.5, width: 4 / 3, height: 1 }

it('rains the same for the same seed and frame, and moves between frames', () => {
  const draw = (seed: number, frame: number): Uint8Array => {
    const picture = grey()
    createAir(seed, 'rain', 'day', settings.meadow, 12).fall(picture, frame, 'near')
    return picture.data
  }
  expect(draw(1, 4)).toEqual(draw(1, 4))
  expect(draw(1, 4)).not.toEqual(draw(1, 5))
  expect(draw(1, 4)).not.toEqual(draw(2, 4))
  expect(draw(1, 4)).not.toEqual(grey().data)
})

it('lays fog by depth: thick at the horizon, thin before us, none under a clear sky', () => {
  const fog = createAir(1, 'fog', 'day', settings.meadow, 12)
  expect(fog.mistAt(0.5, box)).toBeGreaterThan(0.7)
  expect(fog.mistAt(0.98, box)).toBeLessThan(0.4)
  const picture = grey()
  fog.cover(picture, box)
  expect(picture.data[10 * size * 3]).toBeGreaterThan((picture.data[46 * size * 3] ?? 0) + 30)
  const clear = grey()
  createAir(1, 'clear', 'day', settings.meadow, 12).cover(clear, box)
  expect(clear.data).toEqual(grey().data)
})
