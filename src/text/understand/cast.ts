import type { Entity, Mention } from '../scene-graph.ts'
import type { WordNet } from '../wordnet/wordnet.ts'
import { expectedBonus, fitOf, ownerBonus, pronounKind, salience, unlikelyCost } from './antecedents.ts'
import type { Draft, Group, MentionContext, Role } from './draft.ts'
import { contrast, findAgain } from './named-again.ts'
import type { NounPhrase } from './noun-phrases.ts'
import { type Meaning, meaningOf } from './nouns.ts'

/** What the clause of a pronoun tells of whom it means: entities by id. */
export interface PronounHints {
  /** Meant by other parts of its clause: "the frog watches it" is not about the frog. */
  readonly excluded: readonly string[]
  /** Who owns first: the subject of the clause that a possessive stands in. */
  readonly owners?: readonly string[]
  /** Sooner not: the subject of "points at a map behind her". */
  readonly unlikely?: readonly string[]
  /** Sooner than others: who is thanked, asked, pushed "until it falls". */
  readonly expected?: readonly string[]
}

/** Counts that a bare plural stands for: "dogs" are at least two. */
const barePlural = 2

/** How much sooner "they" are those who act: behind a verb things are meant nearly as often. */
function animacy({ meaning }: Draft, { role, hasBody }: MentionContext): number {
  if (!meaning.isAnimate) return hasBody ? -3 : meaning.isBodyPart ? -1.5 : 0
  return role === 'subject' || role === 'owner' ? 1.5 : 1
}

function isCharacter({ acts, meaning }: Draft): boolean {
  return acts || (meaning.isAnimate && !meaning.isLikeness)
}

/** Everyone and everything that a text has named so far; knows whom a later "the dog" or "it" means. */
export class Cast {
  readonly #wordnet: WordNet
  readonly #drafts: Draft[] = []
  readonly #byId = new Map<string, Draft>()
  readonly #numbers = new Map<string, number>()
  /** Those who did something together, the latest last. */
  #groups: Group[] = []
  #addressed: Pick<Group, 'ids' | 'sentence'> = { ids: [], sentence: -2 }
  #order = 0

  constructor(wordnet: WordNet) {
    this.#wordnet = wordnet
  }

  /** The entities that a noun phrase means: some named before, or a new one. */
  mention(noun: NounPhrase, context: MentionContext): readonly string[] {
    const known = findAgain(noun, context.sentence, {
      drafts: this.#drafts,
      groups: this.#groups,
      isColour: (word) => this.#wordnet.adjective(word)?.isColour ?? false,
    })
    for (const draft of known) this.#touch(draft, context).isTopic = false
    if (known.length > 0) return known.map(({ id }) => id)
    const kind = noun.lemma === 'one' ? this.#kindOfOther(noun) : null
    if (kind) return [this.#touch(this.#add({ ...noun, ...kind }, context), context).id]
    if (noun.lemma === 'one') return []
    return [this.#touch(this.#add(noun, context), context).id]
  }

  /** "The red balloon … the blue one": what kind of thing the other is. */
  #kindOfOther({
    attributes,
    count,
    isPlural,
    reference,
  }: NounPhrase): Pick<NounPhrase, 'lemma' | 'head'> | null {
    if (reference === 'another') {
      const kind = this.#drafts.findLast(({ isHidden, role }) => !isHidden && role === 'subject')
      return kind ? { lemma: kind.lemma, head: kind.head } : null
    }
    if (attributes.length === 0 || isPlural || (count ?? 1) > 1) return null
    const isColour = (word: string): boolean => this.#wordnet.adjective(word)?.isColour ?? false
    const isOther = (draft: Draft): boolean =>
      attributes.some((word) => draft.attributes.some((old) => contrast(word, old, isColour)))
    const known = this.#drafts.filter((draft) => !draft.isHidden && !draft.isProper)
    const other = known.findLast(isOther) ?? (reference === 'definite' ? known.at(-1) : undefined)
    return other?.count === 1 ? { lemma: other.lemma, head: other.head } : null
  }

  /** Takes note of what is neither a character nor an object, so that `it` is not taken for another. */
  mentionHidden(noun: NounPhrase, context: MentionContext): void {
    const known = this.#drafts.find(({ isHidden, lemma }) => isHidden && lemma === noun.lemma)
    this.#touch(known ?? this.#add(noun, context, 'hidden'), context)
  }

