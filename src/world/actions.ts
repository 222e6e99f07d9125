import type { Actor } from './actor.ts'
import { type Medium, mediumOf, type Setting } from './settings.ts'

/** What one actor does by itself. */
export const soloActions = [
  'walk',
  'run',
  'drive',
  'ride',
  'fly',
  'swim',
  'sail',
  'float',
  'jump',
  'spin',
  'dance',
  'bounce',
  'stand',
  'rise',
  'fall',
  'grow',
  'shrink',
  'circle',
  'enter',
  'leave',
  'approach',
  'recede',
  'turn',
  'shake',
  'cartwheel',
  'juggle',
  'appear',
  'disappear',
  'sleep',
  'surf',
  'row',
  'ski',
  'lift',
  'meditate',
] as const
export type SoloAction = (typeof soloActions)[number]

/** What one actor does to another. */
export const pairActions = ['chase', 'follow', 'meet', 'jump-over', 'pass'] as const
export type PairAction = (typeof pairActions)[number]

export type ActionName = SoloAction | PairAction

interface ActionRule {
  readonly media: readonly Medium[]
  /** How many times its natural speed the loop runs. */
  readonly tempo: number
  /** Frame widths a second; [0, 0] for what stays in its place. */
  readonly speed: readonly [number, number]
  /** How often it is drawn beside the others. */
  readonly weight: number
}

const everywhere: readonly Medium[] = ['ground', 'air', 'water', 'surface']
const loose: readonly Medium[] = ['ground', 'air', 'water']

export const actionRules: { readonly [Name in ActionName]: ActionRule } = {
  walk: { media: ['ground'], tempo: 1, speed: [0.16, 0.32], weight: 8 },
  run: { media: ['ground'], tempo: 2, speed: [0.4, 0.75], weight: 8 },
  drive: { media: ['ground'], tempo: 1.5, speed: [0.25, 0.75], weight: 14 },
  ride: { media: ['ground'], tempo: 1.5, speed: [0.35, 0.7], weight: 9 },
  fly: { media: ['air'], tempo: 1.6, speed: [0.3, 0.7], weight: 12 },
  swim: { media: ['water', 'surface'], tempo: 1.3, speed: [0.2, 0.55], weight: 12 },
  sail: { media: ['surface'], tempo: 1, speed: [0.15, 0.4], weight: 12 },
  float: { media: ['air', 'water', 'surface'], tempo: 0.8, speed: [0.06, 0.18], weight: 2 },
  jump: { media: ['ground'], tempo: 1.2, speed: [0, 0.45], weight: 4 },
  spin: { media: loose, tempo: 1, speed: [0, 0], weight: 2.5 },
  dance: { media: loose, tempo: 1.6, speed: [0, 0], weight: 2.5 },
  bounce: { media: ['ground'], tempo: 1, speed: [0, 0], weight: 2 },
  stand: { media: everywhere, tempo: 1, speed: [0, 0], weight: 3 },
  rise: { media: loose, tempo: 1, speed: [0.35, 0.7], weight: 2 },
  fall: { media: loose, tempo: 1, speed: [0.35, 0.7], weight: 2 },
  grow: { media: everywhere, tempo: 1, speed: [0, 0], weight: 2 },
  shrink: { media: everywhere, tempo: 1, speed: [0, 0], weight: 2 },
  circle: { media: everywhere, tempo: 1.6, speed: [0.4, 0.7], weight: 2.5 },
  enter: { media: everywhere, tempo: 1.4, speed: [0.4, 0.7], weight: 3 },
  leave: { media: everywhere, tempo: 1.4, speed: [0.4, 0.7], weight: 3 },
  approach: { media: everywhere, tempo: 1.2, speed: [0, 0], weight: 2 },
  recede: { media: everywhere, tempo: 1.2, speed: [0, 0], weight: 2 },
  turn: { media: everywhere, tempo: 1.4, speed: [0.3, 0.55], weight: 2 },
  shake: { media: loose, tempo: 1, speed: [0, 0], weight: 1.2 },
  cartwheel: { media: ['ground'], tempo: 1, speed: [0.25, 0.5], weight: 6 },
  juggle: { media: ['ground'], tempo: 1, speed: [0, 0], weight: 5 },
  appear: { media: everywhere, tempo: 1, speed: [0, 0], weight: 2.5 },
  disappear: { media: everywhere, tempo: 1, speed: [0, 0], weight: 2 },
  sleep: { media: everywhere, tempo: 0.3, speed: [0, 0], weight: 2.5 },
  surf: { media: ['surface'], tempo: 1.2, speed: [0.3, 0.6], weight: 12 },
  row: { media: ['surface'], tempo: 1.2, speed: [0.12, 0.3], weight: 12 },
  ski: { media: ['ground'], tempo: 1.2, speed: [0.35, 0.75], weight: 9 },
  lift: { media: ['ground'], tempo: 1, speed: [0, 0], weight: 5 },
  meditate: { media: ['ground'], tempo: 0.8, speed: [0, 0], weight: 5 },
  chase: { media: everywhere, tempo: 2, speed: [0.35, 0.7], weight: 4 },
  follow: { media: everywhere, tempo: 1.1, speed: [0.15, 0.35], weight: 3 },
  meet: { media: everywhere, tempo: 1.3, speed: [0.3, 0.55], weight: 3 },
  'jump-over': { media: ['ground'], tempo: 1.2, speed: [0.3, 0.6], weight: 2 },
  pass: { media: everywhere, tempo: 1.4, speed: [0.35, 0.65], weight: 2.5 },
}

