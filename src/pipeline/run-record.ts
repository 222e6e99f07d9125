import { createHash } from 'node:crypto'
import { access, mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { isTemporaryName, removeLeftOvers } from '../disk/atomic-file.ts'
import { writeWhole } from '../disk/write-whole.ts'
import { FramewrightError } from '../util/errors.ts'
import { outputError } from '../util/output-error.ts'
import { type Frames, readImage, writePng } from '../video/index.ts'
import type { GenerateOptions } from './options.ts'

/** What a run is of: `run.json` in its folder holds it, whatever the model. */
export interface Run {
  /** As the option `model`. */
  readonly model: string
  /** A fingerprint of the weights: others would paint other pictures. */
  readonly weights: string
  /** Whether a language model plans: what it planned is kept, for it would not plan the same again. */
  readonly isDirected?: boolean
  /** As `generate` takes them, all that was left out filled in; through JSON, those that are undefined are not there. */
  readonly options: Readonly<Record<string, unknown>>
  /** The user's own pictures. */
  readonly characters?: Readonly<Record<string, Frames>>
  /** Pictures that are options themselves, by the option's name. */
  readonly images?: Readonly<Partial<Record<ImageOption, Frames>>>
  /** Options that may be others when a run is gone on with: they change no number. */
  readonly free?: readonly string[]
}

const imageOptions = ['image', 'lastImage'] as const
type ImageOption = (typeof imageOptions)[number]

const recordSchema = z.strictObject({
  format: z.literal(2),
  model: z.string(),
  weights: z.string(),
  isDirected: z.boolean(),
  /** The word, a file beside this one, and the sha256 of its pixels. */
  characters: z.array(
    z.strictObject({ word: z.string(), file: z.string().regex(/^[\w.-]+$/), pixels: z.string() }),
  ),
  images: z
    .array(
      z.strictObject({
        option: z.enum(imageOptions),
        file: z.string().regex(/^[\w.-]+$/),
        pixels: z.string(),
      }),
    )
    .default([]),
  options: z.record(z.string(), z.unknown()),
})
type RunRecord = z.infer<typeof recordSchema>

const recordName = 'run.json'
/** Files that a run has before it has its record. */
const pictureFile = /^(?:character-\d+|image|lastImage)\.png$/

/**
 * Takes a folder for a run: a new or empty one is begun; one of the same run is gone on with. What a process that was
 * killed had begun to write there goes.
 * @throws FramewrightError E_OPTION when the folder is of another run or of something else; E_OUTPUT
 */
export async function takeRunFolder(path: string, run: Run): Promise<void> {
  const record = recordOf(run)
  const known = await readRecord(path)
  if (known === null) await begin(path, record, run)
  else refuseOther(path, known, record, run.free ?? [])
  await removeLeftOvers(path, { idleMilliseconds: 0 })
}

/** Whether a folder is one of a run: it has its record. */
export async function holdsRun(path: string): Promise<boolean> {
  return access(join(path, recordName)).then(
    () => true,
    () => false,
  )
}

/**
 * The options of a run that is kept in a folder, to go on with it.
 * @throws FramewrightError E_OPTION when the folder holds no run, or one that cannot be gone on with
 */
export async function readRun(path: string): Promise<GenerateOptions> {
  const record = await readRecord(path)
  if (record === null) {
    throw new FramewrightError('E_OPTION', `${path} holds no run: name the folder that --run was given`)
  }
  if (record.isDirected) {
    throw new FramewrightError(
      'E_OPTION',
      `the run in ${path} has a director, which a folder cannot hold: call generate() with the same options and \`run\``,
    )
  }
  const characters: Record<string, Frames> = {}
  for (const { word, file } of record.characters) characters[word] = await readImage(join(path, file))
  const images: Partial<Record<ImageOption, Frames>> = {}
  for (const { option, file } of record.images) images[option] = await readImage(join(path, file))
  // The record holds checked options, and they are checked again by whoever takes them.
  return {
    ...record.options,
    ...images,
    model: record.model,
    characters,
    run: path,
  } as unknown as GenerateOptions
}

const hashOf = ({ data }: Frames): string => createHash('sha256').update(data).digest('hex')

function recordOf(run: Run): RunRecord {
  const { model, weights, isDirected = false, options, characters = {}, images = {} } = run
  return {
    format: 2,
    model,
    weights,
    isDirected,
    characters: Object.entries(characters).map(([word, picture], i) => ({
      word,
      file: `character-${i + 1}.png`,
      pixels: hashOf(picture),
    })),
    images: imageOptions.flatMap((option) => {
      const picture = images[option]
      return picture ? [{ option, file: `${option}.png`, pixels: hashOf(picture) }] : []
    }),
    // As it will be read.
    options: JSON.parse(JSON.stringify(options)) as Record<string, unknown>,
  }
}

async function begin(
  path: string,
  record: RunRecord,
  { characters = {}, images = {} }: Pick<Run, 'characters' | 'images'>,
): Promise<void> {
  try {
    await mkdir(path, { recursive: true })
    const other = (await readdir(path)).find((name) => !isTemporaryName(name) && !pictureFile.test(name))
    if (other !== undefined) {
      throw new FramewrightError(
        'E_OPTION',
        `${path} holds something else (${other}): a run needs a new or an empty folder`,
      )
    }
    for (const { word, file } of record.characters) {
      const picture = characters[word]
      if (picture) await writePng(join(path, file), picture)
    }
    for (const { option, file } of record.images) {
      const picture = images[option]
      if (picture) await writePng(join(path, file), picture)
    }
    // Last, so that a folder with a record is whole.
    await writeWhole(join(path, recordName), `${JSON.stringify(record, null, 2)}\n`)
  } catch (cause) {
    throw outputError(path, cause)
  }
}

function refuseOther(path: string, known: RunRecord, record: RunRecord, free: readonly string[]): void {
  const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)
  const isOther = (name: string): boolean => !same(known.options[name], record.options[name])
  const names = new Set([...Object.keys(known.options), ...Object.keys(record.options)])
  const other = known.model === record.model ? [...names].filter(isOther) : ['model']
  if (known.model === record.model && known.weights !== record.weights) {
    throw new FramewrightError(
      'E_OPTION',
      `the run in ${path} was begun with other weights, which paint other pictures: begin it again`,
    )
  }
  if (!same(known.characters, record.characters)) other.push('characters')
  for (const option of imageOptions) {
    const pixels = ({ images }: RunRecord) => images.find((image) => image.option === option)?.pixels
    if (pixels(known) !== pixels(record)) other.push(option)
  }
  if (known.isDirected !== record.isDirected) other.push('director')
  const wrong = other.filter((name) => !free.includes(name))
  if (wrong.length === 0) return
  const list = wrong.map((name) => `\`${name}\``).join(', ')
  throw new FramewrightError(
    'E_OPTION',
    `${path} holds another run, with other ${list}: go on with it as it was begun, or choose another folder`,
  )
}

/** @throws FramewrightError E_OPTION when there is a record that is none */
async function readRecord(path: string): Promise<RunRecord | null> {
  const file = join(path, recordName)
  const text = await readFile(file, 'utf8').catch(() => null)
  if (text === null) return null
  try {
    return recordSchema.parse(JSON.parse(text))
  } catch (cause) {
    throw new FramewrightError('E_OPTION', `${file} is damaged: begin the run again in another folder`, {
      cause,
    })
  }
}
