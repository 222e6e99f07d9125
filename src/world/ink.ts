import type { Coat, SkinTone } from './looks.ts'

/**
 * How a premultiplied colour is changed: out = M·(r, g, b, alpha), rows of red, green and blue, in 256ths. Linear, so
 * that it commutes with resampling.
 */
export type Ink = readonly number[]

/** Unchanged. */
export const clearInk: Ink = [256, 0, 0, 0, 0, 256, 0, 0, 0, 0, 256, 0]

type Rows = readonly (readonly [number, number, number, number])[]

const round = (rows: Rows): Ink => rows.flat().map((x) => Math.round(256 * x))

/** `first`, then `second`. */
export function after(first: Ink, second: Ink): Ink {
  const out: number[] = []
  for (let row = 0; row < 3; row++) {
    for (let c = 0; c < 4; c++) {
      let sum = c === 3 ? (second[row * 4 + 3] ?? 0) * 256 : 0
      for (let k = 0; k < 3; k++) sum += (second[row * 4 + k] ?? 0) * (first[k * 4 + c] ?? 0)
      out.push(Math.round(sum / 256))
    }
  }
  return out
}

/** Gains of red, green and blue. */
export function gainInk([red = 1, green = 1, blue = 1]: readonly number[]): Ink {
  return round([
    [red, 0, 0, 0],
    [0, green, 0, 0],
    [0, 0, blue, 0],
  ])
}

/** True for gains of at most 1: nothing is mixed, and nothing can leave its range. */
export function isGain(ink: Ink): boolean {
  return ink.every((x, i) => (i % 5 === 0 ? x <= 256 : x === 0))
}

/** Mixes a share of a colour (0…255) over it. */
export function mistInk([red = 0, green = 0, blue = 0]: readonly number[], share: number): Ink {
  const keep = 1 - share
  return round([
    [keep, 0, 0, (share * red) / 255],
    [0, keep, 0, (share * green) / 255],
    [0, 0, keep, (share * blue) / 255],
  ])
}

/** Lightness (Rec. 601) and blue and red beside it, each in [0, 1] or [−1, 1]. */
interface Tint {
  readonly light: number
  readonly blue: number
  readonly red: number
}

const coatColors: { readonly [C in Coat]: readonly [number, number, number] } = {
  red: [222, 52, 48],
  orange: [245, 140, 40],
  yellow: [250, 208, 50],
  green: [64, 174, 76],
  blue: [52, 120, 230],
  purple: [138, 76, 208],
  pink: [246, 130, 184],
  brown: [134, 84, 50],
  white: [240, 240, 244],
  grey: [136, 138, 144],
  black: [44, 42, 50],
}

function tintOf([r, g, b]: readonly [number, number, number]): Tint {
  const light = (0.299 * r + 0.587 * g + 0.114 * b) / 255
  return { light, blue: b / 255 - light, red: r / 255 - light }
}

/** A picture's colours, as far as a coat changes them. */
export interface Palette {
  /** Mean lightness, [0, 1]. */
  readonly light: number
  /** Its commonest hue, as the mean of the pixels near it: blue and red beside lightness. */
  readonly hue: { readonly blue: number; readonly red: number }
  /** Colourfulness of those pixels, spread over the whole picture: near 0 of what is black, grey or white. */
  readonly strength: number
}

/** Hues are counted in so many directions. */
const directions = 24

/** The palette of a picture, premultiplied RGBA. */
export function paletteOf(pixels: Uint8Array): Palette {
  const bins = Array.from({ length: directions }, () => ({ blue: 0, red: 0, area: 0 }))
  let [area, light] = [0, 0]
  for (let i = 0; i < pixels.length; i += 4) {
    const alpha = (pixels[i + 3] ?? 0) / 255
    const tint = tintOf([pixels[i] ?? 0, pixels[i + 1] ?? 0, pixels[i + 2] ?? 0])
    area += alpha
    light += tint.light
    const turn = Math.atan2(tint.red, tint.blue) / (2 * Math.PI) + 1
    const bin = bins[Math.floor(turn * directions) % directions]
    if (!bin) continue
    bin.blue += tint.blue
    bin.red += tint.red
    // Grey pixels have no hue to speak of.
    if (Math.hypot(tint.blue, tint.red) > 0.08 * alpha) bin.area += alpha
  }
  // Neighbours count as well: a hue seldom keeps to one direction.
  const sums = bins.map((bin, k) => {
    const near = [bins.at(k - 1), bin, bins[(k + 1) % directions]].map((one) => one ?? bin)
    const sum = (of: (one: typeof bin) => number): number => near.reduce((total, one) => total + of(one), 0)
    return { blue: sum((one) => one.blue), red: sum((one) => one.red), area: sum((one) => one.area) }
  })
  const peak = sums.reduce((best, one) => (one.area > best.area ? one : best), { blue: 0, red: 0, area: 0 })
  const whole = Math.max(1e-6, area)
  return {
    light: light / whole,
    hue: { blue: peak.blue / Math.max(1e-6, peak.area), red: peak.red / Math.max(1e-6, peak.area) },
    strength: Math.hypot(peak.blue, peak.red) / whole,
  }
}

