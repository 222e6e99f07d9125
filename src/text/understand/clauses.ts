import { type Clause, hasContent, type NounJudge } from './clause.ts'
import {
  leavePreposition,
  readAdjective,
  readAdverb,
  readRelative,
  readSubordinator,
} from './clause-links.ts'
import { readNominal } from './clause-nominals.ts'
import { ClauseState } from './clause-state.ts'
import { readVerb } from './clause-verbs.ts'
import type { Phrase } from './phrases.ts'

/** Reads a sentence's phrases as clauses, in the order of their verbs. Linear time. */
export function readClauses(phrases: readonly Phrase[], judge: NounJudge): Clause[] {
  const state = new ClauseState(phrases, judge)
  for (const [index, phrase] of phrases.entries()) {
    state.at = index
    if (phrase.kind !== 'noun' && phrase.kind !== 'pronoun') leavePreposition(state, phrase)
    readPhrase(state, phrase)
  }
  leavePreposition(state, null)
  return state.clauses.filter(hasContent)
}

function isOnlyPlaced({ verb, subjects, obliques }: Clause): boolean {
  return verb === null && subjects.length === 0 && obliques.length > 0
}

function readPhrase(state: ClauseState, phrase: Phrase): void {
  switch (phrase.kind) {
    case 'noun':
    case 'pronoun':
      readNominal(state, phrase)
      break
    case 'verb':
      readVerb(state, phrase)
      break
    case 'preposition':
      state.preposition = phrase.text
      break
    case 'adverb':
      readAdverb(state, phrase.text)
      break
    case 'adjective':
      readAdjective(state, phrase.text)
      break
    case 'relative':
      readRelative(state, phrase.text)
      break
    case 'subordinator':
      readSubordinator(state, phrase.text)
      break
    case 'there':
      if (state.clause.verb) state.start([])
      state.isThere = true
      break
    case 'stop':
      // "On the shelf: a globe".
      if (phrase.text === ':' && isOnlyPlaced(state.clause)) break
      state.waiting = []
      state.main = null
      state.imperative = null
      state.start([])
      break
    case 'and':
    case 'comma':
      state.jointAt = state.clause.obliques.length
  }
}
