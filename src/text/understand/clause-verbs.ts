import type { Clause, Nominal } from './clause.ts'
import type { ClauseState } from './clause-state.ts'
import { doersOf } from './doers.ts'
import { isDoneTo, isInverted, isSaidBehind, isVerbList, posture } from './phrases-around.ts'
import type { VerbGroup } from './verb-groups.ts'
import { drifting, ofThings } from './verb-kinds.ts'

/** Finds the clause that a verb belongs to, and goes on with it. */
export function readVerb(state: ClauseState, verb: VerbGroup): void {
  const { previous, phrases, at, judge } = state
  // "Hurry!" cried the rabbit.
  if (verb.form === 'participle' && isSaidBehind(phrases, at, judge)) {
    readVerb(state, { ...verb, form: 'finite', voice: 'active', isPast: true })
    return
  }
  // "Lies curled up".
  if (verb.form === 'participle' && previous?.kind === 'verb' && posture.test(previous.base)) return
  if (isParticipleBehindComma(state, verb)) {
    readVerb(state, { ...verb, form: 'participle', voice: 'passive', isPast: false })
    return
  }
  // "Was thrown by the girl and caught by her brother".
  const goesOnPassive = previous?.kind === 'and' && verb.isPast && state.main?.verb?.voice === 'passive'
  const isPassiveGet = previous?.kind === 'verb' && previous.base === 'get' && verb.form === 'participle'
  if (previous?.kind === 'verb' && (verb.form === 'infinitive' || verb.form === 'ing' || isPassiveGet))
    state.clause.isContinued = true
  if (verb.form === 'infinitive') state.start(controllerOf(state))
  else if (verb.form === 'ing' || verb.form === 'participle') startParticiple(state, verb)
  else if (isSaidBehind(phrases, at, judge)) state.start([])
  else if (isInverted(phrases, at, state.clause)) state.startFronted([])
  else placeFinite(state, verb)
  const { clause } = state
  clause.verb = goesOnPassive ? { ...verb, voice: 'passive' } : verb
  clause.isNegated ||= verb.isNegated || state.negatesNext
  clause.adverbs.push(...state.adverbs, ...verb.adverbs, ...(verb.particle === null ? [] : [verb.particle]))
  clause.isExistential = state.isThere && verb.lemma === 'be'
  if (verb.form === 'finite' && !state.inRelative) state.main = clause
  if (verb.form === 'finite' && state.inRelative) state.relative = clause
  if (verb.form === 'imperative') state.imperative = clause
  state.negatesNext = false
  state.isAdjunct = false
  state.adverbs = []
  state.isThere = false
  state.slot = null
  state.last = null
}

/** "Orange juice, poured into a glass". */
function isParticipleBehindComma(
  { previous, clause, phrases, at, judge }: ClauseState,
  verb: VerbGroup,
): boolean {
  return (
    verb.isPast && previous?.kind === 'comma' && clause.verb === null && isDoneTo(phrases, at, clause, judge)
  )
}

/** Chooses the clause that a finite verb belongs to. */
function placeFinite(state: ClauseState, verb: VerbGroup): void {
  const { clause, antecedent, main } = state
  // "Fry the onions until they are soft and add the rice".
  const isOrder = state.imperative !== null && state.isJoined && verb.said === verb.base
  if (isOrder && clause.verb !== null && clause.subordinator !== null) {
    state.start([])
    return
  }
  if (antecedent !== null) {
    const preposition = state.antecedentPreposition
    // "The bench on which they sat", "the ball that the boy kicks", "a man who runs".
    if (preposition !== null)
      clause.obliques.push({
        preposition,
        nominal: antecedent,
        anchor: null,
        anchorSlot: null,
        isApart: false,
      })
    else if (clause.subjects.length > 0) clause.objects.push(antecedent)
    else clause.subjects.push(antecedent)
    state.antecedent = null
    return
  }
  if (clause.verb === null) {
    const isElliptic = clause.subjects.length === 0 && clause.obliques.length === 0
    if (isElliptic && main) clause.subjects.push(...main.subjects)
    return
  }
  const waiting = state.waiting.at(-1)
  const { relative } = state
  const goesOn = relative !== null && goesOnWithRelative(state, waiting === undefined)
  if (waiting && !goesOn) {
    state.waiting.pop()
    state.clauses.push(...state.clauses.splice(state.clauses.indexOf(waiting), 1))
    state.clause = waiting
    state.inRelative = false
    return
  }
  // "Watch the dog run", "lets her go".
  const isOfObject = !state.isJoined && state.last !== null && state.slot === 'object'
  const before = goesOn ? relative : (mainBesideState(state, verb) ?? main ?? clause)
  state.start(isOfObject && state.last ? [state.last] : before.subjects)
  if (!goesOn) return
  state.inRelative = true
  state.relative = relative
}

