import type { Entity, SceneGraph } from '../text/scene-graph.ts'
import {
  type AccessoryKind,
  accessoryColors,
  accessoryKinds,
  type Coat,
  coats,
  isPair,
} from '../world/looks.ts'
import type { Vocabulary } from '../world/vocabulary.ts'
import type { PictureBrief, Worn } from './brief.ts'
import type { Warning } from './events.ts'
import { oneOf, withArticle } from './noun-phrase.ts'

/** What each character and object wears that is drawn as a part of it, by its id: a hat is nobody that stands beside it. */
export function wornBy(
  graph: SceneGraph,
  vocabulary: Vocabulary | null,
): ReadonlyMap<string, readonly Entity[]> {
  const worn = new Map<string, readonly Entity[]>()
  const wearers = new Map<string, string>()
  for (const { subject, relation, object } of graph.relations) {
    if (!['wear', 'with', 'have', 'in'].includes(relation)) continue
    // What is worn is a part of who wears it; what is only had, or what one is in, is one where it can be drawn on them.
    const isPart = (lemma: string): boolean => relation === 'wear' || (vocabulary?.knowsLook(lemma) ?? false)
    const thing = graph.objects.find(({ id, lemma }) => id === object && isPart(lemma))
    const isSomeone = [...graph.characters, ...graph.objects].some(({ id }) => id === subject)
    if (!thing || !isSomeone) continue
    // "A woman in a red dress with a blue hat": she wears the hat.
    const wearer = wearers.get(subject) ?? subject
    wearers.set(thing.id, wearer)
    worn.set(wearer, [...(worn.get(wearer) ?? []), thing])
  }
  return worn
}

/** Of clothes that nobody was seen in: the words stay in the phrase, and what comes of them is chance. */
export function wornWarnings(
  worn: ReadonlyMap<string, readonly Entity[]>,
  vocabulary: Vocabulary | null,
): Warning[] {
  const things = [...worn.values()].flat().map(({ lemma }) => lemma)
  const words = [...new Set(things.filter((lemma) => vocabulary !== null && !vocabulary.knowsClothes(lemma)))]
  if (words.length === 0) return []
  const list = words.map((word) => `"${word}"`).join(' and ')
  const message = `Toybox has not learned to draw ${list} on anyone, and it may not be seen: give a picture with --character.`
  return [{ type: 'left-out', words, message }]
}

/** A picture with what its text says is worn: accessories apart, other clothes as words of the phrase. */
export function withWorn(picture: PictureBrief, things: readonly Entity[]): PictureBrief {
  const wears = things.flatMap((thing) => accessoryOf(thing) ?? [])
  const garments = things.filter((thing) => accessoryOf(thing) === null)
  return {
    ...picture,
    phrase: [picture.phrase, ...garments.map(({ name }) => `in ${counted(name)}`)].join(' '),
    wears: [...picture.wears, ...wears],
  }
}

/** `a cat with a red hat and glasses`: all that a picture is of. */
export function wholePhrase({ phrase, wears }: Pick<PictureBrief, 'phrase' | 'wears'>): string {
  const worn = wears.map(({ words }) => words).join(' and ')
  return worn === '' ? phrase : `${phrase} with ${worn}`
}

/** Null for what is no accessory. */
export function accessoryOf({ lemma, name, attributes, count }: Entity): Worn | null {
  const kind = accessoryKinds.find((one) => one === lemma)
  if (!kind) return null
  const color = coats.find((one) => attributes.includes(one)) ?? null
  const known = accessoryColors.find((one) => one === color)
  if (known) return { kind, color, words: accessoryPhrase(kind, known) }
  return { kind, color, words: count > 1 && !isPair(kind) ? oneOf(name, lemma) : counted(name) }
}

/** `a green hat`, `green glasses`: how the weights know an accessory by itself. */
export function accessoryPhrase(kind: AccessoryKind, color: Coat): string {
  return isPair(kind) ? `${color} ${kind}` : withArticle(`${color} ${kind}`)
}

const counted = (name: string): string => (/[^s]s$/.test(name) ? name : withArticle(name))

/**
 * A description without one thing that is worn, and without the words that join it: `a fox in a red hat and a blue shirt` →
 * `a fox in a blue shirt`; null where other words join it.
 * @param start of the thing, UTF-16 units @param end exclusive
 */
export function withoutWorn(
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
): string | null {
  const [before, after] = [text.slice(0, start), text.slice(end)]
  const joined = /(?:,\s*and|,|\s+and)\s+$/i.exec(before)
  if (joined) return before.slice(0, joined.index) + after
  const opened = /,?\s+(?:with|in|wearing|(?:who|that)\s+(?:is\s+wearing|wears|has))\s+$/i.exec(before)
  if (!opened) return null
  const further = /^(?:,?\s+and|,(?=\s+(?:a|an|the|some)\s))\s+/i.exec(after)
  return further ? before + after.slice(further[0].length) : before.slice(0, opened.index) + after
}
