import type { WordNet } from '../wordnet/wordnet.ts'
import { isDoneTo } from './addressing.ts'
import type { Cast } from './cast.ts'
import type { Clause, Nominal } from './clause.ts'
import {
  besides,
  isBackground,
  isBreaking,
  isCompanion,
  isDrift,
  isHeldByOther,
  isIdentity,
  isWayOverOther,
} from './clause-kin.ts'
import { isPersonsDeed } from './deeds.ts'
import type { Draft, MentionContext, Role } from './draft.ts'
import { isExpletive } from './expletives.ts'
import type { NounPhrase, Pronoun } from './noun-phrases.ts'
import { isNobody, type RoleJudge, type SceneRole } from './roles.ts'
import { fitAsObject } from './selection.ts'
import type { SettingNotes } from './settings.ts'
import type { Speech } from './speech.ts'
import { type Occurrence, placeName, type Standing } from './standing.ts'
import { timeWord } from './time-nouns.ts'
import { isMotion, ofThings } from './verb-kinds.ts'
import { lemmaOf } from './verb-lemma.ts'

interface Tools {
  readonly cast: Cast
  readonly judge: RoleJudge
  readonly wordnet: WordNet
  readonly notes: SettingNotes
  readonly speech: Speech
}

/** Prepositions of place that may lead back to the subject: "looks behind her". */
const whereabouts =
  /^(?:behind|in front of|beside|next to|near|around|above|below|over|under|between|with|on|by|in|into|onto|inside|out of|through|across|past|among)$/
/** What one does to another who answers then. */
const addressing =
  /^(?:ask|tell|give|hand|offer|bring|send|lend|show|beg|order|command|invite|call|question|greet|warn|help|pay|rescue|save|free|release|feed|teach)$/
const answering = /^(?:thank|answer|reply|respond|obey|nod|refuse|accept|agree|shrug|groan|decline|protest)$/

const judging =
  /^(?:laugh|mock|tease|praise|blame|scold|thank|criticise|criticize|punish|reward|congratulate|ridicule|trick|accuse|forgive)$/

/** Who and what the nouns and pronouns of a sentence mean. */
export class Referents {
  readonly #sentence: number
  readonly #clauses: readonly Clause[]
  readonly #roles: ReadonlyMap<NounPhrase, SceneRole>
  readonly #tools: Tools
  readonly #ids = new Map<Nominal, readonly string[]>()
  /** Pronouns that nobody before them is meant by. */
  readonly #open: { readonly pronoun: Pronoun; readonly clause: Clause; readonly context: MentionContext }[] =
    []

