import { FramewrightError } from '../util/errors.ts'
import { type Actor, actorOf } from './actors.ts'
import type { SettingName, TimeOfDay } from './settings.ts'
import { canvasKey, type WorldPack } from './world-pack.ts'

export interface ReferenceOptions {
  /** Height and width, in pixels. @default 64 */
  readonly size?: number | undefined
}

/**
 * A picture of an actor, RGBA with straight alpha, [size, size, 4], facing right whatever its native facing.
 * It is the actor's whole square: stretched over a state's box (and mirrored where `facing` is below 0) it lies
 * exactly on the actor as `renderClip` draws it by day, when `frame` is the one that the phase shows.
 * @param options.frame of its loop, any whole number: it goes round
 * @throws FramewrightError E_DATA when the pack lacks the actor
 */
export function referenceOf(
  actor: Actor | string,
  pack: WorldPack,
  options: ReferenceOptions & { readonly frame: number },
): Uint8Array {
  const { id, nativeFacing } = typeof actor === 'string' ? actorOf(actor) : actor
  const sprite = pack.sprites.get(id)
  const level = sprite?.levels[0]
  if (!sprite || !level)
    throw new FramewrightError('E_DATA', `the world pack has no actor ${id}: build it again`)
  const { size = 64, frame } = options
  const length = level.size ** 2 * 4
  const index = ((frame % sprite.frames) + sprite.frames) % sprite.frames
  const means = areaMeans(
    level.data.subarray(index * length, (index + 1) * length),
    level.size,
    level.size,
    4,
    size,
  )
  const out = new Uint8Array(size * size * 4)
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const from = (y * size + (nativeFacing === 'left' ? size - 1 - x : x)) * 4
      const to = (y * size + x) * 4
      const alpha = means[from + 3] ?? 0
      for (let c = 0; c < 3; c++)
        out[to + c] = alpha > 0.5 ? Math.min(255, Math.round(((means[from + c] ?? 0) * 255) / alpha)) : 0
      out[to + 3] = Math.round(alpha)
    }
  }
  return out
}

/**
 * A setting's whole picture, RGB, [size, size, 3]: 4:3 narrowed to a square, so that stretched over the camera's
 * box it lies exactly on the frame.
 * @throws FramewrightError E_DATA when the pack lacks it
 */
export function settingReference(
  name: SettingName,
  time: TimeOfDay,
  variant: number,
  pack: WorldPack,
  options: ReferenceOptions = {},
): Uint8Array {
  const canvas = pack.canvases.get(canvasKey(name, time))?.[variant]
  if (!canvas)
    throw new FramewrightError('E_DATA', `the world pack has no ${name} by ${time}, variant ${variant}`)
  return Uint8Array.from(
    areaMeans(canvas.data, canvas.width, canvas.height, 3, options.size ?? 64),
    Math.round,
  )
}

/** [height, width, channels] → [size, size, channels]: means over each new pixel's area. */
function areaMeans(
  data: Uint8Array,
  width: number,
  height: number,
  channels: number,
  size: number,
): Float32Array {
  const narrow = new Float32Array(height * size * channels)
  spread(width, size, (from, to, share) => {
    for (let y = 0; y < height; y++) {
      for (let c = 0; c < channels; c++) {
        const i = (y * size + to) * channels + c
        narrow[i] = (narrow[i] ?? 0) + (data[(y * width + from) * channels + c] ?? 0) * share
      }
    }
  })
  const out = new Float32Array(size * size * channels)
  const row = size * channels
  spread(height, size, (from, to, share) => {
    for (let i = 0; i < row; i++)
      out[to * row + i] = (out[to * row + i] ?? 0) + (narrow[from * row + i] ?? 0) * share
  })
  return out
}

/** Calls back for every old pixel and new pixel that overlap, with the share of the new one that it fills. */
function spread(from: number, to: number, add: (from: number, to: number, share: number) => void): void {
  const step = from / to
  for (let i = 0; i < to; i++) {
    for (let p = Math.floor(i * step); p < (i + 1) * step - 1e-9; p++) {
      add(p, i, (Math.min((i + 1) * step, p + 1) - Math.max(i * step, p)) / step)
    }
  }
}
