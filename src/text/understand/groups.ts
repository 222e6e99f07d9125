import { countOf } from './closed-words.ts'
import type { NounPhrase } from './noun-phrases.ts'
import type { Phrase } from './phrases.ts'

/** Groups that are no exact number. */
const uncounted = 5

/** `A herd of gazelles` is gazelles: joins such phrases into one. */
export function joinGroups(
  phrases: readonly Phrase[],
  text: string,
  isGroup: (noun: NounPhrase) => boolean,
): Phrase[] {
  const joined: Phrase[] = []
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
