import { afterAll, expect, test } from 'vitest'
import { input } from '../graph/index.ts'
import { initialise, Parameters } from '../nn/index.ts'
import { loadWeights, weightFolder } from '../pipeline/weights.ts'
import { mainThreadRuntime } from '../runtime/node.ts'
import { compareFrames, createFrames } from '../video/index.ts'
import { bicubicKernel } from './bicubic.ts'
import { discs, drawScene, largestDifference, noise } from './test-frames.ts'
import { openUpscaler } from './tiles.ts'
import { bicubicNetwork, toyboxUpscaler, upscale, upscalerMargin, upscalerNetwork } from './upscaler.ts'

const runtime = await mainThreadRuntime()
afterAll(() => runtime.close())

const side = 4 + 2 * upscalerMargin(toyboxUpscaler)
const parameters = new Parameters()
upscale(parameters, toyboxUpscaler, input('pictures', [1, 3, side, side]))
/** Of random numbers everywhere: the first ones of a training do nothing yet. */
const untrained = initialise(
  parameters.list.map((declared) => ({ ...declared, initial: { deviation: 0.08 } })),
  3,
)

test('bicubic weights of every place add up to one', () => {
  const kernel = bicubicKernel(4)
  for (let place = 0; place < 16; place++) {
    const sum = kernel.subarray(place * 25, (place + 1) * 25).reduce((a, b) => a + b, 0)
    expect(sum).toBeCloseTo(1, 6)
  }
})

test('bicubic interpolation gives a slope exactly: cubic convolution reproduces straight lines', async () => {
  const [width, height] = [24, 10]
  const data = Uint8Array.from({ length: width * height * 3 }, (_, i) => 8 * (Math.floor(i / 3) % width) + 20)
  const upscaler = openUpscaler(runtime, bicubicNetwork(toyboxUpscaler), { threads: 1 })
  const large = await upscaler.upscale(createFrames({ data, count: 1, width, height, channels: 3, fps: 12 }))
  await upscaler.close()
  expect([large.width, large.height]).toEqual([96, 40])
  // Away from the left and right edge, where the line is bent.
  for (let x = 12; x < 84; x++) {
    const exact = 8 * ((x + 0.5) / 4 - 0.5) + 20
    expect(Math.abs((large.data[(20 * 96 + x) * 3] ?? 0) - exact)).toBeLessThanOrEqual(0.51)
  }
})

test('a picture in tiles is the picture in one, to one level in 255', async () => {
  const network = upscalerNetwork(toyboxUpscaler, untrained)
  const frames = noise(1, { count: 2, width: 37, height: 22, channels: 3, fps: 12 })
  const whole = openUpscaler(runtime, network, { tile: 64, threads: 1 })
  const tiled = openUpscaler(runtime, network, { tile: 13, threads: 1 })
  expect(largestDifference(await whole.upscale(frames), await tiled.upscale(frames))).toBeLessThanOrEqual(1)
  await Promise.all([whole.close(), tiled.close()])
})

test('the network that ships draws edges nearer to the truth than bicubic interpolation', async () => {
  const weights = await loadWeights(weightFolder(), 'upscaler')
  const network = openUpscaler(runtime, upscalerNetwork(toyboxUpscaler, weights), { threads: 1 })
  const bicubic = openUpscaler(runtime, bicubicNetwork(toyboxUpscaler), { threads: 1 })
  const [small, truth] = [drawScene(discs(5), 64), drawScene(discs(5), 256)]
  const [made, before] = [await network.upscale(small), await bicubic.upscale(small)]
  await Promise.all([network.close(), bicubic.close()])
  // Nothing like it was in its training.
  expect(compareFrames(made, truth).psnr).toBeGreaterThan(compareFrames(before, truth).psnr + 0.5)
})

test('only RGB', async () => {
  const upscaler = openUpscaler(runtime, bicubicNetwork(toyboxUpscaler))
  const rgba = noise(1, { count: 1, width: 4, height: 4, channels: 4, fps: 1 })
  await expect(upscaler.upscale(rgba)).rejects.toThrow(/RGB frames, got 4 channels/)
})
