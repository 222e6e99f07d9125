import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bt709, planesToRgb, rgbToI420 } from './color.ts'

/** 8-bit values of 100 % bars, from the tables of ITU-R BT.709 in limited range (Y, Cb, Cr). */
const reference = [
  { rgb: [255, 255, 255], yuv: [235, 128, 128] },
  { rgb: [255, 255, 0], yuv: [219, 16, 138] },
  { rgb: [0, 255, 255], yuv: [188, 154, 16] },
  { rgb: [0, 255, 0], yuv: [173, 42, 26] },
  { rgb: [255, 0, 255], yuv: [78, 214, 230] },
  { rgb: [255, 0, 0], yuv: [63, 102, 240] },
  { rgb: [0, 0, 255], yuv: [32, 240, 118] },
  { rgb: [0, 0, 0], yuv: [16, 128, 128] },
]

test.each(reference)('$rgb is $yuv in BT.709', ({ rgb, yuv }) => {
  const planes = rgbToI420(Uint8Array.from([...rgb, ...rgb, ...rgb, ...rgb]), 2, 2, 3)
  expect([...planes]).toEqual([yuv[0], yuv[0], yuv[0], yuv[0], yuv[1], yuv[2]])
})

test('any flat colour comes back within two levels', () => {
  const level = fc.integer({ min: 0, max: 255 })
  const property = fc.property(level, level, level, (r, g, b) => {
    const rgb = Uint8Array.from([r, g, b, r, g, b, r, g, b, r, g, b])
    const back = toRgb(rgbToI420(rgb, 2, 2, 3), 2, 2)
    for (const [at, value] of back.entries()) expect(Math.abs(value - (rgb[at] ?? 0))).toBeLessThanOrEqual(2)
  })
  fc.assert(property, { seed: 1 })
})

test('chroma is that of the mean of four pixels', () => {
  const mixed = rgbToI420(Uint8Array.from([255, 0, 0, 0, 0, 255, 255, 0, 0, 0, 0, 255]), 2, 2, 3)
  const mean = rgbToI420(
    Uint8Array.from([127.5, 0, 127.5, 127.5, 0, 127.5, 127.5, 0, 127.5, 127.5, 0, 127.5]),
    2,
    2,
    3,
  )
  expect(Math.abs((mixed[4] ?? 0) - (mean[4] ?? 0))).toBeLessThanOrEqual(1)
  expect(Math.abs((mixed[5] ?? 0) - (mean[5] ?? 0))).toBeLessThanOrEqual(1)
})

test('what is transparent is white paper', () => {
  const half = Uint8Array.from({ length: 16 }, (_, at) => (at % 4 === 3 ? 0 : 77))
  expect([...rgbToI420(half, 2, 2, 4)]).toEqual([235, 235, 235, 235, 128, 128])
})

function toRgb(i420: Uint8Array, width: number, height: number): Uint8Array {
  const luma = width * height
  const plane = (start: number, stride: number) => ({ data: i420.subarray(start), stride, step: 1 })
  const planes = {
    y: plane(0, width),
    u: plane(luma, width / 2),
    v: plane((luma * 5) / 4, width / 2),
    subsampling: [2, 2] as const,
  }
  return planesToRgb(planes, width, height, bt709)
}
