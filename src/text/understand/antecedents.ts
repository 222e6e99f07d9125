import type { Draft, MentionContext } from './draft.ts'

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
  /** How well the verb that it stands behind is done to it: "eats it". */
  readonly suits?: (draft: Draft) => number
}

/** What its clause says speaks for it: "he thanked her" of one who was given something. */
export const expectedBonus = 2.4
/** Subject and pronoun of a place are seldom the same: "sits next to it". */
export const unlikelyCost = 3.2

/** A baker is he or she sooner than a cat is. */
const personFit = 2.3
/** Nobody is in a bee where there is a bed. */
const whereFit = 1

/** Balloons burst and dogs do not. */
const breakingCost = 2.5

/** A pronoun meant it last: it is what the text is about. */
const topicBonus = 1.3

/** "A poster hangs on a wall. A woman looks at it": what is somewhere is what the sentence is about. */
const backgroundCost = 0.8

/**
 * How much an entity is in a reader’s mind where a pronoun stands.
 * @param now how many mentions there were so far
 */
export function salience(
  draft: Draft,
  { sentence, role, isOwnerOfSubject = false, isWhereabouts = false }: MentionContext,
  now: number,
): number {
  const distance = Math.min(3, sentence - draft.sentence)
  // A pronoun behind the verb takes up what was said last sooner than who acted.
  const own =
    role === 'subject' || role === 'owner'
      ? { subject: 2, object: 1.3, oblique: 0.6, owner: 0.8, part: 0.4 }[draft.role]
      : { subject: 1.1, object: 1.5, oblique: 0.9, owner: 0.8, part: 0.6 }[draft.role]
  // "A clock hangs over a fireplace, and a cat sleeps in front of it": any of the two.
  const isBehindFigure = draft.isBackground && !isWhereabouts && role === 'object'
  const isParallel =
    role === 'subject' || isOwnerOfSubject
      ? draft.role === 'subject'
      : draft.role === 'object' || draft.role === role
  return (
    own +
    (isParallel ? 0.8 : 0) +
    (draft.isNews ? 0.3 : 0) -
    (isBehindFigure ? backgroundCost : 0) +
    (draft.isTopic && distance < 2 ? topicBonus : 0) -
    1.2 * distance +
    0.15 * Math.max(-10, draft.order - now)
  )
}

/** Who owns is sooner the subject, if the pronoun fits it. */
export function ownerBonus(fit: number): number {
  return fit > 0.5 ? 2.5 : fit < 0 ? 0 : 0.8
}

/** `Him` → `he`; null for pronouns of nobody in the scene. */
export function pronounKind(pronoun: string): 'he' | 'she' | 'it' | 'they' | null {
  if (/^(?:he|him|his|himself)$/.test(pronoun)) return 'he'
  if (/^(?:she|her|hers|herself)$/.test(pronoun)) return 'she'
  if (/^(?:it|its|itself)$/.test(pronoun)) return 'it'
  return /^(?:they|them|their|theirs|themselves)$/.test(pronoun) ? 'they' : null
}

/** Things with a face, that stories tell of as of somebody. */
const faces = /^(?:doll|teddy|puppet|marionette|mannequin|scarecrow|statue|toy|figurine)$/

/** How well an entity fits a pronoun; null if it cannot be meant. */
export function fitOf(
  draft: Draft,
  kind: 'he' | 'she' | 'it',
  { isDoer = false, isWhereabouts = false, isBreaking = false }: MentionContext,
): number | null {
  const fit = ownFit(draft, kind, isDoer)
  // A name that is called `it` is sooner a thing's or an animal's that was so before.
  const isNamed = kind === 'it' && draft.isProper && draft.meaning.isAnimate && draft.spokenOf !== 'it'
  // "A peacock spread its tail in front of a crane and mocked her": another.
  const isOther = draft.spokenOf !== null && draft.spokenOf !== kind
  const isPlaced = kind === 'it' && isWhereabouts && !draft.meaning.isAnimate
  const isUnbroken = isBreaking && draft.meaning.isAnimate
  return fit === null
    ? null
    : fit -
        (isUnbroken ? breakingCost : 0) -
        (isOther ? 2 : 0) -
        (isNamed ? 1.5 : 0) +
        (isPlaced ? whereFit : 0)
}

function ownFit(
  { meaning, gender, acts, isMass, isProper, head }: Draft,
  kind: 'he' | 'she' | 'it',
  isDoer: boolean,
): number | null {
  if (kind === 'it') {
    if (gender === 'f' || gender === 'm') return null
    // A baby is an it as well.
    if (gender === 'either' && /^(?:baby|infant|newborn)$/.test(head)) return isDoer ? 2 : 0.3
    if (gender === 'either') return meaning.isAnimate || acts ? -3 : null
    if (meaning.isAnimate) return isDoer ? 2 : 0.6
    return meaning.isBodyPart ? -2.5 : isMass ? -0.5 : acts ? 0.4 : 0
  }
  const own = kind === 'he' ? 'm' : 'f'
  if (gender === own) return 4.5
  if (gender === 'either') return meaning.isGroup ? null : personFit
  // "Tilly the train".
  if (gender === 'none' && isProper) return 1
  if (gender === 'none')
    return meaning.isAnimate ? 0 : acts || meaning.isCelestial || faces.test(head) ? -1 : null
  return null
}
