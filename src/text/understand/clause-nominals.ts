import { emptyClause, type Nominal } from './clause.ts'
import { addBeside, isParallel, isSecondHeld, isSecondOfTwo, joins } from './clause-joints.ts'
import { startRelative } from './clause-links.ts'
import { isApart, isBehindFronted, startsClause, startsFronted } from './clause-starts.ts'
import type { ClauseState } from './clause-state.ts'
import { beforePreposition, sameAs, saying } from './phrases-around.ts'
import { isDepiction } from './place-roles.ts'
import type { VerbGroup } from './verb-groups.ts'

/** Gives a noun or pronoun its place in a clause, of the one that is being read or of a new one. */
export function readNominal(state: ClauseState, nominal: Nominal): void {
  const { isJoined, previous } = state
  if (startsWhose(state, nominal)) return
  // "Between the piano and the window stands a lamp".
  if (previous?.kind === 'and' && isSecondOfTwo(state)) {
    addBeside(state, nominal)
    state.last = nominal
    return
  }
  const same = previous?.kind === 'comma' ? whomItNamesAgain(state) : null
  if (same) addApposition(state, same, nominal)
  else if (state.preposition !== null) addOblique(state, state.preposition, nominal)
  else if (isSecondHeld(state, nominal)) {
    state.clause.objects.push(nominal)
    state.slot = 'object'
  } else if (isParallel(state, nominal)) startWith(state, nominal)
  else if (isJoined && joins(state, nominal)) addBeside(state, nominal)
  else if (startsClause(state) || isApart(state)) {
    startWith(state, nominal)
  } else if (isBehindFronted(state) && !state.judge.isCircumstance(nominal)) {
    state.startFronted([nominal])
    state.slot = 'subject'
  } else addArgument(state, nominal)
  const isPart = state.preposition === 'of' && state.whole !== null && previous?.kind === 'preposition'
  state.preposition = null
  state.last = nominal
  // "Paints a mural of a whale on a wall".
  const isMade = /paint|^(?:draw|sketch|spray|hang|carve|stick|tape|pin)$/.test(state.clause.verb?.base ?? '')
  const isShown = isPart && isMade && state.whole?.kind === 'noun' && isDepiction(state.whole)
  if (!isPart || (state.judge.isAgentive(nominal) && !isShown)) state.whole = nominal
}

/** "A woman whose dog bit him": goes on to what her dog does. */
function startsWhose(state: ClauseState, nominal: Nominal): boolean {
  const { last } = state
  const isWhose =
    nominal.kind === 'noun' && nominal.owner?.kind === 'pronoun' && nominal.owner.lower === 'whose'
  if (!isWhose || last === null) return false
  const owned = { ...nominal, owner: last }
  startRelative(state, [owned])
  state.slot = 'subject'
  state.last = owned
  state.whole = owned
  return true
}

function startWith(state: ClauseState, nominal: Nominal): void {
  const { clause: before, isJoined, jointAt } = state
  const isEmbedded = !isJoined && before.verb?.form === 'finite'
  // "There is a bakery, and in front of it two men sit".
  const isFronted = startsFronted(state)
  if (isFronted) state.startFronted([nominal], jointAt)
  else state.start([nominal])
  // "Walking home, a boy finds a coin".
  if (before.isHeading && before.subjects.length === 0) before.subjects.push(nominal)
  state.clause.isEmbedded = isEmbedded && !isFronted
  state.slot = 'subject'
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
  start: 0,
}

function addOblique(state: ClauseState, said: string, nominal: Nominal): void {
  const before = beforePreposition(state.phrases, state.previous)
  // "Adds it to the pot along with two cloves": not the pot is with them.
  const isAlong = /^(?:along|together) with$/.test(said)
  const preposition = isAlong ? 'with' : said
  const anchor = before === 'noun' && !isAlong ? (state.whole ?? state.last) : null
  state.shared = {
    preposition,
    anchor,
    anchorSlot: anchor === null ? null : state.slot,
    isApart: before === 'comma',
  }
  state.clause.obliques.push({ ...state.shared, nominal })
  if (preposition !== 'of' || state.slot === null) state.slot = 'oblique'
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
