import type { LanguageModel } from 'ai'
import type { Provider } from '../graph/index.ts'
import type { WrittenStoryboard } from '../story/index.ts'
import type { Frames } from '../video/index.ts'
import type { MotionDocument } from './motion-document.ts'
import type { WanSampler } from './wan/scheduler.ts'

/** What makes frames larger and more than the painter gives. */
export const enhanceKinds = ['toybox', 'upscalerjs', 'none'] as const
export type EnhanceKind = (typeof enhanceKinds)[number]

/** Numbers that a published model's large matrices are multiplied in. */
export const precisions = ['f32', 'int8'] as const
export type Precision = (typeof precisions)[number]

/** What to make: of a prompt or of a storyboard, and how. */
export type GenerateOptions = (PromptOptions | StoryboardOptions) & CommonOptions

export interface PromptOptions {
  /** What the video shows, in English. */
  readonly prompt: string
  readonly storyboard?: undefined
  /**
   * How many shots, 1 to 500: 1 shows the whole text in one; more are planned as `plan` does.
   * @default one for a text of one event; for a longer one, one an event, and one that shows the place first
   */
  readonly shots?: number
  /**
   * Length of the video: of one shot 0.1 to 60, of a story 0.25 to 60 a shot.
   * @default 2 for one shot; what a story needs, about two and a half a shot
   */
  readonly seconds?: number
  /**
   * Any language model of the AI SDK, which then plans the shots of every text; the built-in planner takes its place
   * when it fails, with a warning. Nothing but this model is called. @default the built-in planner
   */
  readonly director?: LanguageModel
}

export interface StoryboardOptions {
  readonly prompt?: undefined
  /** Shot by shot, with their lengths; checked as `parseStoryboard` does. */
  readonly storyboard: WrittenStoryboard
  readonly shots?: undefined
  readonly seconds?: undefined
  readonly director?: undefined
}

export interface CommonOptions extends CheckpointOptions {
  /**
   * `toybox`, the name of a published model (see `framewright models list`), or a folder of its weights.
   * @default 'toybox'
   */
  readonly model?: string
  /** Whole number from 0; the same seed gives the same video. @default 0 */
  readonly seed?: number
  /**
   * Pixels: even, 16 to 4096. Toybox's network paints 128×128; what is larger is drawn as `enhance` says. @default 256×256
   * for toybox; 480×272 for published models, with an `image` as many pixels in its proportions
   */
  readonly size?: `${number}x${number}`
  /**
   * Frames a second of the file. Toybox's network paints 12; those between are drawn as `enhance` says. @default 24; 16 for
   * published models
   */
  readonly fps?: number
  /**
   * What draws more pixels and frames than the painter gives: toybox’s own networks; `@upscalerjs/default-model` for the
   * pixels (install it yourself: docs/enhance.md); or none: pixels are resampled and frames repeated. @default 'toybox'
   */
  readonly enhance?: EnhanceKind
  /** Steps of the sampler, of toybox a chunk. @default 2; for published models 50, or what a distilled sampler has */
  readonly steps?: number
  /**
   * How hard the picture is pushed toward the words: 1 as trained, and in half the time. @default 1, with `negative` 2; for
   * published models 5, with a distilled sampler 1
   */
  readonly guidance?: number
  /** What the picture is pushed away from; needs guidance above 1. */
  readonly negative?: string
  /** Keep where the painter looks in the text, for `attention` of the videos. @default false */
  readonly attention?: boolean
  /** Small pictures of what there is after each step, as events `preview`. @default true */
  readonly preview?: boolean
  /** The user's own pictures, RGBA, by the word in the prompt, or the id in the storyboard’s cast: `{ dog: picture }`. */
  readonly characters?: Readonly<Record<string, Frames>>
  /**
   * Who moves how, shot by shot, in every video: `{ shots }` of plans as `planMotion` gives them, or as docs/motion.md says.
   * What is given is made as it is; what is left out is planned from the words. Toybox only.
   */
  readonly motion?: MotionDocument
  /** @default 'cpu' */
  readonly provider?: Provider
  /** CPU threads. @default one a core */
  readonly threads?: number
  /** Videos of one prompt or storyboard, with seeds seed, seed + 1, …, painted together. @default 1 */
  readonly count?: number
  /** The folder of the model's weights. @default the one in the package */
  readonly weights?: string
  /**
   * A folder for finished parts: a new one is made; one of the same run, cut off before, is gone on with, to the same
   * frames. It stays when the run has ended.
   */
  readonly run?: string
  readonly signal?: AbortSignal
}

/** What published models take beside a prompt; toybox refuses them. See docs/wan.md. */
export interface CheckpointOptions {
  /** How many frames a prompt's video has: 4k + 1. @default 33 */
  readonly frames?: number
  /** How much memory may be used: bytes, or as `8GB`. @default 80 % of what is free */
  readonly memory?: number | string
  /**
   * Of the products with the transformer's matrices: `int8` takes a quarter of the memory and about half the time of `f32`,
   * and is not quite as exact (see docs/wan.md). CPU only. @default 'f32'
   */
  readonly precision?: Precision
  /** How the noise is walked down. @default what the checkpoint says */
  readonly sampler?: WanSampler
  /** How far the noise is moved toward 1: 3 for 480 rows, 5 for 720. @default what the checkpoint says */
  readonly shift?: number
  /** The picture that the video begins with, for image-to-video checkpoints: one opaque frame, as `readImage` gives. */
  readonly image?: Frames
  /** The picture that it ends with, for checkpoints that draw between two. */
  readonly lastImage?: Frames
  /** LoRA files that are merged into the transformer, each by its strength. @default none */
  readonly loras?: readonly { readonly path: string; readonly strength?: number }[]
}
