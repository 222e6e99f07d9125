import type { Lexicon } from './lexicon.ts'
import type { Token } from './scene-graph.ts'

/** A noun with what belongs to it: `two small dogs`. */
export interface NounPhrase {
  readonly kind: 'noun'
  readonly lemma: string
  /** As said, without article, possessive and number: `small dogs`. */
  readonly name: string
  /** Null where nothing tells how many. */
  readonly count: number | null
  readonly isPlural: boolean
  readonly isProper: boolean
  readonly attributes: readonly string[]
  readonly reference: 'definite' | 'indefinite' | 'another' | 'none'
  readonly start: number
  readonly end: number
}

export interface VerbPhrase {
  readonly kind: 'verb'
  readonly lemma: string
  readonly voice: 'active' | 'passive'
  /** `riding` without `is`: says what the noun before it does. */
  readonly isParticiple: boolean
  readonly isNegated: boolean
}

export type Phrase =
  | NounPhrase
  | VerbPhrase
  | { readonly kind: 'pronoun'; readonly text: string; readonly start: number; readonly end: number }
  | { readonly kind: 'attribute'; readonly text: string }
  | { readonly kind: 'preposition'; readonly text: string }
  | { readonly kind: 'adverb'; readonly text: string }
  | { readonly kind: 'and' | 'comma' | 'break' }

