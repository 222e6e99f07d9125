import type { Entity, Mention } from '../scene-graph.ts'
import type { WordNet } from '../wordnet/wordnet.ts'
import { fitOf, type PronounHints, pronounKind } from './antecedents.ts'
import { type Draft, isCharacter, type MentionContext, type Role } from './draft.ts'
import { meantByMany } from './meant-many.ts'
import { meantByOne } from './meant-one.ts'
import { Memory } from './memory.ts'
import { findAgain } from './named-again.ts'
import type { NounPhrase } from './noun-phrases.ts'
import { type Meaning, meaningOf } from './nouns.ts'
import { kindOfOther } from './other-ones.ts'

/** Everyone and everything that a text has named so far; knows whom a later "the dog" or "it" means. */
export class Cast {
  readonly #wordnet: WordNet
  readonly #memory: Memory
  #addressed: { readonly ids: readonly string[]; readonly sentence: number } = { ids: [], sentence: -2 }

  constructor(wordnet: WordNet) {
    this.#wordnet = wordnet
    this.#memory = new Memory(wordnet)
  }

  /** The entities that a noun phrase means: some named before, or a new one. */
  mention(noun: NounPhrase, context: MentionContext): readonly string[] {
    const isColour = (word: string): boolean => this.#wordnet.adjective(word)?.isColour ?? false
    const memory = this.#memory
    const known = findAgain(noun, context.sentence, {
      drafts: memory.drafts,
      groups: memory.groups,
      isColour,
    })
    for (const draft of known) {
      memory.touch(draft, context).isTopic = false
      draft.isSingled =
        (noun.lemma === 'one' ? !noun.isPlural : noun.isPlural && noun.count === 1) && known.length === 1
    }
    if (known.length > 0) return known.map(({ id }) => id)
    const kind = noun.lemma === 'one' ? kindOfOther(noun, memory.drafts, isColour) : null
    if (kind) return [memory.touch(memory.add({ ...noun, ...kind }, context), context).id]
    if (noun.lemma === 'one') return []
    return [memory.touch(memory.add(noun, context), context).id]
  }

  /** Takes note of what is neither a character nor an object, so that `it` is not taken for another. */
  mentionHidden(noun: NounPhrase, context: MentionContext): void {
    const known = this.#memory.drafts.find(({ isHidden, lemma }) => isHidden && lemma === noun.lemma)
    this.#memory.touch(known ?? this.#memory.add(noun, context, 'hidden'), context)
  }

