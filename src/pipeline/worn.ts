import type { Entity, SceneGraph } from '../text/scene-graph.ts'
import { accessoryColors, accessoryKinds, accessoryWords } from '../world/looks.ts'
import type { Vocabulary } from '../world/vocabulary.ts'
import type { Warning } from './events.ts'
import { withArticle } from './noun-phrase.ts'

/** What each character and object wears that is drawn as a part of it, by its id: a hat is nobody that stands beside it. */
export function wornBy(
  graph: SceneGraph,
  vocabulary: Vocabulary | null,
): ReadonlyMap<string, readonly Entity[]> {
  const worn = new Map<string, readonly Entity[]>()
  for (const { subject, relation, object } of graph.relations) {
    if (!['wear', 'with', 'have'].includes(relation)) continue
    // What is worn is a part of who wears it; what is only had is one where it can be drawn on them.
    const isPart = (lemma: string): boolean => relation === 'wear' || (vocabulary?.knowsLook(lemma) ?? false)
    const thing = graph.objects.find(({ id, lemma }) => id === object && isPart(lemma))
    const isSomeone = [...graph.characters, ...graph.objects].some(({ id }) => id === subject)
    if (thing && isSomeone) worn.set(subject, [...(worn.get(subject) ?? []), thing])
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

/** `a cat` in a red hat → `a cat with a red hat`, as its training says it; other clothes as they are: `in a blue shirt`. */
export function withWorn(phrase: string, things: readonly Entity[]): string {
  return [phrase, ...things.map(wordsOf)].join(' ')
}

function wordsOf({ lemma, name, attributes }: Entity): string {
  const kind = accessoryKinds.find((one) => one === lemma)
  const color = accessoryColors.find((one) => attributes.includes(one))
  const [words] = kind && color ? accessoryWords({ kind, color }) : []
  if (words) return words
  return `${kind ? 'with' : 'in'} ${/[^s]s$/.test(name) ? name : withArticle(name)}`
}
