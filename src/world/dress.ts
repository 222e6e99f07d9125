import type { Actor } from './actor.ts'
import { headTrack } from './head-track.ts'
import { after, clearInk, coatInk, type Ink, type Palette, paletteOf, skinInk } from './ink.ts'
import type { Looks } from './looks.ts'
import { accessoryId } from './props.ts'
import type { Sprite, WorldPack } from './world-pack.ts'
import { bodySquare, headOf, type Square, shareOfBox, still, wornSquare } from './worn-place.ts'

/** One picture of a dressed actor, and where it lies in the unit square of its box, native facing. */
export interface Part {
  readonly sprite: Sprite
  readonly frame: number
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  readonly ink: Ink
  readonly skin?: Ink
}

/** An actor as it looks: its parts at every picture of its loop, back to front. */
export interface Dressed {
  readonly frames: number
  partsAt(frame: number): readonly Part[]
}

/** How much of its box's side an actor's own picture takes, as it looks. */
export function dressedShare(actor: Actor, { wears }: Looks): number {
  return shareOfBox(actor, wears ? [wears.kind] : [])
}

/** Where the feet stand in a dressed actor's box. */
export function dressedFeet(actor: Actor, looks: Looks): number {
  return 1 - dressedShare(actor, looks) * (1 - actor.feet)
}

/** Dresses an actor with the pack's pictures; null where the pack lacks one. */
export function dress(actor: Actor, looks: Looks, pack: WorldPack): Dressed | null {
  const sprite = pack.sprites.get(actor.id)
  const prop = looks.wears ? pack.sprites.get(accessoryId(looks.wears)) : null
  if (!sprite || prop === undefined) return null
  const square = bodySquare(dressedShare(actor, looks))
  const ink = looks.coat === null ? clearInk : coatInk(looks.coat, palette(sprite))
  const body = { sprite, ...sides(square), ink }
  const skin = looks.skin === null ? {} : { skin: skinInk(looks.skin) }
  return {
    frames: sprite.frames,
    partsAt(frame) {
      const own: Part = { ...body, ...skin, frame }
      if (!looks.wears || !prop) return [own]
      const moved = headTrack(sprite, headOf(actor))[frame] ?? still
      const place = sides(wornSquare(actor, looks.wears.kind, square, moved))
      return [own, { sprite: prop, frame: 0, ...place, ink: clearInk }]
    },
  }
}

const sides = ({ left, top, side }: Square) => ({ left, top, width: side, height: side })

const palettes = new WeakMap<Sprite, Palette>()

/** The palette of a sprite's first picture. */
function palette(sprite: Sprite): Palette {
  const known = palettes.get(sprite)
  if (known) return known
  const smallest = sprite.levels.at(-1)
  const found = paletteOf(smallest ? smallest.data.subarray(0, smallest.size ** 2 * 4) : new Uint8Array())
  palettes.set(sprite, found)
  return found
}

/** A part's ink and skin's ink under a light. */
export function lit(part: Part, light: Ink): { readonly ink: Ink; readonly skin?: Ink } {
  return part.skin
    ? { ink: after(part.ink, light), skin: after(part.skin, light) }
    : { ink: after(part.ink, light) }
}
