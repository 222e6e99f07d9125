import type { DraftShot } from './draft-shots.ts'
import { writeView } from './shot-prompt.ts'
import type { ActionClass } from './verb-classes.ts'

/** A shot that the text does not tell and that could stand in the story. */
export interface AddedShot {
  /** The index of the text's shot that it stands before (`gap` 0 … n; n is the end). */
  readonly gap: number
  readonly kind: 'establishing' | 'reaction' | 'detail' | 'closing'
  readonly draft: DraftShot
}

/** What the planner may put between a story's shots. */
export interface AddedShotMaterial {
  readonly drafts: readonly DraftShot[]
  readonly isCharacter: (id: string) => boolean
  readonly mainCast: readonly string[]
}

/** Where the story plays, with its main character far off: what comes before the first event. */
export function establishingShot(
  drafts: readonly DraftShot[],
  mainCast: readonly string[],
): AddedShot | null {
  const [first] = drafts
  if (!first || first.view === 'place') return null
  const who = mainCast.find((id) => first.cast.includes(id)) ?? first.cast[0]
  const cast = who === undefined ? mainCast.slice(0, 1) : [who]
  return { gap: 0, kind: 'establishing', draft: viewOf(first, cast, 'place', 'show') }
}

/** A last look from far off. */
export function closingShot(drafts: readonly DraftShot[]): AddedShot | null {
  const last = drafts.at(-1)
  if (!last || last.view === 'place') return null
  return { gap: drafts.length, kind: 'closing', draft: viewOf(last, last.cast.slice(0, 2), 'place', 'rest') }
}

/**
 * All shots that could be put in, the most useful first: the establishing one, the last look, the answer to the
 * climax, each new place, then answers and details where the tension is highest. Two never say the same in one gap.
 * @param climax index of the shot of most tension
 */
export function addableShots(
  { drafts, isCharacter, mainCast }: AddedShotMaterial,
  climax: number,
): AddedShot[] {
  const opening = establishingShot(drafts, mainCast)
  const byTension = drafts
    .map(({ emotion }, i) => ({ i, tension: emotion.tension + (i === climax ? 1 : 0) }))
    .sort((a, b) => b.tension - a.tension || a.i - b.i)
    .map(({ i }) => i)
  const places = drafts.flatMap((draft, i) =>
    i > 0 && draft.view !== 'place' && draft.setting.place !== drafts[i - 1]?.setting.place
      ? [
          {
            gap: i,
            kind: 'establishing' as const,
            draft: viewOf(draft, draft.cast.slice(0, 1), 'place', 'show'),
          },
        ]
      : [],
  )
  const reactions = byTension.flatMap((i) => reactionTo(drafts, i, isCharacter))
  const details = byTension.flatMap((i) => detailOf(drafts, i, isCharacter))
  const ending = closingShot(drafts)
  const closing = ending ? [ending] : []
  const [first, ...others] = reactions
  const all = [
    ...(opening ? [opening] : []),
    ...closing,
    ...(first ? [first] : []),
    ...places,
    ...interleaved(others, details),
  ]
  const seen = new Set(drafts.map(({ prompt }) => prompt))
  return all.filter(({ gap, draft }) => {
    const key = `${gap} ${draft.prompt}`
    const isNew = !seen.has(key) && !seen.has(draft.prompt)
    seen.add(key)
    return isNew
  })
}

function interleaved<T>(a: readonly T[], b: readonly T[]): T[] {
  return Array.from({ length: Math.max(a.length, b.length) }, (_, i) => [a[i], b[i]])
    .flat()
    .filter((one) => one !== undefined)
}

/** The face of someone to whom something was done, or who did it. */
function reactionTo(
  drafts: readonly DraftShot[],
  i: number,
  isCharacter: (id: string) => boolean,
): AddedShot[] {
  const draft = drafts[i]
  if (draft?.view !== 'event') return []
  const actions = draft.beats.flatMap(({ clauses }) => clauses.map(({ action }) => action))
  const doneTo = actions.flatMap(({ patients }) => patients)
  const who = [...doneTo, ...draft.cast].find((id) => isCharacter(id) && draft.descriptions.has(id))
  if (who === undefined) return []
  const { valence } = draft.emotion
  const isPlural = draft.descriptions.get(who)?.isPlural === true
  const [pose, actionClass]: readonly [string, ActionClass] =
    valence > 0.25
      ? [isPlural ? 'smile' : 'smiles', 'joy']
      : valence < -0.25
        ? [isPlural ? 'look afraid' : 'looks afraid', 'danger']
        : [isPlural ? 'look up' : 'looks up', 'look']
  return [{ gap: i + 1, kind: 'reaction', draft: viewOf(draft, [who], 'detail', actionClass, pose) }]
}

/** A thing that plays a part, from near. */
function detailOf(
  drafts: readonly DraftShot[],
  i: number,
  isCharacter: (id: string) => boolean,
): AddedShot[] {
  const draft = drafts[i]
  const thing = draft?.cast.find((id) => !isCharacter(id))
  if (draft?.view !== 'event' || thing === undefined) return []
  return [{ gap: i, kind: 'detail', draft: viewOf(draft, [thing], 'detail', 'show') }]
}

function viewOf(
  like: DraftShot,
  cast: readonly string[],
  view: DraftShot['view'],
  actionClass: ActionClass,
  pose = '',
): DraftShot {
  const { prompt, cast: named } = writeView(cast, like.descriptions, like.setting, pose)
  const share = view === 'detail' ? 0.85 : 0.5
  return {
    ...like,
    beats: [],
    prompt,
    cast: named,
    view,
    emotion: { tension: share * like.emotion.tension, valence: share * like.emotion.valence, actionClass },
  }
}
