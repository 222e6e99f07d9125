import type { Draft } from './draft.ts'
import { contrast } from './named-again.ts'
import type { NounPhrase } from './noun-phrases.ts'

/** "The red balloon … the blue one", "another": what kind of thing the other is; null if nothing tells. */
export function kindOfOther(
  { attributes, count, isPlural, reference }: NounPhrase,
  drafts: readonly Draft[],
  isColour: (adjective: string) => boolean,
): Pick<NounPhrase, 'lemma' | 'head'> | null {
  if (reference === 'another') {
    const kind = drafts.findLast(({ isHidden, role }) => !isHidden && role === 'subject')
    return kind ? { lemma: kind.lemma, head: kind.head } : null
  }
  if (attributes.length === 0 || isPlural || (count ?? 1) > 1) return null
  const isOther = (draft: Draft): boolean =>
    attributes.some((word) => draft.attributes.some((old) => contrast(word, old, isColour)))
  const known = drafts.filter((draft) => !draft.isHidden && !draft.isProper)
  const other = known.findLast(isOther) ?? (reference === 'definite' ? known.at(-1) : undefined)
  return other?.count === 1 ? { lemma: other.lemma, head: other.head } : null
}
