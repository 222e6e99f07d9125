import type { Season, TimeOfDay } from './settings.ts'

/** How the hour changes a colour: gains of red, green and blue, then a share of a glow colour. */
interface Grade {
  readonly gain: readonly [number, number, number]
  readonly glow: readonly [number, number, number]
  readonly share: number
}

const grades: { readonly [Time in TimeOfDay]: Grade } = {
  day: { gain: [1, 1, 1], glow: [255, 255, 255], share: 0 },
  sunset: { gain: [0.93, 0.74, 0.7], glow: [255, 120, 70], share: 0.13 },
  night: { gain: [0.46, 0.54, 0.78], glow: [34, 48, 120], share: 0.18 },
}

/** A colour `#rrggbb` as it looks at that time of day. */
export function shade(hex: string, time: TimeOfDay): string {
  const { gain, glow, share } = grades[time]
  let out = '#'
  for (let c = 0; c < 3; c++) {
    const value = Number.parseInt(hex.slice(1 + 2 * c, 3 + 2 * c), 16)
    const graded = value * (gain[c] ?? 1) * (1 - share) + (glow[c] ?? 0) * share
    out += Math.round(Math.min(255, graded)).toString(16).padStart(2, '0')
  }
  return out
}

/** Gains of red, green and blue on actors, milder than the scenery's so that they stay readable. */
export const actorLight: { readonly [Time in TimeOfDay]: readonly [number, number, number] } = {
  day: [1, 1, 1],
  sunset: [1, 0.88, 0.8],
  night: [0.58, 0.66, 0.9],
}

/** What the year makes of a green of hue 65 to 175 (or a yellow, in winter): hue in degrees, the rest in [0, 1]. */
const leaves: {
  readonly [S in Season]: (h: number, s: number, l: number) => readonly [number, number, number]
} = {
  summer: (h, s, l) => [h, s, l],
  spring: (h, s, l) => [h - 14, Math.min(1, s * 1.05), Math.min(0.9, l + 0.07)],
  autumn: (h, s, l) => [14 + ((h - 65) / 110) * 34 + l * 12, Math.min(1, s * 0.8 + 0.28), l],
  winter: (_, s, l) => [212, Math.min(1, s * 0.8), 0.7 + 0.3 * l],
}

/** A colour `#rrggbb` as it looks at that time of the year: only what is green changes. */
export function inSeason(hex: string, season: Season): string {
  const [h, s, l] = toHsl(hex)
  const from = season === 'winter' ? 44 : 65
  if (season === 'summer' || s < 0.16 || h < from || h > 175) return hex
  return fromHsl(...leaves[season](h, s, l))
}

function toHsl(hex: string): readonly [number, number, number] {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16) / 255)
  const high = Math.max(r, g, b)
  const range = high - Math.min(r, g, b)
  const l = high - range / 2
  if (range === 0) return [0, 0, l]
  const turn = high === r ? ((g - b) / range + 6) % 6 : high === g ? (b - r) / range + 2 : (r - g) / range + 4
  return [turn * 60, range / (1 - Math.abs(2 * l - 1)), l]
}

function fromHsl(h: number, s: number, l: number): string {
  const spread = s * Math.min(l, 1 - l)
  const channel = (n: number): string => {
    const k = (n + h / 30) % 12
    const value = l - spread * Math.max(-1, Math.min(k - 3, 9 - k, 1))
    return Math.round(255 * value)
      .toString(16)
      .padStart(2, '0')
  }
  return `#${channel(0)}${channel(8)}${channel(4)}`
}
