import { z } from 'zod'
import { type Provider, providers } from '../../graph/session.ts'
import { parseStoryboard } from '../../story/parse-storyboard.ts'
import type { Storyboard } from '../../story/storyboard.ts'
import { FramewrightError } from '../../util/errors.ts'
import type { Frames } from '../../video/frames.ts'
import { type GenerateOptions, type Precision, precisions } from '../options.ts'
import { explain, type Limits, limits, numberIn, previewOption, show, size } from '../validate.ts'
import { cleanPrompt } from './clean-prompt.ts'
import { checkLastImage, checkSides, pictureOption, usualSides } from './given-pictures.ts'
import { type WanSampler, wanSamplers } from './scheduler.ts'
import { latentGroup, mostFrames, promptShot, storyboardShots, type WanShot, wanRate } from './shots.ts'

/** Options for a checkpoint with every default filled in that does not depend on it. */
export interface WanOptions {
  /** A published model's name, or a folder. */
  readonly model: string
  /** As it was given; undefined where there is a storyboard. */
  readonly prompt: string | undefined
  /** Undefined where there is a prompt. */
  readonly storyboard: Storyboard | undefined
  /** One for a prompt; else the storyboard's. */
  readonly shots: readonly WanShot[]
  /** As `cleanPrompt` gives it; the empty text where none is given. */
  readonly negative: string
  readonly seed: number
  readonly count: number
  readonly width: number
  readonly height: number
  /** Of each video. */
  readonly frameCount: number
  readonly fps: number
  /** Undefined for the sampler's own. */
  readonly steps: number | undefined
  readonly guidance: number | undefined
  /** Undefined for the checkpoint's own. */
  readonly sampler: WanSampler | undefined
  readonly shift: number | undefined
  /** Undefined for what the machine has. */
  readonly memoryBytes: number | undefined
  readonly precision: Precision
  readonly provider: Provider
  readonly threads: number | undefined
  readonly loras: readonly { readonly path: string; readonly strength: number }[]
  readonly preview: boolean
  /** RGB, one frame each. */
  readonly image: Frames | undefined
  readonly lastImage: Frames | undefined
  readonly run: string | undefined
}

const text = (name: string) =>
  z.string({ error: ({ input }) => `\`${name}\` must be text, got ${show(input)}` })

/** What each number may be. */
const ranges = {
  ...limits,
  frames: { from: 1, to: mostFrames, kind: 'whole' },
  shift: { from: 0.1, to: 20, kind: 'real' },
} as const satisfies Record<string, Limits>

const number = (name: keyof typeof ranges) => numberIn(name, ranges[name])

const units: Readonly<Record<string, number>> = { GB: 1e9, MB: 1e6, GIB: 2 ** 30, MIB: 2 ** 20 }

const memory = z
  .union([z.number(), z.string()], { error: ({ input }) => memoryError(input) })
  .transform((value, context) => {
    const bytes = typeof value === 'number' ? value : bytesOf(value)
    if (Number.isFinite(bytes) && bytes >= 1e8) return bytes
    context.addIssue({ code: 'custom', message: memoryError(value) })
    return z.NEVER
  })

const memoryError = (value: unknown): string =>
  `\`memory\` must be bytes or a size as 8GB, from 100MB on, got ${show(value)}`

function bytesOf(value: string): number {
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)\s*([GM]i?B)$/i.exec(value.trim()) ?? []
  return amount === undefined ? Number.NaN : Number(amount) * (units[unit.toUpperCase()] ?? Number.NaN)
}

const schema = z.strictObject({
  model: text('model').min(1),
  prompt: text('prompt').optional(),
  // Checked as a whole, with errors of its own.
  storyboard: z.unknown().optional(),
  negative: text('negative').optional(),
  seed: number('seed').default(0),
  count: number('count').default(1),
  size: size.optional(),
  image: pictureOption('image'),
  lastImage: pictureOption('lastImage'),
  frames: number('frames').optional(),
  fps: number('fps').default(wanRate),
  steps: number('steps').optional(),
  guidance: number('guidance').optional(),
  sampler: z
    .enum(wanSamplers, {
      error: ({ input }) => `\`sampler\` must be one of ${wanSamplers.join(', ')}, got ${show(input)}`,
    })
    .optional(),
  shift: number('shift').optional(),
  memory: memory.optional(),
  precision: z
    .enum(precisions, {
      error: ({ input }) => `\`precision\` must be one of ${precisions.join(', ')}, got ${show(input)}`,
    })
    .default('f32'),
  provider: z
    .enum(providers, {
      error: ({ input }) => `\`provider\` must be one of ${providers.join(', ')}, got ${show(input)}`,
    })
    .default('cpu'),
  threads: number('threads').optional(),
  loras: z
    .array(
      z.strictObject({
        path: text('path').min(1),
        strength: z
          .number({ error: ({ input }) => `a LoRA’s strength is a number, got ${show(input)}` })
          .default(1),
      }),
      { error: '`loras` must be a list of a path and a strength each' },
    )
    .default([]),
  preview: previewOption,
  run: text('run').min(1).optional(),
})

