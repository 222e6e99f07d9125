import { emptyClause, type Nominal } from './clause.ts'
import type { ClauseState } from './clause-state.ts'
import { beforePreposition, isList, sameAs, saying, verbAhead } from './phrases-around.ts'
import type { VerbGroup } from './verb-groups.ts'

/** Gives a noun or pronoun its place in a clause, of the one that is being read or of a new one. */
export function readNominal(state: ClauseState, nominal: Nominal): void {
  const { isJoined, previous } = state
  const same = previous?.kind === 'comma' ? whomItNamesAgain(state) : null
  if (same) addApposition(state, same, nominal)
  else if (state.preposition !== null) addOblique(state, state.preposition, nominal)
  else if (isJoined && joins(state, nominal)) addBeside(state, nominal)
  else if (startsClause(state) || isApart(state)) {
    const isEmbedded = !isJoined && state.clause.verb?.form === 'finite'
    state.start([nominal])
    state.clause.isEmbedded = isEmbedded
    state.slot = 'subject'
  } else if (isBehindFronted(state)) {
    state.startFronted([nominal])
    state.slot = 'subject'
  } else addArgument(state, nominal)
  const isPart = state.preposition === 'of' && state.whole !== null && previous?.kind === 'preposition'
  state.preposition = null
  state.last = nominal
  if (!isPart || state.judge.isAgentive(nominal)) state.whole = nominal
}

/** Whom a noun between commas says more of. */
function whomItNamesAgain({ slot, phrases, at, clause, judge, last }: ClauseState): Nominal | null {
  const same = slot === null ? null : sameAs(phrases, at, clause, judge)
  return same === last ? same : null
}

function addApposition({ clauses, clause }: ClauseState, same: Nominal, nominal: Nominal): void {
  const is = { ...emptyClause(), verb: being, subjects: [same], objects: [nominal] }
  clauses.splice(clauses.indexOf(clause), 0, is)
}

/** What stands between a name and what is said of it: `Max, a dog`. */
const being: VerbGroup = {
  kind: 'verb',
  lemma: 'be',
  said: 'is',
  base: 'be',
  form: 'finite',
  voice: 'active',
  isNegated: false,
  isPast: false,
  isAuxiliary: true,
  particle: null,
  adverbs: [],
}

function addOblique(state: ClauseState, preposition: string, nominal: Nominal): void {
  const before = beforePreposition(state.phrases, state.previous)
  const anchor = before === 'noun' ? (state.whole ?? state.last) : null
  state.shared = {
    preposition,
    anchor,
    anchorSlot: anchor === null ? null : state.slot,
    isApart: before === 'comma',
  }
  state.clause.obliques.push({ ...state.shared, nominal })
  if (preposition !== 'of' || state.slot === null) state.slot = 'oblique'
}

/** Whether a noun behind `and` or a comma is one more of the same. */
function joins(state: ClauseState, nominal: Nominal): boolean {
  const { slot, clause, judge, phrases, at } = state
  const joint = state.previous?.kind
  if (slot === null || judge.isCircumstance(nominal)) return false
  if (clause.verb === null) {
    // "A man with a hat and a scarf walks", but "In the forest, a fox runs".
    if (slot === 'oblique') return joint === 'and' && clause.subjects.length > 0
    return joint === 'and' || isList(phrases, at) || verbAhead(phrases, at, true)?.form === 'finite'
  }
  if (joint === 'comma' && !isList(phrases, at)) return false
  return !startsClause(state)
}

function addBeside(state: ClauseState, nominal: Nominal): void {
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

/** Whether a noun is the subject of a new clause: there was a verb before, and another follows. */
function startsClause({ clause, waiting, phrases, at, isJoined }: ClauseState): boolean {
  if (clause.verb === null) return false
  if (waiting.length > 0 && !isJoined) return false
  const verb = verbAhead(phrases, at, isJoined)
  if (!verb || verb.form === 'infinitive') return false
  if (verb.form === 'finite' || verb.form === 'imperative') return true
  return isJoined
}

/** "…, neon lights, …": a noun behind a comma that goes on with no list. */
function isApart({ previous, clause, slot, phrases, at }: ClauseState): boolean {
  return previous?.kind === 'comma' && clause.verb !== null && slot !== null && !isList(phrases, at)
}

/** "And next to them a cup": a noun right behind another that has a preposition, and no verb for it. */
function isBehindFronted({ previous, slot, clause, judge }: ClauseState): boolean {
  const isNominal = previous?.kind === 'noun' || previous?.kind === 'pronoun'
  return (
    isNominal &&
    slot === 'oblique' &&
    clause.verb !== null &&
    clause.obliques.at(-1)?.anchor === null &&
    !judge.isCircumstance(previous)
  )
}

function addArgument(state: ClauseState, nominal: Nominal): void {
  const { clause, previous } = state
  if (clause.verb === null) {
    if (isBesideNoun(state, nominal)) {
      addTelegraphic(state, nominal)
      return
    }
    if (previous?.kind === 'comma' && clause.subjects.length > 0 && !state.antecedent) state.start([])
    state.clause.subjects.push(nominal)
    state.slot = 'subject'
  } else if (clause.isExistential || isSubjectBehind(state)) {
    clause.subjects.push(nominal)
    state.slot = 'subject'
  } else {
    clause.objects.push(nominal)
    state.slot = 'object'
  }
}

/** "Behind him hang carpets", "there is a vase". */
function isSubjectBehind({ clause }: ClauseState): boolean {
  const { verb, subjects, objects, obliques } = clause
  return (
    verb?.form === 'finite' &&
    verb.voice === 'active' &&
    subjects.length === 0 &&
    objects.length === 0 &&
    (obliques.length > 0 || saying.test(verb.base))
  )
}

function isBesideNoun({ previous, clause, slot, judge }: ClauseState, nominal: Nominal): boolean {
  return (
    previous?.kind === 'noun' &&
    clause.subjects.length > 0 &&
    slot !== null &&
    !judge.isCircumstance(previous) &&
    !judge.isCircumstance(nominal)
  )
}

/** "Girl green dress": a noun beside a noun is with it. */
function addTelegraphic(state: ClauseState, nominal: Nominal): void {
  state.shared = { preposition: 'with', anchor: state.last, anchorSlot: 'subject', isApart: false }
  state.clause.obliques.push({ ...state.shared, nominal })
  state.slot = 'oblique'
}
