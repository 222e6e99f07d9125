import type { Nominal } from './clause.ts'
import type { ClauseState } from './clause-state.ts'
import type { Phrase } from './phrases.ts'
import { verbAhead } from './phrases-around.ts'

// Phrases between nouns and verbs, and what they do to the clause that is being read.

/** `Who`, `which`, `that`: goes on to the clause that says more of the noun before. */
export function readRelative(state: ClauseState, text: string): void {
  const isPerson = text === 'who' || text === 'whom'
  const antecedent =
    (isPerson ? nearestPerson(state) : null) ?? state.last ?? state.clause.subjects.at(-1) ?? null
  if (text === 'that' && isWhatIsSaid(state)) {
    startSubordinate(state, text, [])
    return
  }
  if (antecedent === null) return
  const { preposition } = state
  startRelative(state, [])
  if (isPerson) state.clause.person = antecedent
  state.antecedent = antecedent
  state.antecedentPreposition = preposition
}

/** "A girl on a scooter who waves": not the scooter. */
function nearestPerson({ last, clause, judge }: ClauseState): Nominal | null {
  let near = last
  while (near !== null && !judge.isPerson(near)) {
    const own = clause.obliques.find(({ nominal }) => nominal === near)
    near = own?.anchor ?? null
  }
  return near
}

/** Goes on to a clause behind which the one that is being read goes on, if its verb is still to come. */
export function startRelative(state: ClauseState, subjects: readonly Nominal[]): void {
  const isApart = state.previous?.kind === 'comma'
  if (state.clause.verb === null) state.waiting.push(state.clause)
  state.start(subjects)
  state.inRelative = true
  state.isRelativeApart = isApart
}

/** "She tells her brother that he …", "they saw that …": a clause of its own, and no relative one. */
function isWhatIsSaid({ clause: { verb }, previous, next, phrases, at, judge }: ClauseState): boolean {
  const isSubject = next?.kind === 'noun' || next?.kind === 'pronoun'
  if (verb === null || !isSubject || verbAhead(phrases, at + 1, false) === null) return false
  if (previous?.kind === 'verb') return true
  const isListener = (previous?.kind === 'noun' || previous?.kind === 'pronoun') && judge.isAgentive(previous)
  const isTold = /^(?:tell|promise|warn|remind|assure|inform|show|teach|convince|ask)$/.test(verb.base)
  return (
    judge.isReporting(verb.base) && (isListener ? isTold || phrases[at - 2]?.kind === 'preposition' : false)
  )
}

/** `While`, `when`, `as`: goes on to a clause of its own, or is a preposition. */
export function readSubordinator(state: ClauseState, text: string): void {
  const { next, clause, main } = state
  const isNoun = next?.kind === 'noun' || next?.kind === 'pronoun'
  const isPreposition =
    isNoun &&
    /^(?:as|since|before|after|until|till)$/.test(text) &&
    !verbAhead(state.phrases, state.at + 1, true)
  // "Dressed as a pirate".
  const isRole =
    isNoun && text === 'as' && /^(?:dress|disguise|pose|serve|work|act|use)$/.test(clause.verb?.base ?? '')
  if (isPreposition || isRole) {
    state.preposition = text
    return
  }
  // "The house where the witch lives stands behind a wall".
  if (
    text === 'where' &&
    clause.verb === null &&
    clause.subjects.length > 0 &&
    state.previous?.kind === 'noun'
  ) {
    startRelative(state, [])
    return
  }
  startSubordinate(state, text, next?.kind === 'verb' ? (main ?? clause).subjects : [])
}

function startSubordinate(state: ClauseState, text: string, subjects: readonly Nominal[]): void {
  const { main } = state
  state.start(subjects)
  state.clause.subordinator = text
  state.clause.isEmbedded = main !== null
}

export function readAdverb(state: ClauseState, text: string): void {
  if (text === 'neither') {
    state.negatesNext = true
    return
  }
  if (state.preposition !== null) {
    // "Picks it up gently", but "from there".
    if (/ly$/.test(text)) state.clause.adverbs.push(state.preposition, text)
    else state.clause.adverbs.push(`${state.preposition} ${text}`)
    state.preposition = null
  } else if (state.clause.verb) state.clause.adverbs.push(text)
  else state.adverbs.push(text)
}

/** An adjective that is said of the subject, or of the noun before it. */
export function readAdjective({ clause, previous, next, slot, last }: ClauseState, text: string): void {
  // "From green to brown" it is neither; but "a woman in red" is.
  if (previous?.kind === 'preposition' && /^(?:from|to|into)$/.test(previous.text)) return
  clause.complements.push(text)
  // "Pushes open the door", "paints it blue".
  if (previous?.kind === 'verb' && !previous.isAuxiliary && next?.kind === 'noun') clause.describes ??= next
  if (previous?.kind === 'pronoun' && slot === 'object') clause.describes ??= last
  const isOfNoun = previous?.kind === 'noun' || previous?.kind === 'comma' || previous?.kind === 'adjective'
  // "Bends down to a boy smaller than its leg".
  const isRightBehind = previous?.kind === 'noun' && slot === 'oblique' && !clause.verb?.isAuxiliary
  if (clause.verb === null || (isOfNoun && slot === 'object') || isRightBehind) clause.describes ??= last
}

/** A preposition that no noun follows belongs to the verb: "knocks it over", "a mouse below". */
export function leavePreposition(state: ClauseState, next: Phrase | null): void {
  const { preposition } = state
  if (preposition === null || /^(?:adverb|preposition|relative)$/.test(next?.kind ?? '')) return
  state.preposition = null
  // "Without looking", "by jumping".
  if (next?.kind === 'verb' && (next.form === 'ing' || next.form === 'participle')) {
    state.negatesNext = preposition === 'without' || preposition === 'instead of'
    state.isAdjunct = true
    return
  }
  state.clause.adverbs.push(preposition)
}
