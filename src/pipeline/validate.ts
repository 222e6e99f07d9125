import type { LanguageModel } from 'ai'
import { z } from 'zod'
import { latentSteps } from '../diffusion/index.ts'
import { type Provider, providers } from '../graph/session.ts'
import { parseStoryboard } from '../story/parse-storyboard.ts'
import { type Storyboard, storyLimits } from '../story/storyboard.ts'
import { normaliseText } from '../text/normalise.ts'
import { FramewrightError } from '../util/errors.ts'
import type { Frames } from '../video/frames.ts'
import { checkLength, checkShots, oneShotSeconds, shortestSeconds } from './film-length.ts'
import { type MotionDocument, parseMotion } from './motion-document.ts'
import { type EnhanceKind, enhanceKinds, type GenerateOptions } from './options.ts'
import { transparencyOf } from './own-pictures.ts'

/** Options with every default filled in, in the units that the line works with. */
export interface ValidOptions {
  /** Undefined where there is a storyboard. */
  readonly prompt: string | undefined
  /** Undefined where there is a prompt. */
  readonly storyboard: Storyboard | undefined
  readonly seed: number
  /** Undefined for as many as the prompt's events ask for. */
  readonly shots: number | undefined
  /** Of a prompt's video; undefined for what its shots need. */
  readonly seconds: number | undefined
  /** Undefined for the built-in planner. */
  readonly director: LanguageModel | undefined
  readonly width: number
  readonly height: number
  readonly fps: number
  readonly enhance: EnhanceKind
  readonly steps: number
  readonly attention: boolean
  readonly preview: boolean
  readonly guidance: number
  readonly negative: string | undefined
  readonly characters: Readonly<Record<string, Frames>>
  /** Undefined for as the networks plan it. */
  readonly motion: MotionDocument | undefined
  readonly provider: Provider
  /** Undefined for one a core. */
  readonly threads: number | undefined
  readonly count: number
  /** Undefined for the package's own. */
  readonly weights: string | undefined
  /** Undefined for keeping nothing. */
  readonly run: string | undefined
}

/**
 * Checks what a caller asked for; nothing is rounded, clamped or guessed.
 * @throws FramewrightError E_PROMPT for the texts, E_STORY for the storyboard, E_OPTION for the rest: one sentence, what
 *   was got and what is allowed
 */
export function validateOptions(options: GenerateOptions): ValidOptions {
  const { signal: _signal, model: _model, ...rest } = options
  if (options?.image !== undefined || options?.lastImage !== undefined) {
    throw new FramewrightError(
      'E_OPTION',
      'toybox begins with no `image`: name an image-to-video model with `model` (see "framewright models list"), or give a picture of someone in the video with `characters`',
    )
  }
  const parsed = schema.safeParse(rest)
  if (!parsed.success) throw explain(parsed.error, options)
  const { size, motion: given, ...valid } = parsed.data
  const source = sourceOf(options)
  const motion = given === undefined ? undefined : parseMotion(given)
  if (valid.negative !== undefined) normaliseText(valid.negative)
  const { seed, count } = valid
  // Not seed + count: that sum would be rounded.
  if (seed > Number.MAX_SAFE_INTEGER - (count - 1)) {
    throw new FramewrightError('E_OPTION', `\`seed\` + \`count\` goes past ${Number.MAX_SAFE_INTEGER}`)
  }
  const guidance = valid.guidance ?? (valid.negative === undefined ? 1 : 2)
  if (valid.negative !== undefined && guidance <= 1) {
    throw new FramewrightError(
      'E_OPTION',
      `\`negative\` is what guidance above 1 pushes away from, got \`guidance\` ${guidance}: raise it, or leave \`negative\` out`,
    )
  }
  const [width = 0, height = 0] = size.split('x').map(Number)
  const { shots, seconds, director, negative, threads, weights, run } = valid
  const missing = { shots, seconds, director, negative, threads, weights, run }
  const result = { ...valid, ...missing, ...source, motion, width, height, guidance }
  if (result.storyboard !== undefined) checkShots(result.storyboard, result.fps)
  else if (shots === 1 && director === undefined) oneShotSeconds(result)
  else checkLength(seconds, result.fps)
  return result
}

/** The prompt, or the storyboard: one of both. */
function sourceOf(options: GenerateOptions): Pick<ValidOptions, 'prompt' | 'storyboard'> {
  const { prompt, storyboard, shots, seconds, director } = options
  if (storyboard === undefined) {
    if (prompt === undefined) {
      throw new FramewrightError('E_PROMPT', '`prompt` must be text, or there must be a `storyboard`')
    }
    normaliseText(prompt)
    return { prompt, storyboard }
  }
  if (prompt !== undefined) {
    throw new FramewrightError('E_OPTION', '`prompt` and `storyboard` are both given: leave one of them out')
  }
  if (seconds !== undefined) {
    throw new FramewrightError(
      'E_OPTION',
      '`seconds` is the length of a prompt’s video: a storyboard’s is the sum of its shots’ `durationSeconds`',
    )
  }
  if (shots !== undefined || director !== undefined) {
    const option = shots === undefined ? 'director' : 'shots'
    throw new FramewrightError(
      'E_OPTION',
      `\`${option}\` is for planning a prompt, and a storyboard is planned: leave \`${option}\` out`,
    )
  }
  return { prompt, storyboard: parseStoryboard(storyboard) }
}

export interface Limits {
  readonly from: number
  readonly to: number
  readonly kind: 'whole' | 'real'
}

