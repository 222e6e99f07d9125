import type { Clause, Nominal, NounJudge, Slot } from './clause.ts'
import type { Phrase } from './phrases.ts'
import type { VerbGroup } from './verb-groups.ts'
import { ofThings } from './verb-kinds.ts'

/** "Sees grapes hanging": what is seen does it. */
const seeing = /^(?:see|watch|spot|notice|find|hear|observe|show|film|reveal)$/
/** What was read before a participle. */
export interface Surroundings {
  /** The clause that it stands in. */
  readonly clause: Clause
  /** All so far. */
  readonly earlier: readonly Clause[]
  /** The last one with a finite verb. */
  readonly main: Clause | null
  /** The last noun or pronoun, and what it is in the clause. */
  readonly last: Nominal | null
  readonly slot: Slot | null
  /** Behind a preposition: `by jumping`. */
  readonly isAdjunct: boolean
}

/** Who does what a participle without auxiliary says: a noun before it, or the subject. */
export function doersOf(
  verb: VerbGroup,
  previous: Phrase | undefined,
  { clause, earlier, main, last, slot, isAdjunct }: Surroundings,
  judge: NounJudge,
): readonly Nominal[] {
  const { obliques } = clause
  if (isAdjunct) return (main ?? clause).subjects
  const isRightBehind =
    previous?.kind === 'noun' || previous?.kind === 'pronoun' || previous?.kind === 'adverb'
  // "…, with steam trailing behind it".
  const absolute = obliques.at(-1)
  const isAbsolute = isRightBehind && absolute?.preposition === 'with' && absolute.nominal === last
  if (isAbsolute && (absolute.isApart || isHeldBy(absolute.nominal, clause))) return [absolute.nominal]
  if (clause.verb === null) {
    const joined = clause.subjects
    const isAnyoneJoined = joined.some((one) => judge.isAgentive(one))
    const joint = obliques.at(-1)
    // "A cup with steam rising from it".
    if (
      isRightBehind &&
      joint?.preposition === 'with' &&
      joint.nominal === last &&
      (!isAnyoneJoined || ofThings.test(verb.base))
    )
      return [joint.nominal]
    // "Portrait of a fisherman, wearing a cap".
    const shown = obliques.find(
      ({ preposition, nominal }) => preposition === 'of' && judge.isAgentive(nominal),
    )
    if (!isRightBehind && !isAnyoneJoined && shown && verb.form === 'ing') return [shown.nominal]
    // "Old man, white beard, sitting on a jetty".
    if (previous?.kind === 'comma' && joined.length > 0 && !isAnyoneJoined) {
      const someone = earlier.findLast(
        (one) => one.verb === null && one.subjects.some((subject) => judge.isAgentive(subject)),
      )
      if (someone) return someone.subjects
    }
    if (!isRightBehind || obliques.length === 0) return joined
    const near = last
    if (near && (judge.isAgentive(near) || verb.form === 'participle') && !joined.includes(near))
      return [near]
    // "The eyes of a tiger hiding", "a girl in a red dress dancing".
    const agentive = [...obliques.map(({ nominal }) => nominal)]
      .reverse()
      .find((one) => judge.isAgentive(one))
    return joined.some((one) => judge.isAgentive(one)) ? joined : agentive ? [agentive] : joined
  }
  const isAndIng =
    previous?.kind === 'and' && (clause.verb.form === 'ing' || clause.verb.form === 'participle')
  if (isAndIng) return clause.subjects
  const near = last
  if (isRightBehind && near && slot !== null && !judge.isCircumstance(near)) {
    const isOwn =
      judge.isAgentive(near) ||
      verb.form === 'participle' ||
      (slot === 'object' && (seeing.test(clause.verb.base) || ofThings.test(verb.base))) ||
      !clause.subjects.some((one) => judge.isAgentive(one))
    // "Show a man in a raincoat running": the man.
    const holder = obliques.find(({ nominal }) => nominal === near)?.anchor ?? null
    const isHolders =
      holder !== null && verb.form === 'ing' && !judge.isAgentive(near) && judge.isAgentive(holder)
    if (isHolders && !clause.subjects.includes(holder)) return [holder]
    if (isOwn) return [near]
  }
  const owner = previous?.kind === 'comma' || previous?.kind === 'subordinator' ? (main ?? clause) : clause
  // "We found it on a roof, singing".
  const isSeen = previous?.kind === 'comma' && !owner.subjects.some((one) => judge.isAgentive(one))
  const seen = isSeen ? owner.objects.filter((one) => judge.isAgentive(one)) : []
  return seen.length > 0 ? seen : owner.subjects
}

/** "Runs with hair flying behind her": what is with somebody who does something else. */
function isHeldBy(nominal: Nominal, { verb }: Clause): boolean {
  return verb !== null && nominal.kind === 'noun' && /^(?:none|possessive)$/.test(nominal.reference)
}