  /**
   * Whom a pronoun means; `[]` if nobody fits.
   * @param hints what its clause tells of it
   */
  resolve(pronoun: string, context: MentionContext, hints: PronounHints): readonly string[] {
    const kind = pronounKind(pronoun)
    if (kind === null) return []
    const ids = kind === 'they' ? this.#resolveMany(context, hints) : this.#resolveOne(kind, context, hints)
    for (const id of ids) {
      const draft = this.#byId.get(id)
      if (!draft) continue
      this.#touch(draft, context).isTopic = true
      if (kind !== 'they') draft.spokenOf = kind
      if (kind === 'he') draft.gender = 'm'
      if (kind === 'she') draft.gender = 'f'
    }
    return ids
  }

  /** Whom a pronoun means that stands before them; `[]` if it does not fit them. */
  resolveAhead(pronoun: string, ids: readonly string[], context: MentionContext): readonly string[] {
    const kind = pronounKind(pronoun)
    const drafts = ids.flatMap((id) => this.#byId.get(id) ?? [])
    const isMany = drafts.length > 1 || drafts.some(({ count }) => count > 1)
    const fits =
      kind === 'they' ? isMany : !isMany && drafts.some((draft) => fitOf(draft, kind ?? 'it', false) !== null)
    if (kind === null || !fits) return []
    for (const draft of drafts) this.#touch(draft, context)
    return ids
  }

  /** Those who did something together: whom "they" means next. */
  setGroup(ids: readonly string[], sentence: number, role: Role): void {
    if (ids.length > 1) this.#groups = [...this.#groups.slice(-3), { ids, sentence, role }]
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
    const draft = this.#byId.get(id)
    if (draft) draft.acts = true
  }

  /** One of whom `who` is said is someone, whatever else the word may mean. */
  setPerson(id: string): void {
    const draft = this.#byId.get(id)
    if (!draft || draft.meaning.isAnimate) return
    draft.acts = true
    draft.gender = 'either'
  }

  /** One who turns into another is no more among those who are there. */
  setGone(id: string): void {
    const draft = this.#byId.get(id)
    if (draft) draft.isGone = true
  }

  /** What is said to be the same as one who was named: its words mean that one from now on. */
  callAlso(id: string, noun: NounPhrase): void {
    const draft = this.#byId.get(id)
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
    const attributes = this.#byId.get(id)?.attributes
    if (attributes && !attributes.includes(attribute)) attributes.push(attribute)
  }

  meaning(id: string): Meaning | null {
    return this.#byId.get(id)?.meaning ?? null
  }

  lemma(id: string): string {
    return this.#byId.get(id)?.lemma ?? id
  }

  /** Whether someone acts of their own will, or did something as if they could. */
  isCharacter(id: string): boolean {
    const draft = this.#byId.get(id)
    return draft !== undefined && isCharacter(draft)
  }

  /** The character named last before a stretch of the text, else the first behind it; null if there is no other. */
  characterAround(start: number, end: number, other: string): string | null {
    const mentions = this.#drafts
      .filter(({ id, isHidden }) => id !== other && !isHidden && this.isCharacter(id))
      .flatMap(({ id, mentions: all }) => all.map((mention) => ({ id, at: mention.start })))
      .sort((a, b) => a.at - b.at)
    return (mentions.findLast(({ at }) => at < start) ?? mentions.find(({ at }) => at >= end))?.id ?? null
  }

  /** Adds where somebody is named, without a change of who is in mind. */
  addMention(id: string, mention: Mention): void {
    const draft = this.#byId.get(id)
    draft?.mentions.push(mention)
  }

  entities(): { characters: Entity[]; objects: Entity[] } {
    const entity = ({ id, name, lemma, count, attributes, mentions }: Draft): Entity => {
      const inOrder = [...mentions].sort((a, b) => a.start - b.start)
      return { id, name, lemma, count, attributes, mentions: inOrder }
    }
    const seen = this.#drafts.filter(({ isHidden }) => !isHidden)
    return {
      characters: seen.filter(isCharacter).map(entity),
      objects: seen.filter((draft) => !isCharacter(draft)).map(entity),
    }
  }

  #resolveOne(
    kind: 'he' | 'she' | 'it',
    context: MentionContext,
    { excluded, owners = [], unlikely = [], expected = [] }: PronounHints,
  ): readonly string[] {
    const scored = this.#recent()
      .filter((draft) => draft.count === 1 && !excluded.includes(draft.id))
      .map((draft) => ({ draft, fit: fitOf(draft, kind, context.isDoer ?? false) }))
      .filter(({ fit }) => fit !== null)
      .map(({ draft, fit }) => ({
        draft,
        score:
          (fit ?? 0) +
          (context.hasBody && draft.meaning.isAnimate ? 1.5 : 0) -
          (draft.isHidden ? (draft.meaning.place === 'never' ? 1 : 1.8) : 0) +
          salience(draft, context, this.#order) +
          (owners.includes(draft.id) ? ownerBonus(fit ?? 0) : 0) +
          (expected.includes(draft.id) ? expectedBonus : 0) -
          (unlikely.includes(draft.id) ? unlikelyCost : 0),
      }))
      .sort((a, b) => b.score - a.score)
    const best = scored[0]?.draft
    if (best) return best.isHidden ? [] : [best.id]
    // "The doll opens her eyes": a thing that is told of as someone.
    const owner = owners.length === 1 ? this.#byId.get(owners[0] ?? '') : undefined
    if (owner?.count !== 1 || kind === 'it' || owner.meaning.isAnimate) return []
    owner.acts ||= !owner.meaning.isVehicle
    return [owner.id]
  }

  #resolveMany(
    context: MentionContext,
    { excluded, owners = [], unlikely = [], expected = [] }: PronounHints,
  ): readonly string[] {
    const isAmong = (ids: readonly string[], others: readonly string[]): boolean =>
      ids.some((id) => others.includes(id))
    const hinted = (ids: readonly string[]): number =>
      (isAmong(ids, expected) ? expectedBonus : 0) - (isAmong(ids, unlikely) ? unlikelyCost : 0)
    const isFree = (ids: readonly string[]): boolean => !ids.some((id) => excluded.includes(id))
    const many = this.#recent()
      .filter((draft) => !draft.isHidden && (draft.count > 1 || draft.meaning.isGroup) && isFree([draft.id]))
      .map((draft) => ({
        ids: [draft.id] as readonly string[],
        score:
          salience(draft, context, this.#order) +
          animacy(draft, context) +
          hinted([draft.id]) +
          (owners.includes(draft.id) ? 2.5 : 0),
      }))
    const groups = this.#groups
      .filter(({ ids }) => isFree(ids))
      .map(({ ids, sentence, role }) => {
        const isOwner = owners.length === ids.length && ids.every((id) => owners.includes(id))
        const distance = Math.min(3, context.sentence - sentence)
        const own = role === 'subject' ? 4.6 : 4
        return { ids, score: own - 2 * distance + (isOwner ? 2.5 : 0) + hinted(ids) }
      })
    const [best] = [...many, ...groups].sort((a, b) => b.score - a.score)
    if (best && best.score > 1) return best.ids
    // "He showed it to his daughter, and they laughed": all who were there a moment ago.
    const latest = Math.max(
      ...this.#recent()
        .filter(isCharacter)
        .map(({ sentence }) => sentence),
    )
    const since = Math.min(context.sentence - 1, latest)
    const near = this.#recent().filter(
      (draft) => draft.meaning.isAnimate && !draft.isGone && draft.sentence >= since && isFree([draft.id]),
    )
    if (near.length > 1) return near.sort((a, b) => a.order - b.order).map(({ id }) => id)
    return best?.ids ?? []
  }

  /** Only the latest are looked at: a pronoun does not reach further back, and long texts stay linear. */
  #recent(): readonly Draft[] {
    return [...this.#drafts.slice(-40)]
  }

  #add(noun: NounPhrase, context: MentionContext, kind: 'seen' | 'hidden' = 'seen'): Draft {
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

  #touch(draft: Draft, { sentence, start, end, role, rank = role }: MentionContext): Draft {
    const isKnown = draft.mentions.some((mention) => mention.start === start && mention.end === end)
    if (!isKnown) draft.mentions.push({ sentence, start, end })
    draft.order = ++this.#order
    // An owner stays what it was: "Anna takes her hat".
    const isStillSubject = role === 'owner' && (draft.sentence === sentence || draft.role === 'subject')
    if (!isStillSubject) draft.role = rank
    draft.sentence = sentence
    draft.isGone = false
    return draft
  }
}