/** What each number may be; the faces say it in their help. */
export const limits = {
  seed: { from: 0, to: Number.MAX_SAFE_INTEGER, kind: 'whole' },
  shots: { from: 1, to: storyLimits.shots, kind: 'whole' },
  // Of all shots; one has a minute at most.
  seconds: { from: shortestSeconds, to: storyLimits.shots * storyLimits.longestSeconds, kind: 'real' },
  fps: { from: 1, to: 60, kind: 'real' },
  steps: { from: 1, to: 200, kind: 'whole' },
  guidance: { from: 0, to: 20, kind: 'real' },
  threads: { from: 1, to: 256, kind: 'whole' },
  count: { from: 1, to: 16, kind: 'whole' },
} as const satisfies Record<string, Limits>

/** Of a frame's sides, in pixels: as H.264 holds them. */
export const sides = { from: 16, to: 4096 } as const

const number = (name: keyof typeof limits) => numberIn(name, limits[name])

/** An option that is a number in a range. */
export function numberIn(name: string, { from, to, kind }: Limits) {
  const most = to === Number.MAX_SAFE_INTEGER ? '2^53 − 1' : `${to}`
  const range = `a ${kind === 'whole' ? 'whole ' : ''}number from ${from} to ${most}`
  const error = (issue: { readonly input?: unknown }): string =>
    `\`${name}\` must be ${range}, got ${show(issue.input)}`
  const checked = z.number({ error }).gte(from, { error }).lte(to, { error })
  return kind === 'whole' ? checked.refine(Number.isInteger, { error }) : checked
}

export const size = z.custom<`${number}x${number}`>(isSize, {
  error: ({ input }) =>
    `\`size\` must be <width>x<height>, both even and from ${sides.from} to ${sides.to} pixels (as 256x256), got ${show(input)}`,
})

function isSize(value: unknown): boolean {
  const sidesGiven =
    typeof value === 'string' ? /^(\d{1,4})x(\d{1,4})$/.exec(value)?.slice(1).map(Number) : null
  return sidesGiven?.every((side) => side >= sides.from && side <= sides.to && side % 2 === 0) ?? false
}

export function isPicture(value: unknown): value is Frames {
  if (typeof value !== 'object' || value === null) return false
  const { data, count, width, height, channels } = value as Partial<Frames>
  if (!(data instanceof Uint8Array) || !count || !width || !height || !channels) return false
  return data.length === count * width * height * channels
}

const picture = z
  .custom<Frames>(isPicture, {
    error: 'a picture of `characters` must be frames with pixels in them, as `readImage` gives',
  })
  .refine((frames) => transparencyOf(frames) !== 'all', {
    error: ({ path }) =>
      `the picture for "${String(path?.at(-1))}" is transparent all over: there is nothing in it`,
  })

/** A model's name, for the provider that the SDK is set up with, or the model itself. */
function isLanguageModel(value: unknown): boolean {
  if (typeof value === 'string') return value.trim() !== ''
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, 'doGenerate') === 'function'
}

export const previewOption = z.boolean({ error: '`preview` must be true or false' }).default(true)

const schema = z.strictObject({
  prompt: z.string({ error: ({ input }) => `\`prompt\` must be text, got ${show(input)}` }).optional(),
  // Checked as a whole, with errors of its own.
  storyboard: z.unknown().optional(),
  seed: number('seed').default(0),
  shots: number('shots').optional(),
  seconds: number('seconds').optional(),
  director: z
    .custom<LanguageModel>(isLanguageModel, {
      error: ({ input }) => `\`director\` must be a language model of the AI SDK, got ${show(input)}`,
    })
    .optional(),
  size: size.default('256x256'),
  fps: number('fps').default(24),
  enhance: z
    .enum(enhanceKinds, {
      error: ({ input }) => `\`enhance\` must be one of ${enhanceKinds.join(', ')}, got ${show(input)}`,
    })
    .default('toybox'),
  steps: number('steps').default(latentSteps),
  guidance: number('guidance').optional(),
  negative: z.string({ error: ({ input }) => `\`negative\` must be text, got ${show(input)}` }).optional(),
  characters: z
    .record(z.string().min(1), picture, { error: '`characters` must be pictures by word' })
    .default({}),
  // Checked as a whole, with errors of its own.
  motion: z.unknown().optional(),
  provider: z
    .enum(providers, {
      error: ({ input }) => `\`provider\` must be one of ${providers.join(', ')}, got ${show(input)}`,
    })
    .default('cpu'),
  threads: number('threads').optional(),
  count: number('count').default(1),
  attention: z.boolean({ error: '`attention` must be true or false' }).default(false),
  preview: previewOption,
  weights: z.string().min(1, { error: '`weights` must be the path of a folder' }).optional(),
  run: z.string().min(1, { error: '`run` must be the path of a folder' }).optional(),
})

export function explain(
  error: z.ZodError,
  options: GenerateOptions,
  known: readonly string[] = Object.keys(schema.shape),
): FramewrightError {
  const [issue] = error.issues
  if (issue?.code === 'unrecognized_keys') {
    const keys = issue.keys.map((key) => `\`${key}\``).join(', ')
    return new FramewrightError('E_OPTION', `there is no option ${keys}; there are ${known.join(', ')}`)
  }
  const isText = issue?.path[0] === 'prompt' || issue?.path[0] === 'negative'
  if (options === null || typeof options !== 'object')
    return new FramewrightError('E_OPTION', 'options are an object')
  return new FramewrightError(isText ? 'E_PROMPT' : 'E_OPTION', issue?.message ?? 'the options are not valid')
}

/** A value in a sentence, cut where it is long. */
export function show(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : showOther(value)
  return text.length > 40 ? `${text.slice(0, 39)}…` : text
}

/** Objects by their kind: turning one into text may run code of its own, and fail. */
function showOther(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' && value !== null ? 'an object' : String(value)
}
