import type { Lexicon } from './lexicon.ts'
import type { NounPhrase } from './phrases.ts'
import type { Entity, Mention } from './scene-graph.ts'

interface Draft {
  readonly id: string
  readonly name: string
  readonly lemma: string
  readonly count: number
  readonly attributes: string[]
  readonly mentions: Mention[]
  readonly isPerson: boolean
  readonly isAnimate: boolean
  acts: boolean
}

/** Counts that a bare plural stands for: "dogs" are at least two. */
const barePlural = 2

/** Everyone and everything that a text has named so far; knows whom a later "the dog" or "it" means. */
export class Cast {
  readonly #lexicon: Lexicon
  readonly #drafts: Draft[] = []
  /** The latest mentioned last. */
  #recent: Draft[] = []
  #lastGroup: readonly string[] = []

  constructor(lexicon: Lexicon) {
    this.#lexicon = lexicon
  }

  /** The entity that a noun phrase means: one named before, or a new one. Returns its id. */
  mention(noun: NounPhrase, sentence: number): string {
    const known = noun.reference === 'definite' || noun.isProper ? this.#find(noun) : undefined
    return this.#touch(known ?? this.#add(noun), { sentence, start: noun.start, end: noun.end })
  }

  /**
   * Whom a pronoun means: the latest who fits; `[]` if nobody does.
   * @param excluded the subject of its own clause: "the frog watches it" is not about the frog
   */
  resolve(pronoun: string, mention: Mention, excluded: readonly string[]): readonly string[] {
    const candidates = this.#recent.filter(({ id }) => !excluded.includes(id)).reverse()
    if (/^(?:they|them)$/.test(pronoun)) {
      const several = candidates.find(({ count }) => count > 1)
      const isGroupFree = this.#lastGroup.length > 1 && !this.#lastGroup.some((id) => excluded.includes(id))
      const ids = isGroupFree ? this.#lastGroup : several ? [several.id] : []
      for (const draft of this.#drafts) if (ids.includes(draft.id)) this.#touch(draft, mention)
      return ids
    }
    const single = candidates.filter(({ count }) => count === 1)
    const found =
      pronoun === 'it'
        ? (single.find((draft) => draft.isAnimate && !draft.isPerson) ??
          single.find((draft) => !draft.isPerson))
        : (single.find((draft) => draft.isPerson) ?? single.find((draft) => draft.isAnimate))
    return found ? [this.#touch(found, mention)] : []
  }

  /** Those who did something together: whom "they" means next. */
  setGroup(ids: readonly string[]): void {
    this.#lastGroup = ids
  }

  /** Those who do something are characters, whatever they are. */
  setActing(ids: readonly string[]): void {
    for (const draft of this.#drafts) if (ids.includes(draft.id)) draft.acts = true
  }

  describe(ids: readonly string[], attribute: string): void {
    for (const { id, attributes } of this.#drafts) {
      if (ids.includes(id) && !attributes.includes(attribute)) attributes.push(attribute)
    }
  }

  isAnimate(id: string): boolean {
    return this.#drafts.some((draft) => draft.id === id && draft.isAnimate)
  }

  entities(): { characters: Entity[]; objects: Entity[] } {
    const entity = ({ id, name, lemma, count, attributes, mentions }: Draft): Entity => {
      return { id, name, lemma, count, attributes, mentions }
    }
    const isCharacter = (draft: Draft) => draft.acts || draft.isAnimate
    return {
      characters: this.#drafts.filter(isCharacter).map(entity),
      objects: this.#drafts.filter((draft) => !isCharacter(draft)).map(entity),
    }
  }

  #find({ lemma, attributes }: NounPhrase): Draft | undefined {
    const alike = this.#recent.filter((draft) => draft.lemma === lemma)
    // "The red fox" is the one that was red, if any was; else it is a new one unless nothing more is known of it.
    return attributes.length === 0
      ? alike.at(-1)
      : alike.findLast((draft) => attributes.every((attribute) => draft.attributes.includes(attribute)))
  }

  #add({ lemma, name, count, isPlural, isProper, attributes }: NounPhrase): Draft {
    const number = this.#drafts.filter((draft) => draft.lemma === lemma).length + 1
    const isPerson = isProper || this.#lexicon.isPerson(lemma)
    const draft: Draft = {
      id: `${lemma.replace(/\s+/g, '-')}-${number}`,
      name,
      lemma,
      count: count ?? (isPlural ? barePlural : 1),
      attributes: [...attributes],
      mentions: [],
      isPerson,
      isAnimate: isPerson || this.#lexicon.isAnimate(lemma),
      acts: false,
    }
    this.#drafts.push(draft)
    return draft
  }

  #touch(draft: Draft, mention: Mention): string {
    draft.mentions.push(mention)
    this.#recent = [...this.#recent.filter((other) => other !== draft), draft]
    return draft.id
  }
}
