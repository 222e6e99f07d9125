import type { Clause, Nominal } from './clause.ts'
import type { NounPhrase } from './noun-phrases.ts'
import type { Standing } from './standing.ts'
import { breaking, drifting, ofThings, still } from './verb-kinds.ts'

// How the nouns of a clause belong together: the same one, with one another, of another.

/** "Max is a dog", "a girl named Lily": what stands behind the verb is the same as its subject. */
export function isIdentity({ verb }: Clause, { isProper }: NounPhrase): boolean {
  if (verb === null) return false
  if (verb.isAuxiliary) return verb.lemma === 'be'
  return isProper && verb.voice === 'passive' && /^(?:name|call|nickname|christen)$/.test(verb.base)
}

/** "Floats", "rolls down the hill": what things do as well. */
export function isDrift({ verb, objects }: Clause): boolean {
  return verb !== null && objects.length === 0 && (ofThings.test(verb.base) || drifting.test(verb.base))
}

/** "Cracks open", "melts". */
export function isBreaking({ verb, objects }: Clause): boolean {
  return verb !== null && objects.length === 0 && verb.voice === 'active' && breaking.test(verb.base)
}

/** "Takes his hand", "kisses her cheek": that of another. */
export function isHeldByOther({ verb }: Clause, { head }: NounPhrase): boolean {
  return (
    /^(?:take|squeeze|slap|kiss|hold|grab|shake|tug)$/.test(verb?.base ?? '') &&
    /^(?:hand|cheek|forehead|arm)$/.test(head)
  )
}

/** "A leaf clings to a twig": that at which something is, told of the thing that is there. */
export function isBackground({ clause, slot, preposition }: Standing): boolean {
  const { verb, subjects, objects } = clause
  if (slot !== 'oblique' || preposition === null || preposition === 'of' || preposition === 'with')
    return false
  const isThere =
    verb === null ||
    verb.isAuxiliary ||
    still.test(verb.base) ||
    /^(?:cling|stick|perch|float|dangle)$/.test(verb.base)
  return isThere && subjects.length > 0 && objects.length === 0
}

/** "Runs over his nose", "lands on her shoulder": nobody goes over a part of their own body. */
export function isWayOverOther(
  { verb, objects }: Clause,
  preposition: string | null,
  { head }: NounPhrase,
  isMotion: boolean,
): boolean {
  if (verb === null || objects.length > 0 || preposition === null) return false
  if (/^(?:over|across|up|past|along|around|toward)$/.test(preposition))
    return isMotion && !/^(?:trip|stumble|fall)$/.test(verb.base)
  // "Lands on his feet", "falls to her knees", "rolls onto its back".
  const isLimb = /^(?:foot|toe|heel|leg|knee|hand|elbow|back|belly|stomach|side|bottom|head|face|tail)$/.test(
    head,
  )
  return (
    /^(?:on|onto)$/.test(preposition) && !isLimb && (isMotion || /^(?:sit|perch|settle)$/.test(verb.base))
  )
}

/** Whether a noun is what somebody or something is with. */
export function isCompanion({ obliques }: Clause, anchor: Nominal | null): boolean {
  return (
    anchor !== null &&
    obliques.some(({ nominal, preposition }) => nominal === anchor && preposition === 'with')
  )
}

/** Those that stand beside a noun in its slot, joined by `and`. */
export function besides(nominal: Nominal, { clause, slot, preposition }: Standing): readonly Nominal[] {
  if (slot === 'subject') return clause.subjects
  if (slot === 'object') return clause.objects
  const own = clause.obliques.find((one) => one.nominal === nominal)
  const joined = clause.obliques.filter(
    (one) => one.preposition === preposition && one.anchor === own?.anchor,
  )
  return joined.map((one) => one.nominal)
}