  /** @param occurrences in the order of the text */
  constructor(
    sentence: number,
    clauses: readonly Clause[],
    occurrences: readonly Occurrence[],
    roles: ReadonlyMap<NounPhrase, SceneRole>,
    tools: Tools,
  ) {
    this.#sentence = sentence
    this.#clauses = clauses
    this.#roles = roles
    this.#tools = tools
    for (const occurrence of occurrences) this.#resolveOne(occurrence)
    for (const { pronoun, clause, context } of this.#open) this.#resolveAhead(pronoun, clause, context)
  }

  /** The entities that nouns and pronouns mean, each once. */
  idsOf(nominals: readonly Nominal[]): readonly string[] {
    return [...new Set(nominals.flatMap((one) => this.#ids.get(one) ?? []))]
  }

  roleOf(noun: NounPhrase): SceneRole | undefined {
    return this.#roles.get(noun)
  }

  /** The place that a noun names; null if it names none. */
  placeName(nominal: Nominal): string | null {
    return nominal.kind === 'noun' && this.#roles.get(nominal) === 'place' ? placeName(nominal) : null
  }

  #resolveOne({ nominal, standing }: Occurrence): void {
    const { cast } = this.#tools
    const { clause, slot } = standing
    const context = {
      ...this.#context(nominal, this.#roleIn(nominal, standing)),
      ...(slot === 'subject' && clause.isEmbedded ? { rank: 'object' as const } : {}),
      isBackground: isBackground(standing),
      isIntroduced: slot === 'subject' && clause.isExistential,
      isDoer: slot === 'subject' && this.#isDeed(clause),
      isBreaking: slot === 'subject' && isBreaking(clause),
      isDrifting: slot === 'subject' && isDrift(clause),
    }
    if (nominal.kind === 'pronoun') {
      const ids = isExpletive(nominal, clause, this.#clauses, this.#roles)
        ? []
        : this.#resolvePronoun(nominal, standing, context)
      this.#ids.set(nominal, ids)
      if (ids.length === 0) this.#open.push({ pronoun: nominal, clause, context })
      this.#noteAddressed(ids, standing)
      return
    }
    if (nominal.owner) this.#resolveOwner(nominal.owner, standing, nominal)
    const role = this.#roles.get(nominal)
    if (role !== 'entity') {
      const isThing = role === 'place' || (role === 'nothing' && slot === 'object')
      if (isThing && !nominal.isPlural && nominal.reference !== 'none') cast.mentionHidden(nominal, context)
      this.#ids.set(nominal, [])
      return
    }
    const same = slot === 'object' && isIdentity(clause, nominal) ? this.idsOf(clause.subjects) : []
    if (same.length > 0) {
      for (const id of same) cast.callAlso(id, nominal)
      this.#ids.set(nominal, same)
      return
    }
    const ids = cast.mention(nominal, context)
    this.#ids.set(nominal, ids)
    if (this.#clauses.some(({ person }) => person === nominal) || this.#isPersonHere(nominal))
      for (const id of ids) cast.setPerson(id)
    this.#noteAddressed(ids, standing)
    // "Brings him bread and wine": he is not one of them.
    const isGiven = slot === 'object' && addressing.test(clause.verb?.base ?? '')
    const isAgentive = (one: Nominal): boolean => this.#tools.judge.isAgentive(one)
    const coordinated = besides(nominal, standing).filter(
      (one) => !isGiven || (one.kind === 'noun' && isAgentive(one) === isAgentive(nominal)),
    )
    if (coordinated.length > 1 && coordinated.at(-1) === nominal)
      cast.setGroup(this.idsOf(coordinated), this.#sentence, slot)
  }

  /** Whether what it does here makes a person of a word that means a thing too. */
  #isPersonHere(noun: NounPhrase): boolean {
    const moves = /^(?:dance|walk|run|jump|sit|climb|hurry|fell|build|cheer)$/
    const isLiving = (verb: string): boolean =>
      moves.test(verb) || 'begkopf'.includes(this.#tools.wordnet.verb(verb)?.classes[0] ?? 't')
    return this.#clauses.some(
      ({ verb, subjects }) =>
        verb !== null &&
        verb.voice === 'active' &&
        isLiving(verb.base) &&
        subjects.includes(noun) &&
        isPersonsDeed(noun.lemma, verb.base, this.#tools.wordnet),
    )
  }

  #context({ start, end }: { readonly start: number; readonly end: number }, role: Role): MentionContext {
    return { sentence: this.#sentence, start, end, role }
  }

  /** What a mention is for those that follow it: in front it is what is spoken of, like a subject. */
  #roleIn(nominal: Nominal, { clause, slot, preposition, anchor }: Standing): Role {
    if (slot !== 'oblique' || preposition === null) return slot
    if (preposition === 'of' || anchor?.kind === 'noun') return 'part'
    const [subject] = clause.subjects
    if (nominal.kind === 'pronoun' && subject && subject.start > nominal.start) return 'subject'
    const isPatient = clause.verb !== null && isDoneTo(clause.verb.base, preposition)
    return isPatient ? 'object' : 'oblique'
  }

  #resolvePronoun(pronoun: Pronoun, standing: Standing, context: MentionContext): readonly string[] {
    const { cast } = this.#tools
    const { clause, slot, preposition, anchor } = standing
    const said = this.#tools.speech.nameFor(pronoun.lower, context)
    if (said !== null) return [said]
    if (isNobody(pronoun)) return []
    const isSelf = /sel(?:f|ves)$/.test(pronoun.lower)
    // "One of them": the same.
    const isOneOf = preposition === 'of' && (anchor?.kind !== 'noun' || anchor.lemma === 'one')
    const others = slot === 'subject' || isOneOf ? [] : clause.subjects
    const subjects = this.idsOf(others)
    if (isSelf && subjects.length > 0)
      return cast.resolve(pronoun.lower, context, { excluded: [], owners: subjects })
    // "A jug with water in it" is not about the water, and may be about the jug.
    const isOfNoun = anchor?.kind === 'noun' && preposition !== 'of'
    const objects = slot === 'oblique' ? this.idsOf(isOfNoun ? [anchor] : clause.objects) : []
    const expected = slot === 'subject' ? this.#expected(clause) : []
    // "Points at a map behind her".
    const isOfPlace =
      preposition !== null && whereabouts.test(preposition) && !isDoneTo(clause.verb?.base ?? '', preposition)
    // "The mother in front and five babies behind her": only the babies are not her.
    const unlikely = isOfPlace && clause.verb === null && anchor !== null ? this.idsOf([anchor]) : subjects
    // "A train with wagons behind it", "…, with steam trailing behind it".
    const isWith = isOfPlace && (clause.isAbsolute || isCompanion(clause, anchor))
    const whole = isWith ? this.idsOf(clause.isAbsolute ? this.#before(clause) : clause.subjects) : []
    const { wordnet } = this.#tools
    const done = slot === 'object' ? lemmaOf(clause, wordnet) : null
    const hints = {
      ...(isOfPlace ? { excluded: objects, unlikely } : { excluded: [...subjects, ...objects] }),
      expected: [...expected, ...whole],
      ...(done === null ? {} : { suits: (draft: Draft) => fitAsObject(done, draft, wordnet) }),
    }
    return cast.resolve(pronoun.lower, { ...context, isWhereabouts: isOfPlace }, hints)
  }

  /** "On her birthday, Zoe gets a box", "when he woke, Tom yawned": the subject that follows. */
  #resolveAhead(pronoun: Pronoun, clause: Clause, context: MentionContext): void {
    if (/^itself$|^it$/.test(pronoun.lower)) return
    const isBehind = ({ subjects }: Clause): boolean => subjects.some(({ start }) => start > pronoun.start)
    const isAside = clause.subordinator !== null || clause.isHeading
    const main = this.#clauses.find((one) => one !== clause && one.subordinator === null && isBehind(one))
    const ahead = isBehind(clause) ? clause : isAside ? main : undefined
    if (!ahead) return
    const subjects = ahead.subjects.filter(({ start }) => start > pronoun.start)
    this.#ids.set(pronoun, this.#tools.cast.resolveAhead(pronoun.lower, this.idsOf(subjects), context))
  }

  #before(clause: Clause): readonly Nominal[] {
    return this.#clauses[this.#clauses.indexOf(clause) - 1]?.subjects ?? []
  }

  /** Whom a pronoun that does what a clause says means sooner than others. */
  #expected(clause: Clause): readonly string[] {
    if (answering.test(clause.verb?.base ?? '')) return this.#tools.cast.addressed(this.#sentence)
    const before = this.#clauses[this.#clauses.indexOf(clause) - 1]
    // "Laughs at the reed because it bends": what one feels has its reason in the other.
    if (clause.subordinator === 'because' && before && this.#isJudging(before)) {
      const judged = before.obliques.filter(({ preposition }) =>
        isDoneTo(before.verb?.base ?? '', preposition),
      )
      return this.idsOf([...before.objects, ...judged.map(({ nominal }) => nominal)])
    }
    // "Rubs the lamp until it shines".
    if (clause.subordinator !== 'until' && clause.subordinator !== 'till') return []
    return before ? this.idsOf(before.objects) : []
  }

  /** What somebody feels or thinks of another: praise, envy, mockery. */
  #isJudging({ verb }: Clause): boolean {
    if (verb === null) return false
    const [first = 't'] = this.#tools.wordnet.verb(verb.base)?.classes ?? []
    return first === 'e' || judging.test(verb.base)
  }

  #noteAddressed(ids: readonly string[], { clause, slot, preposition }: Standing): void {
    const isTarget = slot === 'object' || preposition === 'to'
    if (isTarget && addressing.test(clause.verb?.base ?? ''))
      this.#tools.cast.setAddressed(ids, this.#sentence)
  }

