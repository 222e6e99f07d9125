import type { Box } from '../video/motion-plan.ts'
import {
  openPrecipitation,
  type PrecipitationKind,
  type PrecipitationLayer,
  precipitationColors,
} from '../video/precipitation.ts'
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
  fall(picture: Picture, frame: number, layer: PrecipitationLayer): void
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
  const kind = precipitationOf(weather)
  const mark = kind && openPrecipitation({ kind, seed })
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
      if (!kind || !mark) return
      const color = precipitationColors[kind]
      mark({ seconds: frame / fps, layer, side: picture.size }, (x, y, share) =>
        blend(picture, x, y, color, share),
      )
    },
  }
}

/** What falls in that weather. */
export function precipitationOf(weather: Weather): PrecipitationKind | null {
  return weather === 'rain' || weather === 'snow' ? weather : null
}

/** Mixes a share of a colour into a pixel. */
function blend({ size, data }: Picture, x: number, y: number, color: readonly number[], share: number): void {
  const to = (y * size + x) * 3
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
