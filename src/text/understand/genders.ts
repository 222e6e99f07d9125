import type { NounClass } from '../wordnet/classes.ts'
import type { Meaning } from './nouns.ts'

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

const women = words(
  'witch queen princess ballerina mermaid hen cow mare ewe lioness nanny housewife mummy mum nun fairy',
)

const men = words('wizard king prince rooster cockerel bull stallion santa monk dad daddy guy knight')

/** WordNet's classes of people. */
export const personLetters = 'mfp'

const titles: Readonly<Record<string, 'f' | 'm' | 'either' | undefined>> = Object.assign(
  Object.create(null),
  {
    mr: 'm',
    'mr.': 'm',
    mister: 'm',
    sir: 'm',
    lord: 'm',
    king: 'm',
    prince: 'm',
    uncle: 'm',
    grandpa: 'm',
    father: 'm',
    mrs: 'f',
    'mrs.': 'f',
    ms: 'f',
    'ms.': 'f',
    miss: 'f',
    lady: 'f',
    queen: 'f',
    princess: 'f',
    aunt: 'f',
    grandma: 'f',
    mother: 'f',
    dr: 'either',
    'dr.': 'either',
    doctor: 'either',
    captain: 'either',
    professor: 'either',
    detective: 'either',
  },
)

export function titleOf(word: string | undefined): 'f' | 'm' | 'either' | null {
  return titles[word ?? ''] ?? null
}

export function genderOf(
  isRareBeast: boolean,
  head: string,
  first: NounClass,
  isAnimate: boolean,
  isUnclear: boolean,
): Meaning['gender'] {
  if (!isAnimate) return 'none'
  if (women.has(head) || /(?:woman|girl|lady|ess|mother|wife|daughter|sister|aunt|niece)$/.test(head))
    return 'f'
  // A snowman is he or it.
  if (first === 'i' && /man$/.test(head)) return 'either'
  if (men.has(head) || /[^u]man$|^man$|(?:boy|father|husband|son|brother|uncle|nephew|gentleman)$/.test(head))
    return 'm'
  if (first === 'f') return 'f'
  if (first === 'm') return 'm'
  // A chameleon is a person in its first sense, and a scene's is none.
  if (isRareBeast) return 'none'
  return isUnclear || personLetters.includes(first) ? 'either' : 'none'
}

/** A diver is somebody who dives before a bird; a chameleon and a cub are animals before all. */
export function isWhoDoes(head: string, [first = 'x', second = 'x']: readonly NounClass[]): boolean {
  return (
    /[a-z]{2}(?:er|or|ist|eer)$/.test(head) && personLetters.includes(first) && personLetters.includes(second)
  )
}
