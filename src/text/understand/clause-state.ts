import { type Clause, emptyClause, type Nominal, type NounJudge, type Oblique, type Slot } from './clause.ts'
import type { Phrase } from './phrases.ts'

/** What has been read of a sentence, while its phrases become clauses one after the other. */
export class ClauseState {
  readonly phrases: readonly Phrase[]
  readonly judge: NounJudge
  readonly clauses: Clause[] = []
  clause: Clause = this.open([])
  /** Index of the phrase that is being read. */
  at = 0
  /** Clauses whose verb is still to come, behind a relative clause or a participle. */
  waiting: Clause[] = []
  /** The last clause with a finite verb: what `and` goes on with. */
  main: Clause | null = null
  /** The last imperative: what "and add it" goes on with behind "until they are soft". */
  imperative: Clause | null = null
  /** Whose relative clause is being read, until its verb. */
  antecedent: Nominal | null = null
  /** `On which`: what stood before the relative pronoun. */
  antecedentPreposition: string | null = null
  inRelative = false
  /** The relative clause stands behind a comma: the next comma ends it, unless a list of verbs goes on. */
  isRelativeApart = false
  /** The last finite clause of the relative clause: what `and` goes on with there. */
  relative: Clause | null = null
  preposition: string | null = null
  slot: Slot | null = null
  /** Preposition and anchor of the last oblique: a noun behind `and` shares them. */
  shared: Omit<Oblique, 'nominal'> | null = null
  last: Nominal | null = null
  /** What the next preposition is said of: `a glass of milk` is a glass. */
  whole: Nominal | null = null
  /** How many obliques the clause had at the last `and` or comma: those behind it may begin the next clause. */
  jointAt = 0
  /** Adverbs that stand before their verb. */
  adverbs: string[] = []
  isThere = false
  /** `Without` stood before the participle that comes. */
  negatesNext = false
  /** A preposition stood before the participle that comes: it is of the subject. */
  isAdjunct = false

  constructor(phrases: readonly Phrase[], judge: NounJudge) {
    this.phrases = phrases
    this.judge = judge
  }

  get phrase(): Phrase | undefined {
    return this.phrases[this.at]
  }

  get previous(): Phrase | undefined {
    return this.phrases[this.at - 1]
  }

  get next(): Phrase | undefined {
    return this.phrases[this.at + 1]
  }

  /** Behind `and` or a comma. */
  get isJoined(): boolean {
    return this.previous?.kind === 'and' || this.previous?.kind === 'comma'
  }

  /** Adds a clause, without going on to it. */
  open(subjects: readonly Nominal[]): Clause {
    const clause = emptyClause(subjects)
    this.clauses.push(clause)
    return clause
  }

  /** Goes on to a new clause. */
  start(subjects: readonly Nominal[]): void {
    this.clause = this.open(subjects)
    this.slot = null
    this.shared = null
    this.preposition = null
    this.last = null
    this.inRelative = false
    this.relative = null
    this.antecedent = null
    this.antecedentPreposition = null
    this.isThere = false
    this.jointAt = 0
  }

  /** Goes on to a new clause that what was said since `from` belongs to: "and next to them a cup". */
  startFronted(subjects: readonly Nominal[], from = this.clause.obliques.length - 1): void {
    const fronted = this.clause.obliques.splice(Math.max(0, from))
    this.start(subjects)
    this.clause.obliques.push(...fronted)
  }
}
