import type { WordNet } from '../wordnet/wordnet.ts'
import { isNameWith } from './compound-names.ts'
import { isNoun, type Word } from './tags.ts'

// Which of the words before a noun say how it is: `small red`.

/** Adjectives, then a noun: `white cat`. */
export function leadsToNoun(words: readonly Word[], from: number, wordnet: WordNet): boolean {
  let index = from
  let adjectives = 0
  for (;;) {
    const tag = words[index]?.tag
    if (tag !== 'adj' && tag !== 'ing' && tag !== 'participle' && tag !== 'adverb') {
      const isColour = adjectives === 0 && isColourNoun(words, index, wordnet)
      return (adjectives > 0 || isColour) && (isColour || isNoun(words[index]))
    }
    adjectives++
    index++
  }
}

/** Whether the dictionary knows an adjective or participle and the noun behind it as one thing: `polar bear`. */
export function isOneWith(word: Word, next: Word | undefined, wordnet: WordNet): boolean {
  if (next === undefined || wordnet.noun(`${word.lower} ${next.lemma}`) === null) return false
  if (word.tag === 'adj') return isNameWith(word.lower, next.lemma, wordnet)
  return word.tag === 'ing' || word.tag === 'participle'
}

/** Whether the word at `at` says how its noun is, and is no part of its name. */
export function isModifier(
  words: readonly Word[],
  at: number,
  article: { readonly isOne: boolean; readonly isNone: boolean },
  wordnet: WordNet,
): boolean {
  const [word, next] = [words[at], words[at + 1]]
  if (!word) return false
  // "The living room floor": what the dictionary knows as one.
  const isLong = isNoun(words[at + 2]) || word.tag === 'ing'
  const isCompound = isLong && isNoun(next) && isOneWith(word, next, wordnet)
  if (isCompound) return false
  if (word.tag === 'adj') return next !== undefined || !article.isNone
  // "A very old man", "a dimly lit library".
  if (word.tag === 'adverb' && /ly$/.test(word.lower))
    return at > 0 && (next?.tag === 'participle' || next?.tag === 'adj') && isNoun(words[at + 2])
  if (word.tag === 'adverb') return next?.tag === 'adj' && at > 0
  const isOpen = at > 0
  // "A two humped camel".
  if (word.tag === 'num') return article.isOne && (next?.tag === 'participle' || next?.tag === 'adj')
  if (word.tag === 'participle') return (isOpen || isNoun(next)) && (isNoun(next) || next?.tag === 'adj')
  if (word.tag === 'ing') return isOpen && (isNoun(next) || next?.tag === 'adj')
  // "The sinking ship": a gerund that makes no name with its noun.
  const isGerund =
    word.tag === 'noun' &&
    /[a-z]{2}ing$/.test(word.lower) &&
    isOpen &&
    isNoun(next) &&
    word.lower !== 'building'
  if (
    isGerund &&
    next &&
    wordnet.verb(word.lower.slice(0, -3)) &&
    !wordnet.noun(`${word.lower} ${next.lemma}`)
  )
    return true
  return isColourNoun(words, at, wordnet)
}

/** `Silver` wings, `orange` cat; not orange juice. */
function isColourNoun(words: readonly Word[], at: number, wordnet: WordNet): boolean {
  const [word, next] = [words[at], words[at + 1]]
  if (
    word?.tag !== 'noun' ||
    !next ||
    !(
      isNoun(next) ||
      next.tag === 'and' ||
      next.tag === 'adj' ||
      next.tag === 'ing' ||
      next.tag === 'participle' ||
      next.tag === 'num'
    )
  )
    return false
  const senses = wordnet.noun(word.lower)
  // Orange is a colour, coffee first of all a drink.
  const rank = senses?.classes.indexOf('q') ?? -1
  const isFood = senses?.classes[0] === 'o' && rank > 1
  const isName = !/^(?:shade|tone|tint|hue|colou?r|dye|pigment)$/.test(word.lower)
  // "Cherry blossoms", "an orange tree": what grows on or of it.
  const isGrown = senses?.classes.some((letter) => 'ho'.includes(letter)) ?? false
  if (isGrown && isNoun(next) && wordnet.noun(next.lemma)?.classes[0] === 'h') return false
  const isColour = (rank >= 0 && !isFood && isName) || wordnet.adjective(word.lower)?.isColour
  if (!isColour) return false
  if (next.tag === 'and') return words[at + 2]?.tag === 'adj'
  return isNoun(next)
    ? wordnet.noun(`${word.lower} ${next.lemma}`) === null
    : leadsToNoun(words, at + 1, wordnet)
}
