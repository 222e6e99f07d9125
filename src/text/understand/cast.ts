import type { Entity, Mention } from '../scene-graph.ts'
import type { WordNet } from '../wordnet/wordnet.ts'
import type { NounPhrase } from './noun-phrases.ts'
import { type Meaning, meaningOf } from './nouns.ts'

/** What a mention is in its clause; `owner` for `her` dog, `part` behind `of`. */
export type Role = 'subject' | 'object' | 'oblique' | 'owner' | 'part'

/** Where and as what somebody is mentioned. */
export interface MentionContext extends Mention {
  readonly role: Role
  /** What it is for those that follow, where that is less: the subject of `he saw that the boy ran`. */
  readonly rank?: Role
  /** It owns a part of a body. */
  readonly hasBody?: boolean
  /** It does something: "it makes its way" is sooner an animal than a path. */
  readonly isDoer?: boolean
}

interface Draft {
  readonly id: string
  readonly name: string
  readonly lemma: string
  readonly head: string
  readonly count: number
  readonly attributes: string[]
  readonly mentions: Mention[]
  readonly meaning: Meaning
  readonly isProper: boolean
  /** Nothing that is seen as one: an idea, a place. A pronoun may mean it, and then nobody else. */
  readonly isHidden: boolean
  /** `Milk`, not `a tomato`. */
  readonly isMass: boolean
  /** Said with `a` when it was new: what the text goes on about. */
  readonly isNews: boolean
  /** Learned from pronouns too. */
  gender: Meaning['gender']
  acts: boolean
  /** A pronoun meant it last: the text goes on about it. */
  isTopic: boolean
  sentence: number
  role: Role
  /** Rises with every mention. */
  order: number
}

interface Group {
  readonly ids: readonly string[]
  readonly sentence: number
}

const topicBonus = 0.5

/** Counts that a bare plural stands for: "dogs" are at least two. */
const barePlural = 2

const generic: Readonly<Record<string, (draft: Draft) => boolean>> = Object.assign(Object.create(null), {
  animal: (draft: Draft) => isBeast(draft),
  creature: (draft: Draft) => isBeast(draft),
  beast: (draft: Draft) => isBeast(draft),
  vehicle: (draft: Draft) => draft.meaning.isVehicle,
})
/** "The old woman" may be a grandmother or an Anna who was named before. */
const grown: Readonly<Record<string, 'f' | 'm'>> = Object.assign(Object.create(null), {
  woman: 'f',
  lady: 'f',
  man: 'm',
})
const sexes = { woman: 'f', lady: 'f', girl: 'f', man: 'm', boy: 'm', gentleman: 'm' }
const togetherNouns =
  /^(?:friend|animal|creature|sibling|brother|sister|companion|pair|duo|couple|two|three|one|partner|rival|enemy|twin|lover|kid|child|person|player|opponent|team|trio)$/

/** Everyone and everything that a text has named so far; knows whom a later "the dog" or "it" means. */
export class Cast {
  readonly #wordnet: WordNet
  readonly #drafts: Draft[] = []
  readonly #byId = new Map<string, Draft>()
  readonly #numbers = new Map<string, number>()
  /** Those who did something together, the latest last. */
  #groups: Group[] = []
  #order = 0

  constructor(wordnet: WordNet) {
    this.#wordnet = wordnet
  }

