import type { Provider } from '../graph/session.ts'
import type { GenerateOptions } from '../pipeline/options.ts'
import { FramewrightError } from '../util/errors.ts'

/** Options that several commands have. */
export const sharedArguments = {
  seed: { type: 'string', valueHint: 'N', description: 'The same seed gives the same video (default 0)' },
  seconds: { type: 'string', valueHint: 'S', description: 'Length (default 2)' },
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

type Given = Readonly<Record<string, unknown>>

/** Options of `generate()` out of what citty has read; checked there. */
export function generateOptions(prompt: string, args: Given): GenerateOptions {
  const numbers = ['seed', 'seconds', 'fps', 'steps', 'guidance', 'threads'] as const
  const texts = ['size', 'negative', 'provider', 'weights'] as const
  const found: Record<string, unknown> = {}
  for (const name of numbers) if (args[name] !== undefined) found[name] = toNumber(name, args[name])
  for (const name of texts) if (args[name] !== undefined) found[name] = args[name]
  return { prompt, ...(found as { provider?: Provider }) }
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
