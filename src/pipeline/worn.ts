import type { Entity, SceneGraph } from '../text/scene-graph.ts'
import { accessoryColors, accessoryKinds, accessoryWords } from '../world/looks.ts'
import type { Vocabulary } from '../world/vocabulary.ts'

/** What each character and object wears that is drawn as a part of it, by its id: a hat is nobody that stands beside it. */
export function wornBy(
  graph: SceneGraph,
  vocabulary: Vocabulary | null,
): ReadonlyMap<string, readonly Entity[]> {
  const worn = new Map<string, readonly Entity[]>()
  for (const { subject, relation, object } of graph.relations) {
    if (!['wear', 'with', 'have'].includes(relation)) continue
    const thing = graph.objects.find(({ id, lemma }) => id === object && vocabulary?.knowsLook(lemma))
    const isSomeone = [...graph.characters, ...graph.objects].some(({ id }) => id === subject)
    if (thing && isSomeone) worn.set(subject, [...(worn.get(subject) ?? []), thing])
  }
  return worn
}

/** `a cat` in a red hat → `a cat with a red hat`, as its training says it. */
export function withWorn(phrase: string, things: readonly Entity[]): string {
  return [phrase, ...things.map(wordsOf)].join(' ')
}

function wordsOf({ lemma, name, attributes }: Entity): string {
  const kind = accessoryKinds.find((one) => one === lemma)
  const color = accessoryColors.find((one) => attributes.includes(one))
  const [words] = kind && color ? accessoryWords({ kind, color }) : []
  return words ?? `with ${/s$/.test(lemma) ? name : `a ${name}`}`
}
