import type { TokenEncoder, WordNet } from '../text/index.ts'
import { type WordVectors, wordVector } from './word-vectors.ts'

/** A word that can be drawn, and how near it is: the cosine of the encoder's vectors. */
export interface NearestWord {
  readonly word: string
  readonly similarity: number
}

/**
 * From here on a word is near enough to be drawn in another's place; docs/world.md has how often it is then right.
 */
const leastSimilarity = 0.55

/** Nouns of one group may stand for each other: a pirate is near a pirate flag, and is none. */
const groups: readonly string[] = ['mfpi', 'a', 'v', 'oh', 'rslyw', 'dcunqk', 'b']

export interface NearestWordOptions {
  readonly encoder: TokenEncoder
  readonly wordnet: WordNet
  readonly vectors: WordVectors
  readonly signal?: AbortSignal | undefined
}

/** Of words that can be drawn the one that means most nearly the same, if any is near enough. */
export async function nearestWord(
  word: string,
  candidates: readonly string[],
  { encoder, wordnet, vectors, signal }: NearestWordOptions,
): Promise<NearestWord | null> {
  const asked = wordVector(await encoder.encode(word, signal ? { signal } : {}))
  const group = groupOf(word, wordnet)
  const near = candidates.flatMap((candidate): NearestWord[] => {
    const vector = vectors.get(candidate)
    const other = groupOf(candidate, wordnet)
    if (!vector || (group !== null && group !== other)) return []
    return [{ word: candidate, similarity: cosine(asked, vector) }]
  })
  const best = near.sort((a, b) => b.similarity - a.similarity)[0]
  return best && best.similarity >= leastSimilarity ? best : null
}

/** What a noun is in its most frequent sense, that of its last word where WordNet has no such compound. */
function groupOf(word: string, wordnet: WordNet): string | null {
  const senses = wordnet.noun(word) ?? wordnet.noun(word.split(' ').at(-1) ?? word)
  const first = senses?.commonClasses[0]
  return first === undefined ? null : (groups.find((letters) => letters.includes(first)) ?? null)
}

const cosine = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0)
