import type { Actor } from './actor.ts'
import { type Anchor, anchorsOf } from './anchors.ts'
import type { HeadShift } from './head-track.ts'
import type { AccessoryKind } from './looks.ts'

/** A square in the unit square of an actor's box, by its top left, native facing. */
export interface Square {
  readonly left: number
  readonly top: number
  readonly side: number
}

/** A head that is where the loop's first picture has it. */
export const still: HeadShift = { x: 0, y: 0 }

/** Where a head is whose actor has no anchors. */
const somewhere: Anchor = { x: 0.5, y: 0.2, width: 0.4 }

/** The crown of an actor's head, on the loop's first picture. */
export function headOf(actor: Actor): Anchor {
  return anchorsOf(actor)?.head ?? somewhere
}

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

/** Room for heads that go up and down. */
const slack = 0.03

/** How much of its box's side an actor's own picture takes: less than all under a hat, which must fit in as well. */
export function shareOfBox(actor: Actor, worn: readonly AccessoryKind[]): number {
  const head = anchorsOf(actor)?.head
  const shares = worn.map((kind) => {
    const { width, above, isOnTop } = fits[kind]
    return head && isOnTop ? 1 / (1 + Math.max(0, width * head.width * above - head.y + slack)) : 1
  })
  return Math.min(1, ...shares)
}

/** Where an actor's own picture lies: on the box's lower edge, in the middle. @param share as `shareOfBox` */
export function bodySquare(share: number): Square {
  return { left: (1 - share) / 2, top: 1 - share, side: share }
}

/** Where an accessory's picture lies. @param body as `bodySquare` @param moved the head, since the loop's first picture */
export function wornSquare(actor: Actor, kind: AccessoryKind, body: Square, moved: HeadShift): Square {
  const fit = fits[kind]
  const anchor = anchorsOf(actor)?.[fit.anchor] ?? headOf(actor)
  const side = fit.width * anchor.width * body.side
  return {
    left: body.left + (anchor.x + moved.x) * body.side - side / 2,
    top: body.top + (anchor.y + moved.y) * body.side - side * fit.at,
    side,
  }
}

/** The same place in the mirrored picture. */
export function mirrored(square: Square): Square {
  return { ...square, left: 1 - square.left - square.side }
}
