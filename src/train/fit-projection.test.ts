import { expect, test } from 'vitest'
import { type LatentProjection, projectLatents } from '../models/latent-projection.ts'
import { normalArray } from '../util/random.ts'
import { compareFrames, createFrames, joinFrames } from '../video/index.ts'
import { fitProjection } from './fit-projection.ts'

const [channels, side, rows, columns] = [5, 2, 6, 9]

/** A projection whose pixels stay between black and white. */
function someProjection(seed: number): LatentProjection {
  const outputs = 3 * side * side
  return {
    channels,
    side,
    matrix: normalArray(seed, 0, outputs * channels).map((value) => 0.03 * value),
    bias: normalArray(seed, 1, outputs).map((value) => 0.5 + 0.03 * value),
  }
}

const latentsOf = (seed: number) => normalArray(seed, 2, channels * rows * columns)
const layout = { order: 'frames-first', frames: 1, rows, columns } as const

test('a projection that made frames is found again from frames and latents', () => {
  const truth = someProjection(1)
  const fit = fitProjection(channels, side)
  for (let i = 0; i < 40; i++) {
    const shown = projectLatents(truth, { data: latentsOf(i), ...layout }, 1)
    // The mean of a cell's blocks and of its frames is what counts: each pixel here becomes 3×3 of two frames.
    fit.add(latentsOf(i), joinFrames([enlarged(shown, 3), enlarged(shown, 3)]))
  }
  const found = fit.solve()
  // Frames have whole numbers of 255: a pixel is off by a 255th of a half, evenly, which 2160 cells average away.
  for (const [i, value] of truth.matrix.entries()) expect(found.matrix[i]).toBeCloseTo(value, 3)
  for (const [i, value] of truth.bias.entries()) expect(found.bias[i]).toBeCloseTo(value, 3)
  const held = { data: latentsOf(99), ...layout }
  expect(compareFrames(projectLatents(found, held, 1), projectLatents(truth, held, 1)).psnr).toBeGreaterThan(
    50,
  )
})

test('channels that say the same are shared, and nothing overflows', () => {
  const fit = fitProjection(2, 1)
  for (let i = 0; i < 20; i++) {
    const same = normalArray(i, 0, 4)
    const data = Uint8Array.from({ length: 12 }, (_, p) => 128 + 20 * (same[Math.floor(p / 3)] ?? 0))
    fit.add(
      Float32Array.from([...same, ...same]),
      createFrames({ data, count: 1, height: 2, width: 2, channels: 3, fps: 1 }),
    )
  }
  const { matrix } = fit.solve()
  for (const weight of matrix) expect(weight).toBeCloseTo(20 / 255 / 2, 2)
})

test('the two orders of latents are the same pictures', () => {
  const projection = someProjection(2)
  const frames = 3
  const data = normalArray(4, 0, frames * channels * rows * columns)
  const area = rows * columns
  const turned = data.map((_, i) => {
    const [f, c] = [Math.floor(i / (channels * area)), Math.floor(i / area) % channels]
    return data[(c * frames + f) * area + (i % area)] ?? 0
  })
  const sizes = { frames, rows, columns }
  expect(projectLatents(projection, { data: turned, order: 'frames-first', ...sizes }, 1)).toEqual(
    projectLatents(projection, { data, order: 'channels-first', ...sizes }, 1),
  )
})

/** Every pixel `times` wide and high. */
function enlarged(frame: ReturnType<typeof projectLatents>, times: number) {
  const { width, height, data } = frame
  const [wide, high] = [width * times, height * times]
  const pixels = Uint8Array.from({ length: wide * high * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3)
    const [y, x] = [Math.floor(pixel / wide / times), Math.floor((pixel % wide) / times)]
    return data[(y * width + x) * 3 + (i % 3)] ?? 0
  })
  return createFrames({ ...frame, data: pixels, width: wide, height: high })
}
