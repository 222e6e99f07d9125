import type { DraftShot } from './draft-shots.ts'
import { actionClasses } from './verb-classes.ts'

/** What the arc network sees of a shot, in order; each number is scaled so that it usually varies by about 1. */
const plainFeatures = [
  { name: 'tension', scale: 5 },
  { name: 'valence', scale: 4 },
  { name: 'position', scale: 3.5 },
  { name: 'newCast', scale: 2.5 },
  { name: 'keptCast', scale: 2.5 },
  { name: 'castSize', scale: 4 },
  { name: 'placeChange', scale: 3 },
  { name: 'timeChange', scale: 4 },
  { name: 'negated', scale: 3 },
] as const

const classScale = 3

export const shotFeatureNames: readonly string[] = [
  ...plainFeatures.map(({ name }) => name),
  ...actionClasses.map((name) => `class.${name}`),
]

/** Where a shot stands among its neighbours. */
export interface ShotNeighbours {
  /** The shot before; null for the first. */
  readonly before: DraftShot | null
  /** Everyone whom the shots before have shown. */
  readonly known: ReadonlySet<string>
  /** The middle of the shot in the whole, 0 to 1. */
  readonly position: number
}

/** A shot as the arc network's numbers. */
export function shotFeatures(draft: DraftShot, { before, known, position }: ShotNeighbours): number[] {
  const { cast, setting, emotion, beats } = draft
  const share = (count: number): number => count / Math.max(1, cast.length)
  const actions = beats.flatMap(({ clauses }) => clauses.map(({ action }) => action))
  const values: { readonly [Name in (typeof plainFeatures)[number]['name']]: number } = {
    tension: emotion.tension,
    valence: emotion.valence,
    position,
    newCast: share(cast.filter((id) => !known.has(id)).length),
    keptCast: before ? share(cast.filter((id) => before.cast.includes(id)).length) : 0,
    castSize: Math.min(4, cast.length) / 4,
    placeChange: Number(before !== null && before.setting.place !== setting.place),
    timeChange: Number(before !== null && before.setting.time !== setting.time),
    negated: Number(actions.some(({ negated }) => negated)),
  }
  return [
    ...plainFeatures.map(({ name, scale }) => scale * values[name]),
    ...actionClasses.map((name) => (emotion.actionClass === name ? classScale : 0)),
  ]
}

/** A whole story as the arc network's numbers, a row a shot. */
export function storyFeatures(drafts: readonly DraftShot[]): number[][] {
  const known = new Set<string>()
  return drafts.map((draft, i) => {
    const position = (i + 0.5) / drafts.length
    const row = shotFeatures(draft, { before: drafts[i - 1] ?? null, known: new Set(known), position })
    for (const id of draft.cast) known.add(id)
    return row
  })
}