  /** The entities that a noun phrase means: some named before, or a new one. */
  mention(noun: NounPhrase, context: MentionContext): readonly string[] {
    const known = this.#find(noun, context.sentence)
    for (const draft of known) this.#touch(draft, context).isTopic = false
    if (known.length > 0) return known.map(({ id }) => id)
    if (noun.lemma === 'one') return []
    return [this.#touch(this.#add(noun, context), context).id]
  }

  /** Takes note of what is neither a character nor an object, so that `it` is not taken for another. */
  mentionHidden(noun: NounPhrase, context: MentionContext): void {
    const known = this.#drafts.find(({ isHidden, lemma }) => isHidden && lemma === noun.lemma)
    this.#touch(known ?? this.#add(noun, context, 'hidden'), context)
  }

  /**
   * Whom a pronoun means; `[]` if nobody fits.
   * @param excluded who is meant by other parts of its clause: "the frog watches it" is not about the frog
   * @param owners who owns first: the subject of the clause that a possessive stands in
   */
  resolve(
    pronoun: string,
    context: MentionContext,
    excluded: readonly string[],
    owners: readonly string[] = [],
  ): readonly string[] {
    const kind = pronounKind(pronoun)
    if (kind === null) return []
    const ids =
      kind === 'they'
        ? this.#resolveMany(context, excluded, owners)
        : this.#resolveOne(kind, context, excluded, owners)
    for (const id of ids) {
      const draft = this.#byId.get(id)
      if (!draft) continue
      this.#touch(draft, context).isTopic = true
      if (kind === 'he') draft.gender = 'm'
      if (kind === 'she') draft.gender = 'f'
    }
    return ids
  }

  /** Those who did something together: whom "they" means next. */
  setGroup(ids: readonly string[], sentence: number): void {
    if (ids.length > 1) this.#groups = [...this.#groups.slice(-3), { ids, sentence }]
  }

  /** Those who do something of themselves are characters. */
  setActing(id: string): void {
    const draft = this.#byId.get(id)
    if (draft) draft.acts = true
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

  entities(): { characters: Entity[]; objects: Entity[] } {
    const entity = ({ id, name, lemma, count, attributes, mentions }: Draft): Entity => {
      const inOrder = [...mentions].sort((a, b) => a.start - b.start)
      return { id, name, lemma, count, attributes, mentions: inOrder }
    }
    const isCharacter = (draft: Draft): boolean => draft.acts || draft.meaning.isAnimate
    const seen = this.#drafts.filter(({ isHidden }) => !isHidden)
    return {
      characters: seen.filter(isCharacter).map(entity),
      objects: seen.filter((draft) => !isCharacter(draft)).map(entity),
    }
  }

  #find(noun: NounPhrase, sentence: number): readonly Draft[] {
    const { reference, isProper, lemma, head, attributes, count, isPlural } = noun
    if (reference === 'another' || reference === 'indefinite') return []
    const isKnownName = isProper && reference === 'none'
    if (reference === 'none' && !isKnownName && lemma !== 'one') return []
    if (lemma === 'one') return this.#oneOf(count ?? 1)
    const alike = this.#drafts.filter(
      (draft) =>
        !draft.isHidden &&
        (draft.lemma === lemma ||
          draft.head === lemma ||
          (draft.lemma === head && !isProper) ||
          (isProper && draft.lemma.startsWith(`${lemma} `))),
    )
    const fitting = alike.filter((draft) => draft.count > 1 === isPlural || alike.length === 1)
    const found = this.#choose(fitting, attributes)
    if (found) return [found]
    if (reference !== 'definite') return []
    const isGeneric = Object.hasOwn(generic, lemma) ? generic[lemma] : undefined
    const general =
      isGeneric && !isPlural && attributes.length === 0
        ? this.#latest(this.#drafts.filter(isGeneric))
        : undefined
    if (general) return [general]
    const sex = Object.hasOwn(grown, head) ? grown[head] : undefined
    if (sex && !isPlural) {
      const same = this.#drafts.filter(
        (draft) =>
          draft.gender === sex &&
          draft.count === 1 &&
          draft.sentence < sentence &&
          !Object.hasOwn(sexes, draft.head),
      )
      if (same.length === 1) return same
    }
    const isTogether = togetherNouns.test(head) && (isPlural || /^(?:pair|duo|couple|trio)$/.test(head))
    return isTogether ? this.#lastTogether(count ?? 2, sentence) : []
  }

  /** "The red fox" is the one that was red, if any was; else the only fox whose looks are not told. */
  #choose(alike: readonly Draft[], attributes: readonly string[]): Draft | undefined {
    if (attributes.length === 0) return this.#latest(alike)
    const same = alike.filter((draft) =>
      attributes.every((attribute) => draft.attributes.includes(attribute)),
    )
    if (same.length > 0) return this.#latest(same)
    return alike.length === 1 && alike[0]?.attributes.length === 0 ? alike[0] : undefined
  }

  /** "The younger one", "the other": of those who were named as several. */
  #oneOf(count: number): readonly Draft[] {
    if (count > 1) return this.#lastTogether(count, Number.POSITIVE_INFINITY)
    const many = this.#latest(this.#drafts.filter((draft) => draft.count > 1 && draft.meaning.isAnimate))
    return many ? [many] : []
  }

  #lastTogether(count: number, sentence: number): readonly Draft[] {
    const group = this.#groups.findLast(({ ids }) => ids.length === count)
    if (group && group.sentence >= sentence - 3) return group.ids.flatMap((id) => this.#byId.get(id) ?? [])
    const many = this.#latest(
      this.#drafts.filter((draft) => draft.count === count && draft.meaning.isAnimate),
    )
    if (many) return [many]
    const single = this.#drafts.filter((draft) => draft.count === 1 && draft.meaning.isAnimate)
    const latest = [...single].sort((a, b) => a.order - b.order).slice(-count)
    return latest.length === count ? latest : []
  }

  #latest(drafts: readonly Draft[]): Draft | undefined {
    return [...drafts].sort((a, b) => a.order - b.order).at(-1)
  }

  #resolveOne(
    kind: 'he' | 'she' | 'it',
    context: MentionContext,
    excluded: readonly string[],
    owners: readonly string[],
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
          this.#salience(draft, context) +
          (owners.includes(draft.id) ? ownerBonus(fit ?? 0) : 0),
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
    excluded: readonly string[],
    owners: readonly string[],
  ): readonly string[] {
    const isFree = (ids: readonly string[]): boolean => !ids.some((id) => excluded.includes(id))
    const many = this.#recent()
      .filter((draft) => !draft.isHidden && (draft.count > 1 || draft.meaning.isGroup) && isFree([draft.id]))
      .map((draft) => ({
        ids: [draft.id] as readonly string[],
        score:
          this.#salience(draft, context) +
          (draft.meaning.isAnimate ? 1.5 : draft.meaning.isBodyPart ? -1.5 : 0) +
          (owners.includes(draft.id) ? 2.5 : 0),
      }))
    const groups = this.#groups
      .filter(({ ids }) => isFree(ids))
      .map(({ ids, sentence }) => {
        const isOwner = owners.length === ids.length && ids.every((id) => owners.includes(id))
        return { ids, score: 4.6 - 2 * Math.min(3, context.sentence - sentence) + (isOwner ? 2.5 : 0) }
      })
    const [best] = [...many, ...groups].sort((a, b) => b.score - a.score)
    if (best && best.score > 1) return best.ids
    // "He showed it to his daughter, and they laughed": all who were there a moment ago.
    const near = this.#recent().filter(
      (draft) => draft.meaning.isAnimate && draft.sentence >= context.sentence - 1 && isFree([draft.id]),
    )
    if (near.length > 1) return near.sort((a, b) => a.order - b.order).map(({ id }) => id)
    return best?.ids ?? []
  }

  /** Only the latest are looked at: a pronoun does not reach further back, and long texts stay linear. */
  #recent(): readonly Draft[] {
    return [...this.#drafts.slice(-40)]
  }

  #salience(draft: Draft, { sentence, role }: MentionContext): number {
    const distance = Math.min(3, sentence - draft.sentence)
    // A pronoun behind the verb takes up what was said last sooner than who acted.
    const own =
      role === 'subject' || role === 'owner'
        ? { subject: 2, object: 1.3, oblique: 0.6, owner: 0.8, part: 0.4 }[draft.role]
        : { subject: 1.1, object: 1.5, oblique: 0.9, owner: 0.8, part: 0.6 }[draft.role]
    const isParallel =
      role === 'subject' ? draft.role === 'subject' : draft.role === 'object' || draft.role === role
    return (
      own +
      (isParallel ? 0.8 : 0) +
      (draft.isNews ? 0.3 : 0) +
      (draft.isTopic ? topicBonus : 0) -
      1.2 * distance +
      0.15 * Math.max(-10, draft.order - this.#order)
    )
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
    if (role !== 'owner' || draft.sentence !== sentence) draft.role = rank
    draft.sentence = sentence
    return draft
  }
}

