import type { NounSenses, WordNet } from '../wordnet/wordnet.ts'
import { auxiliaryLemmas, closedTags } from './closed-words.ts'
import { isPeopleGroup } from './people-groups.ts'
import { weatherOfAdjective } from './scene-words.ts'
import type { Tag } from './tags.ts'
import { verbReadings } from './verb-forms.ts'

/** One way to read a word. */
export interface Reading {
  readonly tag: Tag
  readonly lemma: string
  /** How often English uses the word so: rounded logarithm, 0 to 9. */
  readonly frequency: number
  /** A noun that is one in form and many in sense: a crew, a couple. */
  readonly isCollective?: boolean
  /** A noun for a person or an animal. */
  readonly isSomeone?: boolean
}

/** Words whose readings are kept at hand: every word is asked for by those around it too. */
const mostKept = 5000
const kept = new WeakMap<WordNet, Map<string, readonly Reading[]>>()

/** All ways to read a word by itself, from WordNet and the endings of English; never none. */
export function readingsOf(text: string, wordnet: WordNet): readonly Reading[] {
  const lower = text.toLowerCase().replaceAll('’', "'")
  const words = kept.get(wordnet) ?? new Map<string, readonly Reading[]>()
  const known = words.get(lower)
  if (known) return known
  const found = findReadings(lower, wordnet)
  if (words.size >= mostKept) words.clear()
  words.set(lower, found)
  kept.set(wordnet, words)
  return found
}

