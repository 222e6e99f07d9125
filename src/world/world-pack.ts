import {
  type Season,
  type SettingLook,
  type SettingName,
  type Sky,
  skyOf,
  type TimeOfDay,
} from './settings.ts'

/** Sides of the pictures kept of every actor: each half of the one before (mip levels). */
export const spriteSizes = [96, 48, 24] as const

/** Pixels of a setting's picture. It is 4:3, wider than a frame, so that a camera may travel over it. */
export const canvasWidth = 256
export const canvasHeight = 192

/** One actor's loop. `levels[k]` is [frames, size, size, 4], premultiplied alpha, native facing. */
export interface Sprite {
  readonly frames: number
  readonly levels: readonly { readonly size: number; readonly data: Uint8Array }[]
}

/** A setting's picture, RGB [height, width, 3]. */
export interface Canvas {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}

/** The art that clips are drawn with, in memory. */
export interface WorldPack {
  readonly sprites: ReadonlyMap<string, Sprite>
  /** By `canvasKey`, one picture a variant. */
  readonly canvases: ReadonlyMap<string, readonly Canvas[]>
}

/** Which pictures of a setting: `beach/day`, or `forest/day/winter/overcast` where it is not a clear summer's. */
export function canvasKey(
  name: SettingName,
  time: TimeOfDay,
  season: Season = 'summer',
  sky: Sky = 'clear',
): string {
  const usual = season === 'summer' && sky === 'clear'
  return usual ? `${name}/${time}` : `${name}/${time}/${season}/${sky}`
}

/** The pictures of a setting as it looks. */
export function canvasesOf(pack: WorldPack, look: SettingLook): readonly Canvas[] {
  return pack.canvases.get(canvasKey(look.setting, look.time, look.season, skyOf(look.weather))) ?? []
}

/** A sprite that reads its pictures, the largest [frames, size, size, 4], when they are first wanted, and halves them. */
export function createSprite(
  read: () => Uint8Array,
  frames: number,
  size: number,
  levelCount: number = spriteSizes.length,
): Sprite {
  let levels: Sprite['levels'] | null = null
  return {
    frames,
    get levels() {
      levels ??= halvings(read(), frames, size, levelCount)
      return levels
    },
  }
}

function halvings(data: Uint8Array, frames: number, size: number, levelCount: number): Sprite['levels'] {
  const levels = [{ size, data }]
  let last = levels[0]
  for (let k = 1; k < levelCount && last; k++) {
    last = { size: last.size >> 1, data: halve(last.data, frames, last.size) }
    levels.push(last)
  }
  return levels
}

function halve(data: Uint8Array, frames: number, size: number): Uint8Array {
  const half = size >> 1
  const out = new Uint8Array(frames * half * half * 4)
  const row = size * 4
  let to = 0
  for (let y = 0; y < frames * half; y++) {
    let from = y * 2 * row
    for (let x = 0; x < half; x++, from += 8) {
      for (let c = from; c < from + 4; c++) {
        const sum = (data[c] ?? 0) + (data[c + 4] ?? 0) + (data[c + row] ?? 0) + (data[c + row + 4] ?? 0)
        out[to++] = (sum + 2) >> 2
      }
    }
  }
  return out
}

const halves = new WeakMap<Canvas, Canvas>()

/** A canvas at half its size (means of 2×2 pixels), for small frames; made once. */
export function halfCanvas(canvas: Canvas): Canvas {
  const made = halves.get(canvas)
  if (made) return made
  const width = canvas.width >> 1
  const height = canvas.height >> 1
  const data = new Uint8Array(width * height * 3)
  const row = canvas.width * 3
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width * 3; x++) {
      const from = y * 2 * row + Math.floor(x / 3) * 6 + (x % 3)
      const sum =
        (canvas.data[from] ?? 0) +
        (canvas.data[from + 3] ?? 0) +
        (canvas.data[from + row] ?? 0) +
        (canvas.data[from + row + 3] ?? 0)
      data[y * width * 3 + x] = (sum + 2) >> 2
    }
  }
  const half = { width, height, data }
  halves.set(canvas, half)
  return half
}
