import type { WordNet } from '../wordnet/wordnet.ts'
import type { Draft } from './draft.ts'

// What a verb is done to, by what it means: one eats food, reads what is written, thanks somebody.

const donning = /^(?:wear|put on|take off|don|try on|button|zip)$/
const reading = /^(?:read|write|sign|translate)$/
const driving = /^(?:drive|park|steer|board)$/
const pursuing = /^(?:trail|follow|chase|pursue|shadow)$/
const pouring = /^(?:pour|spill|sip|stir|drink|mop)$/
const opening = /^(?:open|close|shut|lock|unlock)$/
/** Feeling, meeting, fighting: what one does to somebody. */
const withSomebody = 'esf'

/**
 * How well something fits as what a verb is done to: above 0 better than most, below worse.
 * @param verb with its particle where that changes what is done: `put on`
 */
export function fitAsObject(
  verb: string,
  { lemma, head, meaning }: Pick<Draft, 'lemma' | 'head' | 'meaning'>,
  wordnet: WordNet,
): number {
  const classes = (wordnet.noun(lemma) ?? wordnet.noun(head))?.classes ?? []
  const [kind = 't'] = wordnet.verb(verb)?.classes ?? []
  if (donning.test(verb)) return meaning.isClothing ? 1.5 : -0.5
  if (reading.test(verb)) return classes.includes('k') ? 1.5 : 0
  if (pursuing.test(verb)) return meaning.isVehicle || meaning.isAnimate ? 1 : 0
  if (opening.test(verb)) return meaning.isAnimate ? -2.5 : 0
  if (driving.test(verb)) return meaning.isVehicle ? 1.5 : 0
  if (pouring.test(verb)) return meaning.isSubstance ? 1.2 : 0
  if (kind === 'o' && /^(?:eat|swallow|chew|munch|gobble|devour|bite|lick|nibble|taste)$/.test(verb))
    return classes.includes('o') ? 1.5 : 'dsvcrl'.includes(classes[0] ?? 'x') ? -1.5 : 0
  return withSomebody.includes(kind) && meaning.isAnimate ? 0.8 : 0
}
