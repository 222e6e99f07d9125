import type { Mention } from '../scene-graph.ts'
import type { Meaning } from './nouns.ts'

/** What a mention is in its clause; `owner` for `her` dog, `part` behind `of`. */
export type Role = 'subject' | 'object' | 'oblique' | 'owner' | 'part'

/** Where and as what somebody is mentioned. */
export interface MentionContext extends Mention {
  readonly role: Role
  /** What it is for those that follow, where that is less: the subject of `he saw that the boy ran`. */
  readonly rank?: Role
  /** What it owns is a subject: "its driver waves". */
  readonly isOwnerOfSubject?: boolean
  /** It owns a part of a body. */
  readonly hasBody?: boolean
  /** Behind a preposition of place: "crawled under it". */
  readonly isWhereabouts?: boolean
  /** It does what things do as well: floats, rolls, falls. */
  readonly isDrifting?: boolean
  /** Where something is: what one goes on about is what is there. */
  readonly isBackground?: boolean
  /** "There is flour on the table": what the text goes on about. */
  readonly isIntroduced?: boolean
  /** It does what becomes of things only: bursts, melts. */
  readonly isBreaking?: boolean
  /** It does something: "it makes its way" is sooner an animal than a path. */
  readonly isDoer?: boolean
}

/** An entity as far as the text has told of it. */
export interface Draft {
  readonly id: string
  readonly name: string
  readonly lemma: string
  readonly head: string
  /** What else it was said to be: a name, `a golden retriever`. */
  readonly aliases: string[]
  readonly count: number
  readonly attributes: string[]
  readonly mentions: Mention[]
  meaning: Meaning
  readonly isProper: boolean
  /** Nothing that is seen as one: an idea, a place. A pronoun may mean it, and then nobody else. */
  readonly isHidden: boolean
  /** `Milk`, not `a tomato`. */
  isMass: boolean
  /** Said with `a` when it was new: what the text goes on about. */
  isNews: boolean
  /** Learned from pronouns too. */
  gender: Meaning['gender']
  acts: boolean
  /** The pronoun that meant it last; a text seldom changes it. */
  spokenOf: 'he' | 'she' | 'it' | null
  /** Named last as that at which another thing is: `hangs on a wall`. */
  isBackground: boolean
  /** "One of them": of several that were named, one is spoken of. */
  isSingled: boolean
  /** It turned into another, and was not mentioned since. */
  isGone: boolean
  /** A pronoun meant it last: the text goes on about it. */
  isTopic: boolean
  sentence: number
  role: Role
  /** Rises with every mention. */
  order: number
}

/** Someone who acts, or did something as if they could. */
export function isCharacter({ acts, meaning }: Draft): boolean {
  return acts || (meaning.isAnimate && !meaning.isLikeness)
}

/** Those who did something together, or to whom it was done. */
export interface Group {
  readonly ids: readonly string[]
  readonly sentence: number
  /** What they were there. */
  readonly role: Role
}
