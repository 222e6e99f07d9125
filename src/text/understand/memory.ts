import type { WordNet } from '../wordnet/wordnet.ts'
import type { Draft, Group, MentionContext, Role } from './draft.ts'
import type { NounPhrase } from './noun-phrases.ts'
import { meaningOf } from './nouns.ts'

/** Counts that a bare plural stands for: "dogs" are at least two. */
const barePlural = 2
/** A pronoun does not reach further back, and long texts stay linear. */
const reach = 40

/** What a text has named so far, in the order in which it was named, and when each was mentioned last. */
export class Memory {
  readonly #wordnet: WordNet
  readonly #drafts: Draft[] = []
  readonly #byId = new Map<string, Draft>()
  readonly #numbers = new Map<string, number>()
  #groups: readonly Group[] = []
  #order = 0

  constructor(wordnet: WordNet) {
    this.#wordnet = wordnet
  }

  get drafts(): readonly Draft[] {
    return this.#drafts
  }

  /** Those who did something together, the latest last. */
  get groups(): readonly Group[] {
    return this.#groups
  }

  /** How many mentions there were so far. */
  get now(): number {
    return this.#order
  }

  /** The latest that a pronoun may mean. */
  get recent(): readonly Draft[] {
    return this.#drafts.slice(-reach)
  }

  draft(id: string): Draft | undefined {
    return this.#byId.get(id)
  }

  add(noun: NounPhrase, context: MentionContext, kind: 'seen' | 'hidden' = 'seen'): Draft {
    const { lemma, head, name, count, isPlural, isProper, attributes } = noun
    const number = kind === 'hidden' ? 0 : (this.#numbers.get(lemma) ?? 0) + 1
    if (kind === 'seen') this.#numbers.set(lemma, number)
    const meaning = meaningOf(noun, this.#wordnet)
    const draft: Draft = {
      id: `${lemma.replace(/\s+/g, '-')}-${number}`,
      name,
      lemma,
      head,
      aliases: [],
      count: count ?? (isPlural ? barePlural : 1),
      attributes: [...attributes],
      mentions: [],
      meaning,
      isProper,
      isHidden: kind === 'hidden',
      isMass: meaning.isSubstance && !isPlural && noun.count === null && noun.reference === 'none',
      isNews: noun.reference === 'indefinite',
      gender: meaning.gender,
      acts: false,
      spokenOf: null,
      isBackground: false,
      isSingled: false,
      isGone: false,
      isTopic: false,
      sentence: context.sentence,
      role: context.role,
      order: 0,
    }
    this.#drafts.push(draft)
    this.#byId.set(draft.id, draft)
    return draft
  }

  /** Takes note of one more mention. */
  touch(
    draft: Draft,
    { sentence, start, end, role, rank = role, isBackground = false, isIntroduced = false }: MentionContext,
  ): Draft {
    const isKnown = draft.mentions.some((mention) => mention.start === start && mention.end === end)
    if (!isKnown) draft.mentions.push({ sentence, start, end })
    draft.order = ++this.#order
    // An owner stays what it was: "Anna takes her hat".
    const isStillSubject = role === 'owner' && (draft.sentence === sentence || draft.role === 'subject')
    if (!isStillSubject) draft.role = rank
    draft.sentence = sentence
    draft.isBackground = isBackground
    draft.isNews ||= isIntroduced
    draft.isMass &&= !isIntroduced
    draft.isGone = false
    return draft
  }

  setGroup(ids: readonly string[], sentence: number, role: Role): void {
    if (ids.length > 1) this.#groups = [...this.#groups.slice(-3), { ids, sentence, role }]
  }
}
