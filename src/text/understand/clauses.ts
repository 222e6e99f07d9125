import {
  type Clause,
  emptyClause,
  hasContent,
  type Nominal,
  type NounJudge,
  type Oblique,
  type Slot,
} from './clause.ts'
import { doersOf } from './doers.ts'
import type { Phrase } from './phrases.ts'
import {
  beforePreposition,
  isDoneTo,
  isInverted,
  isList,
  isSaidBehind,
  posture,
  sameAs,
  saying,
  verbAhead,
} from './phrases-around.ts'
import type { VerbGroup } from './verb-groups.ts'

/** Reads a sentence's phrases as clauses, in the order of their verbs. Linear time. */
export function readClauses(phrases: readonly Phrase[], judge: NounJudge): Clause[] {
  return new ClauseReader(phrases, judge).read()
}

class ClauseReader {
  readonly #phrases: readonly Phrase[]
  readonly #judge: NounJudge
  readonly #clauses: Clause[] = []
  #clause = this.#open([])
  /** Index of the phrase that is being read. */
  #at = 0
  /** Clauses whose verb is still to come, behind a relative clause or a participle. */
  #waiting: Clause[] = []
  /** The last clause with a finite verb: what `and` goes on with. */
  #main: Clause | null = null
  /** Whose relative clause is being read, until its verb. */
  #antecedent: Nominal | null = null
  #inRelative = false
  #preposition: string | null = null
  #slot: Slot | null = null
  /** Preposition and anchor of the last oblique: a noun behind `and` shares them. */
  #shared: Omit<Oblique, 'nominal'> | null = null
  #last: Nominal | null = null
  /** What the next preposition is said of: `a glass of milk` is a glass. */
  #whole: Nominal | null = null
  #adverbs: string[] = []
  #isThere = false
  /** `Without` stood before the participle that comes. */
  #negatesNext = false
  /** A preposition stood before the participle that comes: it is of the subject. */
  #isAdjunct = false

  constructor(phrases: readonly Phrase[], judge: NounJudge) {
    this.#phrases = phrases
    this.#judge = judge
  }

  read(): Clause[] {
    for (const [index, phrase] of this.#phrases.entries()) {
      const previous = this.#phrases[index - 1]
      this.#at = index
      if (phrase.kind !== 'noun' && phrase.kind !== 'pronoun') this.#leavePreposition(phrase)
      switch (phrase.kind) {
        case 'noun':
        case 'pronoun':
          this.#readNominal(phrase, index, previous)
          break
        case 'verb':
          this.#readVerb(phrase, previous)
          break
        case 'preposition':
          this.#preposition = phrase.text
          break
        case 'adverb':
          this.#readAdverb(phrase.text)
          break
        case 'adjective':
          this.#readAdjective(phrase.text, previous)
          break
        case 'relative':
          this.#readRelative()
          break
        case 'subordinator':
          this.#readSubordinator(phrase.text, index)
          break
        case 'there':
          if (this.#clause.verb) this.#start([])
          this.#isThere = true
          break
        case 'stop':
          this.#waiting = []
          this.#main = null
          this.#start([])
          break
        default:
      }
    }
    this.#leavePreposition(null)
    return this.#clauses.filter(hasContent)
  }

  #open(subjects: readonly Nominal[]): Clause {
    const clause = emptyClause(subjects)
    this.#clauses.push(clause)
    return clause
  }

