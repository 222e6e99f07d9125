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
}

/** `A herd of gazelles` is gazelles, `a land of lava` one land: joins such phrases into one. */
export function joinGroups(
  phrases: readonly Phrase[],
  text: string,
  { isGroup, isPlace, isSubstance }: GroupJudge,
): Phrase[] {
  const joined: Phrase[] = []
  const isMadeOf = (land: NounPhrase, substance: NounPhrase): boolean =>
    isPlace(land) && isSubstance(substance) && substance.reference === 'none' && !substance.isPlural
  for (const phrase of phrases) {
    const [group, preposition] = joined.slice(-2)
    const isOf = preposition?.kind === 'preposition' && preposition.text === 'of'
    if (
      phrase.kind === 'noun' &&
      isOf &&
      group?.kind === 'noun' &&
      isGroup(group) &&
      (phrase.isPlural || phrase.count === null)
    ) {
      joined.splice(-2, 2, membersOf(group, phrase, text))
    } else if (phrase.kind === 'noun' && isOf && group?.kind === 'noun' && isMadeOf(group, phrase)) {
      const name = text.slice(group.end - group.name.length, phrase.end)
      joined.splice(-2, 2, { ...group, name, end: phrase.end })
    } else joined.push(phrase)
  }
  return joined
}

function membersOf(group: NounPhrase, members: NounPhrase, text: string): NounPhrase {
  const own = countOf(group.head) ?? uncounted
  const times = group.count !== null && group.count > 1 ? group.count : 1
  return {
    ...members,
    name: text.slice(group.end - group.name.length, members.end),
    count: group.count === 0 ? 0 : (members.count ?? own * times),
    isPlural: true,
    reference: group.reference,
    owner: group.owner,
    start: group.start,
  }
}
