import type { ClauseState } from './clause-state.ts'
import type { Phrase } from './phrases.ts'
import { verbAhead } from './phrases-around.ts'

// Phrases between nouns and verbs, and what they do to the clause that is being read.

/** `Who`, `which`, `that`: goes on to the clause that says more of the noun before. */
export function readRelative(state: ClauseState): void {
  const antecedent = state.last ?? state.clause.subjects.at(-1) ?? null
  if (antecedent === null) return
  if (state.clause.verb === null) state.waiting.push(state.clause)
  state.start([])
  state.antecedent = antecedent
  state.inRelative = true
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
  state.start(next?.kind === 'verb' ? (main ?? clause).subjects : [])
  state.clause.isSubordinate = true
  state.clause.isEmbedded = main !== null
}

export function readAdverb(state: ClauseState, text: string): void {
  if (text === 'neither') {
    state.negatesNext = true
    return
  }
  if (state.preposition !== null) {
    state.clause.adverbs.push(`${state.preposition} ${text}`)
    state.preposition = null
  } else if (state.clause.verb) state.clause.adverbs.push(text)
  else state.adverbs.push(text)
}

/** An adjective that is said of the subject, or of the noun before it. */
export function readAdjective({ clause, previous, slot, last }: ClauseState, text: string): void {
  clause.complements.push(text)
  const isOfNoun = previous?.kind === 'noun' || previous?.kind === 'comma' || previous?.kind === 'adjective'
  if (clause.verb === null || (isOfNoun && slot === 'object')) clause.describes ??= last
}

/** A preposition that no noun follows belongs to the verb: "knocks it over", "a mouse below". */
export function leavePreposition(state: ClauseState, next: Phrase | null): void {
  const { preposition } = state
  if (preposition === null || next?.kind === 'adverb' || next?.kind === 'preposition') return
  state.preposition = null
  // "Without looking", "by jumping".
  if (next?.kind === 'verb' && (next.form === 'ing' || next.form === 'participle')) {
    state.negatesNext = preposition === 'without' || preposition === 'instead of'
    state.isAdjunct = true
    return
  }
  state.clause.adverbs.push(preposition)
}
