import type { WordNet } from '../wordnet/wordnet.ts'
import type { Read } from './noun-phrases.ts'
import type { Phrase } from './phrases.ts'
import type { Tag, Word } from './tags.ts'
import { ofThings } from './verb-kinds.ts'

/** A verb with its auxiliaries, `not` and particle. */
export interface VerbGroup {
  readonly kind: 'verb'
  /** With the particle where that changes what is done: `take off`. */
  readonly lemma: string
  /** The form as said: `taken`. */
  readonly said: string
  /** The verb by itself: `take`. */
  readonly base: string
  readonly form: 'finite' | 'ing' | 'participle' | 'infinitive' | 'imperative'
  readonly voice: 'active' | 'passive'
  readonly isNegated: boolean
  /** In the past tense, which looks like the participle: `caught`. */
  readonly isPast: boolean
  /** `Be`, `have` with nothing behind them. */
  readonly isAuxiliary: boolean
  /** Which way, from a particle: `looks up`. */
  readonly particle: string | null
  /** Adverbs between the auxiliary and the verb, or right before it. */
  readonly adverbs: readonly string[]
  /** Where the form stands in the text. */
  readonly start: number
}

const auxiliaries = new Set<Tag>(['be', 'have', 'modal', 'not', 'to', 'adverb'])
const mainVerbs = new Set<Tag>(['verbs', 'base', 'past', 'ing', 'participle'])

/** Reads the verb group that starts the words; null if none does. */
export function readVerbGroup(
  words: readonly Word[],
  previous: Phrase | undefined,
  wordnet: WordNet,
): Read<VerbGroup> | null {
  let length = 0
  const before: Word[] = []
  for (;;) {
    const word = words[length]
    if (!word || !auxiliaries.has(word.tag)) break
    before.push(word)
    length++
  }
  const last = before.findLast(({ tag }) => tag === 'be' || tag === 'have' || tag === 'modal' || tag === 'to')
  const main = words[length]
  const isNegated = before.some(({ tag }) => tag === 'not')
  const adverbs = before.filter(({ tag }) => tag === 'adverb').map(({ lower }) => lower)
  const isVerb =
    main !== undefined &&
    mainVerbs.has(main.tag) &&
    (isVerbHere(main, words[length + 1], last, previous) || isHeading(words.slice(length), previous, wordnet))
  if (main && isVerb) {
    const isPassive = main.tag === 'participle' && (last === undefined || last.tag === 'be')
    const [lemma, particle, taken] = readParticle(words.slice(length), main, wordnet)
    const group: VerbGroup = {
      kind: 'verb',
      lemma,
      said: main.lower,
      base: main.lemma,
      form: formOf(main, last, before, previous),
      voice: isPassive ? 'passive' : 'active',
      isNegated,
      isPast: main.tag === 'past' && last === undefined,
      isAuxiliary: false,
      particle,
      adverbs,
      start: main.start,
    }
    return [group, length + 1 + taken]
  }
  // Adverbs and "to" by themselves are no verb; "is" and "has" are.
  if (!last || last.tag === 'to') return null
  const at = before.lastIndexOf(last)
  return [
    {
      kind: 'verb',
      lemma: last.lemma,
      said: last.lower,
      base: last.lemma,
      form: 'finite',
      voice: 'active',
      isNegated,
      isPast: false,
      isAuxiliary: true,
      particle: null,
      adverbs: before.slice(0, at).flatMap(({ tag, lower }) => (tag === 'adverb' ? [lower] : [])),
      start: last.start,
    },
    // What stands behind the auxiliary (adverbs) is read by itself.
    Math.max(
      at,
      before.findLastIndex(({ tag }) => tag === 'not'),
    ) + 1,
  ]
}

/** Whether a participle is a verb here, and does not describe the noun behind it: `a running dog`. */
function isVerbHere(
  main: Word,
  next: Word | undefined,
  last: Word | undefined,
  previous: Phrase | undefined,
): boolean {
  if (main.tag !== 'ing' && main.tag !== 'participle') return true
  if (last?.tag === 'be' || last?.tag === 'have') return true
  const isBeforeNoun = next?.tag === 'noun' || next?.tag === 'nouns' || next?.tag === 'adj'
  if (!isBeforeNoun) return true
  // "A man eating noodles", "sits reading books"; but "melted cheese drips", "with glowing eyes".
  const follows = previous?.kind === 'noun' || previous?.kind === 'pronoun' || previous?.kind === 'verb'
  return (
    follows ||
    (main.tag === 'ing' &&
      (previous?.kind === 'comma' ||
        previous?.kind === 'and' ||
        previous?.kind === 'subordinator' ||
        previous?.kind === 'adverb'))
  )
}

