import type { WordNet } from '../wordnet/wordnet.ts'
import { longAdverbs, longPrepositions, prepositionNames } from './closed-words.ts'
import { type NounPhrase, type Pronoun, type Read, readNounPhrase } from './noun-phrases.ts'
import type { Word } from './tags.ts'
import { readVerbGroup, type VerbGroup } from './verb-groups.ts'

/** What a sentence is made of. */
export type Phrase =
  | NounPhrase
  | Pronoun
  | VerbGroup
  | { readonly kind: 'preposition'; readonly text: string; readonly start: number }
  | { readonly kind: 'adverb'; readonly text: string }
  /** An adjective that is said of something: `is happy`. */
  | { readonly kind: 'adjective'; readonly text: string }
  | { readonly kind: 'and' | 'comma' }
  | { readonly kind: 'stop'; readonly text: string }
  /** `While`, `when`, `because`. */
  | { readonly kind: 'subordinator'; readonly text: string }
  /** `Who`, `which`, `that`. */
  | { readonly kind: 'relative'; readonly text: string }
  /** The `there` of `there is`. */
  | { readonly kind: 'there' }

/** Splits a sentence into phrases, in order; words that play no part in a scene are left out. Linear time. */
export function findPhrases(text: string, words: readonly Word[], wordnet: WordNet): Phrase[] {
  const phrases: Phrase[] = []
  let at = 0
  while (at < words.length) {
    const [phrase, length] = readPhrase(text, words.slice(at, at + mostWords), phrases.at(-1), wordnet)
    if (phrase) phrases.push(phrase)
    at += length
  }
  return phrases
}

/** A phrase is at most this long: what is longer is no phrase of English, and is read in parts. */
const mostWords = 40

function readPhrase(
  text: string,
  words: readonly Word[],
  previous: Phrase | undefined,
  wordnet: WordNet,
): Read<Phrase | null> {
  const [word, next] = words
  if (!word) return [null, 1]
  const { lower, tag, start, end } = word
  const long = longest(longPrepositions, words)
  if (long)
    return [
      { kind: 'preposition', text: prepositionNames[long.join(' ')] ?? long.join(' '), start },
      long.length,
    ]
  const part = partPreposition(words)
  if (part) return part
  const adverb = longest(longAdverbs, words)
  if (adverb) return [{ kind: 'adverb', text: adverb.join(' ') }, adverb.length]
  const isThere =
    lower === 'there' && (next?.tag === 'be' || next?.lower === "'s" || previous?.kind === 'verb')
  if (isThere && next?.tag === 'be') return [{ kind: 'there' }, 1]
  if (lower === 'another' && tag === 'pron') return [anotherOne(word), 1]
  if (tag === 'pron' || tag === 'prons') return [{ kind: 'pronoun', lower, start, end }, 1]
  const verb = readVerbGroup(words, previous, wordnet)
  if (verb) return verb
  const isSaidOf = tag === 'adj' && isPredicate(words, previous)
  if (isSaidOf) return [{ kind: 'adjective', text: lower }, 1]
  const none =
    tag === 'not' && /^(?:an?|one)$/.test(next?.lower ?? '')
      ? readNounPhrase(text, words.slice(1), wordnet)
      : null
  // "Not a cloud in the sky".
  if (none) return [{ ...none[0], count: 0 }, none[1] + 1]
  const noun = readNounPhrase(text, words, wordnet)
  if (noun) return noun
  switch (tag) {
    case 'and':
      return [{ kind: 'and' }, 1]
    case 'comma':
      return [{ kind: 'comma' }, 1]
    case 'stop':
      return [/[;:.!?…—–-]/.test(lower) ? { kind: 'stop', text: lower } : null, 1]
    case 'sub':
      return [{ kind: 'subordinator', text: lower }, 1]
    case 'rel':
      return [{ kind: 'relative', text: lower }, 1]
    case 'prep':
      return [{ kind: 'preposition', text: prepositionNames[lower] ?? lower, start }, 1]
    case 'adverb':
      return [{ kind: 'adverb', text: lower }, 1]
    case 'adj':
      return [{ kind: 'adjective', text: lower }, 1]
    default:
      return [null, 1]
  }
}

/** "Another photographs her". */
function anotherOne({ text, start, end }: Word): NounPhrase {
  return {
    kind: 'noun',
    lemma: 'one',
    head: 'one',
    name: text,
    count: 1,
    isPlural: false,
    isProper: false,
    attributes: [],
    modifiers: [],
    reference: 'another',
    owner: null,
    start,
    end,
  }
}

/** "From the edge of", "in the heart of": a part of what follows, and nothing that is seen by itself. */
function partPreposition(words: readonly Word[]): Read<Phrase> | null {
  const at = words[1]?.lower === 'the' ? 2 : 1
  const [preposition, part, of] = [words[0], words[at], words[at + 1]]
  if (preposition?.tag !== 'prep' || of?.lower !== 'of' || !parts.test(part?.lower ?? '')) return null
  const { lower, start } = preposition
  const isMiddle = /^(?:middle|centre|center|heart|midst|depths)$/.test(part?.lower ?? '')
  const text = lower === 'in' && isMiddle ? 'in the middle of' : (prepositionNames[lower] ?? lower)
  return [{ kind: 'preposition', text, start }, at + 2]
}

const parts =
  /^(?:edge|middle|centre|center|heart|midst|depths|corner|end|top|bottom|foot|base|brink|outskirts|rim|tip|tips|edges)$/

/** The first of the sayings that the words start with; those that contain others stand before them. */
function longest(sayings: readonly (readonly string[])[], words: readonly Word[]): readonly string[] | null {
  return sayings.find((parts) => parts.every((part, index) => words[index]?.lower === part)) ?? null
}

/** Adjectives with no noun behind them, after a verb or another such adjective. */
function isPredicate(words: readonly Word[], previous: Phrase | undefined): boolean {
  const after = words.find(({ tag }) => tag !== 'adj' && tag !== 'adverb')
  const isNounNext =
    after !== undefined && ['noun', 'nouns', 'name', 'ing', 'participle', 'num'].includes(after.tag)
  if (isNounNext) return false
  return (
    previous?.kind === 'verb' ||
    previous?.kind === 'adjective' ||
    previous?.kind === 'adverb' ||
    after?.tag !== 'and'
  )
}
