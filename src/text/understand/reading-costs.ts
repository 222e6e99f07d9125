import type { Token } from '../scene-graph.ts'
import type { WordNet } from '../wordnet/wordnet.ts'
import { closedTags } from './closed-words.ts'
import { genderOfName } from './first-names.ts'
import { saying } from './phrases-around.ts'
import { isFiniteTag, isNominal, tags } from './tags.ts'
import { type Reading, readingsOf } from './word-forms.ts'

/** What it costs that the statistical tagger says something else. */
const disagreement = 1.1
/** `A penguin skating` is a verb sooner than a kind of skating. */
const gerundCost = 0.7
/** `His sister points`, `a taxi brakes`: what follows who can act is sooner what they do than a kind of thing. */
const deedCost = 2
/** `A girl named Lily` names nobody. */
const namingCost = 1.5
/** What is done to the noun before, and not by it. */
const sufferedCost = 1.5
/** "…, chased by a man": the chased are somebody only behind an article. */
const ofVerbCost = 1.5
const causing = /^(?:help|let|make|watch|see|hear)(?:s|es|ed|ing)?$/
/** `Hand out blankets`: a verb that the dictionary has with what follows. */
const phrasalBonus = 0.6
/** "From brown to white", "to market". */
const rangeCost = 2.5
const perFrequency = 0.32
/** '"Yes," replies the owl': verbs of saying stand right behind what is said. */
const speechBonus = 1.5
/** `Trash can`, `watering can`. */
const canBonus = 2
/** "Watch a gardener tie it". */
const causedBonus = 3

/** Whether a word stands behind `watch`, `let`, `make` and a short noun phrase, and takes something behind it. */
function isBehindCaused(tokens: readonly Token[], index: number): boolean {
  const [behind = 'noun'] = closedTags(tokens[index + 1]?.text.toLowerCase() ?? '') ?? []
  if (!/^(?:det|prons?|prep|adverb)$/.test(behind)) return false
  for (let at = index - 2; at >= Math.max(0, index - 4); at--) {
    const lower = tokens[at]?.text.toLowerCase() ?? ''
    if (causing.test(lower)) return closedTags(tokens[index - 1]?.text.toLowerCase() ?? '') === null
    const [tag = 'noun'] = closedTags(lower) ?? []
    if (!/^(?:det|noun|adj)$/.test(tag) || !/^[\p{L}-]+$/u.test(lower)) return false
  }
  return false
}

export interface Surroundings {
  /** Behind a verb and its object that may do what this word says. */
  readonly isCausedToDo: boolean
  /** It starts a sentence or a quotation. */
  readonly isFirst: boolean
  /** Most words of the sentence have a capital: it tells no names. */
  readonly isTitle: boolean
  /** The text has used it as a name before. */
  readonly isKnownName: boolean
  /** The words before and behind, as written. */
  readonly previous: string
  readonly next: string
  /** The word behind the next. */
  readonly behind: string
  /** Behind `from … to`, which no infinitive follows. */
  readonly isRange: boolean
}

