import { afterAll, describe, expect, test } from 'vitest'
import { compile, floatsOf, gradient, hostTensor, input, sum } from '../graph/index.ts'
import { initialise, Parameters } from '../nn/index.ts'
import { loadWeights, weightFolder } from '../pipeline/weights.ts'
import { mainThreadRuntime } from '../runtime/node.ts'
import { compareFrames, type Frames, joinFrames, retimeFrames, sliceFrames } from '../video/index.ts'
import { openInterpolator } from './interpolate-frames.ts'
import { interpolate, interpolatorMargin, toyboxInterpolator } from './interpolator.ts'
import { discs, drawScene, largestDifference, noise } from './test-frames.ts'
import { warp } from './warp.ts'

const runtime = await mainThreadRuntime()
afterAll(() => runtime.close())

describe('warp', () => {
  const [tall, wide, offset] = [7, 9, 2]
  const [height, width] = [tall - 2 * offset, wide - 2 * offset]
  const pictures = input('pictures', [1, 1, tall, wide])
  const motion = input('motion', [1, 2, height, width])
  const warped = warp(pictures, motion, offset)
  const slope = Float32Array.from(
    { length: tall * wide },
    (_, i) => 3 * (i % wide) + 5 * Math.floor(i / wide),
  )
  const run = async (dx: number, dy: number) => {
    const [first] = gradient(sum(warped), [motion])
    if (!first) throw new Error('there is a gradient')
    const session = await runtime.open(compile({ warped, slopes: first }), { threads: 1 })
    const cells = height * width
    const outputs = await session.run({
      pictures: hostTensor(slope, pictures.shape),
      motion: hostTensor(
        Float32Array.from({ length: 2 * cells }, (_, i) => (i < cells ? dx : dy)),
        motion.shape,
      ),
    })
    await session.close()
    return { warped: floatsOf(outputs, 'warped'), slopes: floatsOf(outputs, 'slopes') }
  }

  test('samples a slope exactly, between pixels too, and its gradient is the slope', async () => {
    for (const [dx, dy] of [
      [0, 0],
      [1, -1],
      [0.25, 1.5],
      [-1.75, 0.5],
    ] as const) {
      const { warped: values, slopes } = await run(dx, dy)
      for (const [i, value] of values.entries()) {
        const [x, y] = [(i % width) + offset + dx, Math.floor(i / width) + offset + dy]
        expect(value).toBeCloseTo(3 * x + 5 * y, 4)
      }
      const cells = height * width
      for (const [i, value] of slopes.entries()) expect(value).toBeCloseTo(i < cells ? 3 : 5, 4)
    }
  })

  test('outside it takes the edge', async () => {
    const { warped: values } = await run(100, 0)
    for (const [i, value] of values.entries()) {
      expect(value).toBeCloseTo(3 * (wide - 1) + 5 * (Math.floor(i / width) + offset), 1)
    }
  })
})

const side = 8 + 2 * interpolatorMargin(toyboxInterpolator)
const parameters = new Parameters()
const [before, after] = ['before', 'after'].map((name) => input(name, [1, 3, side, side]))
if (before && after) interpolate(parameters, toyboxInterpolator, before, after)
/** Of random numbers everywhere: the first ones of a training do nothing yet. */
const untrained = initialise(
  parameters.list.map((declared) => ({ ...declared, initial: { deviation: 0.08 } })),
  3,
)

test('a frame in tiles is the frame in one, to one level in 255', async () => {
  const frames = noise(1, { count: 2, width: 37, height: 22, channels: 3, fps: 12 })
  const whole = openInterpolator(runtime, toyboxInterpolator, untrained, { tile: 64, threads: 1 })
  const tiled = openInterpolator(runtime, toyboxInterpolator, untrained, { tile: 13, threads: 1 })
  expect(largestDifference(await whole.between(frames), await tiled.between(frames))).toBeLessThanOrEqual(1)
  await Promise.all([whole.close(), tiled.close()])
})

test('of n frames n − 1, of one none', async () => {
  const frames = noise(1, { count: 3, width: 8, height: 8, channels: 3, fps: 12 })
  const interpolator = openInterpolator(runtime, toyboxInterpolator, untrained, { threads: 1 })
  expect((await interpolator.between(frames)).count).toBe(2)
  expect((await interpolator.between(sliceFrames(frames, 0, 1))).count).toBe(0)
  await interpolator.close()
})

describe('the network that ships', () => {
  /** Things that move 5 pixels of 96 to the right between two frames. */
  const [first, middle, last] = [0, 1, 2].map((i) => drawScene(discs(8, (i * 2.5) / 96), 96)) as [
    Frames,
    Frames,
    Frames,
  ]
  const open = async () =>
    openInterpolator(runtime, toyboxInterpolator, await loadWeights(weightFolder(), 'interpolator'), {
      threads: 1,
    })

  test('draws what moves nearer to the truth than the mean of both frames', async () => {
    const interpolator = await open()
    const pair = joinFrames([first, last])
    const made = await interpolator.between(pair)
    await interpolator.close()
    const mean = sliceFrames(retimeFrames(pair, 24, { between: 'blend' }), 1, 2)
    expect(compareFrames({ ...made, fps: 12 }, middle).psnr).toBeGreaterThan(
      compareFrames(mean, middle).psnr + 1,
    )
  })

  test('leaves alone what does not move', async () => {
    const interpolator = await open()
    const made = await interpolator.between(joinFrames([first, first]))
    await interpolator.close()
    expect(compareFrames(made, first).psnr).toBeGreaterThan(36)
  })
})