/** Shown by their own loops only. */
const ownLoop: readonly ActionName[] = [
  'cartwheel',
  'juggle',
  'ride',
  'surf',
  'row',
  'ski',
  'lift',
  'meditate',
]

/** What needs no legs, wings or wheels: for things and faces. */
const inPlace: readonly ActionName[] = [
  'jump',
  'spin',
  'dance',
  'bounce',
  'stand',
  'rise',
  'fall',
  'grow',
  'shrink',
  'shake',
  'appear',
  'disappear',
  'pass',
]

/** What a face does beyond that: it gets about by hopping and rolling. */
const ofFaces: readonly ActionName[] = [
  ...inPlace,
  'enter',
  'leave',
  'approach',
  'recede',
  'chase',
  'follow',
  'meet',
  'turn',
]

/** True where this actor can be seen to do that there. */
export function canDo(actor: Actor, action: ActionName, setting: Setting): boolean {
  const medium = mediumOf(actor, setting)
  if (!medium || !actionRules[action].media.includes(medium)) return false
  if (action === 'ski' && !isSnowy(setting)) return false
  if (actor.only) return actor.only.includes(action)
  const kind = actor.kinds[0]
  if (kind === 'thing') return inPlace.includes(action)
  if (kind === 'face') return ofFaces.includes(action)
  if (ownLoop.includes(action)) return false
  if (action === 'sleep') return (kind === 'walks' || kind === 'person') && medium === 'ground'
  if (action === 'drive') return kind === 'drives'
  if (action === 'sail') return kind === 'sails'
  if (action === 'swim') return medium === 'water' || kind !== 'sails'
  if (action === 'fly') return kind === 'flies'
  if (action === 'float') return kind === 'floats' || setting.name === 'space' || medium === 'surface'
  if (action === 'walk' || action === 'run') return kind === 'walks' || kind === 'person'
  return true
}

function isSnowy({ name }: Setting): boolean {
  return name === 'mountains' || name === 'ice'
}

/** True where the actor may be the one to whom that is done: it must get about, or stand, as the action asks. */
export function canBear(actor: Actor, action: PairAction, setting: Setting): boolean {
  if (action === 'jump-over' || action === 'pass') return canDo(actor, 'stand', setting)
  return canDo(actor, action, setting)
}
