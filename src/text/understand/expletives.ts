import type { Clause, Nominal } from './clause.ts'
import type { NounPhrase, Pronoun } from './noun-phrases.ts'
import type { SceneRole } from './roles.ts'
import { weatherOfAdjective, weatherOfVerb } from './scene-words.ts'

/** The "it" of "it rains" and "it is night" is nobody. */
export function isExpletive(
  pronoun: Pronoun,
  clause: Clause,
  clauses: readonly Clause[],
  roles: ReadonlyMap<NounPhrase, SceneRole>,
): boolean {
  const { lower } = pronoun
  const { verb, objects, complements } = clause
  if (lower !== 'it' || verb === null || !clause.subjects.includes(pronoun)) return false
  if (weatherOfVerb(verb.base) !== null && isNothing(objects, roles)) return true
  if (verb.base === 'happen' || startsWeather(clause, clauses)) return true
  const isBe = verb.isAuxiliary && verb.lemma === 'be'
  const told = objects.some((one) => one.kind === 'noun' && roles.get(one) !== 'entity')
  const isWeather = complements.some(
    (word) => weatherOfAdjective(word) !== null || /^(?:dark|cold|late|early|hot|warm)$/.test(word),
  )
  return isBe && (told || isWeather)
}

/** "It starts to rain". */
function startsWeather({ isContinued, subjects }: Clause, clauses: readonly Clause[]): boolean {
  const next = clauses.find(
    (other) =>
      other.subjects[0] === subjects[0] && other.verb !== null && weatherOfVerb(other.verb.base) !== null,
  )
  return isContinued && next !== undefined
}

/** "It rained all night". */
function isNothing(objects: readonly Nominal[], roles: ReadonlyMap<NounPhrase, SceneRole>): boolean {
  return objects.every((one) => one.kind === 'noun' && roles.get(one) !== 'entity')
}
