import type { WordNet } from '../wordnet/wordnet.ts'
import { closedTags } from './closed-words.ts'
import { insidePhrase, type TagState } from './tag-state.ts'
import { isAuxiliary, isBoundary, isFiniteTag, isNominal, type Tag } from './tags.ts'
import type { Reading } from './word-forms.ts'

/** Where a word stands: what is known there, how the word before it is read, and the words themselves. */
interface Place {
  readonly before: TagState
  readonly last: Reading | undefined
  readonly text: string
  readonly next: string
}

/** What a reading costs for what came before it: the higher, the worse English. */
export function fitCost({ before, last, text, next }: Place, reading: Reading, wordnet: WordNet): number {
  return (
    agreement(before, reading) +
    numberCost(before, reading.tag, text) +
    bareCost(before, reading, wordnet) +
    headlessCost(last, reading, next) +
    causedCost(last, reading, wordnet) +
    behindOneCost(last, reading)
  )
}

/** What is wrong with a reading for what came before: numbers that do not agree, a second verb in a clause. */
function agreement(before: TagState, { tag, lemma }: Reading): number {
  return (
    phraseCost(before, tag) +
    verbCost(before, tag) +
    (tag === 'be' && lemma === 'be' ? secondBeCost(before) : 0)
  )
}

function phraseCost(before: TagState, tag: Tag): number {
  if (before.open === 'one' && tag === 'nouns') return 2.5
  if (before.open === 'many' && tag === 'noun') return 0.6
  if (before.auxiliary === 'modal' && isNominal(tag)) return 1.5
  // "A blue liquid from", "at the crossing because".
  if (before.needsNoun && !insidePhrase.has(tag) && tag !== 'and' && tag !== 'comma') {
    if (before.tag === 'adj') return 1
    // "Into a wishing well".
    if (before.tag === 'adverb' && before.open === 'one') return 1.5
    if (before.tag === 'ing' && before.open === 'any') return 0
    // "At a crossing".
    if (before.tag === 'ing' && before.open === 'one' && !isFiniteTag(tag)) return 1.5
  }
  const endsClause = tag === 'stop' || tag === 'sub'
  if ((endsClause || tag === 'comma' || tag === 'and') && before.isRelative && !before.hasVerb)
    return relativeCost
  if (endsClause && !before.hasVerb && !isBoundary(before.tag)) return verblessCost
  return 0
}

/** "The sheep were": an auxiliary that tells how many its subject is. */
const wrongNumberCost = 1.6
function numberCost({ subject, hasVerb, isRelative }: TagState, tag: Tag, text: string): number {
  if (!isAuxiliary(tag) || (hasVerb && !isRelative)) return 0
  const number = /^(?:is|was|has|does)$/i.test(text)
    ? 'one'
    : /^(?:are|were|have|do)$/i.test(text)
      ? 'many'
      : null
  const isWrong = number !== null && (subject === 'one' || subject === 'many') && subject !== number
  return isWrong ? wrongNumberCost : 0
}

/** `A star struck face`: what there is one of stands behind a verb with an article. */
const bareCosts = 1.2
function bareCost({ tag: before }: TagState, { tag, lemma }: Reading, wordnet: WordNet): number {
  if (tag !== 'noun' || !isFiniteTag(before)) return 0
  return 'mfpabvy'.includes(wordnet.noun(lemma)?.classes[0] ?? 'x') ? bareCosts : 0
}

/** "The youngest loves her": who it is, and no noun comes. */
function headlessCost(before: Reading | undefined, { tag }: Reading, next: string): number {
  if (before?.tag !== 'adj' || !isFiniteTag(tag)) return 0
  const [behind = 'noun'] = closedTags(next.toLowerCase()) ?? []
  // "The other bites its ear".
  const isOne = tag === 'verbs' && /^(?:other|first|second|third|last)$/.test(before.lemma)
  if (isOne && /^(?:det|prons?)$/.test(behind)) return -4
  return /[a-z]{2}est$/.test(before.lemma) ? -4 : 0
}

/** "Lets her go": a verb behind another is no second one of its clause. */
function causedCost(before: Reading | undefined, { tag, lemma }: Reading, wordnet: WordNet): number {
  // "Lets go of it".
  if (before && tag === 'base' && isFiniteTag(before.tag) && wordnet.verb(`${before.lemma} ${lemma}`))
    return -6
  const isObject = /^prons?$/.test(before?.tag ?? '') && /^(?:him|her|them|me|us)$/.test(before?.lemma ?? '')
  return isObject && tag === 'base' ? -2.2 : 0
}

/** "The first one points at it": `one` stands for a noun, and before none. */
function behindOneCost(before: Reading | undefined, { tag }: Reading): number {
  return before?.tag === 'noun' && before.lemma === 'one' && isNominal(tag) ? 3 : 0
}

function verbCost(before: TagState, tag: Tag): number {
  // "Does not chase", "to run": nothing to agree with.
  if (!isFiniteTag(tag) || before.auxiliary === 'modal' || before.tag === 'to') return 0
  let cost = 0
  // "One of them plays a guitar".
  if (before.tag === 'prons' && before.subject === 'one' && tag === 'verbs') cost -= 2
  // "Empty playground, swings moving".
  if (before.tag === 'comma' && !before.mayGoOn && before.subject !== 'none')
    cost += before.aside === 'closed' ? -1.6 : 1
  if (before.hasVerb) cost += before.isRelative ? 0 : 2.2
  else if (!before.isBehindPreposition || before.subject !== 'none') {
    if (tag === 'verbs' && before.subject === 'many') cost += 3
    if (tag === 'base' && before.subject === 'one') cost += 3
  }
  // "Runs and jumps", "a cat and a dog sleep".
  if (before.mayGoOn && isAgreeing(before, tag)) cost -= 1.6
  if (tag === 'base' && before.subject === 'any' && isNominal(before.tag)) cost -= 0.5
  if (before.subject === 'none' && tag !== 'base') cost += 1
  return cost
}

function secondBeCost({ hasVerb, tag }: TagState): number {
  return hasVerb && tag !== 'modal' && tag !== 'have' && tag !== 'be' ? 1 : 0
}

function isAgreeing({ subject }: TagState, tag: Tag): boolean {
  // Without a subject it is an imperative: "chop the onions and add them".
  const isMany = subject === 'many' || subject === 'none'
  return tag === 'past' || (tag === 'verbs' && subject === 'one') || (tag === 'base' && isMany)
}

/** A clause without a verb is rarer than one with. */
const verblessCost = 0.7
/** "Which glides": no relative clause is without. */
const relativeCost = 2
/** What it costs that a sentence ends here. */
export function endCost({ hasVerb, tag, isRelative }: TagState): number {
  const verbless = isRelative ? relativeCost : verblessCost
  return (hasVerb || tag === 'stop' ? 0 : verbless) + (tag === 'det' ? 3 : 0)
}
