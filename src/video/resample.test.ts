import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Frames } from './frames.ts'
import { resizeFrames, retimeFrames } from './resample.ts'
import { gradient, psnr } from './test-pictures.ts'

/** One grey pixel a frame, its level the frame's number. */
function counting(count: number, fps: number): Frames {
  const data = Uint8Array.from({ length: count * 3 }, (_, at) => Math.floor(at / 3))
  return { data, count, height: 1, width: 1, channels: 3, fps }
}

function levels(frames: Frames): number[] {
  return Array.from({ length: frames.count }, (_, index) => frames.data[index * 3] ?? -1)
}

test('a larger smooth picture is the same function on a finer grid', async () => {
  const small = gradient({ count: 1, height: 48, width: 64, fps: 12 })
  const back = await resizeFrames(await resizeFrames(small, { width: 128, height: 96 }), {
    width: 64,
    height: 48,
  })
  expect(psnr(back.data, small.data)).toBeGreaterThan(45)
})

test('a frame never bleeds into the next', async () => {
  const data = new Uint8Array(2 * 16 * 16 * 4).fill(255, 16 * 16 * 4)
  const frames: Frames = { data, count: 2, height: 16, width: 16, channels: 4, fps: 12 }
  const large = await resizeFrames(frames, { width: 40, height: 24 })
  const size = 40 * 24 * 4
  expect(large.data.subarray(0, size).every((value) => value === 0)).toBe(true)
  expect(large.data.subarray(size).every((value) => value === 255)).toBe(true)
})

test('a side that is no whole number is refused', async () => {
  const frames = gradient({ count: 1, height: 4, width: 4, fps: 12 })
  await expect(resizeFrames(frames, { width: 2.5, height: 4 })).rejects.toMatchObject({ code: 'E_OPTION' })
})

test('12 to 24 shows each frame twice, 24 to 12 every other, 24 to 25 repeats one a second', () => {
  expect(levels(retimeFrames(counting(4, 12), 24))).toEqual([0, 0, 1, 1, 2, 2, 3, 3])
  expect(levels(retimeFrames(counting(8, 24), 12))).toEqual([0, 2, 4, 6])
  const repeated = levels(retimeFrames(counting(24, 24), 25))
  expect(repeated.length).toBe(25)
  expect(new Set(repeated).size).toBe(24)
})

test('blending goes half way between, and stays at the last', () => {
  const frames = { ...counting(3, 12), data: Uint8Array.from([0, 0, 0, 100, 100, 100, 200, 200, 200]) }
  expect(levels(retimeFrames(frames, 24, { between: 'blend' }))).toEqual([0, 50, 100, 150, 200, 200])
})

test('what is transparent gives no colour to a blend', () => {
  const data = Uint8Array.from([255, 0, 0, 255, 0, 255, 0, 0])
  const frames: Frames = { data, count: 2, height: 1, width: 1, channels: 4, fps: 1 }
  expect([...retimeFrames(frames, 2, { between: 'blend' }).data.subarray(4, 8)]).toEqual([255, 0, 0, 128])
})

test('the length in seconds stays, and time never runs backwards', () => {
  const rate = fc.integer({ min: 1, max: 120 })
  const property = fc.property(fc.integer({ min: 1, max: 200 }), rate, rate, (count, from, to) => {
    const retimed = retimeFrames(counting(count, from), to)
    expect(Math.abs(retimed.count / to - count / from)).toBeLessThanOrEqual(1 / to)
    const shown = levels(retimed)
    for (const [index, level] of shown.entries()) {
      expect(level).toBe(Math.min(Math.floor((index * from) / to + 1e-6), count - 1))
    }
  })
  fc.assert(property, { seed: 1 })
  expect(() => retimeFrames(counting(1, 1), 0)).toThrow('`fps` must be above 0, got 0')
})
