import type { NounPhrase, Pronoun } from './noun-phrases.ts'
import type { VerbGroup } from './verb-groups.ts'

export type Nominal = NounPhrase | Pronoun

/** A noun behind a preposition. */
export interface Oblique {
  readonly preposition: string
  readonly nominal: Nominal
  /** The noun right before the preposition, and what it is in the clause; null behind a verb and at the start. */
  readonly anchor: Nominal | null
  readonly anchorSlot: Slot | null
  /** Behind a comma: `…, with trees in the distance`. */
  readonly isApart: boolean
}

export type Slot = 'subject' | 'object' | 'oblique'

/** A verb with all that belongs to it; without a verb a caption, `a boat under a bridge`. */
export interface Clause {
  verb: VerbGroup | null
  /** Those who do it; in a passive to whom it is done. */
  subjects: Nominal[]
  objects: Nominal[]
  obliques: Oblique[]
  /** Adjectives said of the subject, or of `describes`. */
  complements: string[]
  describes: Nominal | null
  adverbs: string[]
  isNegated: boolean
  /** `There is`: the subject is only there. */
  isExistential: boolean
  /** `While`, `as`, `until`: what it stands behind. */
  subordinator: string | null
  /** Behind its main clause: "he saw that the boy ran". */
  isEmbedded: boolean
  /** Another verb of the same subject completes it: `starts to run`. */
  isContinued: boolean
  /** A participle that starts its sentence: `baking bread`; a subject may still follow. */
  isHeading: boolean
  /** Said of what somebody is with: `…, with steam trailing behind it`. */
  isAbsolute: boolean
  /** Of whom `who` says this. */
  person: Nominal | null
}

/** What the reader needs to know of nouns. */
export interface NounJudge {
  /** Someone or something that does things: people, animals, vehicles. */
  isAgentive(nominal: Nominal): boolean
  /** One who is spoken of as `who` before an animal or a vehicle is. */
  isPerson(nominal: Nominal): boolean
  /** A time, weather or season. */
  isCircumstance(nominal: Nominal): boolean
  /** Whether a verb tells what somebody says, thinks or perceives. */
  isReporting(verb: string): boolean
}

/** A clause of which only the subjects are known. */
export function emptyClause(subjects: readonly Nominal[] = []): Clause {
  return {
    verb: null,
    subjects: [...subjects],
    objects: [],
    obliques: [],
    complements: [],
    describes: null,
    adverbs: [],
    isNegated: false,
    isExistential: false,
    subordinator: null,
    isEmbedded: false,
    isContinued: false,
    isHeading: false,
    isAbsolute: false,
    person: null,
  }
}

/** Whether anything was said in a clause. */
export function hasContent({ verb, subjects, obliques, objects, complements, adverbs }: Clause): boolean {
  return verb !== null || [subjects, obliques, objects, complements, adverbs].some((part) => part.length > 0)
}