/** What toybox takes and a checkpoint does not, and why. */
const refused = {
  shots: 'it makes one shot of a prompt; plan a storyboard, and give that',
  enhance: 'its frames stay as they are made',
  director: 'no shots are planned; plan a storyboard, and give that',
  seconds: `its length is \`frames\`, ${wanRate} a second`,
  attention: 'where it looks is not kept',
  characters: 'it takes no pictures of characters',
  motion: 'it plans none; say in the prompt who goes where',
  weights: 'its folder is given as `model`',
} as const

/**
 * Checks options for a checkpoint; nothing is rounded, clamped or guessed.
 * @throws FramewrightError E_PROMPT for the texts, E_OPTION for the rest
 */
export function validateWanOptions(options: GenerateOptions): WanOptions {
  const { signal: _signal, characters = {}, attention = false, ...rest } = options
  const given: Record<string, unknown> = {
    ...rest,
    ...(Object.keys(characters).length > 0 ? { characters } : {}),
    ...(attention ? { attention } : {}),
  }
  for (const [name, reason] of Object.entries(refused)) {
    if (given[name] === undefined) continue
    throw new FramewrightError('E_OPTION', `${options.model} has no \`${name}\`: ${reason}`)
  }
  const parsed = schema.safeParse(given)
  if (!parsed.success) throw explain(parsed.error, options, Object.keys(schema.shape))
  const { size: asked, memory: memoryBytes, image, lastImage, frames, ...others } = parsed.data
  const { prompt: _prompt, storyboard: _storyboard, ...valid } = others
  const source = sourceOf(options, frames, valid.fps)
  const [width = 0, height = 0] = asked?.split('x').map(Number) ?? usualSides(image)
  checkSides(width, height)
  if (lastImage !== undefined) checkLastImage(image, source.frameCount)
  const { negative, guidance, seed, count } = valid
  if (negative !== undefined && guidance !== undefined && guidance <= 1) {
    throw new FramewrightError(
      'E_OPTION',
      `\`negative\` is what guidance above 1 pushes away from, got \`guidance\` ${guidance}: raise it, or leave \`negative\` out`,
    )
  }
  if (seed > Number.MAX_SAFE_INTEGER - (count - 1)) {
    throw new FramewrightError('E_OPTION', `\`seed\` + \`count\` goes past ${Number.MAX_SAFE_INTEGER}`)
  }
  if (valid.precision === 'int8' && valid.provider !== 'cpu') {
    throw new FramewrightError(
      'E_OPTION',
      `\`precision\` int8 is for the provider cpu, got \`provider\` ${valid.provider}: leave one of them out`,
    )
  }
  const { steps, sampler, shift, threads, run } = valid
  return {
    ...valid,
    ...source,
    negative: negative ? cleanPrompt(negative) : '',
    width,
    height,
    memoryBytes,
    ...{ steps, sampler, shift, threads, run, guidance, image, lastImage },
  }
}

/** The prompt or the storyboard, one of both, as shots. */
function sourceOf(
  { prompt, storyboard: written, image, lastImage }: GenerateOptions,
  frames: number | undefined,
  fps: number,
): Pick<WanOptions, 'prompt' | 'storyboard' | 'shots' | 'frameCount'> {
  if (written === undefined) {
    if (prompt === undefined) {
      throw new FramewrightError('E_PROMPT', '`prompt` must be text, or there must be a `storyboard`')
    }
    const count = frames ?? usualFrames
    checkFrames(count)
    return {
      prompt,
      storyboard: undefined,
      shots: [promptShot(prompt, count, fps)],
      frameCount: count,
    }
  }
  const refuse = (why: string): never => {
    throw new FramewrightError('E_OPTION', why)
  }
  if (prompt !== undefined) refuse('`prompt` and `storyboard` are both given: leave one of them out')
  if (frames !== undefined) {
    refuse(
      '`frames` is the length of a prompt’s video: a storyboard’s is the sum of its shots’ `durationSeconds`',
    )
  }
  if (image !== undefined || lastImage !== undefined) {
    refuse('`image` begins the video of a prompt: the shots of a storyboard begin with none')
  }
  const storyboard = parseStoryboard(written)
  const shots = storyboardShots(storyboard, fps)
  const frameCount = shots.reduce((sum, { span }) => sum + span.count, 0)
  return { prompt, storyboard, shots, frameCount }
}

/** Frames of a prompt's video where none are asked for: two seconds. */
const usualFrames = 33

/** @throws FramewrightError E_OPTION when they are no whole latent frames */
function checkFrames(frames: number): void {
  if (frames % latentGroup === 1) return
  const below = Math.floor((frames - 1) / latentGroup) * latentGroup + 1
  const near = below < 1 ? `${below + latentGroup}` : `${below} or ${below + latentGroup}`
  throw new FramewrightError('E_OPTION', `\`frames\` must be 4k+1, got ${frames}: use ${near}`)
}
