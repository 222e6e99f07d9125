import { type Clause, emptyClause, type Nominal } from './clause.ts'
import { startRelative } from './clause-links.ts'
import type { ClauseState } from './clause-state.ts'
import type { Phrase } from './phrases.ts'
import { beforePreposition, isList, posture, sameAs, saying, verbAhead } from './phrases-around.ts'
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

/** Whether only one of those that `between` stands before was named so far. */
function isSecondOfTwo({ clause, shared, slot, phrases, at }: ClauseState): boolean {
  const [near] = clause.obliques.slice(-1)
  const isDirect = near !== undefined && phrases[at - 2] === near.nominal
  const isSingle = near?.nominal.kind === 'noun' && !near.nominal.isPlural && (near.nominal.count ?? 1) === 1
  const others = clause.obliques.filter((one) => one !== near && one.anchor === near?.anchor)
  const isFirst = !others.some(({ preposition }) => preposition === 'between')
  return slot === 'oblique' && shared?.preposition === 'between' && isDirect && isSingle && isFirst
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

/** Whether there are only prepositions and their nouns since the last `and` or comma. */
function startsFronted({ phrases, at, clause, jointAt }: ClauseState): boolean {
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

/** Whether a noun behind `and` or a comma is one more of the same. */
function joins(state: ClauseState, nominal: Nominal): boolean {
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
function isSecondHeld(
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
function isParallel(
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
function isApart({ previous, clause, slot, phrases, at }: ClauseState): boolean {
  // "Surfer wiping out, huge wave".
  const isComplete = slot !== null || clause.verb?.form === 'ing'
  return previous?.kind === 'comma' && clause.verb !== null && isComplete && !isList(phrases, at)
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