/** Strength below which a picture counts as black, grey or white: there is no hue to turn. */
const colourless = 0.1

/** How much is left of colours across a picture's commonest hue. */
const across = 0.4

/**
 * Turns a picture of that palette into one of that coat. Where there is a hue, it is turned, and what is white, grey
 * or black in the picture stays so; a colourless picture is dyed by its lightness.
 */
export function coatInk(coat: Coat, from: Palette): Ink {
  const to = tintOf(coatColors[coat])
  const own = Math.hypot(from.hue.blue, from.hue.red)
  const wanted = Math.hypot(to.blue, to.red)
  const hue = Math.min(1, from.strength / colourless)
  const along = hue * Math.min(2.4, wanted / Math.max(own, 0.08))
  const [fromBlue, fromRed] = own > 0.01 ? [from.hue.blue / own, from.hue.red / own] : [1, 0]
  const [toBlue, toRed] = wanted > 0.05 ? [to.blue / wanted, to.red / wanted] : [fromBlue, fromRed]
  const aside = across * Math.min(1, along)
  const dye = (1 - hue) / Math.max(0.25, from.light)
  const gain = Math.min(1.35, Math.max(0.3, to.light / Math.max(0.1, from.light)) ** 0.8)
  // What a gain does not reach, a lift of the dark parts does.
  const missing = to.light - gain * from.light
  const lift = Math.max(0, Math.min(0.5, missing * (coat === 'white' ? 1 : 0.6)))
  const light = gain * (1 - lift)
  return fromTintRows(
    light,
    lift,
    [
      along * toBlue * fromBlue + aside * toRed * fromRed,
      along * toBlue * fromRed - aside * toRed * fromBlue,
      dye * to.blue,
    ],
    [
      along * toRed * fromBlue - aside * toBlue * fromRed,
      along * toRed * fromRed + aside * toBlue * fromBlue,
      dye * to.red,
    ],
  )
}

/**
 * Rows for: light' = light·L + lift·alpha, blue' and red' = a·B + b·R + c·L, where B and R are what blue and red are
 * beside L.
 */
function fromTintRows(light: number, lift: number, blue: readonly number[], red: readonly number[]): Ink {
  const luma = [0.299, 0.587, 0.114]
  const row = (of: readonly number[]): number[] => {
    const [a = 0, b = 0, c = 0] = of
    return luma.map(
      (weight, k) => c * weight + a * ((k === 2 ? 1 : 0) - weight) + b * ((k === 0 ? 1 : 0) - weight),
    )
  }
  const [blueRow, redRow] = [row(blue), row(red)]
  const lightRow = luma.map((weight) => weight * light)
  const sum = (
    rows: readonly (readonly [number, readonly number[]])[],
  ): readonly [number, number, number, number] => {
    const at = (k: number): number =>
      rows.reduce((total, [share, values]) => total + share * (values[k] ?? 0), 0)
    return [at(0), at(1), at(2), lift]
  }
  return round([
    sum([
      [1, lightRow],
      [1, redRow],
    ]),
    sum([
      [1, lightRow],
      [-0.299 / 0.587, redRow],
      [-0.114 / 0.587, blueRow],
    ]),
    sum([
      [1, lightRow],
      [1, blueRow],
    ]),
  ])
}

/** Skin of the yellow picture in shade and in light, and what becomes of them: measured on the art's own toned pictures. */
const yellow = [
  [245, 167, 52],
  [254, 227, 68],
] as const

const tones: { readonly [T in SkinTone]: readonly [shade: readonly number[], light: readonly number[]] } = {
  light: [
    [209, 158, 147],
    [253, 219, 193],
  ],
  'medium-light': [
    [210, 154, 135],
    [250, 198, 164],
  ],
  medium: [
    [150, 106, 103],
    [199, 157, 133],
  ],
  'medium-dark': [
    [115, 75, 78],
    [155, 114, 102],
  ],
  dark: [
    [63, 41, 44],
    [91, 67, 64],
  ],
}

/** For skin's pixels only: from red and green, through the two measured colours. */
export function skinInk(tone: SkinTone): Ink {
  const [[r0, g0], [r1, g1]] = yellow
  const whole = r0 * g1 - g0 * r1
  const [shade, light] = tones[tone]
  return round(
    [0, 1, 2].map((c) => {
      const [from, to] = [shade[c] ?? 0, light[c] ?? 0]
      return [(from * g1 - g0 * to) / whole, (r0 * to - r1 * from) / whole, 0, 0] as const
    }),
  )
}

/** How much of a pixel, premultiplied, is the yellow of bare skin: 0 to 256. Orange clothes are not. */
export function skinShare(red: number, green: number, blue: number, alpha: number): number {
  if (blue * 2 >= red || green * 100 > red * 93 || red * 100 < alpha * 42) return 0
  return Math.max(0, Math.min(256, Math.round(((green / red - 0.43) / 0.09) * 256)))
}