/** "He waits until the soup is hot and eats it": what only is so does nothing. */
function mainBesideState(
  { isJoined, main, clauses, judge }: ClauseState,
  { base }: VerbGroup,
): Clause | undefined {
  const isState =
    main !== null && main.subordinator !== null && main.verb?.isAuxiliary && main.complements.length > 0
  const isAgentive = (one: Clause): boolean => one.subjects.some((subject) => judge.isAgentive(subject))
  if (!isJoined || !isState || isAgentive(main) || ofThings.test(base) || drifting.test(base))
    return undefined
  return clauses.findLast(
    (one) => one !== main && one.subordinator === null && one.verb !== null && isAgentive(one),
  )
}

/** "A man who keeps singing and never stops": whether a verb is one more of the relative clause. */
function goesOnWithRelative(state: ClauseState, isMainSaid: boolean): boolean {
  const { previous, inRelative, isRelativeApart, phrases, at } = state
  if (!inRelative) return false
  // "…, who had laughed at her, and reached the line": a comma ends what a comma began.
  if (previous?.kind === 'and') return phrases[at - 2]?.kind !== 'comma'
  // "…, who steps back, slips and falls".
  return previous?.kind === 'comma' && isRelativeApart && isMainSaid && isVerbList(phrases, at)
}

/** Verbs whose object does what the infinitive says: "asks him to come". */
const telling = /^(?:ask|tell|order|help|let|make|teach|allow|want|force|beg|invite|see|watch)$/

/** Who does what an infinitive says. */
function controllerOf({ clause, last, judge }: ClauseState): readonly Nominal[] {
  const { verb, objects, obliques } = clause
  // "Waits for its owner to come home".
  const oblique = obliques.at(-1)
  if (oblique?.preposition === 'for' && oblique.nominal === last && judge.isAgentive(oblique.nominal))
    return [oblique.nominal]
  const told = objects.at(-1)
  if (verb !== null && telling.test(verb.base) && told && judge.isAgentive(told)) return [told]
  return clause.subjects
}

/** A participle without auxiliary: what it says is said of a noun before it, or of the subject. */
function startParticiple(state: ClauseState, verb: VerbGroup): void {
  const { clause: before, main, last, slot, isAdjunct, previous, judge } = state
  const isWaiting = before.verb === null && before.subjects.length > 0
  const around = { clause: before, earlier: state.clauses, main, last, slot, isAdjunct }
  const doers = doersOf(verb, previous, around, judge)
  const isAbsolute = !isWaiting && dropAbsolute(before, doers)
  if (isWaiting) state.waiting.push(before)
  const { inRelative: wasRelative, relative } = state
  const isSameCaption = isWaiting && before.obliques.length === 0 && doers === before.subjects
  state.start(doers)
  state.inRelative = wasRelative
  state.relative = relative
  if (isSameCaption) state.clause.obliques.push(...before.obliques)
  state.clause.isAbsolute = isAbsolute
  state.clause.isHeading = doers.length === 0 && (previous === undefined || previous.kind === 'stop')
}

/** "Leaves with seagulls circling above": who circles is not with who leaves. */
function dropAbsolute({ obliques }: Clause, doers: readonly Nominal[]): boolean {
  const last = obliques.at(-1)
  const isAbsolute = last?.preposition === 'with' && doers.length === 1 && doers[0] === last.nominal
  if (isAbsolute) obliques.pop()
  return isAbsolute
}
