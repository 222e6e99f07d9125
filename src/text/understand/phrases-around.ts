import type { Clause, NounJudge } from './clause.ts'
import type { NounPhrase } from './noun-phrases.ts'
import type { Phrase } from './phrases.ts'
import type { VerbGroup } from './verb-groups.ts'

// What stands around a phrase, and what follows from it for its clause. `index` is that of the phrase itself.

type Phrases = readonly Phrase[]

/** Verbs that stand before their subject behind what is said. */
export const saying =
  /^(?:say|ask|cry|reply|answer|shout|whisper|call|think|growl|roar|laugh|sigh|mutter|exclaim|yell|scream|squeak|croak|hiss|bark|announce|declare|explain|warn|beg|plead|sob|giggle|murmur|grumble|bellow|squeal|gasp|chuckle|demand|wonder)$/
/** Verbs that tell how somebody or something is there. */
export const posture = /^(?:lie|sit|stand|hang|lean|sleep|remain|stay|seem|look|appear)$/
/** How far a noun phrase may stand from its verb. */
const reach = 14

/** Whether an `and` ends the list that goes on here. */
export function isList(phrases: Phrases, index: number): boolean {
  for (let at = index + 1; at < Math.min(phrases.length, index + reach); at++) {
    const phrase = phrases[at]
    if (phrase?.kind === 'and') return true
    if (phrase?.kind !== 'noun' && phrase?.kind !== 'comma') return false
  }
  return false
}

/** Whether `and` and a verb end the list of verbs that goes on here. */
export function isVerbList(phrases: Phrases, index: number): boolean {
  for (let at = index + 1; at < Math.min(phrases.length, index + reach); at++) {
    const kind = phrases[at]?.kind
    if (kind === 'and') {
      let next = at + 1
      while (phrases[next]?.kind === 'adverb') next++
      if (phrases[next]?.kind === 'verb') return true
    }
    if (kind === 'stop' || kind === 'relative' || kind === 'subordinator') return false
  }
  return false
}

/** The verb behind a noun and what belongs to it. */
export function verbAhead(phrases: Phrases, index: number, isJoined: boolean): VerbGroup | null {
  const end = Math.min(phrases.length, index + reach)
  for (let at = index + 1; at < end; at++) {
    const phrase = phrases[at]
    if (phrase?.kind === 'verb') return phrase
    const isSkipped =
      phrase?.kind === 'adverb' ||
      phrase?.kind === 'preposition' ||
      (isJoined && phrase?.kind === 'and') ||
      ((phrase?.kind === 'noun' || phrase?.kind === 'pronoun') &&
        /^(?:preposition|and)$/.test(phrases[at - 1]?.kind ?? ''))
    if (!isSkipped) return null
  }
  return null
}

/** What stands before the preposition that was just read. */
export function beforePreposition(
  phrases: Phrases,
  previous: Phrase | undefined,
): 'noun' | 'comma' | 'other' {
  const at = previous ? phrases.lastIndexOf(previous) : -1
  let index = at
  while (phrases[index]?.kind === 'preposition') index--
  const kind = phrases[index]?.kind
  if (kind === 'comma') return 'comma'
  return kind === 'noun' || kind === 'pronoun' ? 'noun' : 'other'
}

/** "Max, a golden retriever, runs": whom a noun between commas says more of; null if it is somebody else. */
export function sameAs(
  phrases: Phrases,
  index: number,
  { verb }: Clause,
  judge: NounJudge,
): NounPhrase | null {
  const [named, nominal] = [phrases[index - 2], phrases[index]]
  if (named?.kind !== 'noun' || nominal?.kind !== 'noun') return null
  // "Otto, the robot that never sleeps", "the lion, king of the beasts".
  const of = phrases[index + 1]
  const isRank = nominal.reference === 'none' && of?.kind === 'preposition' && of.text === 'of'
  // "Her neighbour, Mr. Jones, grows cabbages".
  const isName =
    nominal.isProper && !named.isProper && nominal.reference === 'none' && named.reference !== 'none'
  const isKind =
    isName || nominal.reference === 'indefinite' || (named.isProper && nominal.reference === 'definite')
  const isAlike =
    (isKind || isRank) &&
    !named.isPlural &&
    !nominal.isPlural &&
    // What a name is, only the noun tells.
    (named.isProper || judge.isAgentive(named) === judge.isAgentive(nominal)) &&
    !judge.isCircumstance(named) &&
    !judge.isCircumstance(nominal)
  if (!isAlike) return null
  let at = index + 1
  while (/^(?:preposition|noun|adjective)$/.test(phrases[at]?.kind ?? '')) at++
  const next = phrases[at]
  if (next?.kind === 'comma') {
    // A list goes on with a noun.
    const after = phrases[at + 1]
    const goesOn = (after?.kind === 'verb' && after.form === 'finite') || after?.kind === 'relative'
    // "Asks her apprentice, a tall man, for a wrench".
    return goesOn || (verb !== null && after?.kind === 'preposition') ? named : null
  }
  const isEnd = next === undefined || next.kind === 'stop' || next.kind === 'relative'
  return isEnd && verb !== null ? named : null
}

/** "And to the left of it stands a candle". */
export function isInverted(phrases: Phrases, index: number, { verb, obliques }: Clause): boolean {
  const [said, previous] = [phrases[index], phrases[index - 1]]
  if (previous?.kind !== 'noun' && previous?.kind !== 'pronoun') return false
  const joint = phrases[index - 3]?.kind
  return (
    verb !== null &&
    obliques.at(-1)?.nominal === previous &&
    (joint === 'and' || joint === 'comma') &&
    said?.kind === 'verb' &&
    posture.test(said.base) &&
    phrases[index + 1]?.kind === 'noun'
  )
}

/** '"…," said the tortoise': the speaker follows. */
export function isSaidBehind(phrases: Phrases, index: number, judge: NounJudge): boolean {
  const [previous, verb, next] = [phrases[index - 1], phrases[index], phrases[index + 1]]
  const isNominal = next?.kind === 'noun' || next?.kind === 'pronoun'
  // '"May I come?" asked the cloud'.
  const isLast = /^(?:stop|comma|and|undefined)$/.test(phrases[index + 2]?.kind ?? 'undefined')
  const isSpeaker = isNominal && (judge.isAgentive(next) || isLast)
  const isBehindSpeech = previous === undefined || previous.kind === 'comma' || previous.kind === 'stop'
  return verb?.kind === 'verb' && saying.test(verb.base) && isBehindSpeech && isSpeaker
}

/** Whether things stand before the verb, and nothing behind it that they could do it to. */
export function isDoneTo(phrases: Phrases, index: number, { subjects }: Clause, judge: NounJudge): boolean {
  const next = phrases[index + 1]?.kind
  const isBare = next === undefined || next === 'preposition' || next === 'comma' || next === 'stop'
  return isBare && subjects.length > 0 && !subjects.some((one) => judge.isAgentive(one))
}
