import type { Actor } from './actor.ts'
import { anchorsOf } from './anchors.ts'
import { headTrack } from './head-track.ts'
import { after, clearInk, coatInk, type Ink, type Palette, paletteOf, skinInk } from './ink.ts'
import type { Accessory, AccessoryKind, Looks } from './looks.ts'
import { accessoryId } from './props.ts'
import type { Sprite, WorldPack } from './world-pack.ts'

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

/**
 * How much of its box's side an actor's own picture takes: less than all under a hat, which must fit in as well. It
 * stands on the box's lower edge, in the middle.
 */
export function shareOfBox(actor: Actor, { wears }: Looks): number {
  const head = anchorsOf(actor)?.head
  if (!wears || !head || !fits[wears.kind].isOnTop) return 1
  const above = fits[wears.kind].width * head.width * fits[wears.kind].above - head.y + slack
  return 1 / (1 + Math.max(0, above))
}

/** Where the feet stand in a dressed actor's box. */
export function dressedFeet(actor: Actor, looks: Looks): number {
  return 1 - shareOfBox(actor, looks) * (1 - actor.feet)
}

/** Room for heads that go up and down. */
const slack = 0.03

/** An accessory's picture beside its anchor: `width` in widths of the anchor; the anchor lies at (½, `at`) of it. */
interface Fit {
  readonly width: number
  readonly at: number
  /** How far it reaches above its anchor, in its own widths. */
  readonly above: number
  readonly isOnTop: boolean
  readonly anchor: 'head' | 'eyes' | 'neck'
}

const fits: { readonly [K in AccessoryKind]: Fit } = {
  hat: { width: 1.25, at: 0.8, above: 0.68, isOnTop: true, anchor: 'head' },
  cap: { width: 1.2, at: 0.78, above: 0.5, isOnTop: true, anchor: 'head' },
  'party hat': { width: 0.85, at: 0.92, above: 0.88, isOnTop: true, anchor: 'head' },
  crown: { width: 0.95, at: 0.8, above: 0.62, isOnTop: true, anchor: 'head' },
  bow: { width: 0.8, at: 0.62, above: 0.5, isOnTop: true, anchor: 'head' },
  scarf: { width: 1.15, at: 0.3, above: 0.3, isOnTop: false, anchor: 'neck' },
  glasses: { width: 1, at: 0.5, above: 0.5, isOnTop: false, anchor: 'eyes' },
  sunglasses: { width: 1, at: 0.5, above: 0.5, isOnTop: false, anchor: 'eyes' },
}

/** Dresses an actor with the pack's pictures; null where the pack lacks one. */
export function dress(actor: Actor, looks: Looks, pack: WorldPack): Dressed | null {
  const sprite = pack.sprites.get(actor.id)
  const prop = looks.wears ? pack.sprites.get(accessoryId(looks.wears)) : null
  if (!sprite || prop === undefined) return null
  const share = shareOfBox(actor, looks)
  const ink = looks.coat === null ? clearInk : coatInk(looks.coat, palette(sprite))
  const body = { sprite, left: (1 - share) / 2, top: 1 - share, width: share, height: share, ink }
  const skin = looks.skin === null ? {} : { skin: skinInk(looks.skin) }
  return {
    frames: sprite.frames,
    partsAt(frame) {
      const own: Part = { ...body, ...skin, frame }
      if (!looks.wears || !prop) return [own]
      return [own, worn(actor, looks.wears, prop, own)]
    },
  }
}

function worn(actor: Actor, { kind }: Accessory, prop: Sprite, body: Part): Part {
  const fit = fits[kind]
  const anchors = anchorsOf(actor)
  const anchor = anchors?.[fit.anchor] ?? anchors?.head ?? { x: 0.5, y: 0.2, width: 0.4 }
  const moved = headTrack(body.sprite, anchors?.head ?? anchor)[body.frame] ?? { x: 0, y: 0 }
  const width = fit.width * anchor.width * body.width
  return {
    sprite: prop,
    frame: 0,
    left: body.left + (anchor.x + moved.x) * body.width - width / 2,
    top: body.top + (anchor.y + moved.y) * body.height - width * fit.at,
    width,
    height: width,
    ink: clearInk,
  }
}

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