/** Who owns is sooner the subject, if the pronoun fits it. */
function ownerBonus(fit: number): number {
  return fit > 0.5 ? 2.5 : fit < 0 ? 0 : 0.8
}

function isBeast({ meaning, gender }: Draft): boolean {
  return meaning.isAnimate && gender === 'none'
}

function pronounKind(pronoun: string): 'he' | 'she' | 'it' | 'they' | null {
  if (/^(?:he|him|his|himself)$/.test(pronoun)) return 'he'
  if (/^(?:she|her|hers|herself)$/.test(pronoun)) return 'she'
  if (/^(?:it|its|itself)$/.test(pronoun)) return 'it'
  return /^(?:they|them|their|theirs|themselves)$/.test(pronoun) ? 'they' : null
}

/** How well an entity fits a pronoun; null if it cannot be meant. */
function fitOf(
  { meaning, gender, acts, isMass }: Draft,
  kind: 'he' | 'she' | 'it',
  isDoer: boolean,
): number | null {
  if (kind === 'it') {
    if (gender === 'f' || gender === 'm') return null
    if (gender === 'either') return meaning.isAnimate ? -3 : null
    if (meaning.isAnimate) return isDoer ? 2 : 0.6
    return meaning.isBodyPart ? -1.5 : isMass ? -0.5 : acts ? 0.4 : 0
  }
  const own = kind === 'he' ? 'm' : 'f'
  if (gender === own) return 4.5
  if (gender === 'either') return 2
  if (gender === 'none') return meaning.isAnimate ? 0 : acts ? -1 : null
  return null
}
