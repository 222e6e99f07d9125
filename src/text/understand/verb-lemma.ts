import type { WordNet } from '../wordnet/wordnet.ts'
import type { Clause } from './clause.ts'
import { changesMeaning } from './verb-groups.ts'

/** The verb of a clause, with its particle where that changes what is done: `knocks it over`. */
export function lemmaOf({ verb, adverbs, objects }: Clause, wordnet: WordNet): string {
  if (verb === null) return ''
  // "Knocks it over", "puts his hat on".
  const particle =
    objects.length > 0
      ? adverbs.find((word) => /^(?:up|down|off|on|out|over|away|in|back)$/.test(word))
      : undefined
  const isPhrasal =
    particle !== undefined && verb.lemma === verb.base && changesMeaning(verb.base, particle, wordnet)
  return isPhrasal ? `${verb.base} ${particle}` : verb.lemma
}