function findReadings(lower: string, wordnet: WordNet): readonly Reading[] {
  const closed = closedTags(lower)
  if (closed) {
    return closed.map((tag, index) => ({
      tag,
      lemma:
        lower === 'left' && (tag === 'past' || tag === 'participle')
          ? 'leave'
          : (auxiliaryLemmas[lower] ?? lower),
      frequency: 8 - 2 * index,
    }))
  }
  if (/^[,]$/.test(lower)) return [{ tag: 'comma', lemma: lower, frequency: 9 }]
  if (!/[\p{L}\p{N}]/u.test(lower)) {
    return [{ tag: /^['"“”‘’()[\]*]+$/.test(lower) ? 'other' : 'stop', lemma: lower, frequency: 9 }]
  }
  if (/^[\d.,]+$/.test(lower)) return [{ tag: 'num', lemma: lower, frequency: 9 }]
  if (lower === "'s" || lower === "'") return [{ tag: 'of', lemma: lower, frequency: 9 }]
  const readings = [
    ...nounReadings(lower, wordnet).map((reading) => withKind(reading, wordnet)),
    ...verbReadings(lower, wordnet),
    ...adjectiveReadings(lower, wordnet),
    ...adverbReadings(lower, wordnet),
  ]
  return readings.length > 0 ? readings : unknownReadings(lower, wordnet)
}

function withKind(reading: Reading, wordnet: WordNet): Reading {
  const [kind = 'x'] = wordnet.noun(reading.lemma)?.classes ?? []
  return 'mfpai'.includes(kind) ? { ...reading, isSomeone: true } : reading
}

function nounReadings(lower: string, wordnet: WordNet): Reading[] {
  const readings: Reading[] = []
  // "Scrubs" are clothes, and no several of scrub.
  const clothes = /[^su]s$/.test(lower) ? wordnet.noun(lower) : null
  const rival = wordnet.noun(lower.slice(0, -1))
  if (clothes?.classes[0] === 'c' && (rival?.frequency ?? 0) <= clothes.frequency)
    return [{ tag: 'nouns', lemma: lower, frequency: Math.max(3, seenInScenes(clothes)) }]
  for (const lemma of singularsOf(lower, wordnet)) {
    const senses = wordnet.noun(lemma)
    // Scenes are full of leaves, and seldom does somebody leave in them.
    const frequency = lemma === 'leaf' ? 8 : senses ? seenInScenes(senses) : 0
    if (senses || lemma === singularOfJoined(lower, wordnet))
      readings.push({ tag: 'nouns', lemma, frequency })
  }
  const own = wordnet.noun(lower)
  // "Clothes" and "glasses" are plural in themselves; "boots" is in WordNet only as a singular servant.
  if (own && readings.length === 0) {
    const tag =
      /^(?:people|police|cattle|clothes|scissors|trousers|jeans|pants|shorts|glasses|sunglasses|pajamas|pyjamas|stairs|woods|goggles|binoculars|overalls|tights|leggings|dungarees)$/.test(
        lower,
      )
        ? 'nouns'
        : 'noun'
    const frequency = seenInScenes(own)
    readings.push({ tag, lemma: lower, frequency: tag === 'nouns' ? Math.max(3, frequency) : frequency })
  } else if (own && own.frequency > 1)
    readings.push({ tag: 'noun', lemma: lower, frequency: seenInScenes(own) })
  // "The crew climb": as many as their verb says.
  if (isPeopleGroup(lower) && readings.length > 0)
    return readings.map((reading) => (reading.tag === 'noun' ? { ...reading, isCollective: true } : reading))
  if (unchangedPlurals.has(lower) || /[a-z]craft$/.test(lower))
    readings.push({ tag: 'nouns', lemma: lower, frequency: own ? seenInScenes(own) : 0 })
  return readings
}

/** Scenes tell of animals and people more often than the texts do that frequencies were counted in. */
function seenInScenes({ classes, frequency }: NounSenses): number {
  const isAnimate = classes.slice(0, 2).some((letter) => 'amfpih'.includes(letter))
  return Math.min(9, isAnimate ? frequency + 2 : frequency)
}

const unchangedPlurals = new Set([
  'fish',
  'sheep',
  'deer',
  'moose',
  'aircraft',
  'salmon',
  'bison',
  'swine',
  'trout',
  'squid',
  'shrimp',
  'reindeer',
])
const ownPlurals = new Set([
  'glasses',
  'clothes',
  'woods',
  'stairs',
  'jeans',
  'pants',
  'shorts',
  'scissors',
  'goggles',
  'sunglasses',
  'trousers',
  'people',
  'binoculars',
  'overalls',
  'tights',
  'leggings',
  'dungarees',
  'news',
  'mars',
  'series',
  'chess',
  'dress',
  'grass',
  'glass',
  'bus',
  'lens',
  'bass',
  'always',
  'species',
])

function singularsOf(lower: string, wordnet: WordNet): string[] {
  if (ownPlurals.has(lower)) return []
  // "Passers-by", "mothers-in-law".
  const inner = lower.replace(/s(?=-(?:by|in|of)\b)/, '')
  if (inner !== lower && wordnet.noun(inner)) return [inner]
  const irregular = wordnet.irregularNoun(lower)
  if (irregular !== null) return irregular === lower ? [] : [irregular]
  const joined = singularOfJoined(lower, wordnet)
  if (joined !== null) return [joined]
  const candidates: string[] = []
  if (/men$/.test(lower)) candidates.push(lower.replace(/men$/, 'man'))
  if (/ies$/.test(lower)) candidates.push(lower.replace(/ies$/, 'y'))
  if (/ves$/.test(lower)) candidates.push(lower.replace(/ves$/, 'f'), lower.replace(/ves$/, 'fe'))
  if (/(?:s|x|z|ch|sh|o)es$/.test(lower)) candidates.push(lower.slice(0, -2))
  // "Tutus" and "emus", but no "bu".
  const isPlural = /[^su]s$|[aeiou]us$/.test(lower) || (/us$/.test(lower) && wordnet.noun(lower) === null)
  if (isPlural) candidates.push(lower.slice(0, -1))
  const known = candidates.filter((lemma) => wordnet.noun(lemma))
  // Cookies are cookies and no cookys: the commoner word, the first of equals but for `-ie`.
  if (/ies$/.test(lower) && wordnet.noun(lower.slice(0, -1))) known.unshift(lower.slice(0, -1))
  const frequencyOf = (lemma: string): number => wordnet.noun(lemma)?.frequency ?? 0
  return known.sort((a, b) => frequencyOf(b) - frequencyOf(a)).slice(0, 1)
}

/** "Schoolchildren": a noun and an irregular plural in one word; null for others. */
function singularOfJoined(lower: string, wordnet: WordNet): string | null {
  if (wordnet.noun(lower) !== null) return null
  for (let at = 3; at <= lower.length - 4; at++) {
    const [kind, plural] = [lower.slice(0, at), lower.slice(at)]
    const single = wordnet.irregularNoun(plural)
    if (single !== null && single !== plural && wordnet.noun(kind) !== null) return kind + single
  }
  return null
}

function adjectiveReadings(lower: string, wordnet: WordNet): Reading[] {
  const own = wordnet.adjective(lower)
  // An overcast sky, and no overcast of something.
  if (own && weatherOfAdjective(lower) !== null)
    return [
      {
        tag: 'adj',
        lemma: lower,
        frequency: Math.max(own.frequency, wordnet.noun(lower)?.frequency ?? 0) + 1,
      },
    ]
  if (own) return [{ tag: 'adj', lemma: lower, frequency: own.frequency }]
  const stem = lower.replace(/(?:er|est)$/, '')
  if (stem === lower) return []
  const bases = [stem, `${stem}e`, stem.replace(/i$/, 'y'), /(.)\1$/.test(stem) ? stem.slice(0, -1) : stem]
  for (const base of bases) {
    const senses = wordnet.adjective(base)
    if (senses && senses.frequency > 1)
      return [{ tag: 'adj', lemma: lower, frequency: Math.max(0, senses.frequency - 3) }]
  }
  return []
}

function adverbReadings(lower: string, wordnet: WordNet): Reading[] {
  const frequency = wordnet.adverb(lower)
  if (frequency !== null) return [{ tag: 'adverb', lemma: lower, frequency }]
  return /[a-z]{3}ly$/.test(lower) && wordnet.noun(lower) === null
    ? [{ tag: 'adverb', lemma: lower, frequency: 1 }]
    : []
}

/** A word that is in no dictionary: endings and the letter it starts with tell most. */
function unknownReadings(lower: string, wordnet: WordNet): Reading[] {
  const noun: Reading = { tag: 'noun', lemma: lower, frequency: 1 }
  if (
    /-(?:old|long|high|wide|deep|tall|size|sized|free|style|filled|year|[a-z]{3,}ed|[a-z]{2,}en|[a-z]{3,}ing|made|lit|built|worn|cut|coloured|colored)$/.test(
      lower,
    )
  )
    return [{ tag: 'adj', lemma: lower, frequency: 4 }, ...joinedVerb(lower, wordnet)]
  if (/[a-z]{3}ing$/.test(lower)) return [noun, { tag: 'ing', lemma: lower.slice(0, -3), frequency: 1 }]
  if (/[a-z]{2}ed$/.test(lower)) {
    return [
      { tag: 'participle', lemma: lower.slice(0, -2), frequency: 1 },
      { tag: 'past', lemma: lower.slice(0, -2), frequency: 1 },
      { tag: 'adj', lemma: lower, frequency: 1 },
    ]
  }
  if (/[a-z]{2}(?:ous|ful|less|ish|like|ic|able|ible|y)$/.test(lower)) {
    return [noun, { tag: 'adj', lemma: lower, frequency: 1 }]
  }
  if (/[a-z]{2}[^su]s$/.test(lower)) {
    return [
      { tag: 'nouns', lemma: lower.slice(0, -1), frequency: 1 },
      { tag: 'verbs', lemma: lower.slice(0, -1), frequency: 0 },
      { ...noun, frequency: 0 },
    ]
  }
  return [noun, { tag: 'base', lemma: lower, frequency: 0 }]
}

/** "Is spray-painting a wall": a verb with something before a hyphen. */
function joinedVerb(lower: string, wordnet: WordNet): Reading[] {
  const [, first, form] = /^(.+)-([a-z]+ing)$/.exec(lower) ?? []
  if (first === undefined || form === undefined) return []
  return verbReadings(form, wordnet)
    .filter(({ tag }) => tag === 'ing')
    .map(({ tag, lemma }) => ({ tag, lemma: `${first}-${lemma}`, frequency: 4 }))
}
