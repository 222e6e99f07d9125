import type { Token } from '../scene-graph.ts'
import type { WordNet } from '../wordnet/wordnet.ts'
import { closedTags } from './closed-words.ts'
import { genderOfName } from './first-names.ts'
import { saying } from './phrases-around.ts'
import { seasonOf, timeOf } from './scene-words.ts'
import type { Tag, Word } from './tags.ts'
import { tags } from './tags.ts'
import { transitionCost } from './transitions.ts'
import { type Reading, readingsOf } from './word-forms.ts'

/** What is carried from word to word beside the last tag. */
interface State {
  readonly tag: Tag
  /** The article of the open noun phrase asks for one or for several. */
  readonly open: 'one' | 'many' | 'any'
  /** An article or a preposition waits for its noun. */
  readonly needsNoun: boolean
  readonly hasVerb: boolean
  readonly subject: 'none' | 'one' | 'many' | 'any'
  /** The open noun phrase stands behind a preposition: it is no subject. */
  readonly isBehindPreposition: boolean
  /** Behind `and` or a comma: the clause before had a verb, and another may follow for the same subject. */
  readonly mayGoOn: boolean
  /** In a relative clause: the verb of the main clause is still to come. */
  readonly isRelative: boolean
  /** The auxiliary that a verb is still to follow, behind `not` and adverbs too. */
  readonly auxiliary: 'modal' | 'none'
}

interface Path {
  readonly state: State
  readonly cost: number
  readonly reading: Reading
  readonly before: Path | null
}

const nominals = ['noun', 'nouns', 'name'] as const
const finite = ['verbs', 'base', 'past'] as const

const isNominal = (tag: Tag): boolean => (nominals as readonly Tag[]).includes(tag)
const isFiniteTag = (tag: Tag): boolean => (finite as readonly Tag[]).includes(tag)
const isAuxiliary = (tag: Tag): boolean => tag === 'be' || tag === 'have' || tag === 'modal' || tag === 'not'
const isBoundary = (tag: Tag): boolean =>
  tag === 'stop' || tag === 'comma' || tag === 'and' || tag === 'other'
const insidePhrase = new Set<Tag>([
  'det',
  'num',
  'adj',
  'noun',
  'nouns',
  'name',
  'ing',
  'participle',
  'of',
  'adverb',
])

/** What it costs that the statistical tagger says something else. */
const disagreement = 1.1
/** `Bus stop` is one noun, not a bus that stops; and the sun rises and sets. */
const compoundBonus = 1
/** `A penguin skating` is a verb sooner than a kind of skating. */
const gerundCost = 0.7
/** `His sister points`, `a taxi brakes`: what follows who can act is sooner what they do than a kind of thing. */
const deedCost = 2
/** `A girl named Lily` names nobody. */
const namingCost = 1.5
/** What is done to the noun before, and not by it. */
const sufferedCost = 1.5
const causing = /^(?:help|let|make|watch|see|hear)(?:s|es|ed|ing)?$/
/** `Hand out blankets`: a verb that the dictionary has with what follows. */
const phrasalBonus = 0.6
/** "From brown to white", "to market". */
const rangeCost = 2.5
const perFrequency = 0.32
/** Paths that are followed at a time. */
const beam = 24
/** A path so much dearer than the cheapest is left. */
const hopeless = 6

/**
 * Chooses each word's part of speech, all of a sentence together (Viterbi, with a beam): how often English uses the
 * word so, what the statistical tagger says of it, what may follow what, and that a clause has one verb that agrees
 * with its subject. Linear in the number of words.
 * @param names those that the text has told so far, in small letters
 */
export function tagWords(
  tokens: readonly Token[],
  wordnet: WordNet,
  names: ReadonlySet<string> = new Set(),
): Word[] {
  const words = chooseTags(tokens, wordnet, names, 0)
  return mixesTenses(words) ? chooseTags(tokens, wordnet, names, mixedTenseCost) : words
}

