/** Parts of speech as the grammar needs them; finer than those of `Token.pos`. */
export const tags = {
  det: 'DET',
  num: 'NUM',
  adj: 'ADJ',
  /** Singular or mass. */
  noun: 'NOUN',
  nouns: 'NOUN',
  name: 'PROPN',
  /** `it`, `she`, `him`. */
  pron: 'PRON',
  /** `they`, `we`, `you`. */
  prons: 'PRON',
  be: 'AUX',
  have: 'AUX',
  /** `do`, `can`, `will` … */
  modal: 'AUX',
  /** Third person singular: `runs`. */
  verbs: 'VERB',
  base: 'VERB',
  past: 'VERB',
  ing: 'VERB',
  participle: 'VERB',
  adverb: 'ADV',
  prep: 'ADP',
  /** Before an infinitive. */
  to: 'PART',
  not: 'PART',
  /** `'s`. */
  of: 'PART',
  and: 'CCONJ',
  /** `while`, `as`, `because`. */
  sub: 'SCONJ',
  /** `who`, `which`, `that`. */
  rel: 'PRON',
  comma: 'PUNCT',
  stop: 'PUNCT',
  other: 'X',
} as const
export type Tag = keyof typeof tags

/** A word of a sentence as the grammar sees it; one that is spelt with a hyphen is one word. */
export interface Word {
  readonly text: string
  /** In small letters, apostrophes straight. */
  readonly lower: string
  readonly tag: Tag
  readonly lemma: string
  readonly start: number
  readonly end: number
}

const nominals: readonly Tag[] = ['noun', 'nouns', 'name']
const finite: readonly Tag[] = ['verbs', 'base', 'past']

export const isNominal = (tag: Tag): boolean => nominals.includes(tag)
export const isFiniteTag = (tag: Tag): boolean => finite.includes(tag)
export const isAuxiliary = (tag: Tag): boolean =>
  tag === 'be' || tag === 'have' || tag === 'modal' || tag === 'not'
export const isBoundary = (tag: Tag): boolean =>
  tag === 'stop' || tag === 'comma' || tag === 'and' || tag === 'other'

/** Whether there is a word, and it is a noun or a name. */
export function isNoun(word: Word | undefined): boolean {
  return word !== undefined && isNominal(word.tag)
}
