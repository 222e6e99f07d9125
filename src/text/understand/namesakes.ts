import type { NounPhrase } from './noun-phrases.ts'
import type { Phrase } from './phrases.ts'

/** Verbs behind which a name and a noun are two: "gives Tom the dog". */
const giving =
  /^(?:give|show|hand|tell|send|bring|lend|offer|teach|buy|feed|throw|pass|read|sell|toss|serve)$/

/** `Benny the bear` is one, and `his friend Lulu` is Lulu: joins a name and what it is the name of. */
export function joinNamesakes(
  phrases: readonly Phrase[],
  text: string,
  isAgentive: (noun: NounPhrase) => boolean,
): Phrase[] {
  const joined: Phrase[] = []
  for (const read of phrases) {
    const phrase = read.kind === 'noun' ? byOwnName(read, isAgentive) : read
    const name = joined.at(-1)
    const before = joined.at(-2)
    const isGiven = before?.kind === 'verb' && giving.test(before.base)
    if (
      phrase.kind === 'noun' &&
      name?.kind === 'noun' &&
      !isGiven &&
      isNameOf(name, phrase, text, isAgentive)
    )
      joined.splice(-1, 1, namesake(name, phrase, text))
    else joined.push(phrase)
  }
  return joined
}

/** "His friend Lulu" is Lulu, and a friend. */
function byOwnName(noun: NounPhrase, isAgentive: (noun: NounPhrase) => boolean): NounPhrase {
  const { head, name, modifiers, reference, isProper, isPlural } = noun
  const [kin] = modifiers
  const isNamed =
    isProper && !isPlural && reference === 'possessive' && / ?\p{Ll}+ \p{Lu}\p{Ll}+$/u.test(name)
  if (!isNamed || kin === undefined || modifiers.length > 1) return noun
  const called = { ...noun, lemma: head, head: kin, modifiers: [head] }
  return isAgentive({ ...noun, lemma: kin, head: kin, isProper: false, modifiers: [] }) ? called : noun
}

function isNameOf(
  name: NounPhrase,
  noun: NounPhrase,
  text: string,
  isAgentive: (noun: NounPhrase) => boolean,
): boolean {
  const isName =
    /^\p{Lu}\p{Ll}/u.test(name.name) &&
    name.reference === 'none' &&
    !name.isPlural &&
    name.attributes.length === 0
  const isFriend = name.reference === 'possessive' && !name.isPlural && isAgentive(name)
  const isKind = noun.reference === 'definite' && noun.owner === null && !noun.isPlural && isAgentive(noun)
  return (isName || isFriend) && isKind && text.slice(name.end, noun.start) === ' '
}

function namesake(name: NounPhrase, noun: NounPhrase, text: string): NounPhrase {
  return {
    ...noun,
    lemma: name.reference === 'possessive' ? noun.lemma : name.lemma,
    name: text.slice(name.end - name.name.length, noun.end),
    isProper: name.reference === 'none',
    modifiers: [name.lemma],
    reference: name.reference,
    owner: name.owner,
    start: name.start,
  }
}
