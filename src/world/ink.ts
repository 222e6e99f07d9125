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

/** Mean of a picture's pixels, premultiplied RGBA. */
export function meanTint(pixels: Uint8Array): readonly [number, number, number] {
  const sums = [0, 0, 0, 0]
  for (let i = 0; i < pixels.length; i++) sums[i % 4] = (sums[i % 4] ?? 0) + (pixels[i] ?? 0)
  const [r = 0, g = 0, b = 0, alpha = 0] = sums
  const whole = Math.max(1, alpha) / 255
  return [r / whole, g / whole, b / whole]
}

/** Colourfulness below which a picture counts as black, grey or white: there is no hue to turn. */
const colourless = 0.14

/**
 * Turns a picture of that mean colour into one of that coat. Where there is a hue, it is turned, and what is white, grey
 * or black in the picture stays so; a colourless picture is dyed by its lightness.
 */
export function coatInk(coat: Coat, mean: readonly [number, number, number]): Ink {
  const from = tintOf(mean)
  const to = tintOf(coatColors[coat])
  const own = Math.hypot(from.blue, from.red)
  const wanted = Math.hypot(to.blue, to.red)
  const hue = Math.min(1, own / colourless)
  const scale = hue * Math.min(2.4, wanted / Math.max(own, 0.05))
  const turn = own > 0.02 && wanted > 0.05 ? Math.atan2(to.red, to.blue) - Math.atan2(from.red, from.blue) : 0
  const [cos, sin] = [Math.cos(turn) * scale, Math.sin(turn) * scale]
  const dye = (1 - hue) / Math.max(0.25, from.light)
  const gain = Math.min(1.35, Math.max(0.3, to.light / Math.max(0.1, from.light))) ** 0.8
  // White needs more than a gain: it lifts the dark parts as well.
  const lift = coat === 'white' ? 0.5 : 0
  const light = (1 - lift) * (coat === 'white' ? Math.max(gain, 0.9) : gain)
  return fromTintRows(light, lift, [cos, -sin, dye * to.blue], [sin, cos, dye * to.red])
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

/** True for the yellow of bare skin, premultiplied. */
export function isSkin(red: number, green: number, blue: number, alpha: number): boolean {
  return blue * 2 < red && green * 2 > red && green * 100 < red * 93 && red * 100 > alpha * 42
}
