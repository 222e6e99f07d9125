import type { SceneGraph } from '../text/scene-graph.ts'
import type { Clause } from './clauses.ts'

/**
 * Whether a clause goes on at the same time as what its sentence tells beside it, by the words that join them: `while
 * the earth turns`, `as the sun sets`, `carrying four tourists`, `who carries a guitar`, `to
 * look`. What only follows in time
 * (`and`, `then`, `when`) does not.
 * @param before the clause before it in the sentence; null for the first
 */
export function isMeanwhile({ text, sentences }: SceneGraph, clause: Clause, before: Clause | null): boolean {
  const { verb, action } = clause
  const sentence = sentences[action.sentence]
  if (!verb || !sentence) return false
  const lead = text.slice(before?.verb?.end ?? sentence.start, verb.start)
  if (later.test(lead)) return false
  const isParticiple = /ing$/i.test(text.slice(verb.start, verb.end)) && !action.lemma.endsWith('ing')
  return isParticiple || conjunction.test(lead) || relative.test(lead) || /\bto\s+$/i.test(lead)
}

const later = /\b(?:then|before|after|until|when|once)\b/i

/** `As fast as a horse` is none. */
const conjunction =
  /\b(?:[Ww]hile|[Ww]hilst)\b|(?<!\bas\s+\p{L}+\s+)\b[Aa]s\s+(?:an?|the|his|her|its|their|he|she|it|they|two|three|\p{Lu}\p{L}+)\b/u

/** Right before the verb, but for auxiliaries and adverbs. */
const relative =
  /\b(?:who|which|that)(?:\s+(?:is|are|was|were|has|have|had|do|does|did|not|never|always|\p{L}+ly))*\s+$/iu
