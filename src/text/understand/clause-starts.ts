import type { Clause } from './clause.ts'
import type { ClauseState } from './clause-state.ts'
import type { Phrase } from './phrases.ts'
import { isList, verbAhead } from './phrases-around.ts'

// Whether a noun starts a clause of its own.

/** Whether there are only prepositions and their nouns since the last `and` or comma. */
export function startsFronted({ phrases, at, clause, jointAt }: ClauseState): boolean {
  if (jointAt >= clause.obliques.length) return false
  const isJoint = (index: number): boolean => /^(?:and|comma)$/.test(phrases[index]?.kind ?? '')
  let index = at - 1
  while (/^(?:noun|pronoun|preposition|comma)$/.test(phrases[index]?.kind ?? '') && !isBare(phrases, index))
    index--
  return isJoint(index) || isJoint(index + 1)
}

/** A noun with no preposition before it. */
function isBare(phrases: readonly Phrase[], index: number): boolean {
  const kind = phrases[index]?.kind
  return (kind === 'noun' || kind === 'pronoun') && phrases[index - 1]?.kind !== 'preposition'
}

/** Whether a noun is the subject of a new clause: there was a verb before, and another follows. */
export function startsClause({ clause, waiting, phrases, at, isJoined }: ClauseState): boolean {
  if (clause.verb === null) return false
  if (waiting.length > 0 && !isJoined) return false
  // "Boats heaped with mangoes and orchids drift": the boats' verb is still to come.
  if (waiting.length > 0 && phrases[at - 1]?.kind === 'and') return false
  if (isDoerOfBare(phrases, at, clause)) return false
  const verb = verbAhead(phrases, at, isJoined)
  if (!verb || verb.form === 'infinitive') return false
  if (verb.form === 'finite' || verb.form === 'imperative') return true
  return isJoined
}

/** "Lets them go", "watches the dog run": an object, and who does what follows. */
function isDoerOfBare(phrases: readonly Phrase[], at: number, { verb, objects }: Clause): boolean {
  const [previous, nominal, next] = [phrases[at - 1], phrases[at], phrases[at + 1]]
  if (previous?.kind !== 'verb' || objects.length > 0 || verb === null) return false
  const isObjectCase = nominal?.kind === 'pronoun' && /^(?:him|her|them|me|us)$/.test(nominal.lower)
  const isBareVerb = next?.kind === 'verb' && next.said === next.base
  return isObjectCase || (isBareVerb && causing.test(verb.base))
}

const causing = /^(?:let|make|help|watch|see|hear|have|feel|notice)$/

/** "…, neon lights, …": a noun behind a comma that goes on with no list. */
export function isApart({ previous, clause, slot, phrases, at }: ClauseState): boolean {
  // "Surfer wiping out, huge wave".
  const isComplete = slot !== null || clause.verb?.form === 'ing'
  return previous?.kind === 'comma' && clause.verb !== null && isComplete && !isList(phrases, at)
}

/** "And next to them a cup": a noun right behind another that has a preposition, and no verb for it. */
export function isBehindFronted({ previous, slot, clause, judge }: ClauseState): boolean {
  const isNominal = previous?.kind === 'noun' || previous?.kind === 'pronoun'
  return (
    isNominal &&
    slot === 'oblique' &&
    clause.verb !== null &&
    clause.obliques.at(-1)?.anchor === null &&
    !judge.isCircumstance(previous)
  )
}
