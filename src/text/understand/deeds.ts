import type { WordNet } from '../wordnet/wordnet.ts'
import type { Clause } from './clause.ts'
import { isNobody } from './roles.ts'

const aspect =
  /^(?:start|begin|continue|keep|seem|appear|happen|tend|need|used|go on|keep on|carry on|finish|manage|get)$/
/** Participles that tell a state nobody made: "a street filled with people". */
const states =
  /^(?:dress|cover|fill|surround|make|name|call|park|locate|seat|crowd|line|shape|stack|scatter|decorate|set|base|title|see|perch|situate|know|adorn|clad|lose|inspire|style|capture|shoot|film|render|equip|entitle|lit|light|bathe|drench|soak|close|open|break|stick)$/
const showing =
  /^(?:show|introduce|expect|see|imagine|picture|make|create|generate|draw|paint|film|render|give|meet|let|depict|consider|describe|animate|produce|view|visualise|visualize)$/

/** "No one sleeps". */
export function isDoneByNoOne({ subjects }: Clause): boolean {
  return (
    subjects.length > 0 &&
    subjects.every((one) =>
      one.kind === 'noun' ? one.count === 0 : /^(?:nobody|nothing|none)$/.test(one.lower),
    )
  )
}

/**
 * Whether a clause tells of something that is done, and not how something is.
 * @param subjects the entities that its subjects are
 */
export function isAction(clause: Clause, subjects: readonly string[], wordnet: WordNet): boolean {
  const { verb, objects, obliques } = clause
  if (verb === null) return false
  if ((verb.form === 'imperative' || clause.isHeading) && showing.test(verb.base)) return false
  if (isDoneByNoOne(clause)) return true
  const isSeen = clause.subjects.some((one) => one.kind === 'pronoun' && isNobody(one))
  if (isSeen && subjects.length === 0) return false
  // "Starts to run" is running; "it starts to rain" is weather.
  if (verb.base === 'dress' && objects.length === 0) return false
  if (aspect.test(verb.lemma) && goesOn(clause)) return false
  const isPassive = verb.voice === 'passive'
  const hasAgent = obliques.some(({ preposition }) => preposition === 'by')
  if (
    isPassive &&
    !hasAgent &&
    (states.test(verb.base) || isThought(verb.base, wordnet) || isState(verb.said, wordnet))
  )
    return false
  if (subjects.length > 0) return true
  // "She cracks an egg", of one whom nothing names.
  if (clause.subjects.some((one) => one.kind === 'pronoun' && /^(?:s?he|they)$/.test(one.lower))) return true
  // "Rain falls", "night comes", "the city sleeps": no one does it.
  const isToldOf = clause.subjects.length > 0
  return (
    !isToldOf &&
    (verb.form !== 'ing' || clause.isHeading) &&
    verb.form !== 'infinitive' &&
    (objects.length > 0 || verb.form !== 'imperative')
  )
}

/** "A fan dances", "a pitcher nods": a thing in its first sense, and a person who does what people do. */
export function isPersonsDeed(lemma: string, verb: string, wordnet: WordNet): boolean {
  const isPersonToo = wordnet.noun(lemma)?.commonClasses.some((letter) => 'mfp'.includes(letter)) ?? false
  return isPersonToo && 'ckgbesfopmvr'.includes(wordnet.verb(verb)?.classes[0] ?? 't')
}

/** Whether another verb for the same subject follows right behind, without `and`. */
function goesOn(clause: Clause): boolean {
  return clause.objects.length === 0 && clause.isContinued
}

/** "Is frozen": an adjective of its own. */
function isState(said: string, wordnet: WordNet): boolean {
  return (wordnet.adjective(said)?.frequency ?? 0) >= 2
}

/** "Is expected", "is believed": nothing is done. */
function isThought(verb: string, wordnet: WordNet): boolean {
  return wordnet.verb(verb)?.classes.slice(0, 1).join('') === 'g'
}
