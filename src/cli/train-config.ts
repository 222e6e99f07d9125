import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { weightFolder } from '../pipeline/weights.ts'
import type { Part, PartConfig } from '../train/parts.ts'
import { type PartDefaults, partDefaults } from '../train/recipe.ts'
import { FramewrightError } from '../util/errors.ts'
import { pairActions, soloActions } from '../world/actions.ts'
import { actors } from '../world/actors.ts'
import { settingNames } from '../world/settings.ts'
import { worlds } from '../world/worlds.ts'
import { toWhole } from './arguments.ts'
import { nearest } from './nearest.ts'

export interface TrainSettings {
  readonly config?: string | undefined
  readonly steps?: string | undefined
  readonly batch?: string | undefined
  readonly seed?: string | undefined
  readonly folder?: string | undefined
  readonly weights?: string | undefined
  readonly threads?: string | undefined
}

const count = z.int().min(1)

/** An actor's id. */
const subject = z.string().superRefine((id, { addIssue }) => {
  const ids = actors.map((actor) => actor.id)
  if (ids.includes(id)) return
  const wanted = nearest(id, ids)
  addIssue(`the world has no subject "${id}"${wanted === null ? '' : `: did you mean "${wanted}"?`}`)
})

/** What a settings file may hold; everything else has a default. */
const fileSchema = z.strictObject({
  seed: z.int().min(0).optional(),
  batchSize: count.optional(),
  steps: count.optional(),
  folder: z.string().min(1).optional(),
  threads: count.optional(),
  rate: z.number().positive().optional(),
  cooldown: z.number().min(0).max(1).optional(),
  inspectEvery: count.optional(),
  checkpointMinutes: z.number().positive().optional(),
  pack: z.string().min(1).optional(),
  stories: z.string().min(1).optional(),
  weights: z.string().min(1).optional(),
  from: z.string().min(1).nullable().optional(),
  world: z.enum(['first', 'whole']).optional(),
  cast: z.array(subject).min(1).optional(),
  settings: z.array(z.enum(settingNames)).min(1).optional(),
  actions: z
    .array(z.enum([...soloActions, ...pairActions]))
    .min(1)
    .optional(),
  weather: z.enum(['clear', 'any']).optional(),
  looks: z.enum(['plain', 'varied']).optional(),
})

/** A step of the preview's fit is a clip. */
const previewDefaults: PartDefaults = {
  batchSize: 1,
  steps: 256,
  inspectEvery: 256,
  rate: 1,
  cooldown: 0,
  world: 'whole',
}

/** Options given on the line come before the file's, and those before the defaults. */
export async function configOf(part: Part | 'preview', args: TrainSettings): Promise<PartConfig> {
  const {
    world,
    cast,
    settings: places,
    actions,
    weather,
    looks,
    ...file
  } = args.config === undefined ? {} : await readConfig(args.config)
  const given = {
    seed: whole('seed', args.seed, 0),
    batchSize: whole('batch', args.batch, 1),
    steps: whole('steps', args.steps, 1),
    threads: whole('threads', args.threads, 1),
    folder: args.folder,
    weights: args.weights,
  }
  const { world: usual, ...defaults } = part === 'preview' ? previewDefaults : partDefaults[part]
  return {
    ...defaults,
    seed: 1,
    folder: join('runs', part),
    threads: availableParallelism(),
    checkpointMinutes: 5,
    pack: join('.cache', 'world'),
    stories: join('.cache', 'stories'),
    weights: join(weightFolder(), 'toybox'),
    from: null,
    content: { ...worlds[world ?? usual], ...defined({ cast, places, actions, weather, looks }) },
    ...defined(file),
    ...defined(given),
  }
}

async function readConfig(path: string): Promise<z.infer<typeof fileSchema>> {
  let value: unknown
  try {
    value = JSON.parse(await readFile(path, 'utf8'))
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new FramewrightError('E_OPTION', `${path} cannot be read as settings: ${reason}`, { cause })
  }
  const parsed = fileSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const where = issue?.path.join('.') ?? ''
  throw new FramewrightError(
    'E_OPTION',
    `${path}: ${where === '' ? '' : `\`${where}\`: `}${issue?.message}; settings are ${Object.keys(fileSchema.shape).join(', ')}`,
  )
}

function whole(name: string, value: string | undefined, from: number): number | undefined {
  return value === undefined ? undefined : toWhole(name, value, from, Number.MAX_SAFE_INTEGER)
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** Without the keys that are undefined, which would hide what is spread before them. */
function defined<T extends object>(values: T): Defined<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<T>
}
