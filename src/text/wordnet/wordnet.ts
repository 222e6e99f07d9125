import { type NounClass, type VerbClass, wordsPerBlock } from './classes.ts'
import * as data from './data.ts'

/** What WordNet says of a noun. */
export interface NounSenses {
  /** How often texts use it: 0 for hardly ever, then the rounded logarithm to base 2, 9 at most. */
  readonly frequency: number
  /** Its senses, the most frequent first, four at most. */
  readonly classes: readonly NounClass[]
  /** Its first sense is one particular thing: `paris`. */
  readonly isName: boolean
  /** Its senses that are no particular thing: a jersey, and no island. */
  readonly commonClasses: readonly NounClass[]
}

export interface VerbSenses {
  readonly frequency: number
  readonly classes: readonly VerbClass[]
  /** In any of its senses. */
  readonly takesObject: boolean
  readonly standsAlone: boolean
}

export interface AdjectiveSenses {
  readonly frequency: number
  readonly isColour: boolean
  /** It pertains to a noun and makes no degrees: `polar`, `electric`. */
  readonly isRelational: boolean
}

/** English words by part of speech: dictionary forms in small letters, compounds with spaces. Null for none. */
export interface WordNet {
  noun(lemma: string): NounSenses | null
  verb(lemma: string): VerbSenses | null
  adjective(lemma: string): AdjectiveSenses | null
  /** How often texts use the adverb. */
  adverb(lemma: string): number | null
  /** `mice` → `mouse`; irregular forms only. */
  irregularNoun(form: string): string | null
  /** `ran` → `run`; irregular forms only. */
  irregularVerb(form: string): string | null
}

/** WordNet 3.1, cut to what scenes are told with. */
export function openWordNet(): WordNet {
  const nouns = createTable(data.nouns, (known) => ({
    frequency: Number(known[0]),
    classes: [...known.slice(1).toLowerCase()] as NounClass[],
    isName: /[A-Z]/.test(known[1] ?? ''),
    commonClasses: [...known.slice(1).replace(/[A-Z]/g, '')] as NounClass[],
  }))
  const verbs = createTable(data.verbs, (known) => ({
    frequency: Number(known[0]),
    classes: [...known.slice(1).toLowerCase()] as VerbClass[],
    takesObject: /[A-Z]/.test(known),
    standsAlone: /[a-z]/.test(known),
  }))
  const adjectives = createTable(data.adjectives, (known) => ({
    frequency: Number(known[0]),
    isColour: known[1] === 'c',
    isRelational: known[1] === 'r',
  }))
  return {
    noun: nouns,
    verb: verbs,
    adjective: adjectives,
    adverb: createTable(data.adverbs, Number),
    irregularNoun: createTable(data.nounForms, String),
    irregularVerb: createTable(data.verbForms, String),
  }
}

/** Answers that are kept at hand: a text asks for the same words over and over. */
const mostKept = 20_000

/** Looks words up in front-coded blocks (see scripts/build-wordnet.ts), each read once, when it is first needed. */
function createTable<T>(text: string, parse: (known: string) => T): (word: string) => T | null {
  const blocks = text.split('\n')
  const firsts = blocks.map((block) => block.slice(1, block.indexOf(':')))
  const read = new Map<number, Map<string, T>>()
  const find = (word: string): T | null => {
    const index = lastAtMost(firsts, word)
    let words = read.get(index)
    if (!words) {
      words = readBlock(blocks[index] ?? '', parse)
      read.set(index, words)
    }
    return words.get(word) ?? null
  }
  const kept = new Map<string, T | null>()
  return (word) => {
    const known = kept.get(word)
    if (known !== undefined) return known
    const found = find(word)
    if (kept.size >= mostKept) kept.clear()
    kept.set(word, found)
    return found
  }
}

function readBlock<T>(block: string, parse: (known: string) => T): Map<string, T> {
  const words = new Map<string, T>()
  let word = ''
  for (const entry of block.split(',', wordsPerBlock)) {
    const [coded = '', known = ''] = entry.split(':')
    word = word.slice(0, Number.parseInt(coded.slice(0, 1), 36)) + coded.slice(1)
    words.set(word, parse(known))
  }
  return words
}

/** Index of the last of the sorted words that is not after `word`. */
function lastAtMost(sorted: readonly string[], word: string): number {
  let [low, high] = [0, sorted.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((sorted[middle] ?? '') <= word) low = middle
    else high = middle - 1
  }
  return low
}
