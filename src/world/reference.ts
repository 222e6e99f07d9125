import { FramewrightError } from '../util/errors.ts'
import { areaMeans, stretch } from '../video/area-means.ts'
import type { Box } from '../video/motion-plan.ts'
import type { Actor } from './actor.ts'
import { actorOf } from './actors.ts'
import { dress, type Part } from './dress.ts'
import { clearInk } from './ink.ts'
import { type Accessory, type Looks, plainLooks } from './looks.ts'
import { accessoryId } from './props.ts'
import { inkPicture } from './raster.ts'
import {
  type Season,
  type SettingLook,
  type SettingName,
  settings,
  type TimeOfDay,
  type Weather,
} from './settings.ts'
import { createAir } from './weather.ts'
import { canvasesOf, type WorldPack } from './world-pack.ts'

export interface ReferenceOptions {
  /** Height and width, in pixels. @default 64 */
  readonly size?: number | undefined
}

/**
 * A picture of an actor, RGBA with straight alpha, [size, size, 4], facing right whatever its native facing.
 * It is the actor's whole square: stretched over a state's box (and mirrored where `facing` is below 0) it lies
 * exactly on the actor as `renderClip` draws it by day, when `frame` is the one that the phase shows.
 * @param options.frame of its loop, any whole number: it goes round
 * @param options.looks its identity, as the script's actor has it. @default plain
 * @throws FramewrightError E_DATA when the pack lacks the actor
 */
export function referenceOf(
  actor: Actor | string,
  pack: WorldPack,
  options: ReferenceOptions & { readonly frame: number; readonly looks?: Looks | undefined },
): Uint8Array {
  const one = typeof actor === 'string' ? actorOf(actor) : actor
  const dressed = dress(one, options.looks ?? plainLooks, pack)
  if (!dressed) throw new FramewrightError('E_DATA', `the world pack has no actor ${one.id}: build it again`)
  const { size = 64, frame } = options
  const index = ((frame % dressed.frames) + dressed.frames) % dressed.frames
  const picture = new Float32Array(size * size * 4)
  for (const part of dressed.partsAt(index)) layOver(picture, size, part)
  return straight(picture, size, one.nativeFacing === 'left' ? 'mirrored' : 'as it is')
}

/**
 * A picture of an accessory by itself, RGBA with straight alpha, [size, size, 4]: its whole square, as one who faces us
 * wears it.
 * @throws FramewrightError E_DATA when the pack lacks it
 */
export function accessoryReference(
  accessory: Accessory,
  pack: WorldPack,
  { size = 64 }: ReferenceOptions = {},
): Uint8Array {
  const sprite = pack.sprites.get(accessoryId(accessory))
  if (!sprite) {
    const { kind, color } = accessory
    throw new FramewrightError('E_DATA', `the world pack has no ${color} ${kind}: build it again`)
  }
  const picture = new Float32Array(size * size * 4)
  layOver(picture, size, { sprite, frame: 0, left: 0, top: 0, width: 1, height: 1, ink: clearInk })
  return straight(picture, size, 'as it is')
}

/** Premultiplied numbers up to 255 → bytes with straight alpha, [size, size, 4]. */
function straight(picture: Float32Array, size: number, as: 'as it is' | 'mirrored'): Uint8Array {
  const out = new Uint8Array(size * size * 4)
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const from = (y * size + (as === 'mirrored' ? size - 1 - x : x)) * 4
      const to = (y * size + x) * 4
      const alpha = picture[from + 3] ?? 0
      for (let c = 0; c < 3; c++)
        out[to + c] = alpha > 0.5 ? Math.min(255, Math.round(((picture[from + c] ?? 0) * 255) / alpha)) : 0
      out[to + 3] = Math.round(alpha)
    }
  }
  return out
}

/** Lays a part over a picture, [size, size, 4] premultiplied: means over each pixel's area. */
function layOver(picture: Float32Array, size: number, part: Part): void {
  const level = part.sprite.levels[0]
  if (!level) return
  const length = level.size ** 2 * 4
  const source = level.data.subarray(part.frame * length, (part.frame + 1) * length)
  const columns = stretch(level.size, size, part.left * size, part.width * size)
  const rows = stretch(level.size, size, part.top * size, part.height * size)
  const layer = areaMeans(source, level.size, level.size, 4, size, columns, rows)
  inkPicture(layer, part.ink, part.skin)
  for (let i = 0; i < picture.length; i += 4) {
    const rest = 1 - (layer[i + 3] ?? 0) / 255
    for (let c = i; c < i + 4; c++) picture[c] = (layer[c] ?? 0) + (picture[c] ?? 0) * rest
  }
}

/**
 * A setting's whole picture, RGB, [size, size, 3]: 4:3 narrowed to a square, so that stretched over the camera's
 * box it lies exactly on the frame, mist and all; what falls is not in it.
 * @throws FramewrightError E_DATA when the pack lacks it
 */
export function settingReference(
  name: SettingName,
  time: TimeOfDay,
  variant: number,
  pack: WorldPack,
  options: ReferenceOptions & {
    readonly season?: Season | undefined
    readonly weather?: Weather | undefined
  } = {},
): Uint8Array {
  const { size = 64, season = 'summer', weather = 'clear' } = options
  const look: SettingLook = { setting: name, time, season, weather }
  const canvases = canvasesOf(pack, look)
  const canvas = canvases[variant % Math.max(1, canvases.length)]
  if (!canvas)
    throw new FramewrightError('E_DATA', `the world pack has no ${name} by ${time}, variant ${variant}`)
  const data = Uint8Array.from(areaMeans(canvas.data, canvas.width, canvas.height, 3, size), Math.round)
  // Nothing of its mist is random.
  createAir(0, weather, time, settings[name], 1).cover({ size, data }, wholePicture)
  return data
}

/** The box of a picture that fills the frame. */
const wholePicture: Box = { centerX: 0.5, centerY: 0.5, width: 1, height: 1 }
