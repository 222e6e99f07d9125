import type { Nominal } from './clause.ts'
import { startsClause } from './clause-starts.ts'
import type { ClauseState } from './clause-state.ts'
import type { Phrase } from './phrases.ts'
import { isList, posture, verbAhead } from './phrases-around.ts'

// Nouns behind `and` or a comma: one more of what stands before.

/** Whether only one of those that `between` stands before was named so far. */
export function isSecondOfTwo({ clause, shared, slot, phrases, at }: ClauseState): boolean {
  const [near] = clause.obliques.slice(-1)
  const isDirect = near !== undefined && phrases[at - 2] === near.nominal
  const isSingle = near?.nominal.kind === 'noun' && !near.nominal.isPlural && (near.nominal.count ?? 1) === 1
  const others = clause.obliques.filter((one) => one !== near && one.anchor === near?.anchor)
  const isFirst = !others.some(({ preposition }) => preposition === 'between')
  return slot === 'oblique' && shared?.preposition === 'between' && isDirect && isSingle && isFirst
}

/** Whether a noun behind `and` or a comma is one more of the same. */
export function joins(state: ClauseState, nominal: Nominal): boolean {
  const { slot, clause, judge, phrases, at } = state
  const joint = state.previous?.kind
  if (slot === null || judge.isCircumstance(nominal)) return false
  if (clause.verb === null) {
    // "A man with a hat and a scarf walks", but "In the forest, a fox runs".
    if (slot === 'oblique') return joint === 'and' && clause.subjects.length > 0
    if (joint === 'and' || isList(phrases, at)) return true
    // "A dog, a cat sleep", but "wet pavement, a man walks".
    const isAlike = clause.subjects.every((one) => judge.isAgentive(one) === judge.isAgentive(nominal))
    return isAlike && verbAhead(phrases, at, true)?.form === 'finite'
  }
  if (joint === 'comma' && !isList(phrases, at)) return false
  return !startsClause(state)
}

/** "A cup in one hand and a phone in the other": one more object that is somewhere. */
export function isSecondHeld(
  { slot, shared, previous, next, clause, judge }: ClauseState,
  nominal: Nominal,
): boolean {
  const isSame = next?.kind === 'preposition' && next.text === shared?.preposition
  const isOther =
    nominal.kind === 'noun' && nominal.reference === 'indefinite' && !judge.isCircumstance(nominal)
  const isOfObject = shared?.anchorSlot === 'object' && clause.objects.length > 0
  return previous?.kind === 'and' && slot === 'oblique' && isSame && isOther && isOfObject
}

const locative =
  /^(?:on|in|under|above|below|behind|beside|near|over|by|against|inside|outside|next to|left of|right of|in front of|on top of|beneath|to|at)$/

/** "A cat on the sofa and a dog under the table", "…, and a basket below it": one more that is somewhere. */
export function isParallel(
  { slot, clause, shared, phrases, at, previous, next, judge }: ClauseState,
  nominal: Nominal,
): boolean {
  const isOther =
    nominal.kind === 'noun' && nominal.reference === 'indefinite' && !judge.isCircumstance(nominal)
  if (previous?.kind !== 'and' || slot !== 'oblique' || !isOther || shared === null) return false
  const at1 = next?.kind === 'adjective' ? skipDescription(phrases, at + 1) : at + 1
  // "And a bowl of lemons on the shelf".
  const of = phrases[at1]
  const isPart = of?.kind === 'preposition' && of.text === 'of' && phrases[at1 + 1]?.kind === 'noun'
  const link = phrases[isPart ? at1 + 2 : at1]
  const isPlaced = link?.kind === 'preposition' && locative.test(link.text)
  const isStill = clause.verb === null || clause.verb.isAuxiliary || posture.test(clause.verb.base)
  return isPlaced && isStill && locative.test(shared.preposition)
}

/** Index of what stands behind "full of apples". */
function skipDescription(phrases: readonly Phrase[], index: number): number {
  let at = index + 1
  const of = phrases[at]
  if (of?.kind === 'preposition' && of.text === 'of' && phrases[at + 1]?.kind === 'noun') at += 2
  return at
}

export function addBeside(state: ClauseState, nominal: Nominal): void {
  const { clause, shared } = state
  if (state.slot === 'oblique' && isOneMoreSubject(state, nominal)) state.slot = 'subject'
  if (state.slot === 'subject') clause.subjects.push(nominal)
  else if (state.slot === 'object') clause.objects.push(nominal)
  else if (shared) clause.obliques.push({ ...shared, nominal })
}

/** "A boy with a kite and a girl walk": like to like. */
function isOneMoreSubject({ clause, judge }: ClauseState, nominal: Nominal): boolean {
  const { verb, subjects, obliques } = clause
  const near = obliques.at(-1)?.nominal
  return (
    verb === null &&
    near !== undefined &&
    judge.isAgentive(nominal) &&
    !judge.isAgentive(near) &&
    subjects.some((one) => judge.isAgentive(one))
  )
}