  #start(subjects: readonly Nominal[]): void {
    this.#clause = this.#open(subjects)
    this.#slot = null
    this.#shared = null
    this.#preposition = null
    this.#last = null
    this.#inRelative = false
    this.#antecedent = null
    this.#isThere = false
  }

  #readNominal(nominal: Nominal, index: number, previous: Phrase | undefined): void {
    const isJoined = previous?.kind === 'and' || previous?.kind === 'comma'
    const same = previous?.kind === 'comma' ? this.#sameAs(index) : null
    if (same) this.#addApposition(same, nominal)
    else if (this.#preposition !== null) this.#addOblique(this.#preposition, nominal, previous)
    else if (isJoined && this.#joins(nominal, index, previous.kind)) this.#addBeside(nominal)
    else if (this.#startsClause(index, isJoined) || this.#isApart(index, previous)) {
      const isEmbedded = !isJoined && this.#clause.verb?.form === 'finite'
      this.#start([nominal])
      this.#clause.isEmbedded = isEmbedded
      this.#slot = 'subject'
    } else if (this.#isBehindFronted(previous)) this.#startFronted(nominal)
    else this.#addArgument(nominal, previous)
    const isPart = this.#preposition === 'of' && this.#whole !== null && previous?.kind === 'preposition'
    this.#preposition = null
    this.#last = nominal
    if (!isPart || this.#judge.isAgentive(nominal)) this.#whole = nominal
  }

  /** Whom a noun between commas says more of. */
  #sameAs(index: number): Nominal | null {
    const same = this.#slot === null ? null : sameAs(this.#phrases, index, this.#clause, this.#judge)
    return same === this.#last ? same : null
  }

  #doersOf(verb: VerbGroup, previous: Phrase | undefined): readonly Nominal[] {
    const around = {
      clause: this.#clause,
      main: this.#main,
      last: this.#last,
      slot: this.#slot,
      isAdjunct: this.#isAdjunct,
    }
    return doersOf(verb, previous, around, this.#judge)
  }

  #addApposition(same: Nominal, nominal: Nominal): void {
    const is = { ...emptyClause(), verb: being, subjects: [same], objects: [nominal] }
    this.#clauses.splice(this.#clauses.indexOf(this.#clause), 0, is)
  }

  /** Whether a noun behind `and` or a comma is one more of the same. */
  #joins(nominal: Nominal, index: number, joint: 'and' | 'comma'): boolean {
    if (this.#slot === null) return false
    if (this.#judge.isCircumstance(nominal)) return false
    if (this.#clause.verb === null) {
      // "A man with a hat and a scarf walks", but "In the forest, a fox runs".
      if (this.#slot === 'oblique') return joint === 'and' && this.#clause.subjects.length > 0
      return (
        joint === 'and' ||
        isList(this.#phrases, index) ||
        verbAhead(this.#phrases, index, true)?.form === 'finite'
      )
    }
    if (joint === 'comma' && !isList(this.#phrases, index)) return false
    return !this.#startsClause(index, true)
  }

  /** "…, neon lights, …": a noun behind a comma that goes on with no list. */
  #isApart(index: number, previous: Phrase | undefined): boolean {
    return (
      previous?.kind === 'comma' &&
      this.#clause.verb !== null &&
      this.#slot !== null &&
      !isList(this.#phrases, index)
    )
  }

  /** "And next to them a cup": a noun right behind another that has a preposition, and no verb for it. */
  #isBehindFronted(previous: Phrase | undefined): boolean {
    const isNominal = previous?.kind === 'noun' || previous?.kind === 'pronoun'
    return (
      isNominal &&
      this.#slot === 'oblique' &&
      this.#clause.verb !== null &&
      this.#clause.obliques.at(-1)?.anchor === null &&
      !this.#judge.isCircumstance(previous)
    )
  }

  #startFronted(nominal: Nominal): void {
    const fronted = this.#clause.obliques.pop()
    this.#start([nominal])
    if (fronted) this.#clause.obliques.push(fronted)
    this.#slot = 'subject'
  }

  #addBeside(nominal: Nominal): void {
    const clause = this.#clause
    if (this.#slot === 'oblique' && this.#isOneMoreSubject(nominal)) this.#slot = 'subject'
    if (this.#slot === 'subject') clause.subjects.push(nominal)
    else if (this.#slot === 'object') clause.objects.push(nominal)
    else if (this.#shared) clause.obliques.push({ ...this.#shared, nominal })
  }

  /** "A boy with a kite and a girl walk": like to like. */
  #isOneMoreSubject(nominal: Nominal): boolean {
    const { verb, subjects, obliques } = this.#clause
    const near = obliques.at(-1)?.nominal
    return (
      verb === null &&
      near !== undefined &&
      this.#judge.isAgentive(nominal) &&
      !this.#judge.isAgentive(near) &&
      subjects.some((one) => this.#judge.isAgentive(one))
    )
  }

  #addOblique(preposition: string, nominal: Nominal, previous: Phrase | undefined): void {
    const before = beforePreposition(this.#phrases, previous)
    const anchor = before === 'noun' ? (this.#whole ?? this.#last) : null
    this.#shared = {
      preposition,
      anchor,
      anchorSlot: anchor === null ? null : this.#slot,
      isApart: before === 'comma',
    }
    this.#clause.obliques.push({ ...this.#shared, nominal })
    if (preposition !== 'of' || this.#slot === null) this.#slot = 'oblique'
  }

  #addArgument(nominal: Nominal, previous: Phrase | undefined): void {
    const clause = this.#clause
    const isPersonal = clause.verb?.form === 'finite'
    // "Behind him hang carpets", "there is a vase".
    const isInverted =
      isPersonal &&
      clause.subjects.length === 0 &&
      clause.objects.length === 0 &&
      (clause.obliques.length > 0 || saying.test(clause.verb?.base ?? ''))
    if (clause.verb === null) {
      const isBeside = previous?.kind === 'noun' && clause.subjects.length > 0 && this.#slot !== null
      if (
        isBeside &&
        previous.kind === 'noun' &&
        !this.#judge.isCircumstance(previous) &&
        !this.#judge.isCircumstance(nominal)
      ) {
        this.#addTelegraphic(nominal)
        return
      }
      if (previous?.kind === 'comma' && clause.subjects.length > 0 && !this.#antecedent) this.#start([])
      this.#clause.subjects.push(nominal)
      this.#slot = 'subject'
    } else if (clause.isExistential || (isInverted && clause.verb.voice === 'active')) {
      clause.subjects.push(nominal)
      this.#slot = 'subject'
    } else {
      clause.objects.push(nominal)
      this.#slot = 'object'
    }
  }

  /** "Girl green dress": a noun beside a noun is with it. */
  #addTelegraphic(nominal: Nominal): void {
    this.#shared = { preposition: 'with', anchor: this.#last, anchorSlot: 'subject', isApart: false }
    this.#clause.obliques.push({ ...this.#shared, nominal })
    this.#slot = 'oblique'
  }

  /** Whether a noun is the subject of a new clause: there was a verb before, and another follows. */
  #startsClause(index: number, isJoined: boolean): boolean {
    if (this.#clause.verb === null) return false
    if (this.#waiting.length > 0 && !isJoined) return false
    const verb = verbAhead(this.#phrases, index, isJoined)
    if (!verb || verb.form === 'infinitive') return false
    if (verb.form === 'finite' || verb.form === 'imperative') return true
    return isJoined
  }

  #readVerb(verb: VerbGroup, previous: Phrase | undefined): void {
    // "Lies curled up".
    if (verb.form === 'participle' && previous?.kind === 'verb' && posture.test(previous.base)) return
    // "Orange juice, poured into a glass".
    const isParticiple =
      verb.isPast &&
      previous?.kind === 'comma' &&
      this.#clause.verb === null &&
      isDoneTo(this.#phrases, this.#at, this.#clause, this.#judge)
    if (isParticiple) {
      this.#readVerb({ ...verb, form: 'participle', voice: 'passive', isPast: false }, previous)
      return
    }
    // "Was thrown by the girl and caught by her brother".
    const goesOnPassive = previous?.kind === 'and' && verb.isPast && this.#main?.verb?.voice === 'passive'
    const isJoined = previous?.kind === 'and' || previous?.kind === 'comma'
    if (previous?.kind === 'verb' && (verb.form === 'infinitive' || verb.form === 'ing'))
      this.#clause.isContinued = true
    if (verb.form === 'infinitive') this.#start(this.#controller())
    else if (verb.form === 'ing' || verb.form === 'participle') this.#startParticiple(verb, previous)
    else if (isSaidBehind(this.#phrases, this.#at, this.#judge)) this.#start([])
    else if (isInverted(this.#phrases, this.#at, this.#clause)) {
      const fronted = this.#clause.obliques.pop()
      this.#start([])
      if (fronted) this.#clause.obliques.push(fronted)
    } else this.#placeFinite(previous, isJoined)
    const clause = this.#clause
    clause.verb = goesOnPassive ? { ...verb, voice: 'passive' } : verb
    clause.isNegated ||= verb.isNegated || this.#negatesNext
    this.#negatesNext = false
    this.#isAdjunct = false
    clause.adverbs.push(...this.#adverbs, ...verb.adverbs, ...(verb.particle === null ? [] : [verb.particle]))
    this.#adverbs = []
    clause.isExistential = this.#isThere && verb.lemma === 'be'
    this.#isThere = false
    if (verb.form === 'finite' && !this.#inRelative) this.#main = clause
    this.#slot = null
    this.#last = null
  }

  /** Chooses the clause that a finite verb belongs to. */
  #placeFinite(previous: Phrase | undefined, isJoined: boolean): void {
    if (this.#antecedent !== null) {
      // "The ball that the boy kicks", "a man who runs".
      if (this.#clause.subjects.length > 0) this.#clause.objects.push(this.#antecedent)
      else this.#clause.subjects.push(this.#antecedent)
      this.#antecedent = null
      return
    }
    if (this.#clause.verb === null) {
      const isElliptic =
        this.#clause.subjects.length === 0 && this.#clause.obliques.length === 0 && this.#main !== null
      if (isElliptic && this.#main) this.#clause.subjects.push(...this.#main.subjects)
      return
    }
    const waiting = this.#waiting.at(-1)
    const goesOn = previous?.kind === 'and' && this.#inRelative && this.#clause.verb.form === 'finite'
    if (waiting && !goesOn) {
      this.#waiting.pop()
      this.#clauses.push(...this.#clauses.splice(this.#clauses.indexOf(waiting), 1))
      this.#clause = waiting
      this.#inRelative = false
      return
    }
    // "Watch the dog run", "lets her go".
    const isOfObject = !isJoined && this.#last !== null && this.#slot === 'object'
    const subjects =
      isOfObject && this.#last
        ? [this.#last]
        : (goesOn ? this.#clause : (this.#main ?? this.#clause)).subjects
    const inRelative = this.#inRelative && goesOn
    this.#start(subjects)
    this.#inRelative = inRelative
  }

  #controller(): readonly Nominal[] {
    const { verb, objects, obliques } = this.#clause
    // "Waits for its owner to come home".
    const last = obliques.at(-1)
    if (last?.preposition === 'for' && last.nominal === this.#last && this.#judge.isAgentive(last.nominal))
      return [last.nominal]
    const told = objects.at(-1)
    const isTold =
      verb !== null &&
      /^(?:ask|tell|order|help|let|make|teach|allow|want|force|beg|invite|see|watch)$/.test(verb.base)
    if (isTold && told && this.#judge.isAgentive(told)) return [told]
    return this.#clause.subjects
  }

  /** A participle without auxiliary: what it says is said of a noun before it, or of the subject. */
  #startParticiple(verb: VerbGroup, previous: Phrase | undefined): void {
    const before = this.#clause
    const isWaiting = before.verb === null && before.subjects.length > 0
    const doers = this.#doersOf(verb, previous)
    if (isWaiting) this.#waiting.push(before)
    else dropAbsolute(before, doers)
    const wasRelative = this.#inRelative
    const isSameCaption = isWaiting && before.obliques.length === 0 && doers === before.subjects
    this.#start(doers)
    this.#inRelative = wasRelative
    if (isSameCaption) this.#clause.obliques.push(...before.obliques)
  }

  #readRelative(): void {
    const antecedent = this.#last ?? this.#clause.subjects.at(-1) ?? null
    if (antecedent === null) return
    if (this.#clause.verb === null) this.#waiting.push(this.#clause)
    this.#start([])
    this.#antecedent = antecedent
    this.#inRelative = true
  }

  #readSubordinator(text: string, index: number): void {
    const next = this.#phrases[index + 1]
    const isNoun = next?.kind === 'noun' || next?.kind === 'pronoun'
    if (
      isNoun &&
      /^(?:as|since|before|after|until|till)$/.test(text) &&
      !verbAhead(this.#phrases, index + 1, true)
    ) {
      this.#preposition = text
      return
    }
    // "Dressed as a pirate".
    if (
      isNoun &&
      text === 'as' &&
      /^(?:dress|disguise|pose|serve|work|act|use)$/.test(this.#clause.verb?.base ?? '')
    ) {
      this.#preposition = text
      return
    }
    this.#start(next?.kind === 'verb' ? (this.#main ?? this.#clause).subjects : [])
    this.#clause.isSubordinate = true
    this.#clause.isEmbedded = this.#main !== null
  }

  #readAdverb(text: string): void {
    if (text === 'neither') {
      this.#negatesNext = true
      return
    }
    if (this.#preposition !== null) {
      this.#clause.adverbs.push(`${this.#preposition} ${text}`)
      this.#preposition = null
    } else if (this.#clause.verb) this.#clause.adverbs.push(text)
    else this.#adverbs.push(text)
  }

  #readAdjective(text: string, previous: Phrase | undefined): void {
    this.#clause.complements.push(text)
    const isOfNoun = previous?.kind === 'noun' || previous?.kind === 'comma' || previous?.kind === 'adjective'
    if (this.#clause.verb === null || (isOfNoun && this.#slot === 'object'))
      this.#clause.describes ??= this.#last
  }

  /** A preposition that no noun follows belongs to the verb: "knocks it over", "a mouse below". */
  #leavePreposition(next: Phrase | null): void {
    const preposition = this.#preposition
    if (preposition === null || next?.kind === 'adverb' || next?.kind === 'preposition') return
    this.#preposition = null
    // "Without looking", "by jumping".
    if (next?.kind === 'verb' && (next.form === 'ing' || next.form === 'participle')) {
      this.#negatesNext = preposition === 'without' || preposition === 'instead of'
      this.#isAdjunct = true
      return
    }
    this.#clause.adverbs.push(preposition)
  }
}

/** What stands between a name and what is said of it: `Max, a dog`. */
const being: VerbGroup = {
  kind: 'verb',
  lemma: 'be',
  said: 'is',
  base: 'be',
  form: 'finite',
  voice: 'active',
  isNegated: false,
  isPast: false,
  isAuxiliary: true,
  particle: null,
  adverbs: [],
}

/** "Leaves with seagulls circling above": who circles is not with who leaves. */
function dropAbsolute({ obliques }: Clause, doers: readonly Nominal[]): void {
  const last = obliques.at(-1)
  if (last?.preposition === 'with' && doers.length === 1 && doers[0] === last.nominal) obliques.pop()
}
