import type { SceneGraph } from '../text/scene-graph.ts'
import type { TextWarning } from '../text/warnings.ts'
import type { Frames } from '../video/index.ts'
import type { MotionPlan } from '../video/motion-plan.ts'
import type { WordAttention } from './attention.ts'

/** The line from prompt to video, in order. */
export const stages = ['load', 'understand', 'cast', 'move', 'paint', 'resample', 'encode'] as const
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
  | {
      /** The words whose picture the user gave with its background. */
      readonly type: 'opaque-picture'
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
  | { readonly type: 'reference-drawn'; readonly video: number; readonly reference: Reference }
  | { readonly type: 'motion-planned'; readonly video: number; readonly plan: MotionPlan }
  | {
      readonly type: 'step-end'
      readonly stage: 'cast' | 'paint'
      /** Steps done and in all, over the whole stage. */
      readonly step: number
      readonly steps: number
    }
  /** Frames as the codec decodes them, before resampling; `start` is the first one's index, `video` whose they are. */
  | {
      readonly type: 'frames-decoded'
      readonly video: number
      readonly start: number
      readonly frames: Frames
    }
  | { readonly type: 'warning'; readonly warning: Warning }

/** One video: its frames, and what they were painted from. */
export interface GeneratedVideo {
  readonly seed: number
  /** As resampled to the size and rate asked for. */
  readonly frames: Frames
  readonly references: readonly Reference[]
  readonly plan: MotionPlan
  /** Where the painter looked for every word; null unless asked for. */
  readonly attention: WordAttention | null
}

/** What comes of a prompt. */
export interface GenerateResult {
  /** The first of `videos`. */
  readonly video: GeneratedVideo
  /** One a seed, in order. */
  readonly videos: readonly GeneratedVideo[]
  readonly graph: SceneGraph
  readonly model: string
  readonly warnings: readonly Warning[]
  /** Milliseconds of every stage. */
  readonly timings: Readonly<Partial<Record<Stage, number>>>
}
