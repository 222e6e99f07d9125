import { expectedBonus, type PronounHints, salience, unlikelyCost } from './antecedents.ts'
import { type Draft, isCharacter, type MentionContext } from './draft.ts'
import type { Memory } from './memory.ts'

/** Those that `they` means: several of a kind, those who last did something together, or all who are there. */
export function meantByMany(
  context: MentionContext,
  { excluded, owners = [], unlikely = [], expected = [], suits = () => 0 }: PronounHints,
  memory: Memory,
): readonly Draft[] {
  const isAmong = (ids: readonly string[], others: readonly string[]): boolean =>
    ids.some((id) => others.includes(id))
  const hinted = (ids: readonly string[]): number =>
    (isAmong(ids, expected) ? expectedBonus : 0) - (isAmong(ids, unlikely) ? unlikelyCost : 0)
  const isFree = (ids: readonly string[]): boolean => !ids.some((id) => excluded.includes(id))
  const many = memory.recent
    .filter((draft) => !draft.isHidden && (draft.count > 1 || draft.meaning.isGroup) && isFree([draft.id]))
    .map((draft) => ({
      ids: [draft.id] as readonly string[],
      score:
        salience(draft, context, memory.now) +
        animacy(draft, context) +
        hinted([draft.id]) +
        suits(draft) +
        (owners.includes(draft.id) ? 2.5 : 0),
    }))
  const groups = memory.groups
    .filter(({ ids }) => isFree(ids))
    .map(({ ids, sentence, role }) => {
      const isOwner = owners.length === ids.length && ids.every((id) => owners.includes(id))
      const distance = Math.min(3, context.sentence - sentence)
      const own = role === 'subject' ? 4.6 : 4
      return { ids, score: own - 2 * distance + (isOwner ? 2.5 : 0) + hinted(ids) }
    })
  const [best] = [...many, ...groups].sort((a, b) => b.score - a.score)
  const bestDrafts = (best?.ids ?? []).flatMap((id) => memory.draft(id) ?? [])
  const isSomebody = bestDrafts.some(
    ({ meaning, sentence }) => meaning.isAnimate && sentence >= context.sentence - 1,
  )
  // "Mushrooms grow on both sides, and fireflies dance above them".
  const isHere =
    /^(?:object|oblique)$/.test(context.role) &&
    bestDrafts.some(({ sentence }) => sentence === context.sentence)
  if (best && best.score > (isSomebody || isHere ? 0 : 1)) return bestDrafts
  const near = allNear(context, memory).filter(({ id }) => isFree([id]) && !unlikely.includes(id))
  if (near.length > 1) return near.sort((a, b) => a.order - b.order)
  const things = thingsNear(context, memory).filter(({ id }) => isFree([id]) && !unlikely.includes(id))
  if (!best && !context.isDoer && things.length === 2) return things.sort((a, b) => a.order - b.order)
  // "They walk": no mirrors do.
  const isUnfit = context.isDoer && bestDrafts.every(({ meaning, acts }) => !meaning.isAnimate && !acts)
  return best && (best.score > 0 || !isUnfit) ? bestDrafts : []
}

/** "He showed it to his daughter, and they laughed": all who were there a moment ago. */
function allNear({ sentence }: MentionContext, memory: Memory): Draft[] {
  const recent = memory.recent
  const latest = Math.max(...recent.filter(isCharacter).map((draft) => draft.sentence))
  const since = Math.min(sentence - 1, latest)
  return recent.filter((draft) => draft.meaning.isAnimate && !draft.isGone && draft.sentence >= since)
}

/** "An apple lies left of a pear, and a knife in front of them": the only two that were told of a moment ago. */
function thingsNear({ sentence }: MentionContext, memory: Memory): Draft[] {
  return memory.recent.filter(
    (draft) => !draft.isHidden && !draft.isGone && draft.count === 1 && draft.sentence >= sentence - 1,
  )
}

/** How much sooner "they" are those who act: behind a verb things are meant nearly as often. */
function animacy({ meaning, acts }: Draft, { role, hasBody, isDoer, isDrifting }: MentionContext): number {
  // "They let the balloons go, and they float".
  if (isDrifting) return meaning.isAnimate ? 0 : 1
  if (isDoer && !meaning.isAnimate && !meaning.isVehicle && !acts) return -1.5
  if (!meaning.isAnimate) return hasBody ? -3 : meaning.isBodyPart ? -1.5 : 0
  return role === 'subject' || role === 'owner' ? 1.5 : 1
}
