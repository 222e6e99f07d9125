import { seasonOf, timeOf } from './scene-words.ts'
import { isAuxiliary, isFiniteTag, isNominal, type Tag } from './tags.ts'
import type { Reading } from './word-forms.ts'

/** What is carried from word to word beside the last tag. */
export interface TagState {
  readonly tag: Tag
  /** The article of the open noun phrase asks for one or for several. */
  readonly open: 'one' | 'many' | 'any'
  /** An article or a preposition waits for its noun. */
  readonly needsNoun: boolean
  readonly hasVerb: boolean
  readonly subject: 'none' | 'one' | 'many' | 'any'
  /** The open noun phrase stands behind a preposition: it is no subject. */
  readonly isBehindPreposition: boolean
  /** Behind `and` or a comma: the clause before had a verb, and another may follow for the same subject. */
  readonly mayGoOn: boolean
  /**
   * A participle behind a comma says more of the subject, or `a` and somebody (`named` until the noun comes); it is
   * `closed` by the next comma, and the verb may come.
   */
  readonly aside: 'none' | 'named' | 'open' | 'closed'
  /** In a relative clause: the verb of the main clause is still to come. */
  readonly isRelative: boolean
  /** The auxiliary that a verb is still to follow, behind `not` and adverbs too. */
  readonly auxiliary: 'modal' | 'none'
}

/** What is known where a sentence starts. */
export const startState: TagState = {
  tag: 'stop',
  open: 'any',
  needsNoun: false,
  hasVerb: false,
  subject: 'none',
  isBehindPreposition: false,
  mayGoOn: false,
  aside: 'none',
  isRelative: false,
  auxiliary: 'none',
}

/** What may stand inside a noun phrase, behind its article. */
export const insidePhrase = new Set<Tag>([
  'det',
  'num',
  'adj',
  'noun',
  'nouns',
  'name',
  'ing',
  'participle',
  'of',
  'adverb',
])

/** What is known behind one more word. */
export function follow(before: TagState, { tag, lemma, isCollective, isSomeone }: Reading): TagState {
  const { hasVerb, subject, isBehindPreposition, isRelative } = before
  const base: TagState = {
    tag,
    open: 'any',
    needsNoun: before.needsNoun && !isNominal(tag) && insidePhrase.has(tag),
    hasVerb,
    subject,
    isBehindPreposition: isBehindPreposition && insidePhrase.has(tag),
    mayGoOn: before.mayGoOn && (tag === 'adverb' || tag === 'and'),
    aside: asideBehind(before, tag),
    isRelative,
    auxiliary:
      tag === 'modal' || ((tag === 'not' || tag === 'adverb') && before.auxiliary === 'modal')
        ? 'modal'
        : 'none',
  }
  switch (tag) {
    case 'det':
      if (lemma === 'whose')
        return { ...base, needsNoun: true, hasVerb: false, subject: 'none', isRelative: !hasVerb }
      return {
        ...base,
        open: openOf(lemma),
        needsNoun: true,
        isBehindPreposition: before.tag === 'prep',
        // "The captain, a tall woman, studies a map".
        aside: /^an?$/.test(lemma) && opensAside(before) && before.tag === 'comma' ? 'named' : base.aside,
      }
    case 'num':
      return { ...base, open: lemma === 'one' || lemma === '1' ? 'one' : 'many' }
    case 'adj':
    case 'adverb':
      return { ...base, open: before.open }
    case 'noun':
    case 'nouns':
    case 'name':
    case 'pron':
    case 'prons': {
      const number = isCollective ? 'any' : tag === 'nouns' || tag === 'prons' ? 'many' : 'one'
      // "Every spring, crabs leave".
      const isTime = timeOf(lemma) !== null || seasonOf(lemma) !== null
      const isSubject = !isBehindPreposition && !hasVerb && !isTime
      const joined = before.subject !== 'none' && subject === 'any' ? 'any' : number
      return {
        ...base,
        open: before.open,
        subject: isSubject ? joined : subject,
        aside: base.aside === 'named' && isSomeone ? 'open' : base.aside,
      }
    }
    case 'of':
      return { ...base, subject: isBehindPreposition ? subject : 'none' }
    case 'prep':
      // "Thousands of crabs" are crabs, "one of them" is one.
      if (before.tag === 'num' && before.open === 'one' && !hasVerb)
        return { ...base, needsNoun: true, isBehindPreposition: true, subject: 'one' }
      return { ...base, needsNoun: true, isBehindPreposition: before.tag !== 'num' }
    case 'ing':
    case 'participle':
      return before.tag === 'be' || before.tag === 'have'
        ? { ...base, hasVerb: true }
        : { ...base, open: before.open, aside: opensAside(before) ? 'open' : base.aside }
    case 'verbs':
    case 'base':
    case 'past':
      return {
        ...base,
        hasVerb: true,
        // "A bear, followed by cubs, breaks in and tears it": the verb tells how many.
        subject: tag === 'verbs' && subject === 'any' && before.aside === 'closed' ? 'one' : subject,
        isRelative: isRelative && !endsRelative(before, tag),
        aside: isRelative ? base.aside : 'none',
      }
    case 'be':
    case 'have':
      return { ...base, hasVerb: true, isRelative: isRelative && !endsRelative(before, tag) }
    case 'and':
    case 'comma':
      return {
        ...base,
        hasVerb: false,
        subject: hasVerb || before.mayGoOn ? subject : 'any',
        mayGoOn: hasVerb || base.mayGoOn,
        aside: tag === 'comma' && before.aside === 'open' && !hasVerb ? 'closed' : base.aside,
      }
    case 'rel':
      return { ...base, hasVerb: false, isRelative: !hasVerb }
    case 'sub':
    case 'stop':
      return { ...base, hasVerb: false, subject: 'none' }
    default:
      return base
  }
}

function asideBehind({ aside }: TagState, tag: Tag): TagState['aside'] {
  if (aside === 'closed') return tag === 'adverb' ? aside : 'none'
  return aside === 'named' && !insidePhrase.has(tag) ? 'none' : aside
}

/** "A bear, followed by her cubs", "a clown, not wearing his nose". */
function opensAside({ tag, hasVerb, subject, aside }: TagState): boolean {
  return aside === 'none' && (tag === 'comma' || tag === 'not') && !hasVerb && subject !== 'none'
}

function openOf(determiner: string): TagState['open'] {
  if (/^(?:an?|this|that|each|every|another)$/.test(determiner)) return 'one'
  return /^(?:these|those)$/.test(determiner) ? 'many' : 'any'
}

/** "A cat that sleeps wakes", "a letter that he wrote was read": the main verb follows that of the relative clause. */
export function endsRelative({ isRelative, hasVerb, tag: before }: TagState, tag: Tag): boolean {
  return isRelative && hasVerb && !isAuxiliary(before) && (isFiniteTag(tag) || isAuxiliary(tag))
}
