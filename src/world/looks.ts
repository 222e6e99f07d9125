import type { Random } from '../util/random.ts'
import type { Actor } from './actor.ts'
import { anchorsOf } from './anchors.ts'

/** Colours that an actor may have in place of its own. */
export const coats = [
  'red',
  'orange',
  'yellow',
  'green',
  'blue',
  'purple',
  'pink',
  'brown',
  'white',
  'grey',
  'black',
] as const
export type Coat = (typeof coats)[number]

export const accessoryKinds = [
  'hat',
  'cap',
  'party hat',
  'crown',
  'bow',
  'scarf',
  'glasses',
  'sunglasses',
] as const
export type AccessoryKind = (typeof accessoryKinds)[number]

export const accessoryColors = ['red', 'yellow', 'green', 'blue', 'purple', 'pink', 'white', 'black'] as const
export type AccessoryColor = (typeof accessoryColors)[number]

export interface Accessory {
  readonly kind: AccessoryKind
  readonly color: AccessoryColor
}

export const skinTones = ['light', 'medium-light', 'medium', 'medium-dark', 'dark'] as const
export type SkinTone = (typeof skinTones)[number]

/** What tells one dog from another: it stays with an actor for a whole story, said or not. */
export interface Looks {
  /** Null: its own colours. */
  readonly coat: Coat | null
  readonly wears: Accessory | null
  /** Null: yellow, or no skin to be seen. */
  readonly skin: SkinTone | null
}

export const plainLooks: Looks = { coat: null, wears: null, skin: null }

/** Looks for an actor: about a third of all are plain. */
export function chooseLooks(random: Random, actor: Actor): Looks {
  const wearable = accessoriesOf(actor)
  const wears =
    wearable.length > 0 && random.uniform() < 0.35
      ? { kind: random.pick(wearable), color: random.pick(accessoryColors) }
      : null
  const skin = actor.skin && random.uniform() < 0.7 ? random.pick(skinTones) : null
  const coat = canBeColored(actor) && random.uniform() < 0.45 ? random.pick(coats) : null
  return { coat, wears, skin }
}

/** People keep the colours of their clothes; so does what is named after its colour, and faces that show a mood by it. */
export function canBeColored({ kinds: [kind], skin, id }: Actor): boolean {
  return (
    kind !== 'person' &&
    kind !== 'face' &&
    !skin &&
    !/^(red|orange|yellow|green|blue|purple|brown|black|white|polar)-/.test(id)
  )
}

/** What an actor can put on: its picture shows where. */
export function accessoriesOf(actor: Actor): readonly AccessoryKind[] {
  const anchors = anchorsOf(actor)
  if (!anchors) return []
  return accessoryKinds.filter((kind) =>
    kind === 'scarf' ? anchors.neck !== undefined : isPair(kind) ? anchors.eyes !== undefined : true,
  )
}

/** Things that are told as two, and have no article. */
export function isPair(kind: AccessoryKind): boolean {
  return kind === 'glasses' || kind === 'sunglasses'
}

/** Ways to say what someone wears, after the noun: `with a red hat`. In the same order for `many`. */
export function accessoryWords(
  { kind, color }: Accessory,
  number: 'one' | 'many' = 'one',
): readonly string[] {
  const pair = isPair(kind)
  const plural = pair ? kind : `${kind}s`
  const what =
    number === 'many' || pair ? `${color} ${number === 'many' ? plural : kind}` : `a ${color} ${kind}`
  return [`with ${what}`, `wearing ${what}`, `in ${what}`]
}
