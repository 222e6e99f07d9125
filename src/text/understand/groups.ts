import { countOf } from './closed-words.ts'
import type { NounPhrase } from './noun-phrases.ts'
import type { Phrase } from './phrases.ts'

/** Groups that are no exact number. */
const uncounted = 5

/** What the joiner needs to know of nouns. */
export interface GroupJudge {
  readonly isGroup: (noun: NounPhrase) => boolean
  readonly isPlace: (noun: NounPhrase) => boolean
  readonly isSubstance: (noun: NounPhrase) => boolean
  readonly isAnimate: (noun: NounPhrase) => boolean
}

/** `A herd of gazelles` is gazelles, `a land of lava` one land: joins such phrases into one. */
export function joinGroups(
  phrases: readonly Phrase[],
  text: string,
  { isGroup, isPlace, isSubstance, isAnimate }: GroupJudge,
): Phrase[] {
  const joined: Phrase[] = []
  const isMadeOf = (land: NounPhrase, substance: NounPhrase): boolean =>
    isPlace(land) && isSubstance(substance) && substance.reference === 'none' && !substance.isPlural
  // "The island of Crete".
  const isCalled = (land: NounPhrase, name: NounPhrase): boolean =>
    isPlace(land) && !land.isPlural && name.isProper && name.reference === 'none' && called.test(land.head)
  for (const phrase of phrases) {
    const [group, preposition] = joined.slice(-2)
    const isOf = preposition?.kind === 'preposition' && preposition.text === 'of'
    if (
      phrase.kind === 'noun' &&
      isOf &&
      group?.kind === 'noun' &&
      (isGroup(group) || isPartOf(group, phrase)) &&
      (phrase.isPlural || (phrase.count === null && phrase.reference !== 'indefinite'))
    ) {
      // "A family of four".
      if (phrase.lemma === 'one') joined.splice(-2, 2, { ...group, end: phrase.end })
      else joined.splice(-2, 2, membersOf(group, phrase, text, phrase.isPlural || isAnimate(phrase)))
    } else if (phrase.kind === 'noun' && isOf && group?.kind === 'noun' && isMadeOf(group, phrase)) {
      const name = text.slice(group.end - group.name.length, phrase.end)
      joined.splice(-2, 2, { ...group, name, end: phrase.end })
    } else if (phrase.kind === 'noun' && isOf && group?.kind === 'noun' && isCalled(group, phrase)) {
      const name = text.slice(group.end - group.name.length, phrase.end)
      joined.splice(-2, 2, { ...phrase, name, start: group.start })
    } else joined.push(phrase)
  }
  return joined
}

/** "A piece of cheese", "a blade of grass": so much of it. */
function isPartOf(part: NounPhrase, whole: NounPhrase): boolean {
  return partitives.test(part.head) && whole.reference === 'none' && whole.owner === null
}

const partitives =
  /^(?:piece|slice|chunk|lump|bit|mound|heap|pile|blade|grain|drop|strip|shred|morsel|scrap|sheet|sliver|pinch|dollop|splash|puff|wisp|patch|clump|tuft)$/

/** Lands that have a name behind `of`. */
const called = /^(?:island|city|town|village|kingdom|land|port|isle|country|state|bay|lake|valley)$/

/** @param areMany whether they are several: a pile of books is, one of cardboard is not */
function membersOf(group: NounPhrase, members: NounPhrase, text: string, areMany: boolean): NounPhrase {
  const isPart = partitives.test(group.head)
  const own = isPart ? 1 : (countOf(group.head) ?? uncounted)
  const times = group.count !== null && group.count > 1 ? group.count : 1
  return {
    ...members,
    name: text.slice(group.end - group.name.length, members.end),
    count:
      group.count === 0
        ? 0
        : (members.count ??
          (isPart ? (group.count ?? (group.isPlural || areMany ? 2 : 1)) : areMany ? own * times : 1)),
    isPlural: areMany,
    reference: group.reference,
    owner: group.owner,
    start: group.start,
  }
}
