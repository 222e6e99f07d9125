import type { Storyboard } from '../story/index.ts'
import type { GenerateEvent, GenerateResult } from './events.ts'
import { frameCountOf } from './film-length.ts'
import type { GenerateOptions } from './options.ts'
import { generateWithToybox } from './toybox-line.ts'
import { validateOptions } from './validate.ts'
import { modelName } from './wan/catalogue.ts'
import { generateWithWan } from './wan/generate.ts'
import { validateWanOptions } from './wan/options.ts'

/** What a video will be like, known before anything is made. */
export interface VideoOutline {
  /** Its name; of a folder of weights, the folder’s. */
  readonly model: string
  readonly prompt: string | undefined
  readonly storyboard: Storyboard | undefined
  readonly seed: number
  readonly width: number
  readonly height: number
  readonly fps: number
  /** Undefined where it is only known when the prompt has been read. */
  readonly frameCount: number | undefined
}

/** A model that `generate` runs. */
export interface VideoModel {
  /** @throws FramewrightError when the options are not the model's */
  outline(options: GenerateOptions): VideoOutline
  generate(options: GenerateOptions): AsyncGenerator<GenerateEvent, GenerateResult>
}

const toybox: VideoModel = {
  outline: (options) => {
    const valid = validateOptions(options)
    return { ...valid, model: 'toybox', frameCount: frameCountOf(valid) }
  },
  generate: generateWithToybox,
}

const wan: VideoModel = {
  outline: (options) => {
    const valid = validateWanOptions(options)
    return { ...valid, model: modelName(valid.model) }
  },
  generate: generateWithWan,
}

/** Models that are not checkpoints of a user's own, by name. */
const builtIn: ReadonlyMap<string, VideoModel> = new Map([['toybox', toybox]])

/** The model that the options name; toybox where they name none. */
export function modelOf({ model = 'toybox' }: Pick<GenerateOptions, 'model'>): VideoModel {
  return builtIn.get(model) ?? wan
}

/**
 * Checks options, and says what the video will be like.
 * @throws FramewrightError E_PROMPT, E_STORY, E_OPTION
 */
export function outlineOf(options: GenerateOptions): VideoOutline {
  return modelOf(options).outline(options)
}