/** @param names those that the text has told so far, in small letters */
export function surroundingsOf(
  tokens: readonly Token[],
  index: number,
  isTitle: boolean,
  names: ReadonlySet<string>,
): Surroundings {
  const text = (at: number): string => tokens[at]?.text ?? ''
  const word = text(index)
  const previous = text(index - 1)
  return {
    isCausedToDo: isBehindCaused(tokens, index),
    isFirst: index === 0 || /^["“”‘:.!?]$/.test(previous),
    isTitle,
    isKnownName: isNamed(word) && names.has(word.toLowerCase()),
    previous,
    next: text(index + 1),
    behind: text(index + 2),
    isRange: previous === 'to' && tokens.slice(index - 4, index - 2).some((token) => token.text === 'from'),
  }
}

/** A word's readings, what each costs by itself, and whether it makes one with the word before. */
export function withCosts(
  token: Token,
  surroundings: Surroundings,
  wordnet: WordNet,
): (readonly [reading: Reading, cost: number, isJoint: boolean])[] {
  const { isCausedToDo, previous, next, behind, isRange } = surroundings
  const [readings, isFirstName] = readingsWithNames(token, surroundings, wordnet)
  const top = Math.max(...readings.map(({ frequency }) => frequency))
  const known = readings.some(({ tag }) => tags[tag] === token.pos)
  const isBehindArticle = closedTags(previous.toLowerCase())?.[0] === 'det'
  const isSooner = (tag: Reading['tag']): boolean =>
    !isBehindArticle &&
    /[a-z]{2}ed$/.test(token.text) &&
    readings.some((one) => one.tag === tag && one.frequency > 0)
  const isBehindColour =
    (wordnet.adjective(previous.toLowerCase())?.isColour ?? false) &&
    readings.some(({ tag }) => tag === 'noun') &&
    /^(?:prep|stop|comma|and)$/.test(
      closedTags(next.toLowerCase())?.[0] ?? (/^[.,;!?]?$/.test(next) ? 'stop' : ''),
    )
  return readings.map((reading) => {
    const isGerund =
      reading.tag === 'noun' &&
      /[a-z]{2}ing$/.test(reading.lemma) &&
      readings.some(({ tag }) => tag === 'ing') &&
      wordnet.noun(`${reading.lemma} ${next.toLowerCase()}`) === null
    // The statistical tagger has `her` and `its` for pronouns.
    const isPossessive = reading.tag === 'det' && token.pos === 'PRON'
    const isOther =
      !isFirstName &&
      known &&
      !isPossessive &&
      tags[reading.tag] !== token.pos &&
      !(reading.tag === 'name' && token.pos === 'NOUN')
    const isJoint = belongsBehind(previous.toLowerCase(), reading, wordnet)
    const senses = reading.tag === 'past' ? wordnet.verb(reading.lemma) : null
    // "A swan glides, followed by cygnets"; "its mast covered with coral".
    const isSuffered =
      senses?.takesObject === true &&
      (next === 'by'
        ? previous === ','
        : (/^(?:with|in)$/.test(next) || (next === 'as' && /^an?$/.test(behind))) && !senses.standsAlone)
    // "Helps her plant carrots".
    const isCaused =
      reading.tag === 'det' && token.text === 'her' && causing.test(previous) && wordnet.verb(next) !== null
    const isWay = isRange || (previous === 'to' && isGoal(reading, readings, next))
    // '"On your head," replies his assistant'.
    const isBehindSpeech = /^["”]$/.test(previous) && isFiniteTag(reading.tag) && saying.test(reading.lemma)
    const isPhrasal = isFiniteTag(reading.tag) && wordnet.verb(`${reading.lemma} ${next}`) !== null
    const isNaming = reading.tag === 'past' && isNamed(next) && /^(?:name|call)$/.test(reading.lemma)
    const isOfVerb = reading.tag === 'noun' && isSooner('participle')
    const isKind = reading.tag === 'nouns' || reading.tag === 'noun' || isGerund
    const isDeed = !isJoint && isKind && isDoneBy(previous, readings, wordnet)
    const cost =
      (isOther ? disagreement : 0) +
      (isGerund ? gerundCost : 0) +
      (isDeed ? deedCost : 0) +
      (isNaming ? namingCost : 0) +
      (isSuffered || isCaused ? sufferedCost : 0) +
      (isOfVerb ? ofVerbCost : 0) +
      (reading.tag === 'adverb' && isFlat(token.text, previous, next, wordnet) ? sufferedCost : 0) +
      (reading.tag === 'adj' && isBehindColour ? sufferedCost : 0) +
      (reading.tag === 'noun' && isBareDeed(previous, reading, readings, wordnet) ? deedCost : 0) +
      (isWay && reading.tag === 'base' ? rangeCost : 0) -
      (isPhrasal ? phrasalBonus : 0) -
      (isJoint && token.text === 'can' ? canBonus : 0) -
      (isBehindSpeech ? speechBonus : 0) -
      (isCausedToDo && reading.tag === 'base' ? causedBonus : 0)
    return [reading, (top - reading.frequency) * perFrequency + cost, isJoint]
  })
}

/** A word's readings, that as a name among them, and whether it can be nothing else. */
function readingsWithNames(
  token: Token,
  { isFirst, isTitle, isKnownName, next, behind }: Surroundings,
  wordnet: WordNet,
): readonly [readings: readonly Reading[], isFirstName: boolean] {
  const readings = [...readingsOf(token.text, wordnet)]
  const isCapital = isNamed(token.text)
  const isWordNetName = wordnet.noun(token.text.toLowerCase())?.isName ?? false
  const most = Math.max(...readings.map(({ frequency }) => frequency))
  const isFirstName = isCapital && (isKnownName || genderOfName(token.text.toLowerCase()) !== null)
  const isSingle = !readings.some(({ tag }) => tag === 'nouns')
  const isClosed = readings.every(({ tag }) => !isNominal(tag) || tag === 'noun') && most === 8
  if (isFirstName && !isTitle) readings.push({ tag: 'name', lemma: token.text.toLowerCase(), frequency: 9 })
  else if (
    isCapital &&
    !isTitle &&
    !isClosed &&
    (!isFirst || isWordNetName || (isUnknown(token.text, wordnet) && !/[^s]s$/.test(token.text)))
  ) {
    readings.push({ tag: 'name', lemma: token.text.toLowerCase(), frequency: Math.min(9, most + 2) })
  } else if (
    isFirst &&
    isCapital &&
    token.pos === 'PROPN' &&
    !isTitle &&
    !isClosed &&
    isSingle &&
    isFiniteVerb(next, wordnet)
  ) {
    // "Pip was a mouse", "Biscuit chased the ball".
    readings.push({ tag: 'name', lemma: token.text.toLowerCase(), frequency: most })
  } else if (isCapital && !isTitle && !isClosed && next === 'the' && isSomeone(behind, wordnet)) {
    // "Pip the mouse".
    readings.push({ tag: 'name', lemma: token.text.toLowerCase(), frequency: most })
  }
  return [readings, isFirstName]
}

function isDoneBy(previous: string, readings: readonly Reading[], wordnet: WordNet): boolean {
  // "Giant scissors".
  const isDoer = closedTags(previous.toLowerCase()) === null && isSomeone(previous, wordnet)
  if (isDoer && readings.some(({ tag }) => tag === 'verbs' || tag === 'ing')) return true
  const isPluralForm = /s$|(?:craft|fish|sheep|deer|people|men|mice|geese|children)$/i.test(previous)
  return isPluralForm && readings.some(({ tag }) => tag === 'base') && areSeveral(previous, wordnet)
}

/** "With long pink hair": behind a preposition or an article it tells how the noun is. */
function isFlat(text: string, previous: string, next: string, wordnet: WordNet): boolean {
  const [before] = closedTags(previous.toLowerCase()) ?? []
  return (
    /^(?:long|high|low|hard|deep|late|early|fast)$/.test(text) &&
    (before === 'prep' || before === 'det') &&
    (wordnet.adjective(next) !== null || wordnet.noun(next) !== null)
  )
}

/** "The passengers inside clap": nobody is inside a clap. */
function isBareDeed(
  previous: string,
  { lemma }: Reading,
  readings: readonly Reading[],
  wordnet: WordNet,
): boolean {
  const [kind = 'x'] = wordnet.noun(lemma)?.classes ?? []
  return (
    /^(?:inside|outside|above|below|behind|nearby|opposite|around)$/.test(previous) &&
    'ekx'.includes(kind) &&
    readings.some(({ tag }) => tag === 'base')
  )
}

/** "Their calves surface". */
function areSeveral(text: string, wordnet: WordNet): boolean {
  const plural = readingsOf(text, wordnet).find(({ tag }) => tag === 'nouns')
  return plural !== undefined && isSomeone(plural.lemma, wordnet)
}

/** "To market when": a noun that is commoner than the verb, and nothing behind it that could be its object. */
function isGoal({ tag, frequency }: Reading, readings: readonly Reading[], next: string): boolean {
  const isNoun = readings.some((other) => other.tag === 'noun' && other.frequency >= frequency + 2)
  const isBare = !/^[\p{L}\p{N}]/u.test(next)
  const isLink = closedTags(next.toLowerCase())?.some((one) => /^(?:sub|prep|and)$/.test(one)) ?? false
  return tag === 'base' && isNoun && (isBare || isLink)
}

function isFiniteVerb(text: string, wordnet: WordNet): boolean {
  const readings = readingsOf(text, wordnet)
  const [asNoun = 0] = readings.flatMap(({ tag, frequency }) => (tag === 'nouns' ? [frequency] : []))
  return readings.some(
    ({ tag, frequency }) =>
      tag === 'be' || tag === 'have' || tag === 'past' || (tag === 'verbs' && frequency > asNoun),
  )
}

function isNamed(text: string): boolean {
  return /^\p{Lu}\p{Ll}/u.test(text)
}

/** Whether a word is one who acts: a person, an animal, a vehicle, a first name. */
function isSomeone(text: string, wordnet: WordNet): boolean {
  const lower = text.toLowerCase()
  const [kind = 'x'] = wordnet.noun(lower)?.classes ?? []
  return 'mfpaigv'.includes(kind) || (isNamed(text) && genderOfName(lower) !== null)
}

function belongsBehind(previous: string, { tag, lemma }: Reading, wordnet: WordNet): boolean {
  if (tag === 'noun' || tag === 'nouns') return wordnet.noun(`${previous} ${lemma}`) !== null
  return previous === 'sun' && isFiniteTag(tag) && /^(?:rise|set|sink)$/.test(lemma)
}

function isUnknown(text: string, wordnet: WordNet): boolean {
  const lower = text.toLowerCase()
  return readingsOf(lower, wordnet).every(
    ({ lemma }) => !wordnet.noun(lemma) && !wordnet.verb(lemma) && !wordnet.adjective(lemma),
  )
}