const longPrepositions = [
  ['out', 'of'],
  ['in', 'front', 'of'],
  ['on', 'top', 'of'],
  ['next', 'to'],
  ['close', 'to'],
  ['away', 'from'],
  ['in', 'the', 'middle', 'of'],
  ['at', 'the', 'edge', 'of'],
  ['on', 'the', 'edge', 'of'],
]
const possessives = /^(?:his|her|its|their|my|our|your)$/i
const personal = /^(?:he|she|it|they|him|her|them)$/i
const directions = /^(?:left|right|up|down|upwards?|downwards?)$/i
const negations = /^(?:not|n't|never|n’t)$/i

/** Splits a sentence's tokens into phrases, in order; words that play no part in a scene are left out. */
export function findPhrases(text: string, tokens: readonly Token[], lexicon: Lexicon): Phrase[] {
  const phrases: Phrase[] = []
  let index = 0
  while (index < tokens.length) {
    const [phrase, length] = readPhrase(text, tokens.slice(index), lexicon)
    if (phrase) phrases.push(phrase)
    index += length
  }
  return phrases
}

type Read = readonly [phrase: Phrase | null, length: number]

function readPhrase(text: string, tokens: readonly Token[], lexicon: Lexicon): Read {
  const [token] = tokens
  if (!token) return [null, 1]
  const long = longPrepositions.find((parts) =>
    parts.every((part, i) => tokens[i]?.text.toLowerCase() === part),
  )
  if (long) return [{ kind: 'preposition', text: long.join(' ') }, long.length]
  const noun = readNoun(text, tokens, lexicon)
  if (noun) return noun
  const verb = readVerb(tokens)
  if (verb) return verb
  const lower = token.text.toLowerCase()
  if (personal.test(lower)) return [{ kind: 'pronoun', text: lower, start: token.start, end: token.end }, 1]
  if (lower === 'and' || lower === 'or') return [{ kind: 'and' }, 1]
  if (lower === ',') return [{ kind: 'comma' }, 1]
  if (lower === 'as' || token.pos === 'SCONJ' || token.pos === 'CCONJ' || /^[;:.!?…—–]+$/.test(lower))
    return [{ kind: 'break' }, 1]
  if (token.pos === 'ADV' || (directions.test(lower) && token.pos !== 'ADP')) {
    return [{ kind: 'adverb', text: lower }, 1]
  }
  if (token.pos === 'ADP' || (lower === 'to' && tokens[1]?.pos !== 'VERB')) {
    return [{ kind: 'preposition', text: lower }, 1]
  }
  return [null, 1]
}

/** Determiners, numbers, adjectives, nouns; `and` between adjectives; `of` and another noun phrase. */
function readNoun(
  text: string,
  tokens: readonly Token[],
  lexicon: Lexicon,
): readonly [NounPhrase, number] | null {
  let length = 0
  let nameStart: number | null = null
  let head: Token | null = null
  let count: number | null = null
  let reference: NounPhrase['reference'] = 'none'
  const attributes: string[] = []
  for (;;) {
    const [token, next] = [tokens[length], tokens[length + 1]]
    if (!token) break
    const lower = token.text.toLowerCase()
    const counted = head === null && attributes.length === 0 ? lexicon.countOf(lower) : null
    if (token.pos === 'NOUN' || token.pos === 'PROPN') {
      nameStart ??= token.start
      head = token
    } else if (head === null && counted !== null && !lexicon.isGroup(lower)) count = counted
    else if (head === null && (token.pos === 'DET' || (possessives.test(lower) && startsNoun(next)))) {
      reference = referenceOf(lower)
      if (lower === 'no') count = 0
    } else if (head === null && lexicon.isGroup(lower) && next?.lemma === 'of') head = token
    else if (head === null && isModifier(token, next)) {
      nameStart ??= token.start
      if (token.pos !== 'ADV') attributes.push(lower)
    } else if (attributes.length > 0 && head === null && /^(?:and|,)$/.test(lower) && next?.pos === 'ADJ') {
      // Between two adjectives: part of the name.
    } else if (head && /^(?:'s|’s|')$/.test(lower) && isOwned(tokens.slice(length + 1))) {
      // The girl's red kite: the owner is part of the name.
      head = null
      attributes.length = 0
    } else if (head && lower === '-' && next?.start === token.end && next.pos !== 'VERB') {
      // T-rex.
    } else break
    length++
  }
  if (!head) return null
  const afterHead = tokens[length]?.lemma === 'of' ? readNoun(text, tokens.slice(length + 1), lexicon) : null
  const noun = nounOf(
    text,
    { head, nameStart: nameStart ?? head.start, count, reference, attributes },
    tokens,
    lexicon,
  )
  return afterHead ? [joinOf(noun, afterHead[0], text, lexicon), length + 1 + afterHead[1]] : [noun, length]
}

interface NounParts {
  readonly head: Token
  readonly nameStart: number
  readonly count: number | null
  readonly reference: NounPhrase['reference']
  readonly attributes: readonly string[]
}

function nounOf(text: string, parts: NounParts, tokens: readonly Token[], lexicon: Lexicon): NounPhrase {
  const { head, nameStart, count, reference, attributes } = parts
  const lower = head.text.toLowerCase()
  // A capital makes the tagger take "Sharks" for a name, with the plural as its lemma.
  const singular = lower.replace(/s$/, '')
  const isCommon = head.lemma === lower && singular !== lower && lexicon.isAnimate(singular)
  const lemma = isCommon ? singular : head.lemma
  return {
    kind: 'noun',
    lemma,
    name: text.slice(nameStart, head.end),
    count,
    isPlural: lemma !== lower && /(?:[^s]s|men|ren|eet|ice|eese)$/.test(lower),
    isProper: head.pos === 'PROPN' && !isCommon && !lexicon.isAnimate(lemma),
    attributes,
    reference,
    start: tokens[0]?.start ?? nameStart,
    end: head.end,
  }
}

/** `school of fish` is fish, five of them; `ball of yarn` is a ball. */
function joinOf(noun: NounPhrase, inner: NounPhrase, text: string, lexicon: Lexicon): NounPhrase {
  const nameStart = noun.end - noun.name.length
  const joined = { start: noun.start, end: inner.end, name: text.slice(nameStart, inner.end) }
  if (!lexicon.isGroup(noun.lemma)) return { ...noun, ...joined }
  const count = inner.count ?? lexicon.countOf(noun.lemma)
  return {
    ...inner,
    ...joined,
    count,
    reference: noun.reference,
    attributes: [...noun.attributes, ...inner.attributes],
  }
}

function referenceOf(determiner: string): NounPhrase['reference'] {
  if (/^(?:another|other)$/.test(determiner)) return 'another'
  if (/^(?:a|an|some|no|every|each|any)$/.test(determiner)) return 'indefinite'
  return 'definite'
}

function startsNoun(token: Token | undefined): boolean {
  return token !== undefined && ['NOUN', 'PROPN', 'ADJ', 'NUM'].includes(token.pos)
}

/** An adjective; a participle or "very" right before something that is described. */
function isModifier(token: Token, next: Token | undefined): boolean {
  if (token.pos === 'ADJ') return true
  if (token.pos === 'VERB')
    return /(?:ing|ed)$/i.test(token.text) && (next?.pos === 'NOUN' || next?.pos === 'ADJ')
  return token.pos === 'ADV' && next?.pos === 'ADJ' && !/ly$/.test(token.text)
}

/** Whether a noun follows a possessive, behind adjectives. */
function isOwned(tokens: readonly Token[]): boolean {
  const first = tokens.find(({ pos }) => pos !== 'ADJ' && pos !== 'NUM')
  return first?.pos === 'NOUN' || first?.pos === 'PROPN'
}

/** Auxiliaries and "not", then a verb; or a form of "be" and an adjective. */
function readVerb(tokens: readonly Token[]): Read | null {
  let length = 0
  let isNegated = false
  let be = false
  let auxiliary = false
  for (;;) {
    const token = tokens[length]
    const isParticle = token !== undefined && auxiliary && negations.test(token.text)
    if (token?.pos === 'AUX') {
      auxiliary = true
      be ||= token.lemma === 'be' || /^(?:is|are|was|were|'s|'re|being|been)$/i.test(token.text)
    } else if (isParticle || (length === 0 && token && /^never$/i.test(token.text))) isNegated = true
    else break
    length++
  }
  const token = tokens[length]
  if (!token) return length > 0 ? [null, length] : null
  if (token.pos === 'VERB') {
    const isIng = /ing$/i.test(token.text)
    const voice = be && !isIng ? 'passive' : 'active'
    return [{ kind: 'verb', lemma: token.lemma, voice, isParticiple: isIng && !be, isNegated }, length + 1]
  }
  if (be && token.pos === 'ADJ' && !startsNoun(tokens[length + 1])) {
    return [isNegated ? null : { kind: 'attribute', text: token.text.toLowerCase() }, length + 1]
  }
  return length > 0 ? [null, length] : null
}
