/**
 * Between 8-bit RGB and luma with chroma planes, as ITU-R BT.709 (and BT.601, for reading) define them.
 * We convert ourselves: handed RGB, encoders tag the file with another matrix than the one they used.
 * Sums are kept in floating point; storing into Uint8ClampedArray rounds and clamps.
 */

/** The three planes of a picture; chroma planes are smaller by `subsampling`. */
export interface Planes {
  readonly y: Plane
  readonly u: Plane
  readonly v: Plane
  /** How many pixels share a chroma sample: [2, 2] is 4:2:0, [2, 1] 4:2:2, [1, 1] 4:4:4. */
  readonly subsampling: readonly [x: 1 | 2, y: 1 | 2]
}

/** Samples of a plane: row r, column c is `data[r * stride + c * step]`. */
export interface Plane {
  readonly data: Uint8Array
  readonly stride: number
  /** 2 where two planes are interleaved (NV12), else 1. */
  readonly step: number
}

export interface ColorCoding {
  readonly matrix: 'bt709' | 'bt601'
  /** `limited`: luma 16 to 235, chroma 16 to 240; `full`: 0 to 255. */
  readonly range: 'limited' | 'full'
}

/** What we write. */
export const bt709: ColorCoding = { matrix: 'bt709', range: 'limited' }

/** What an RGBA picture lies on where a file knows no transparency: white. */
const PAPER = 255

/**
 * One picture to I420 (Y, then U and V of half the size each way), BT.709, limited range.
 * Chroma is that of the mean of each 2×2 pixels. RGBA is laid on white.
 * @param rgb [height, width, channels]
 * @param width - Even.
 * @param height - Even.
 * @returns width × height × 3/2 bytes.
 */
export function rgbToI420(
  rgb: Uint8Array,
  width: number,
  height: number,
  channels: 3 | 4,
): Uint8Array<ArrayBuffer> {
  const opaque = channels === 4 ? flatten(rgb) : rgb
  const luma = width * height
  const out = new Uint8ClampedArray((luma * 3) / 2)
  const { kr, kg, kb } = weights.bt709
  const lumaScale = 219 / 255
  // Cb = (B − Y) / (2 (1 − Kb)), scaled from 255 to 224 levels; a quarter as four pixels are summed.
  const cbScale = 224 / 255 / (2 * (1 - kb)) / 4
  const crScale = 224 / 255 / (2 * (1 - kr)) / 4
  const row = width * 3
  for (let y = 0, chroma = luma; y < height; y += 2) {
    for (let x = 0; x < width; x += 2, chroma++) {
      let red = 0
      let blue = 0
      let sum = 0
      for (let corner = 0; corner < 4; corner++) {
        const dx = corner & 1
        const dy = corner >> 1
        const at = (y + dy) * row + (x + dx) * 3
        const r = opaque[at] ?? 0
        const b = opaque[at + 2] ?? 0
        const light = kr * r + kg * (opaque[at + 1] ?? 0) + kb * b
        out[(y + dy) * width + x + dx] = 16 + lumaScale * light
        red += r
        blue += b
        sum += light
      }
      out[chroma] = 128 + cbScale * (blue - sum)
      out[chroma + luma / 4] = 128 + crScale * (red - sum)
    }
  }
  return new Uint8Array(out.buffer)
}

/**
 * Planes to one RGB picture. Each chroma sample is used for all its pixels, which undoes the mean exactly:
 * a picture that is decoded and encoded again loses no more colour.
 * @returns [height, width, 3]
 */
export function planesToRgb(planes: Planes, width: number, height: number, coding: ColorCoding): Uint8Array {
  const { kr, kg, kb } = weights[coding.matrix]
  const limited = coding.range === 'limited'
  const lumaScale = limited ? 255 / 219 : 1
  const lumaOffset = limited ? 16 : 0
  const chromaScale = limited ? 255 / 224 : 1
  const crToR = 2 * (1 - kr) * chromaScale
  const cbToB = 2 * (1 - kb) * chromaScale
  const crToG = (-crToR * kr) / kg
  const cbToG = (-cbToB * kb) / kg
  const { y: luma, u, v } = planes
  const shiftX = planes.subsampling[0] - 1
  const shiftY = planes.subsampling[1] - 1
  const out = new Uint8ClampedArray(width * height * 3)
  for (let y = 0, at = 0; y < height; y++) {
    const rowU = (y >> shiftY) * u.stride
    const rowV = (y >> shiftY) * v.stride
    for (let x = 0; x < width; x++, at += 3) {
      const light = ((luma.data[y * luma.stride + x * luma.step] ?? 0) - lumaOffset) * lumaScale
      const cb = (u.data[rowU + (x >> shiftX) * u.step] ?? 128) - 128
      const cr = (v.data[rowV + (x >> shiftX) * v.step] ?? 128) - 128
      out[at] = light + crToR * cr
      out[at + 1] = light + crToG * cr + cbToG * cb
      out[at + 2] = light + cbToB * cb
    }
  }
  return new Uint8Array(out.buffer)
}

/** How much red, green and blue weigh in luma: BT.709-6 item 3.2, BT.601-7 item 2.5.1. */
const weights = {
  bt709: { kr: 0.2126, kg: 0.7152, kb: 0.0722 },
  bt601: { kr: 0.299, kg: 0.587, kb: 0.114 },
} as const

/** Lays RGBA on white. */
function flatten(rgba: Uint8Array): Uint8ClampedArray {
  const pixels = rgba.length / 4
  const out = new Uint8ClampedArray(pixels * 3)
  for (let pixel = 0; pixel < pixels; pixel++) {
    const alpha = (rgba[pixel * 4 + 3] ?? 0) / 255
    for (let c = 0; c < 3; c++) {
      out[pixel * 3 + c] = alpha * (rgba[pixel * 4 + c] ?? 0) + (1 - alpha) * PAPER
    }
  }
  return out
}
