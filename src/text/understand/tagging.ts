import type { Token } from '../scene-graph.ts'
import type { WordNet } from '../wordnet/wordnet.ts'
import { endCost, fitCost } from './agreement.ts'
import { surroundingsOf, withCosts } from './reading-costs.ts'
import { endsRelative, follow, startState, type TagState } from './tag-state.ts'
import { isNominal, type Tag, type Word } from './tags.ts'
import { transitionCost } from './transitions.ts'
import type { Reading } from './word-forms.ts'

interface Path {
  readonly state: TagState
  readonly cost: number
  readonly reading: Reading
  readonly before: Path | null
}

/** Paths that are followed at a time. */
const beam = 24
/** A path so much dearer than the cheapest is left. */
const hopeless = 6
/** `Bus stop` is one noun, not a bus that stops; and the sun rises and sets. */
const compoundBonus = 1
/** The main verb behind that of a relative clause. */
const afterRelative = 0.2

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
  const ended = withStop(tokens)
  const words = chooseTags(ended, wordnet, names, 0)
  const tagged = mixesTenses(words) ? chooseTags(ended, wordnet, names, mixedTenseCost) : words
  return tagged.slice(0, tokens.length)
}

/** A prompt is read alike with a stop at its end and without. */
function withStop(tokens: readonly Token[]): readonly Token[] {
  const last = tokens.at(-1)
  if (!last || last.pos === 'PUNCT') return tokens
  return [...tokens, { text: '.', lemma: '.', pos: 'PUNCT', start: last.end, end: last.end }]
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
  const capitals = tokens.filter(({ text }) => /^\p{Lu}/u.test(text)).length
  const isTitle = capitals > tokens.length / 2 && tokens.length > 2
  for (const [index, token] of tokens.entries()) {
    const around = surroundingsOf(tokens, index, isTitle, names)
    const readings = withCosts(token, around, wordnet)
    const states = new Map<string, Path>()
    const froms: readonly (Path | null)[] = paths.length > 0 ? paths : [null]
    for (const from of froms) {
      const before = from?.state ?? startState
      const last = from === null ? 'start' : before.tag
      for (const [reading, own, isJoint] of readings) {
        const step = endsRelative(before, reading.tag) ? afterRelative : transitionCost(last, reading.tag)
        const cost =
          (from?.cost ?? 0) +
          own +
          step +
          (reading.tag === 'past' ? pastCost : 0) +
          fitCost({ before, last: from?.reading, text: token.text, next: around.next }, reading, wordnet) -
          (isJoint && mayLead(last) ? compoundBonus : 0)
        const state = follow(before, reading)
        const key = `${state.tag} ${reading.lemma} ${state.open}${state.needsNoun}${state.hasVerb}${state.subject}${state.isBehindPreposition}${state.mayGoOn}${state.aside}${state.isRelative}${state.auxiliary}`
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

/** Whether a word can be the first part of a compound. */
function mayLead(tag: Tag | 'start'): boolean {
  return tag === 'adj' || (tag !== 'start' && isNominal(tag))
}