/** "Two men saw a plank while a boy sweeps": a sentence seldom leaves its tense. */
const mixedTenseCost = 3
function mixesTenses(words: readonly Word[]): boolean {
  const isQuoted = words.some(({ lower }) => /^["“”]$/.test(lower))
  const isNow = ({ tag, lower }: Word): boolean => tag === 'verbs' || /^(?:is|are|has)$/.test(lower)
  return !isQuoted && words.some(({ tag }) => tag === 'past') && words.some(isNow)
}

/** @param pastCost what a past tense costs beside the rest */
function chooseTags(
  tokens: readonly Token[],
  wordnet: WordNet,
  names: ReadonlySet<string>,
  pastCost: number,
): Word[] {
  let paths: readonly Path[] = []
  const start: State = {
    tag: 'stop',
    open: 'any',
    needsNoun: false,
    hasVerb: false,
    subject: 'none',
    isBehindPreposition: false,
    mayGoOn: false,
    isRelative: false,
    auxiliary: 'none',
  }
  const capitals = tokens.filter(({ text }) => /^\p{Lu}/u.test(text)).length
  const isTitle = capitals > tokens.length / 2 && tokens.length > 2
  for (const [index, token] of tokens.entries()) {
    const isFirst = index === 0 || /^["“”‘:.!?]$/.test(tokens[index - 1]?.text ?? '')
    const previous = tokens[index - 1]?.text ?? ''
    const next = tokens[index + 1]?.text ?? ''
    const isRange =
      previous === 'to' && tokens.slice(index - 4, index - 2).some(({ text }) => text === 'from')
    const isKnownName = isNamed(token.text) && names.has(token.text.toLowerCase())
    const behind = tokens[index + 2]?.text ?? ''
    const isCausedToDo = isBehindCaused(tokens, index)
    const around = { isCausedToDo, isFirst, isTitle, isKnownName, previous, next, behind, isRange }
    const readings = withCosts(token, around, wordnet)
    const states = new Map<string, Path>()
    const froms: readonly (Path | null)[] = paths.length > 0 ? paths : [null]
    for (const from of froms) {
      const before = from?.state ?? start
      const last = from === null ? 'start' : before.tag
      for (const [reading, own, isJoint] of readings) {
        const step = endsRelative(before, reading.tag) ? afterRelative : transitionCost(last, reading.tag)
        const cost =
          (from?.cost ?? 0) +
          own +
          step +
          agreement(before, reading) +
          numberCost(before, reading.tag, token.text) +
          (reading.tag === 'past' ? pastCost : 0) +
          bareCost(before, reading, wordnet) +
          headlessCost(from?.reading, reading, next) +
          causedCost(from?.reading, reading) -
          (isJoint && mayLead(last) ? compoundBonus : 0)
        const state = follow(before, reading)
        const key = `${state.tag} ${reading.lemma} ${state.open}${state.needsNoun}${state.hasVerb}${state.subject}${state.isBehindPreposition}${state.mayGoOn}${state.isRelative}${state.auxiliary}`
        const known = states.get(key)
        if (!known || cost < known.cost) states.set(key, { state, cost, reading, before: from })
      }
    }
    const ordered = [...states.values()].sort((a, b) => a.cost - b.cost)
    const worst = (ordered[0]?.cost ?? 0) + hopeless
    paths = ordered.slice(0, beam).filter(({ cost }) => cost <= worst)
  }
  const ended = paths.map((path) => ({ path, cost: path.cost + endCost(path.state) }))
  const best = ended.sort((a, b) => a.cost - b.cost)[0]?.path ?? null
  const readings: Reading[] = []
  for (let path = best; path; path = path.before) readings.push(path.reading)
  readings.reverse()
  return tokens.map(({ text, start, end }, index) => {
    const { tag = 'other', lemma = text.toLowerCase() } = readings[index] ?? {}
    return { text, lower: text.toLowerCase().replaceAll('’', "'"), tag, lemma, start, end }
  })
}

/** "A cat that sleeps wakes", "a letter that he wrote was read": the main verb follows that of the relative clause. */
const afterRelative = 0.2
function endsRelative({ isRelative, hasVerb, tag: before }: State, tag: Tag): boolean {
  return isRelative && hasVerb && !isAuxiliary(before) && (isFiniteTag(tag) || isAuxiliary(tag))
}

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

interface Surroundings {
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

/** A word's readings, what each costs by itself, and whether it makes one with the word before. */
function withCosts(
  token: Token,
  { isCausedToDo, isFirst, isTitle, isKnownName, previous, next, behind, isRange }: Surroundings,
  wordnet: WordNet,
): (readonly [reading: Reading, cost: number, isJoint: boolean])[] {
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
  const top = Math.max(...readings.map(({ frequency }) => frequency))
  const known = readings.some(({ tag }) => tags[tag] === token.pos)
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
      (next === 'by' ? previous === ',' : /^(?:with|in)$/.test(next) && !senses.standsAlone)
    // "Helps her plant carrots".
    const isCaused =
      reading.tag === 'det' && token.text === 'her' && causing.test(previous) && wordnet.verb(next) !== null
    const isWay = isRange || (previous === 'to' && isGoal(reading, readings, next))
    // '"On your head," replies his assistant'.
    const isBehindSpeech = /^["”]$/.test(previous) && isFiniteTag(reading.tag) && saying.test(reading.lemma)
    const isPhrasal = isFiniteTag(reading.tag) && wordnet.verb(`${reading.lemma} ${next}`) !== null
    const isNaming = reading.tag === 'past' && isNamed(next) && /^(?:name|call)$/.test(reading.lemma)
    const isKind = reading.tag === 'nouns' || reading.tag === 'noun' || isGerund
    const isDeed = !isJoint && isKind && isDoneBy(previous, readings, wordnet)
    const cost =
      (isOther ? disagreement : 0) +
      (isGerund ? gerundCost : 0) +
      (isDeed ? deedCost : 0) +
      (isNaming ? namingCost : 0) +
      (isSuffered || isCaused ? sufferedCost : 0) +
      (isWay && reading.tag === 'base' ? rangeCost : 0) -
      (isPhrasal ? phrasalBonus : 0) -
      (isJoint && token.text === 'can' ? canBonus : 0) -
      (isBehindSpeech ? speechBonus : 0) -
      (isCausedToDo && reading.tag === 'base' ? causedBonus : 0)
    return [reading, (top - reading.frequency) * perFrequency + cost, isJoint]
  })
}

function isDoneBy(previous: string, readings: readonly Reading[], wordnet: WordNet): boolean {
  // "Giant scissors".
  const isDoer = closedTags(previous.toLowerCase()) === null && isSomeone(previous, wordnet)
  if (isDoer && readings.some(({ tag }) => tag === 'verbs' || tag === 'ing')) return true
  return readings.some(({ tag }) => tag === 'base') && areSeveral(previous, wordnet)
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

/** Whether a word can be the first part of a compound. */
function mayLead(tag: Tag | 'start'): boolean {
  return tag === 'adj' || (tag !== 'start' && isNominal(tag))
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

/** What is wrong with a reading for what came before: numbers that do not agree, a second verb in a clause. */
function agreement(before: State, { tag, lemma }: Reading): number {
  return (
    phraseCost(before, tag) +
    verbCost(before, tag) +
    (tag === 'be' && lemma === 'be' ? secondBeCost(before) : 0)
  )
}

function phraseCost(before: State, tag: Tag): number {
  if (before.open === 'one' && tag === 'nouns') return 2.5
  if (before.open === 'many' && tag === 'noun') return 0.6
  if (before.auxiliary === 'modal' && isNominal(tag)) return 1.5
  // "A blue liquid from", "at the crossing because".
  if (before.needsNoun && !insidePhrase.has(tag) && tag !== 'and' && tag !== 'comma') {
    if (before.tag === 'adj') return 1
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
function numberCost({ subject, hasVerb, isRelative }: State, tag: Tag, text: string): number {
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
function bareCost({ tag: before }: State, { tag, lemma }: Reading, wordnet: WordNet): number {
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
function causedCost(before: Reading | undefined, { tag }: Reading): number {
  const isObject = /^prons?$/.test(before?.tag ?? '') && /^(?:him|her|them|me|us)$/.test(before?.lemma ?? '')
  return isObject && tag === 'base' ? -2.2 : 0
}

function verbCost(before: State, tag: Tag): number {
  // "Does not chase", "to run": nothing to agree with.
  if (!isFiniteTag(tag) || before.auxiliary === 'modal' || before.tag === 'to') return 0
  let cost = 0
  // "Empty playground, swings moving".
  if (before.tag === 'comma' && !before.mayGoOn && before.subject !== 'none') cost += 1
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

function secondBeCost({ hasVerb, tag }: State): number {
  return hasVerb && tag !== 'modal' && tag !== 'have' && tag !== 'be' ? 1 : 0
}

function isAgreeing({ subject }: State, tag: Tag): boolean {
  // Without a subject it is an imperative: "chop the onions and add them".
  const isMany = subject === 'many' || subject === 'none'
  return tag === 'past' || (tag === 'verbs' && subject === 'one') || (tag === 'base' && isMany)
}

function follow(before: State, { tag, lemma }: Reading): State {
  const { hasVerb, subject, isBehindPreposition, isRelative } = before
  const base: State = {
    tag,
    open: 'any',
    needsNoun: before.needsNoun && !isNominal(tag) && insidePhrase.has(tag),
    hasVerb,
    subject,
    isBehindPreposition: isBehindPreposition && insidePhrase.has(tag),
    mayGoOn: before.mayGoOn && (tag === 'adverb' || tag === 'and'),
    isRelative,
    auxiliary:
      tag === 'modal' || ((tag === 'not' || tag === 'adverb') && before.auxiliary === 'modal')
        ? 'modal'
        : 'none',
  }
  switch (tag) {
    case 'det':
      if (lemma === 'whose')
        return { ...base, needsNoun: true, hasVerb: false, subject: 'none', isRelative: !hasVerb }
      return { ...base, open: openOf(lemma), needsNoun: true, isBehindPreposition: before.tag === 'prep' }
    case 'num':
      return { ...base, open: lemma === 'one' || lemma === '1' ? 'one' : 'many' }
    case 'adj':
    case 'adverb':
      return { ...base, open: before.open }
    case 'noun':
    case 'nouns':
    case 'name':
    case 'pron':
    case 'prons': {
      const number = tag === 'nouns' || tag === 'prons' ? 'many' : 'one'
      // "Every spring, crabs leave".
      const isTime = timeOf(lemma) !== null || seasonOf(lemma) !== null
      const isSubject = !isBehindPreposition && !hasVerb && !isTime
      const joined = before.subject !== 'none' && subject === 'any' ? 'any' : number
      return { ...base, open: before.open, subject: isSubject ? joined : subject }
    }
    case 'of':
      return { ...base, subject: isBehindPreposition ? subject : 'none' }
    case 'prep':
      // "Thousands of crabs" are crabs, "one of them" is one.
      if (before.tag === 'num' && before.open === 'one' && !hasVerb)
        return { ...base, needsNoun: true, isBehindPreposition: true, subject: 'one' }
      return { ...base, needsNoun: true, isBehindPreposition: before.tag !== 'num' }
    case 'ing':
    case 'participle':
      return before.tag === 'be' || before.tag === 'have'
        ? { ...base, hasVerb: true }
        : { ...base, open: before.open }
    case 'verbs':
    case 'base':
    case 'past':
      return { ...base, hasVerb: true, isRelative: isRelative && !endsRelative(before, tag) }
    case 'be':
    case 'have':
      return { ...base, hasVerb: true, isRelative: isRelative && !endsRelative(before, tag) }
    case 'and':
    case 'comma':
      return {
        ...base,
        hasVerb: false,
        subject: hasVerb || before.mayGoOn ? subject : 'any',
        mayGoOn: hasVerb || base.mayGoOn,
      }
    case 'rel':
      return { ...base, hasVerb: false, isRelative: !hasVerb }
    case 'sub':
    case 'stop':
      return { ...base, hasVerb: false, subject: 'none' }
    default:
      return base
  }
}

function openOf(determiner: string): State['open'] {
  if (/^(?:an?|this|that|each|every|another)$/.test(determiner)) return 'one'
  return /^(?:these|those)$/.test(determiner) ? 'many' : 'any'
}

/** A clause without a verb is rarer than one with. */
const verblessCost = 0.7
/** "Which glides": no relative clause is without. */
const relativeCost = 2
function endCost({ hasVerb, tag, isRelative }: State): number {
  const verbless = isRelative ? relativeCost : verblessCost
  return (hasVerb || tag === 'stop' ? 0 : verbless) + (tag === 'det' ? 3 : 0)
}
