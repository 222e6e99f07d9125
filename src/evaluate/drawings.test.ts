import { expect, test } from 'vitest'
import { drawFigure } from './drawings.ts'

const figures = await Promise.all(Array.from({ length: 12 }, (_, i) => drawFigure(i + 1)))
/** Which pixels are the figure's. */
const silhouettes = figures.map(({ data }) =>
  Array.from({ length: data.length / 4 }, (_, i) => (data[i * 4 + 3] ?? 0) > 127),
)

test('a seed gives the same figure, which fills its square and can be seen around', async () => {
  expect(await drawFigure(3)).toEqual(figures[2])
  for (const [i, { width, height, data }] of figures.entries()) {
    expect([width, height, data.length]).toEqual([256, 256, 4 * 256 ** 2])
    const alpha = (x: number, y: number): number => data[(y * 256 + x) * 4 + 3] ?? 0
    const line = Array.from({ length: 256 }, (_, k) => k)
    const touches = (at: (k: number) => number): boolean => line.some((k) => at(k) > 0)
    const upright = touches((k) => alpha(k, 0)) && touches((k) => alpha(k, 255))
    const lying = touches((k) => alpha(0, k)) && touches((k) => alpha(255, k))
    expect(upright || lying, `figure ${i + 1}`).toBe(true)
    const share = (silhouettes[i]?.filter(Boolean).length ?? 0) / 256 ** 2
    expect(share, `figure ${i + 1}`).toBeGreaterThan(0.1)
    expect(share, `figure ${i + 1}`).toBeLessThan(0.9)
  }
})

test('no two figures have one silhouette', () => {
  for (const [i, a] of silhouettes.entries()) {
    for (const [j, b] of silhouettes.entries()) {
      if (j <= i) continue
      const both = a.filter((is, pixel) => is && b[pixel]).length
      const either = a.filter((is, pixel) => is || b[pixel]).length
      expect(both / either, `figures ${i + 1} and ${j + 1}`).toBeLessThan(0.9)
    }
  }
})
