import type { Actor } from '../world/actor.ts'
import { type AccessoryKind, accessoriesOf, type Coat } from '../world/looks.ts'
import type { Vocabulary } from '../world/vocabulary.ts'
import type { PictureBrief, Worn } from './brief.ts'
import type { Warning } from './events.ts'
import { accessoryPhrase, wholePhrase } from './worn.ts'

/** How a picture comes to what it wears: drawn as a part of it, from words, or apart and put on. */
export interface Costume {
  /** What the picture is drawn from: with the words for what the weights do not know. */
  readonly phrase: string
  /** Who wears the pieces; null where there are none. */
  readonly wearer: Actor | null
  /** Accessories that are drawn apart, back to front. */
  readonly pieces: readonly Piece[]
}

export interface Piece {
  readonly kind: AccessoryKind
  /** What it is drawn from: `a green hat`. */
  readonly phrase: string
}

/**
 * What is drawn apart: accessories that the weights know, on someone whose picture says where they are worn. Those that
 * have no place are left out, for characters are learned with nothing on; what the weights do not know stays words.
 */
export function costumeOf(brief: PictureBrief, vocabulary: Vocabulary | null): Costume {
  const wearer = brief.wears.length > 0 ? (vocabulary?.whoIs(brief.phrase) ?? null) : null
  const fitting = wearer ? accessoriesOf(wearer) : []
  const isKnown = ({ kind }: Worn): boolean => vocabulary?.knowsLook(kind) ?? false
  const pieces = brief.wears.filter((one) => isKnown(one) && fitting.includes(one.kind)).map(pieceOf)
  const phrase = wholePhrase({ ...brief, wears: brief.wears.filter((one) => !isKnown(one)) })
  return { phrase, wearer: pieces.length > 0 ? wearer : null, pieces }
}

/** Of accessories that the weights know, and that have no place on who wears them. */
export function costumeWarnings(pictures: readonly PictureBrief[], vocabulary: Vocabulary | null): Warning[] {
  return pictures.flatMap((brief): Warning[] => {
    const { pieces } = costumeOf(brief, vocabulary)
    const lost = brief.wears.filter(
      ({ kind }) => vocabulary?.knowsLook(kind) && !pieces.some((piece) => piece.kind === kind),
    )
    const words = lost.map(({ kind }) => kind)
    if (words.length === 0) return []
    const message = `Toybox knows no place for ${words.map((word) => `"${word}"`).join(' and ')} on "${brief.phrase}", and it is left out: give a picture with --character.`
    return [{ type: 'left-out', words, message }]
  })
}

/** Colours of accessories whose text tells none, the same in every film. */
const usualColors: { readonly [K in AccessoryKind]: Coat } = {
  hat: 'red',
  cap: 'blue',
  'party hat': 'pink',
  crown: 'yellow',
  bow: 'red',
  scarf: 'red',
  glasses: 'black',
  sunglasses: 'black',
}

function pieceOf({ kind, color }: Worn): Piece {
  return { kind, phrase: accessoryPhrase(kind, color ?? usualColors[kind]) }
}
