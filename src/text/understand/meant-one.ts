import { expectedBonus, fitOf, ownerBonus, type PronounHints, salience, unlikelyCost } from './antecedents.ts'
import type { Draft, MentionContext } from './draft.ts'
import type { Memory } from './memory.ts'

/** Where one animal is he or she, others are too. */
const beastBonus = 1.5

function isBeast({ meaning, gender }: Draft): boolean {
  return meaning.isAnimate && gender === 'none'
}

function isGenderedBeast({ meaning, gender }: Draft): boolean {
  return meaning.isAnimate && meaning.gender === 'none' && gender !== 'none'
}

/** The one that `he`, `she` or `it` means; `[]` if nobody fits, or what is meant is not seen. */
export function meantByOne(
  kind: 'he' | 'she' | 'it',
  context: MentionContext,
  { excluded, owners = [], unlikely = [], expected = [], suits = () => 0 }: PronounHints,
  memory: Memory,
): readonly Draft[] {
  const isFable = kind !== 'it' && memory.recent.some(isGenderedBeast)
  const scored = memory.recent
    .filter(
      (draft) =>
        (draft.count === 1 || (draft.isSingled && (kind !== 'it' || owners.includes(draft.id)))) &&
        !excluded.includes(draft.id),
    )
    .map((draft) => ({ draft, fit: fitOf(draft, kind, context) }))
    .filter(({ fit }) => fit !== null)
    .map(({ draft, fit }) => ({
      draft,
      score:
        (fit ?? 0) +
        (context.hasBody && draft.meaning.isAnimate ? 1.5 : 0) -
        (draft.isHidden ? (draft.meaning.place === 'never' ? 1 : 1.8) : 0) +
        salience(draft, context, memory.now) +
        suits(draft) +
        (isFable && isBeast(draft) ? beastBonus : 0) +
        (owners.includes(draft.id) ? ownerBonus(fit ?? 0) : 0) +
        (expected.includes(draft.id) ? expectedBonus : 0) -
        (unlikely.includes(draft.id) ? unlikelyCost : 0),
    }))
    .sort((a, b) => b.score - a.score)
  const best = scored[0]?.draft
  if (best) return best.isHidden ? [] : [best]
  // "The doll opens her eyes": a thing that is told of as someone.
  const owner = owners.length === 1 ? memory.draft(owners[0] ?? '') : undefined
  if (owner?.count !== 1 || kind === 'it' || owner.meaning.isAnimate) return []
  owner.acts ||= !owner.meaning.isVehicle
  return [owner]
}
