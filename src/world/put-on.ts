import { areaMeans, stretch } from '../video/area-means.ts'
import type { Actor } from './actor.ts'
import type { AccessoryKind } from './looks.ts'
import { usualHeads } from './usual-heads.ts'
import { bodySquare, mirrored, type Square, shareOfBox, still, wornSquare } from './worn-place.ts'

/** An accessory's picture by itself. */
export interface WornPicture {
  readonly kind: AccessoryKind
  /** Premultiplied RGBA in [0, 1], [4, size, size], as one who faces us wears it. */
  readonly picture: Float32Array
}

/**
 * An actor's picture in what it wears, back to front, where and as large as `dress` would have it when the head is where
 * the picture that the actor is learned by has it. Under a hat the actor gets smaller, so that all is inside.
 * @param picture premultiplied RGBA in [0, 1], [4, size, size], facing right whatever the native facing
 */
export function putOn(
  picture: Float32Array,
  actor: Actor,
  worn: readonly WornPicture[],
  size: number,
): Float32Array {
  const kinds = worn.map(({ kind }) => kind)
  const body = bodySquare(shareOfBox(actor, kinds))
  const out = new Float32Array(picture.length)
  lay(out, picture, size, body, 'as it is')
  for (const { kind, picture: thing } of worn) {
    const square = wornSquare(actor, kind, body, usualHeads[actor.id] ?? still)
    if (actor.nativeFacing === 'left') lay(out, thing, size, mirrored(square), 'mirrored')
    else lay(out, thing, size, square, 'as it is')
  }
  return out
}

/** Lays a picture into a square of another of its size, over what is there: means over each pixel's area. */
function lay(
  out: Float32Array,
  picture: Float32Array,
  size: number,
  { left, top, side }: Square,
  as: 'as it is' | 'mirrored',
): void {
  const across = stretch(size, size, left * size, side * size)
  const columns = as === 'mirrored' ? across.map((one) => ({ ...one, from: size - 1 - one.from })) : across
  const rows = stretch(size, size, top * size, side * size)
  const area = size ** 2
  const channels = [0, 1, 2, 3].map((c) =>
    areaMeans(picture.subarray(c * area, (c + 1) * area), size, size, 1, size, columns, rows),
  )
  const alpha = channels[3] ?? new Float32Array(area)
  for (const [c, channel] of channels.entries()) {
    for (let i = 0; i < area; i++) {
      const at = c * area + i
      out[at] = (channel[i] ?? 0) + (out[at] ?? 0) * (1 - (alpha[i] ?? 0))
    }
  }
}