  /**
   * Whom a pronoun means; `[]` if nobody fits.
   * @param hints what its clause tells of it
   */
  resolve(pronoun: string, context: MentionContext, hints: PronounHints): readonly string[] {
    const kind = pronounKind(pronoun)
    if (kind === null) return []
    const drafts =
      kind === 'they'
        ? meantByMany(context, hints, this.#memory)
        : meantByOne(kind, context, hints, this.#memory)
    // "They dance … their feet": the same.
    if (kind === 'they')
      this.setGroup(
        drafts.map(({ id }) => id),
        context.sentence,
        context.role,
      )
    for (const draft of drafts) {
      this.#memory.touch(draft, context).isTopic = true
      if (kind !== 'they') draft.spokenOf = kind
      else if (context.role !== 'part') draft.isSingled = false
      if (kind === 'he') draft.gender = 'm'
      if (kind === 'she') draft.gender = 'f'
    }
    return drafts.map(({ id }) => id)
  }

  /** Whom a pronoun means that stands before them; `[]` if it does not fit them. */
  resolveAhead(pronoun: string, ids: readonly string[], context: MentionContext): readonly string[] {
    const kind = pronounKind(pronoun)
    const drafts = ids.flatMap((id) => this.#memory.draft(id) ?? [])
    const isMany = drafts.length > 1 || drafts.some(({ count }) => count > 1)
    const fits =
      kind === 'they'
        ? isMany
        : !isMany && drafts.some((draft) => fitOf(draft, kind ?? 'it', context) !== null)
    if (kind === null || !fits) return []
    for (const draft of drafts) this.#memory.touch(draft, context)
    return ids
  }

  /** Those who did something together: whom "they" means next. */
  setGroup(ids: readonly string[], sentence: number, role: Role): void {
    this.#memory.setGroup(ids, sentence, role)
  }

  /** Whom somebody asks, tells or gives something: who answers next. */
  setAddressed(ids: readonly string[], sentence: number): void {
    if (ids.some((id) => this.meaning(id)?.isAnimate)) this.#addressed = { ids, sentence }
  }

  /** Who was asked, told or given something last, in the sentence or the one before. */
  addressed(sentence: number): readonly string[] {
    return this.#addressed.sentence >= sentence - 1 ? this.#addressed.ids : []
  }

  /** Those who do something of themselves are characters. */
  setActing(id: string): void {
    const draft = this.#memory.draft(id)
    if (draft) draft.acts = true
  }

  /** One of whom `who` is said is someone, whatever else the word may mean. */
  setPerson(id: string): void {
    const draft = this.#memory.draft(id)
    if (!draft || draft.meaning.isAnimate) return
    draft.acts = true
    draft.gender = 'either'
  }

  /** One who turns into another is no more among those who are there. */
  setGone(id: string): void {
    const draft = this.#memory.draft(id)
    if (draft) draft.isGone = true
  }

  /** What is said to be the same as one who was named: its words mean that one from now on. */
  callAlso(id: string, noun: NounPhrase): void {
    const draft = this.#memory.draft(id)
    if (!draft) return
    for (const attribute of noun.attributes) this.describe(id, attribute)
    draft.aliases.push(noun.lemma, noun.head)
    const meaning = meaningOf(noun, this.#wordnet)
    const { gender } = meaning
    // "Zed, our fastest drone".
    if (draft.isProper && !noun.isProper && !meaning.isAnimate && !meaning.isAbstract) {
      draft.meaning = meaning
      draft.gender = 'none'
    }
    if ((gender === 'f' || gender === 'm') && draft.gender !== 'f' && draft.gender !== 'm')
      draft.gender = gender
  }

  describe(id: string, attribute: string): void {
    const attributes = this.#memory.draft(id)?.attributes
    if (attributes && !attributes.includes(attribute)) attributes.push(attribute)
  }

  meaning(id: string): Meaning | null {
    return this.#memory.draft(id)?.meaning ?? null
  }

  lemma(id: string): string {
    return this.#memory.draft(id)?.lemma ?? id
  }

  /** Whether someone acts of their own will, or did something as if they could. */
  isCharacter(id: string): boolean {
    const draft = this.#memory.draft(id)
    return draft !== undefined && isCharacter(draft)
  }

  /** The character named last before a stretch of the text, else the first behind it; null if there is no other. */
  characterAround(start: number, end: number, other: string): string | null {
    const mentions = this.#memory.drafts
      .filter(({ id, isHidden }) => id !== other && !isHidden && this.isCharacter(id))
      .flatMap(({ id, mentions: all }) => all.map((mention) => ({ id, at: mention.start })))
      .sort((a, b) => a.at - b.at)
    return (mentions.findLast(({ at }) => at < start) ?? mentions.find(({ at }) => at >= end))?.id ?? null
  }

  /** Adds where somebody is named, without a change of who is in mind. */
  addMention(id: string, mention: Mention): void {
    const draft = this.#memory.draft(id)
    draft?.mentions.push(mention)
  }

  entities(): { characters: Entity[]; objects: Entity[] } {
    const entity = ({ id, name, lemma, count, attributes, mentions }: Draft): Entity => {
      const inOrder = [...mentions].sort((a, b) => a.start - b.start)
      return { id, name, lemma, count, attributes, mentions: inOrder }
    }
    const seen = this.#memory.drafts.filter(({ isHidden }) => !isHidden)
    return {
      characters: seen.filter(isCharacter).map(entity),
      objects: seen.filter((draft) => !isCharacter(draft)).map(entity),
    }
  }
}
