import { expect, test } from 'vitest'
import { solidFrames } from './frames.ts'
import { compareFrames } from './quality.ts'

const shape = { count: 2, width: 16, height: 16, channels: 3, fps: 12 } as const
const grey = (level: number) => solidFrames(shape, [level, level, level])

test('the same frames are alike', () => {
  expect(compareFrames(grey(90), grey(90))).toEqual({
    psnr: Number.POSITIVE_INFINITY,
    ssim: expect.closeTo(1),
  })
})

test('plain frames: PSNR and SSIM in closed form', () => {
  const { psnr, ssim } = compareFrames(grey(90), grey(100))
  expect(psnr).toBeCloseTo(20 * Math.log10(255 / 10), 5)
  // Without variance only the term of the means is left.
  const c1 = (0.01 * 255) ** 2
  expect(ssim).toBeCloseTo((2 * 90 * 100 + c1) / (90 ** 2 + 100 ** 2 + c1), 4)
})

test('a negative is unlike', () => {
  const stripes = solidFrames(shape, [0, 0, 0])
  for (let i = 0; i < stripes.data.length; i++) stripes.data[i] = Math.floor(i / 3) % 2 ? 255 : 0
  const negative = { ...stripes, data: stripes.data.map((value) => 255 - value) }
  expect(compareFrames(negative, stripes).ssim).toBeLessThan(-0.9)
})

test('frames of another size are refused', () => {
  const small = solidFrames({ ...shape, width: 8 }, [0, 0, 0])
  expect(() => compareFrames(small, grey(0))).toThrow(/same width, got 8 and 16/)
})
