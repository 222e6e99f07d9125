import type { SceneGraph } from '../text/scene-graph.ts'
import type { TextWarning } from '../text/warnings.ts'
import type { Frames } from '../video/index.ts'
import type { MotionPlan } from '../video/motion-plan.ts'

/** The line from prompt to video, in order. */
export const stages = ['load', 'understand', 'cast', 'move', 'paint', 'encode'] as const
export type Stage = (typeof stages)[number]

/** Something that a result has to tell: a word cut, a script unknown, a subject that the model cannot draw. */
export type Warning =
  | TextWarning
  | {
      /** Words that were not drawn, or drawn as something else. */
      readonly type: 'left-out' | 'substituted'
      readonly words: readonly string[]
      readonly message: string
    }

/** One member of the cast: a character, an object or the setting, as the networks drew it or the user gave it. */
export interface Reference {
  /** The entity's id in the scene graph; `setting` for the setting. */
  readonly id: string
  /** The words it was drawn from. */
  readonly phrase: string
  readonly source: 'drawn' | 'given'
  /** RGBA, straight alpha, one frame. */
  readonly picture: Frames
}

/** What happens while a video is made. */
export type GenerateEvent =
  | { readonly type: 'stage-start'; readonly stage: Stage }
  | { readonly type: 'stage-end'; readonly stage: Stage; readonly milliseconds: number }
  | { readonly type: 'text-understood'; readonly graph: SceneGraph }
  | { readonly type: 'reference-drawn'; readonly reference: Reference }
  | { readonly type: 'motion-planned'; readonly plan: MotionPlan }
  | {
      readonly type: 'step-end'
      readonly stage: 'cast' | 'paint'
      /** Steps done and in all, over the whole stage. */
      readonly step: number
      readonly steps: number
    }
  /** Frames as the codec decodes them, before resampling; `start` is the first one's index. */
  | { readonly type: 'frames-decoded'; readonly start: number; readonly frames: Frames }
  | { readonly type: 'warning'; readonly warning: Warning }

/** A video, and how it came about. */
export interface GenerateResult {
  /** Frames as resampled to the size and rate asked for. */
  readonly frames: Frames
  readonly graph: SceneGraph
  readonly references: readonly Reference[]
  readonly plan: MotionPlan
  readonly seed: number
  readonly model: string
  readonly warnings: readonly Warning[]
  /** Milliseconds of every stage. */
  readonly timings: Readonly<Partial<Record<Stage, number>>>
}
