import type { MotionPlan } from '../video/motion-plan.ts'
import type { Caption } from './captions.ts'
import type { Deed, RelationName } from './facts.ts'
import type { Season, SettingName, TimeOfDay, Weather } from './settings.ts'
import type { CameraMove } from './stage.ts'

/** One actor of a clip; `actorId`, `build` and `looks` are its identity. */
export interface ScriptActor extends Deed {
  /** Shadow's y in frame units for each frame; null where it casts none. */
  readonly shadows: readonly (number | null)[]
}

/** A clip that can be drawn: all its facts, its words, and every frame's states. Plain data, JSON. */
export interface ClipScript {
  readonly seed: number
  readonly frames: number
  readonly fps: number
  readonly actors: readonly ScriptActor[]
  readonly setting: SettingName
  readonly time: TimeOfDay
  readonly season: Season
  readonly weather: Weather
  /** Which of the setting's pictures. */
  readonly variant: number
  readonly camera: CameraMove
  /** Where the first actor is, seen from the second; null where nobody says. */
  readonly relation: RelationName | null
  readonly caption: Caption
  readonly plan: MotionPlan
}
