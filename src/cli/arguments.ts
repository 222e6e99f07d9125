import type { Provider } from '../graph/session.ts'
import type { CommonOptions, PromptOptions } from '../pipeline/options.ts'
import { FramewrightError } from '../util/errors.ts'

/** Options that several commands have. */
export const sharedArguments = {
  seed: { type: 'string', valueHint: 'N', description: 'The same seed gives the same video (default 0)' },
  seconds: { type: 'string', valueHint: 'S', description: 'Length (default 2, of a story what it needs)' },
  provider: {
    type: 'string',
    valueHint: 'cpu|webgpu|cuda|coreml|dml',
    description: 'What computes (default cpu)',
  },
  threads: { type: 'string', valueHint: 'N', description: 'CPU threads (default one a core)' },
  weights: { type: 'string', valueHint: 'DIR', description: 'Weights to use instead of the package’s own' },
  json: { type: 'boolean', description: 'Print one JSON object at the end' },
  quiet: { type: 'boolean', description: 'Show no progress' },
} as const

/** Options of commands that plan a text. */
export const planArguments = {
  shots: {
    type: 'string',
    valueHint: 'N',
    description: 'How many shots (default one an event, and a look at the place first in a story of three)',
  },
} as const

/** Options of commands that make videos. */
export const videoArguments = {
  model: {
    type: 'string',
    valueHint: 'NAME|DIR',
    description: 'toybox (default), a published model ("framewright models list"), or a folder of weights',
  },
  output: {
    type: 'string',
    alias: 'o',
    valueHint: 'FILE',
    description: '.mp4, .webm, .webp, .gif, or a folder of PNG frames: "out/" (default video.mp4)',
  },
  size: {
    type: 'string',
    valueHint: 'WxH',
    description: 'Pixels (default 256x256, of published models 480x272)',
  },
  fps: {
    type: 'string',
    valueHint: 'N',
    description: 'Frames a second (default 24, of published models 16)',
  },
  enhance: {
    type: 'string',
    valueHint: 'toybox|upscalerjs|none',
    description: 'What draws more pixels and frames than were painted (default toybox)',
  },
  steps: {
    type: 'string',
    valueHint: 'N',
    description: 'Steps of the sampler (default 2, of published models 50)',
  },
  guidance: {
    type: 'string',
    valueHint: 'G',
    description: 'How hard to follow the words (default 1, or 2 with --negative; of published models 5)',
  },
  frames: {
    type: 'string',
    valueHint: 'N',
    description: 'Of published models: how many a prompt’s video has, 4k+1 (default 33)',
  },
  memory: {
    type: 'string',
    valueHint: '8GB',
    description: 'Of published models: how much may be used (default 80 % of what is free)',
  },
  precision: {
    type: 'string',
    valueHint: 'f32|int8',
    description:
      'Of published models: int8 is faster, needs a quarter of the memory, and is less exact (default f32)',
  },
  sampler: {
    type: 'string',
    valueHint: 'unipc|euler|fastwan|self-forcing',
    description: 'Of published models: how noise is walked down (default as its files say)',
  },
  shift: { type: 'string', valueHint: 'S', description: 'Of published models: 3 for 480 rows, 5 for 720' },
  image: {
    type: 'string',
    valueHint: 'FILE',
    description: 'Of published image-to-video models: the picture that the video begins with',
  },
  'last-image': {
    type: 'string',
    valueHint: 'FILE',
    description: 'Of published models that draw between two pictures: the one that it ends with',
  },
  lora: {
    type: 'string',
    valueHint: 'FILE[=STRENGTH]',
    description:
      'Of published models: a LoRA to merge in (strength default 1); may be given again for others',
  },
  negative: { type: 'string', valueHint: 'TEXT', description: 'What the video should not be' },
  character: {
    type: 'string',
    valueHint: 'WORD=FILE',
    description: 'Your own picture for a word of the text; may be given again for others',
  },
  motion: {
    type: 'string',
    valueHint: 'FILE.json',
    description: 'Who moves how, as "framewright motion" writes it and you edited it',
  },
  run: {
    type: 'string',
    valueHint: 'DIR',
    description: 'Keep finished parts there, for --resume DIR (default a folder that goes at the end)',
  },
  sheet: { type: 'string', valueHint: 'FILE.png', description: 'A contact sheet of the frames as well' },
  preview: {
    type: 'string',
    valueHint: 'DIR|FILE',
    description:
      'Small pictures of every step: a folder for all, or a file (.png, .gif, .mp4 …) for the newest',
  },
  attention: {
    type: 'string',
    valueHint: 'DIR',
    description: 'Pictures of where the painter looked for every word, as well',
  },
} as const

type Given = Readonly<Record<string, unknown>>

/** Options of `generate()` for a prompt, out of what citty has read; checked there. */
export function generateOptions(prompt: string, args: Given): PromptOptions & CommonOptions {
  return { prompt, ...numbersOf(args, ['shots', 'seconds']), ...commonOptions(args) }
}

/** `file` or `file=strength`, each; nothing where there are none. */
export function loraOptions(values: readonly string[]): Pick<CommonOptions, 'loras'> {
  if (values.length === 0) return {}
  const loras = values.map((value) => {
    const end = value.lastIndexOf('=')
    return end < 0
      ? { path: value }
      : { path: value.slice(0, end), strength: toNumber('lora', value.slice(end + 1)) }
  })
  return { loras }
}

/** Those that prompts and storyboards share. */
export function commonOptions(args: Given): CommonOptions {
  const numbers = ['seed', 'fps', 'steps', 'guidance', 'threads', 'frames', 'shift'] as const
  const texts = [
    'size',
    'enhance',
    'negative',
    'provider',
    'weights',
    'model',
    'memory',
    'precision',
    'sampler',
    'run',
  ] as const
  const found: Record<string, unknown> = numbersOf(args, numbers)
  for (const name of texts) if (args[name] !== undefined) found[name] = args[name]
  return found as { provider?: Provider }
}

function numbersOf(args: Given, names: readonly string[]): Record<string, number> {
  const given = names.filter((name) => args[name] !== undefined)
  return Object.fromEntries(given.map((name) => [name, toNumber(name, args[name])]))
}

/** @throws FramewrightError E_OPTION when it is no number */
export function toNumber(name: string, value: unknown): number {
  const text = String(value).trim()
  const number = text === '' ? Number.NaN : Number(text)
  if (Number.isFinite(number)) return number
  throw new FramewrightError('E_OPTION', `--${name} must be a number, got ${JSON.stringify(text)}`)
}

/** A whole number in [from, to]. @throws FramewrightError E_OPTION */
export function toWhole(name: string, value: unknown, from: number, to: number): number {
  const number = toNumber(name, value)
  if (Number.isInteger(number) && number >= from && number <= to) return number
  throw new FramewrightError(
    'E_OPTION',
    `--${name} must be a whole number from ${from} to ${to}, got ${number}`,
  )
}
