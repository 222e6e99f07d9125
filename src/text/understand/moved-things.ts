import type { WordNet } from '../wordnet/wordnet.ts'
import type { Cast } from './cast.ts'
import type { Clause, Nominal } from './clause.ts'
import { bringing } from './verb-kinds.ts'

// Whether a verb brings, makes or lets its object where a preposition says.

interface Tools {
  readonly cast: Cast
  readonly wordnet: WordNet
}

/** "Digs a hole under the fence". */
export function isMadeThere(verb: string, preposition: string): boolean {
  return (
    /^(?:dig|burrow|drill|bore|scratch|build|make)$/.test(verb) &&
    /^(?:under|below|beneath)$/.test(preposition)
  )
}

/** "Stirs it into the soup", "punches the ball over the bar": the thing goes there, and not who moves it. */
export function isMoved(
  preposition: string,
  verb: string,
  moved: readonly string[],
  { cast, wordnet }: Tools,
): boolean {
  const isThing = moved.every((id) => !cast.isCharacter(id))
  if (!isThing || !/^(?:into|onto|over|across|through|out of|off)$/.test(preposition)) return false
  return /^(?:into|onto)$/.test(preposition) || wordnet.verb(verb)?.classes[0] === 'c'
}

/** "Lowers its bucket into a pit": the bucket goes there. */
export function isLetInto(
  { verb }: Clause,
  preposition: string,
  moved: readonly string[],
  { cast, wordnet }: Tools,
): boolean {
  const isMoving = 'mc'.includes(wordnet.verb(verb?.base ?? '')?.classes[0] ?? 't')
  return /^(?:into|onto)$/.test(preposition) && isMoving && !moved.some((id) => cast.isCharacter(id))
}

/** Whether the verb brings its object there: contact that needs one. */
export function isPut(
  { verb, objects, obliques }: Clause,
  preposition: string,
  nominal: Nominal,
  tools: Tools,
): boolean {
  if (verb === null || objects.length === 0 || verb.voice === 'passive') return false
  const senses = tools.wordnet.verb(verb.base)
  const isBehind = obliques.find((one) => one.nominal === nominal)?.nominal.start ?? 0
  return (
    /^(?:in|into|on|onto|under|behind|inside|between|over|around|above|against)$/.test(preposition) &&
    (bringing.test(verb.base) || (senses?.classes[0] === 'c' && !senses.standsAlone)) &&
    isBehind > (objects[0]?.start ?? 0)
  )
}