  /** Whether a clause tells what someone does: "it shattered" is no deed of anybody. */
  #isDeed(clause: Clause): boolean {
    const { verb, objects, complements } = clause
    if (complements.some((word) => /^(?:asleep|awake)$/.test(word))) return true
    if (verb === null || verb.isAuxiliary || verb.voice === 'passive') return false
    const isChange = this.#tools.wordnet.verb(verb.base)?.classes[0] === 'h' && objects.length === 0
    return !isChange && !isBreaking(clause) && !ofThings.test(verb.base) && !isDrift(clause)
  }

  #resolveOwner(
    owner: Pronoun | NounPhrase,
    { clause, slot, preposition }: Standing,
    owned: NounPhrase,
  ): void {
    const { cast } = this.#tools
    // "A plant to its right" is told like "a plant right of it".
    const isStill = clause.verb === null || clause.verb.isAuxiliary
    const isSide = isStill && this.#roles.get(owned) === 'side'
    const context = this.#context(owner, isSide ? 'oblique' : 'owner')
    if (owner.kind === 'noun') {
      if (this.#ids.has(owner)) return
      const standing: Standing = { clause, slot: 'oblique', preposition: 'of', anchor: owner }
      if (owner.owner) this.#resolveOwner(owner.owner, standing, owner)
      const role = this.#tools.judge.roleOf(owner, standing)
      if (role === 'place' || role === 'time') this.#noteOwner(owner, role)
      if (role === 'entity') this.#ids.set(owner, cast.mention(owner, context))
      return
    }
    const said = this.#tools.speech.nameFor(owner.lower, context)
    if (said !== null) this.#ids.set(owner, [said])
    if (/^(?:my|our|your|whose)$/.test(owner.lower)) return
    // "Mocks the sparrow for its feathers": those of who is mocked.
    const isReason = preposition === 'for' && this.#isJudging(clause) && this.idsOf(clause.objects).length > 0
    const hasBody = this.#tools.judge.meaning(owned).isBodyPart
    const goes = isMotion(clause.verb?.base ?? '', this.#tools.wordnet)
    const isOthers =
      (slot === 'object' && isHeldByOther(clause, owned)) ||
      (slot === 'oblique' && hasBody && isWayOverOther(clause, preposition, owned, goes))
    // "Thinks that the goat is its mother": nobody is their own.
    const isSame = slot === 'object' && isIdentity(clause, owned)
    // "He shoots, and the goalkeeper dives to his left".
    const sided = this.#roles.get(owned) === 'side' ? this.idsOf(clause.subjects) : []
    const hints =
      isSide || isSame
        ? { excluded: this.idsOf(clause.subjects) }
        : isOthers
          ? { excluded: [], unlikely: this.idsOf(clause.subjects) }
          : { excluded: [], owners: this.idsOf(isReason ? clause.objects : clause.subjects), expected: sided }
    const isOwnerOfSubject = slot === 'subject'
    const ids = cast.resolve(owner.lower, { ...context, hasBody, isOwnerOfSubject }, hints)
    this.#ids.set(owner, ids)
    if (ids.length === 0) this.#open.push({ pronoun: owner, clause, context })
  }

  /** "The city's lights", "the night's sky". */
  #noteOwner(owner: NounPhrase, role: 'place' | 'time'): void {
    const { notes } = this.#tools
    if (role === 'place') notes.addPlace(placeName(owner))
    const time = role === 'time' ? timeWord(owner) : null
    if (time !== null) notes.addTime(time)
  }
}
