import { type ActionName, pairActions } from './actions.ts'
import type { Looks } from './looks.ts'
import type { Medium, Season, SettingName, TimeOfDay, Weather } from './settings.ts'
import type { CameraMove } from './stage.ts'

/** What a clip shows, before it is put into motion and words. */

export type Build = 'small' | 'usual' | 'big'
export type Pace = 'slow' | 'usual' | 'fast'

/** The facts of one actor: who does what to whom. */
export interface Deed {
  readonly actorId: string
  /** With `looks`: what it is like whatever it does. */
  readonly build: Build
  readonly looks: Looks
  readonly action: ActionName
  readonly pace: Pace
  readonly medium: Medium
  /** Where it goes to; null where it does not travel to a side. */
  readonly direction: 'left' | 'right' | null
  /** Index of the deed's actor to whom it is done, for chase, follow, meet, jump over, pass. */
  readonly target: number | null
}

/** Where the first actor is, seen from the second. */
export const relationNames = ['left-of', 'right-of', 'above', 'behind', 'in-front-of'] as const
export type RelationName = (typeof relationNames)[number]

/** Where and when a clip plays. */
export interface Scene {
  readonly setting: SettingName
  readonly time: TimeOfDay
  readonly season: Season
  readonly weather: Weather
  /** False where it is always summer, and nobody says so. */
  readonly tellsSeason: boolean
}

/** What a caption may tell. Deeds are in the order of the script's actors. */
export interface Facts extends Scene {
  readonly deeds: readonly Deed[]
  readonly camera: CameraMove
  /** Of the first to the second. */
  readonly relation?: RelationName | undefined
  /** All deeds are one: `three birds fly`. */
  readonly isGroup?: boolean | undefined
  /** Indices of those who were told of before: `the dog`. */
  readonly known?: readonly number[] | undefined
}

/** True for what needs two. */
export function isPair(action: ActionName): boolean {
  return (pairActions as readonly string[]).includes(action)
}
