import { createRandom } from '../util/random.ts'

export const precipitationKinds = ['rain', 'snow'] as const
export type PrecipitationKind = (typeof precipitationKinds)[number]

/** Rain or snow in a shot: where every drop and flake is follows from the seed and the time. */
export interface Precipitation {
  readonly kind: PrecipitationKind
  /** A whole number from 0. */
  readonly seed: number
  /** How long it has fallen when the shot begins. */
  readonly seconds: number
}

/** What falls behind everyone, and what falls before them. */
export type PrecipitationLayer = 'far' | 'near'

export interface PrecipitationFrame {
  /** How long it has fallen. */
  readonly seconds: number
  readonly layer: PrecipitationLayer
  /** Pixels on a side of the picture. */
  readonly side: number
}

/** Of drops and of flakes, RGB 0…255. */
export const precipitationColors: { readonly [K in PrecipitationKind]: readonly [number, number, number] } = {
  rain: [130, 175, 245],
  snow: [255, 255, 255],
}

interface Drop {
  /** Where it is at the start, in units of the picture. */
  readonly x: number
  readonly y: number
  /** 0 to 1: how near, within its layer. */
  readonly near: number
  /** Of a flake's swaying, in radians. */
  readonly swing: number
}

/** Streams of a shot's randomness: apart from those of its script. */
const dropStream = 2 ** 36

const counts: { readonly [K in PrecipitationKind]: { readonly [L in PrecipitationLayer]: number } } = {
  rain: { far: 24, near: 16 },
  snow: { far: 30, near: 14 },
}

/** Gets a pixel and the share of it that is covered, 0 to 1. */
type Mark = (x: number, y: number, share: number) => void

/** Calls `mark` for every pixel that a drop or a flake covers. */
export type MarkPrecipitation = (frame: PrecipitationFrame, mark: Mark) => void

type MarkDrop = (drop: Drop, frame: PrecipitationFrame, wind: number, mark: Mark) => void

/** All drops of a shot, to be marked frame by frame. */
export function openPrecipitation({ kind, seed }: Pick<Precipitation, 'kind' | 'seed'>): MarkPrecipitation {
  const random = createRandom(seed, dropStream)
  const drops = (count: number): Drop[] =>
    Array.from({ length: count }, () => ({
      x: random.uniform(),
      y: random.uniform(),
      near: random.uniform(),
      swing: random.uniform() * 2 * Math.PI,
    }))
  const layers = { far: drops(counts[kind].far), near: drops(counts[kind].near) }
  const wind = createRandom(seed, dropStream + 1).uniform() - 0.5
  const markOne = kind === 'rain' ? markStreak : markFlake
  return (frame, mark) => {
    const { side } = frame
    const inside: Mark = (x, y, share) => {
      const [px, py] = [Math.floor(x), Math.floor(y)]
      if (px >= 0 && py >= 0 && px < side && py < side) mark(px, py, share)
    }
    for (const drop of layers[frame.layer]) markOne(drop, frame, wind, inside)
  }
}

/** x modulo 1, then spread a little beyond the picture. */
function around(x: number): number {
  return (x - Math.floor(x)) * 1.2 - 0.1
}

/** A slanted streak, clearer at its foot; the far layer's are smaller and slower. */
const markStreak: MarkDrop = (drop, { seconds, layer, side }, wind, mark) => {
  const scale = layer === 'near' ? 1 : 0.6
  const speed = (0.7 + 0.3 * drop.near) * scale
  const slant = 0.12 + 0.3 * wind
  const y = around(drop.y + speed * seconds)
  const x = around(drop.x + slant * speed * seconds)
  const length = (0.09 + 0.05 * drop.near) * scale
  const width = (0.014 + 0.006 * drop.near) * (0.4 + 0.6 * scale) * side
  const rows = Math.max(2, Math.round(length * side))
  for (let k = 0; k < rows; k++) {
    const t = k / rows
    const py = Math.floor(y * side) + k
    const left = (x + slant * length * t) * side - width / 2
    for (let px = Math.floor(left); px < left + width; px++) {
      const covered = Math.min(px + 1, left + width) - Math.max(px, left)
      mark(px, py, covered * (0.5 + 0.45 * t) * (0.55 + 0.45 * scale))
    }
  }
}

const markFlake: MarkDrop = (drop, { seconds, layer, side }, wind, mark) => {
  const scale = layer === 'near' ? 1 : 0.5
  const speed = (0.13 + 0.08 * drop.near) * (0.5 + scale)
  const y = around(drop.y + speed * seconds) * side
  const sway = 0.02 * Math.sin(drop.swing + 2.2 * seconds)
  const x = around(drop.x + sway + wind * 0.2 * seconds) * side
  const radius = (0.014 + 0.01 * drop.near) * (0.4 + 0.6 * scale) * side
  for (let py = Math.floor(y - radius); py <= y + radius; py++) {
    for (let px = Math.floor(x - radius); px <= x + radius; px++) {
      const inside = 1 - ((px + 0.5 - x) ** 2 + (py + 0.5 - y) ** 2) / (radius * radius)
      if (inside > 0) mark(px, py, Math.min(0.95, 1.6 * inside))
    }
  }
}
