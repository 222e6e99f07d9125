import { createRandom } from '../util/random.ts'
import type { Box } from '../video/motion-plan.ts'
import type { Picture } from './raster.ts'
import type { Setting, TimeOfDay, Weather } from './settings.ts'

/** What is in the air of a clip: a pure function of its seed and the frame. */
export interface Air {
  /** Into a background: mist by depth. `box` is where the setting's picture lies, in frame units. */
  cover(picture: Picture, box: Box): void
  /** How much mist lies before something that stands at this height of the frame, 0 to 1. */
  mistAt(y: number, box: Box): number
  /** Of the mist, RGB 0…255. */
  readonly color: readonly [number, number, number]
  /** What falls behind the actors, and before them. */
  fall(picture: Picture, frame: number, layer: 'far' | 'near'): void
}

const mistColors: { readonly [T in TimeOfDay]: readonly [number, number, number] } = {
  day: [212, 218, 224],
  sunset: [214, 180, 168],
  night: [58, 66, 84],
}

/** Share of mist over what is farthest, and over what is nearest. */
const mists: { readonly [W in Weather]: readonly [far: number, near: number] } = {
  clear: [0, 0],
  rain: [0.2, 0.04],
  snow: [0.24, 0.05],
  fog: [0.82, 0.2],
}

/** Gains of red, green and blue on actors. */
export const weatherLight: { readonly [W in Weather]: readonly [number, number, number] } = {
  clear: [1, 1, 1],
  rain: [0.84, 0.88, 0.93],
  snow: [0.95, 0.97, 1],
  fog: [0.94, 0.95, 0.96],
}

interface Drop {
  readonly x: number
  readonly y: number
  /** 0 to 1: how near, within its layer. */
  readonly near: number
  readonly swing: number
}

/** Streams of a clip's randomness: apart from those of its script. */
const dropStream = 2 ** 36

export function createAir(
  seed: number,
  weather: Weather,
  time: TimeOfDay,
  setting: Setting,
  fps: number,
): Air {
  const [far, near] = mists[weather]
  const color = mistColors[time]
  const horizon = setting.ground[0]
  /** By depth: all of it at the horizon and above, less and less towards us. */
  const mistBelow = (v: number): number => {
    const t = Math.min(1, Math.max(0, (v - horizon) / (1 - horizon)))
    return far + (near - far) * Math.sqrt(t)
  }
  const drops = weather === 'rain' || weather === 'snow' ? createDrops(seed, weather) : null
  const wind = createRandom(seed, dropStream + 1).uniform() - 0.5
  return {
    color,
    mistAt: (y, box) => mistBelow((y - box.centerY) / box.height + 0.5),
    cover(picture, box) {
      if (far === 0) return
      for (let y = 0; y < picture.size; y++) {
        const share = mistBelow(((y + 0.5) / picture.size - box.centerY) / box.height + 0.5)
        mixRow(picture, y, color, Math.round(share * 256))
      }
    },
    fall(picture, frame, layer) {
      const seconds = frame / fps
      for (const drop of drops?.[layer] ?? []) {
        if (weather === 'rain') drawStreak(picture, drop, seconds, wind, layer === 'near' ? 1 : 0.55)
        else drawFlake(picture, drop, seconds, wind, layer === 'near' ? 1 : 0.5)
      }
    },
  }
}

function createDrops(
  seed: number,
  weather: 'rain' | 'snow',
): { readonly far: readonly Drop[]; readonly near: readonly Drop[] } {
  const random = createRandom(seed, dropStream)
  const drops = (count: number): Drop[] =>
    Array.from({ length: count }, () => ({
      x: random.uniform(),
      y: random.uniform(),
      near: random.uniform(),
      swing: random.uniform() * 2 * Math.PI,
    }))
  return weather === 'rain' ? { far: drops(70), near: drops(46) } : { far: drops(70), near: drops(34) }
}

/** x modulo 1, then spread a little beyond the frame. */
function around(x: number): number {
  return (x - Math.floor(x)) * 1.2 - 0.1
}

/** A slanted streak; `scale` is how large and quick its layer is. */
function drawStreak(picture: Picture, drop: Drop, seconds: number, wind: number, scale: number): void {
  const { size } = picture
  const speed = (1.5 + 0.7 * drop.near) * scale
  const slant = 0.12 + 0.3 * wind
  const y = around(drop.y + speed * seconds)
  const x = around(drop.x + slant * speed * seconds)
  const length = (0.05 + 0.045 * drop.near) * scale
  const steps = Math.max(2, Math.round(length * size))
  for (let k = 0; k < steps; k++) {
    const t = k / steps
    blend(
      picture,
      (x + slant * length * t) * size,
      (y + length * t) * size,
      [205, 220, 236],
      (0.25 + 0.5 * t) * (0.55 + 0.45 * scale),
    )
  }
}

function drawFlake(picture: Picture, drop: Drop, seconds: number, wind: number, scale: number): void {
  const { size } = picture
  const speed = (0.2 + 0.14 * drop.near) * (0.5 + scale)
  const y = around(drop.y + speed * seconds) * size
  const sway = 0.02 * Math.sin(drop.swing + 2.2 * seconds)
  const x = around(drop.x + sway + wind * 0.2 * seconds) * size
  const radius = (0.005 + 0.009 * drop.near) * (0.4 + 0.6 * scale) * size
  for (let py = Math.floor(y - radius); py <= y + radius; py++) {
    for (let px = Math.floor(x - radius); px <= x + radius; px++) {
      const inside = 1 - ((px + 0.5 - x) ** 2 + (py + 0.5 - y) ** 2) / (radius * radius)
      if (inside > 0) blend(picture, px, py, [255, 255, 255], Math.min(0.95, 1.6 * inside))
    }
  }
}

/** Mixes a share of a colour into the pixel that holds this place. */
function blend({ size, data }: Picture, x: number, y: number, color: readonly number[], share: number): void {
  const [px, py] = [Math.floor(x), Math.floor(y)]
  if (px < 0 || py < 0 || px >= size || py >= size) return
  const to = (py * size + px) * 3
  for (let c = 0; c < 3; c++) {
    const before = data[to + c] ?? 0
    data[to + c] = Math.round(before + ((color[c] ?? 0) - before) * share)
  }
}

function mixRow({ size, data }: Picture, y: number, color: readonly number[], share: number): void {
  const rest = 256 - share
  const [red = 0, green = 0, blue = 0] = color.map((value) => value * share)
  for (let to = y * size * 3; to < (y + 1) * size * 3; to += 3) {
    data[to] = ((data[to] ?? 0) * rest + red) >> 8
    data[to + 1] = ((data[to + 1] ?? 0) * rest + green) >> 8
    data[to + 2] = ((data[to + 2] ?? 0) * rest + blue) >> 8
  }
}
