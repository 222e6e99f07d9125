import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { FramewrightError } from '../util/errors.ts'
import { actors } from '../world/actors.ts'
import { relationNames } from '../world/facts.ts'
import { classifierLabels } from '../world/labels.ts'

/** What a prompt is there to ask about. */
export const categories = ['solo', 'pair', 'colour', 'weather', 'count', 'relation', 'identity'] as const
export type Category = (typeof categories)[number]

const actorIds = new Set(actors.map(({ id }) => id))
const name = (what: string, names: readonly string[]) =>
  z.string().refine((value) => names.includes(value), `is no ${what} that the classifier reads`)

const subject = z.strictObject({
  /** Whoever the words may mean, by id. */
  ids: z.array(z.string().refine((id) => actorIds.has(id), 'is nobody of the world')).min(1),
  /** What it may be seen to do; null where nothing is said. */
  actions: z.array(name('action', classifierLabels.actions)).min(1).nullable(),
  direction: z.enum(['left', 'right']).nullable(),
  colour: name('colour', classifierLabels.coats).nullable(),
})

const expected = z.strictObject({
  /** Of a group, its kind once. */
  subjects: z.array(subject).min(1).max(3),
  settings: z.array(name('setting', classifierLabels.settings)).min(1).nullable(),
  time: name('time', classifierLabels.times).nullable(),
  weather: name('weather', classifierLabels.weathers).nullable(),
  count: z.int().min(1).max(3).nullable(),
  /** Of the first subject to the second. */
  relation: z.enum(relationNames).nullable(),
})

const item = z.strictObject({
  id: z.string().regex(/^[\w-]+$/),
  category: z.enum(categories),
  /** The script of the world that it was made from: its real render is the ceiling. */
  source: z.strictObject({ seed: z.int().min(0) }),
  /** What each shot must show: one for a prompt, each of the storyboard's else. */
  shots: z.array(z.strictObject({ caption: z.string().min(1), expected })).min(1),
  prompt: z.string().min(1).nullable(),
  /** As docs/storyboard.md says; null where there is a prompt. */
  storyboard: z.record(z.string(), z.unknown()).nullable(),
})

const suiteSchema = z.strictObject({
  format: z.literal(1),
  name: z.string().min(1),
  /** Of the script that made it. */
  seed: z.int().min(0),
  /** Length of every shot. */
  seconds: z.number().positive(),
  items: z
    .array(item)
    .min(1)
    .refine((items) => new Set(items.map(({ id }) => id)).size === items.length, 'two items have one id'),
})

/** Prompts, and what their videos must show. */
export type Suite = z.infer<typeof suiteSchema>
export type SuiteItem = Suite['items'][number]
export type Expected = SuiteItem['shots'][number]['expected']

/** @throws FramewrightError E_DATA that names the place of the first fault */
export function parseSuite(value: unknown, source: string): Suite {
  const parsed = suiteSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new FramewrightError(
    'E_DATA',
    `${source} is no suite: \`${issue?.path.join('.')}\` ${issue?.message}; see docs/evaluation.md`,
  )
}

/** @throws FramewrightError E_DATA when it cannot be read, or is no suite */
export async function readSuite(path: string): Promise<{ readonly suite: Suite; readonly text: string }> {
  try {
    const text = await readFile(path, 'utf8')
    return { suite: parseSuite(JSON.parse(text), path), text }
  } catch (cause) {
    if (FramewrightError.is(cause)) throw cause
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new FramewrightError('E_DATA', `${path} cannot be read as a suite: ${reason}`, { cause })
  }
}
