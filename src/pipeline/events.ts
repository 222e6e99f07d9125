import type { Storyboard, StoryWarning } from '../story/index.ts'
import type { SceneGraph } from '../text/scene-graph.ts'
import type { TextWarning } from '../text/warnings.ts'
import type { Frames } from '../video/index.ts'
import type { MotionPlan } from '../video/motion-plan.ts'
import type { WordAttention } from './attention.ts'
import type { MemoryPlan } from './wan/memory-plan.ts'

/**
 * The line from prompt to video, in order. Toybox decodes and enlarges beside the painting; its `decode` is what of that is
 * left when the last shot has been painted.
 */
export const stages = ['load', 'understand', 'cast', 'move', 'paint', 'decode', 'encode'] as const
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
      /** The words whose picture the user gave with its background: taken off, or, where it is not plain, not. */
      readonly type: 'cut-out' | 'opaque-picture'
      readonly words: readonly string[]
      readonly message: string
    }
  | {
      /** A file that can be made again was not as it was written, and is. */
      readonly type: 'damaged-cache'
      readonly message: string
    }
  | {
      /** A given motion plan that ends before its shot, which then stands still. */
      readonly type: 'motion-ends'
      /** The shot's id. */
      readonly shot: string
      readonly message: string
    }
  | {
      /** A given picture whose proportions are not the video's. */
      readonly type: 'stretched'
      readonly option: string
      readonly message: string
    }
  | {
      /** A warning of the storyboard: what its planner had to assume, left out, or found not to fit together. */
      readonly type: 'story'
      readonly about: StoryWarning['type']
      /** The id of the shot that it is about; null for the whole story. */
      readonly shot: string | null
      readonly message: string
    }

/** One picture that the film is made from: a character, an object or a setting, drawn by the networks or the user's own. */
export interface Reference {
  /** Of one shot: the entity's id in its scene graph, `setting` for the setting. Of a storyboard: the id in its cast. */
  readonly id: string
  /** What it shows, with all that is worn: `a grey bear with a green hat`. */
  readonly phrase: string
  readonly source: 'drawn' | 'given'
  /** RGBA, straight alpha, one frame. */
  readonly picture: Frames
}

/** Where a shot lies in its film, in the film's frames. */
export interface PlannedShot {
  readonly id: string
  /** What the networks are told. */
  readonly prompt: string
  readonly start: number
  readonly count: number
}

/** What happens while a film is made. `shot` is an index, null for what concerns the whole film; so is `video`. */
export type GenerateEvent =
  | { readonly type: 'stage-start'; readonly stage: Stage; readonly shot: number | null }
  | {
      readonly type: 'stage-end'
      readonly stage: Stage
      readonly shot: number | null
      readonly milliseconds: number
    }
  | { readonly type: 'text-understood'; readonly graph: SceneGraph }
  /** Where a prompt is told in several shots, or by a director; before `shots-planned`. */
  | { readonly type: 'story-planned'; readonly storyboard: Storyboard }
  /** Before anything is drawn. `frames` are those of each video. */
  | { readonly type: 'shots-planned'; readonly shots: readonly PlannedShot[]; readonly frames: number }
  | { readonly type: 'reference-drawn'; readonly video: number; readonly reference: Reference }
  | {
      readonly type: 'motion-planned'
      readonly video: number
      readonly shot: number
      readonly plan: MotionPlan
    }
  | {
      readonly type: 'step-end'
      readonly stage: 'load' | 'cast' | 'paint'
      readonly shot: number | null
      /** Steps done and in all, over the whole stage. */
      readonly step: number
      readonly steps: number
    }
  /**
   * Roughly what there is so far: the latents that a step predicted, through a matrix, small and one frame for each
   * latent one. `start` is the first one's index in its shot, at the rate of these frames. Step 0 of toybox is the draft
   * that it starts from: the references where the plan puts them.
   */
  | {
      readonly type: 'preview'
      readonly video: number
      readonly shot: number
      /** As in `step-end`. */
      readonly step: number
      readonly steps: number
      readonly start: number
      readonly frames: Frames
    }
  /** Frames as the codec decodes them; `start` is the first one's index in its shot. */
  | {
      readonly type: 'frames-decoded'
      readonly video: number
      readonly shot: number
      readonly start: number
      readonly frames: Frames
    }
  /**
   * Frames of the film, in order, at the size and rate asked for; `start` is the first one's index in the film. The line
   * waits until they are taken: who reads the events and writes the frames away never has more than a few in memory.
   */
  | {
      readonly type: 'frames-ready'
      readonly video: number
      readonly shot: number
      readonly start: number
      readonly frames: Frames
    }
  /** How a model that is larger than memory may be will be run; before anything is computed. */
  | { readonly type: 'memory-planned'; readonly plan: MemoryPlan }
  | { readonly type: 'warning'; readonly warning: Warning }

/** One shot of a film, and what it was painted from. */
export interface MadeShot extends PlannedShot {
  readonly seed: number
  /** Its actors in the plan's order, and its setting last. */
  readonly references: readonly Reference[]
  /** Null of a model that plans no motion. */
  readonly plan: MotionPlan | null
  /** Where the painter looked for every word; null unless asked for. */
  readonly attention: WordAttention | null
}

/** One film, but for its frames. */
export interface MadeVideo {
  readonly seed: number
  /** Those of the storyboard; one where there is none. */
  readonly shots: readonly MadeShot[]
  /** Every picture that it was painted from, each once. */
  readonly references: readonly Reference[]
}

/** One film. */
export interface GeneratedVideo extends MadeVideo {
  readonly frames: Frames
}

/** What comes of a prompt or a storyboard. */
export interface GenerateResult<Video extends MadeVideo = MadeVideo> {
  /** The first of `videos`. */
  readonly video: Video
  /** One a seed, in order. */
  readonly videos: readonly Video[]
  /** The prompt's; null where there was a storyboard, and of a model that reads the words itself. */
  readonly graph: SceneGraph | null
  /** The one given, with its defaults, or the one that the prompt was planned as; null for a prompt of one shot. */
  readonly storyboard: Storyboard | null
  readonly model: string
  readonly warnings: readonly Warning[]
  /** Milliseconds of every stage, over all shots. */
  readonly timings: Readonly<Partial<Record<Stage, number>>>
}
