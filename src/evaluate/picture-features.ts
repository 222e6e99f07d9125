import type { Frames } from '../video/frames.ts'

/** What a picture looks like, in numbers that know no network: three descriptions, each of length 1. */
export interface PictureFeatures {
  /** How often which colour is there: square roots of a histogram of 6×6×6 colours. */
  readonly colors: Float32Array
  /** Which colour is where: 12×12 means of red, green and blue, less the whole picture's. */
  readonly layout: Float32Array
  /** Which way edges run where: 8×8 cells of 9 directions (Dalal and Triggs 2005), each cell by its own strength. */
  readonly edges: Float32Array
}

export type FeatureName = keyof PictureFeatures
export const featureNames = ['colors', 'layout', 'edges'] as const satisfies readonly FeatureName[]

/** Cosines of two pictures' descriptions, each at most 1; colours' from 0, the others' from −1. */
export type Likeness = Readonly<Record<FeatureName, number>>

/** Compares two pictures. */
export function likeness(a: PictureFeatures, b: PictureFeatures): Likeness {
  return {
    colors: product(a.colors, b.colors),
    layout: product(a.layout, b.layout),
    edges: product(a.edges, b.edges),
  }
}

/** @param picture one square RGB frame, its side a multiple of 24 pixels */
export function pictureFeatures(picture: Frames): PictureFeatures {
  const { width, height, channels, count } = picture
  if (count !== 1 || channels !== 3 || width !== height || width % 24 !== 0) {
    throw new RangeError(
      `features are of one square RGB picture whose side is a multiple of 24, got ${count} of ${width}×${height}×${channels}`,
    )
  }
  return { colors: colorsOf(picture), layout: layoutOf(picture), edges: edgesOf(picture) }
}

const tones = 6

/** A pixel counts for the colours around its own, the nearer the more, so that a small change of colour changes little. */
function colorsOf({ data }: Frames): Float32Array {
  const bins = new Float32Array(tones ** 3)
  const low = new Int32Array(3)
  const above = new Float64Array(3)
  for (let i = 0; i < data.length; i += 3) {
    for (let c = 0; c < 3; c++) {
      const place = ((data[i + c] ?? 0) / 255) * (tones - 1)
      low[c] = Math.min(tones - 2, Math.floor(place))
      above[c] = place - (low[c] ?? 0)
    }
    for (let corner = 0; corner < 8; corner++) {
      let bin = 0
      let share = 1
      for (let c = 0; c < 3; c++) {
        const isHigh = (corner >> c) & 1
        const part = above[c] ?? 0
        bin = bin * tones + (low[c] ?? 0) + isHigh
        share *= isHigh === 1 ? part : 1 - part
      }
      bins[bin] = (bins[bin] ?? 0) + share
    }
  }
  return normalised(bins.map(Math.sqrt))
}

const layoutSide = 12

function layoutOf({ data, width }: Frames): Float32Array {
  const cells = new Float32Array(layoutSide ** 2 * 3)
  const step = width / layoutSide
  for (let y = 0; y < width; y++) {
    for (let x = 0; x < width; x++) {
      const cell = (Math.floor(y / step) * layoutSide + Math.floor(x / step)) * 3
      for (let c = 0; c < 3; c++)
        cells[cell + c] = (cells[cell + c] ?? 0) + (data[(y * width + x) * 3 + c] ?? 0)
    }
  }
  for (let c = 0; c < 3; c++) {
    let mean = 0
    for (let i = c; i < cells.length; i += 3) mean += (cells[i] ?? 0) / layoutSide ** 2
    for (let i = c; i < cells.length; i += 3) cells[i] = (cells[i] ?? 0) - mean
  }
  return normalised(cells)
}

const [edgeSide, directions] = [8, 9] as const

/** Of a step of a tenth of the brightness: weaker edges do not fill their cell. */
const faint = 0.1

function edgesOf({ data, width }: Frames): Float32Array {
  const brightness = new Float32Array(width * width)
  for (let i = 0; i < brightness.length; i++) {
    const [r, g, b] = [data[i * 3] ?? 0, data[i * 3 + 1] ?? 0, data[i * 3 + 2] ?? 0]
    brightness[i] = (0.299 * r + 0.587 * g + 0.114 * b) / 255
  }
  const at = (x: number, y: number): number => brightness[y * width + x] ?? 0
  const out = new Float32Array(edgeSide ** 2 * directions)
  const step = width / edgeSide
  for (let y = 1; y < width - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const dx = at(x + 1, y) - at(x - 1, y)
      const dy = at(x, y + 1) - at(x, y - 1)
      // An edge from dark to light is the same as from light to dark: what lies behind a figure may be either.
      const turn = (Math.atan2(dy, dx) / Math.PI + 1) % 1
      const cell = (Math.floor(y / step) * edgeSide + Math.floor(x / step)) * directions
      const bin = Math.floor(turn * directions) % directions
      out[cell + bin] = (out[cell + bin] ?? 0) + Math.sqrt(dx * dx + dy * dy)
    }
  }
  for (let cell = 0; cell < out.length; cell += directions) {
    const part = out.subarray(cell, cell + directions)
    const length = Math.hypot(...part, faint * step)
    for (const [i, value] of part.entries()) part[i] = value / length
  }
  return normalised(out)
}

function normalised(values: Float32Array): Float32Array {
  const length = Math.hypot(...values)
  return length > 0 ? values.map((value) => value / length) : values
}

const product = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0)
