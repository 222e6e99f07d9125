import { expect, it } from 'vitest'
import { besideReal, type Quality, qualityFigures } from './quality-figures.ts'

const quality = (isDynamic: boolean, steadiness: number): Quality => ({
  isDynamic,
  steadiness,
  smoothness: 0.9,
  subject: null,
  background: null,
})

it('measures flickering where the real render is still, whatever the video does', () => {
  const real = [quality(false, 0.999), quality(true, 0.9)]
  const videos = [quality(true, 0.95), quality(false, 0.5)]
  const mixed = [{ quality: quality(true, 0.4), real: quality(false, 1) }]
  const figures = qualityFigures({ generated: besideReal(videos, real), real: besideReal(real, real), mixed })
  const flickering = figures.find(({ name }) => name === 'temporal flickering')
  expect(flickering).toMatchObject({ generated: { value: 0.95, n: 1 }, ceiling: { value: 0.999, n: 1 } })
  expect(flickering?.floor).toEqual({ value: 0.4, n: 1 })
  const dynamic = figures.find(({ name }) => name === 'dynamic degree')
  expect(dynamic?.generated).toEqual({ value: 0.5, n: 2 })
  // Without a classifier nobody says where the subjects are.
  expect(figures.map(({ name }) => name)).not.toContain('subject consistency')
})

it('leaves flickering out where every real render moves', () => {
  const real = [quality(true, 0.9)]
  const figures = qualityFigures({
    generated: besideReal(real, real),
    real: besideReal(real, real),
    mixed: [],
  })
  expect(figures.map(({ name }) => name)).toEqual(['motion smoothness', 'dynamic degree'])
})