/** "Baking bread with grandma": what is done, and no bread that bakes; but "melting ice drips". */
function isHeading(words: readonly Word[], previous: Phrase | undefined, wordnet: WordNet): boolean {
  const [main, noun] = words
  if (main?.tag !== 'ing' || !noun || (previous !== undefined && previous.kind !== 'stop')) return false
  const end = words.findIndex(({ tag }) => tag === 'stop')
  const rest = words.slice(1, end < 0 ? words.length : end)
  if (rest.some(({ tag }) => tag === 'verbs' || tag === 'base' || tag === 'past' || tag === 'be'))
    return false
  const senses = wordnet.verb(main.lemma)
  const [kind = 'x'] = wordnet.noun(noun.lemma)?.classes ?? []
  const isDoer = 'mfpaig'.includes(kind) && senses?.standsAlone !== false
  return senses?.takesObject === true && !isDoer && !ofThings.test(main.lemma)
}

function formOf(
  main: Word,
  last: Word | undefined,
  before: readonly Word[],
  previous: Phrase | undefined,
): VerbGroup['form'] {
  if (last && last.tag !== 'to')
    return before.some(({ lower, tag }) => tag === 'be' && lower === 'being') && before.length === 1
      ? 'participle'
      : 'finite'
  if (last?.tag === 'to') return 'infinitive'
  if (main.tag === 'ing') return 'ing'
  if (main.tag === 'participle') return 'participle'
  const isFirst = previous === undefined || previous.kind === 'stop'
  return main.tag === 'base' && isFirst ? 'imperative' : 'finite'
}

const particles = new Set([
  'up',
  'down',
  'off',
  'on',
  'out',
  'in',
  'over',
  'away',
  'back',
  'around',
  'apart',
  'together',
  'round',
  'through',
  'along',
  'past',
  'by',
  'forward',
  'across',
  'under',
  'about',
])
/** Particles that take their object behind them: `blows out the candles`, `puts on his hat`. */
const transitive =
  /^(?:pick up|put (?:on|down|away|out|up)|take (?:off|out|down|apart|away)|blow (?:out|up|away)|knock (?:over|down|out)|turn (?:on|off|over)|switch (?:on|off)|throw (?:away|out)|give (?:up|away|out|back)|wake up|set (?:up|off)|pull (?:out|up|down|off|on)|cut (?:down|off|out|up)|light up|clean up|wipe off|hold (?:up|out)|lift up|open up|tear (?:up|down|apart|off)|fill up|eat up|drink up|hang up|wash (?:up|off)|carry out|hand out|bring (?:in|back|up)|dig up|wrap up|push over|chop down|burn down|break (?:off|down)|build up|call up|tie up|lock up|clear away|roll (?:up|out)|warm up|sweep up|try on|send (?:off|out)|let (?:out|in)|pour out|drop off|point out|show off|stir up|cover up|shake off|kick off|scoop up|gather up|lay down|peel off|spread out)$/

/** A particle right behind the verb: part of the lemma, or the way. */
function readParticle(
  words: readonly Word[],
  main: Word,
  wordnet: WordNet,
): readonly [lemma: string, particle: string | null, taken: number] {
  const [, next, after] = words
  // "Lets go of it".
  if (next?.tag === 'base' && wordnet.verb(`${main.lemma} ${next.lower}`) !== null)
    return [`${main.lemma} ${next.lower}`, null, 1]
  if (!next || !particles.has(next.lower) || (next.tag !== 'prep' && next.tag !== 'adverb'))
    return [main.lemma, null, 0]
  const phrasal = `${main.lemma} ${next.lower}`
  const isFree = !after || !startsNoun(after)
  if (/^(?:keep|go|carry) on$/.test(phrasal) && after?.tag === 'ing') return [phrasal, null, 1]
  if (!isFree) {
    // "Throws in a coin": a verb that cannot stand without its object.
    const isBound =
      next.lower !== 'on' && wordnet.verb(phrasal) !== null && wordnet.verb(main.lemma)?.standsAlone === false
    return transitive.test(phrasal) || isBound ? [phrasal, null, 1] : [main.lemma, null, 0]
  }
  if (next.lower === 'out' && after?.lower === 'of') return [main.lemma, null, 0]
  return changesMeaning(main.lemma, next.lower, wordnet) ? [phrasal, null, 1] : [main.lemma, next.lower, 1]
}

/**
 * Whether verb and particle together are another verb (`take off`, `wake up`), by WordNet; with verbs of motion,
 * looking and standing the particle tells only which way.
 */
export function changesMeaning(verb: string, particle: string, wordnet: WordNet): boolean {
  if (wordnet.verb(`${verb} ${particle}`) === null) return false
  if (
    /^(?:sit|stand|lie|kneel|crouch|hang|lean|bend|bow|smile|shine|shout|call|point|reach|grow|stretch|lift|hold)$/.test(
      verb,
    )
  )
    return false
  const [first] = wordnet.verb(verb)?.classes ?? []
  // "Look on" is watching, "look up" a way to look.
  return first !== 'm' && (first !== 'p' || particle === 'on')
}

function startsNoun({ tag }: Word): boolean {
  return ['det', 'num', 'adj', 'noun', 'nouns', 'name', 'pron', 'prons', 'ing'].includes(tag)
}
