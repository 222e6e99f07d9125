import type { WordNet } from '../wordnet/wordnet.ts'
import { seasonOf, timeOf, weatherOf } from './scene-words.ts'
import type { Word } from './tags.ts'

// What a noun is called with the nouns and adjectives before it: `fire truck`, `polar bear`.

/** The compound's name; times and seasons (`autumn leaf`) are no part of it. */
export function nameOf(before: readonly Word[], head: string, wordnet: WordNet): string {
  const whole = [...before.map(({ lower }) => lower), head].join(' ')
  if (wordnet.noun(whole) || timeOf(head) !== null || weatherOf(head) !== null) return whole
  // "A cast iron skillet".
  const isOfMaterial = ({ lower }: Word, next: Word | undefined): boolean =>
    isMaterial(lower) ||
    (next !== undefined && isMaterial(next.lower) && wordnet.noun(`${lower} ${next.lower}`) !== null)
  const lasting = before.filter(
    (word, index) =>
      timeOf(word.lower) === null && seasonOf(word.lower) === null && !isOfMaterial(word, before[index + 1]),
  )
  return [...lasting.map(({ lower }) => lower), head].join(' ')
}

/** What a thing is made of is a quality of it, unless the dictionary knows the whole: `brass owl`, but `snow globe`. */
export function isMaterial(word: string): boolean {
  return materials.has(word)
}

const materials = new Set(
  'brass bronze copper gold silver iron steel metal tin glass crystal marble granite stone brick concrete clay porcelain wood oak pine bamboo straw wicker leather silk satin velvet wool cotton linen denim fur lace plastic cardboard'.split(
    ' ',
  ),
)

/** Two glasses of wine are glasses that one can count; `people` are persons. */
export function singularOf({ lower, lemma }: Word, isCounted: boolean): string {
  if (lower === 'glasses' && isCounted) return 'glass'
  return lower === 'people' ? 'person' : lemma
}

/**
 * Whether an adjective is part of the name: one that makes no degrees (`polar bear`), or that makes another thing of
 * the noun (`hot dog`, `teddy bear`). What the dictionary lists beside those (`little girl`, `black cat`) is a quality.
 */
export function isNameWith(adjective: string, lemma: string, wordnet: WordNet): boolean {
  const whole = wordnet.noun(`${adjective} ${lemma}`)
  const kind = wordnet.adjective(adjective)
  if (named.has(`${adjective} ${lemma}`)) return true
  if (isNounFirst(adjective, wordnet)) return true
  const isRipe = wordnet.noun(adjective)?.classes.some((letter) => letter === 'h' || letter === 'o') ?? false
  if (!whole || (kind?.isColour && !isRipe) || notNames.has(adjective)) return false
  if (kind?.isRelational || (wordnet.noun(adjective)?.frequency ?? -1) >= (kind?.frequency ?? 0)) return true
  const [own] = whole.classes
  return own !== undefined && !(wordnet.noun(lemma)?.classes ?? []).includes(own)
}

/** "A weather presenter": what texts use as a noun far more often names a kind. */
function isNounFirst(adjective: string, wordnet: WordNet): boolean {
  const [kind, noun] = [wordnet.adjective(adjective), wordnet.noun(adjective)]
  if (!kind || !noun || kind.isColour || noun.classes[0] === 'u' || notNames.has(adjective)) return false
  // "A kind child": of abstract nouns only few name a kind.
  return noun.frequency >= kind.frequency + 3 && noun.classes[0] !== 'x'
}

/** Shapes and sizes with other uses. */
const notNames = new Set([
  'round',
  'square',
  'little',
  'old',
  'big',
  'great',
  'long',
  'new',
  'young',
  'wild',
  'open',
  'dead',
])

/** Names that start with a quality and are seen as one thing. */
const named = new Set([
  'golden retriever',
  'golden eagle',
  'black hole',
  'red panda',
  'white house',
  'hot dog',
  'hot air balloon',
])
