import type { Clause, Nominal, Slot } from './clause.ts'
import type { NounPhrase } from './noun-phrases.ts'

/** Where a noun stands in its clause. */
export interface Standing {
  readonly clause: Clause
  readonly slot: Slot
  readonly preposition: string | null
  /** The noun that its preposition follows. */
  readonly anchor: Nominal | null
}

export interface Occurrence {
  readonly nominal: Nominal
  readonly standing: Standing
}

/** The nouns and pronouns of a sentence, each where it stands first, in the order of the text. */
export function inOrder(clauses: readonly Clause[]): Occurrence[] {
  const seen = new Set<Nominal>()
  return clauses
    .flatMap(occurrencesIn)
    .filter(({ nominal }) => !seen.has(nominal) && seen.add(nominal) !== undefined)
    .sort((a, b) => a.nominal.start - b.nominal.start)
}

/** The nouns and pronouns of a clause, and where each of them stands. */
function occurrencesIn(clause: Clause): Occurrence[] {
  const bare = (nominals: readonly Nominal[], slot: 'subject' | 'object'): Occurrence[] =>
    nominals.map((nominal) => ({ nominal, standing: { clause, slot, preposition: null, anchor: null } }))
  return [
    ...bare(clause.subjects, 'subject'),
    ...bare(clause.objects, 'object'),
    ...clause.obliques.map(
      ({ nominal, preposition, anchor }): Occurrence => ({
        nominal,
        standing: { clause, slot: 'oblique', preposition, anchor },
      }),
    ),
  ]
}

/** `Your own kitchen` → `kitchen`. */
export function placeName({ name }: NounPhrase): string {
  return name.replace(/^own /, '')
}
