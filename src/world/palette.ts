import type { TimeOfDay } from './settings.ts'

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
