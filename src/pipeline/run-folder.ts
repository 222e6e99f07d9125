import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { type HostTensor, hostTensor } from '../graph/index.ts'
import type { PaintedChunk } from '../models/denoiser-sampler.ts'
import { readTensorFile, writeTensorFile } from '../runtime/index.ts'
import { parseStoryboard, type Storyboard } from '../story/index.ts'
import { FramewrightError } from '../util/errors.ts'
import { outputError } from '../util/output-error.ts'
import { type Frames, readImage, writePng } from '../video/index.ts'
import type { GenerateOptions } from './options.ts'
import type { ValidOptions } from './validate.ts'

/**
 * A run's finished parts, kept in a folder: what was asked for, the storyboard, and every painted chunk. The same run
 * begun again with that folder takes them from there, and ends with the same frames as if it had never been stopped.
 */
export interface RunFolder {
  /** The storyboard that was planned; null where none has been yet. */
  storyboard(): Promise<Storyboard | null>
  keepStoryboard(storyboard: Storyboard): Promise<void>
  /** A painted chunk of a shot; null where it has not been painted, or its file is damaged. */
  chunk(shot: number, chunk: number): Promise<PaintedChunk | null>
  keepChunk(shot: number, chunk: number, painted: PaintedChunk): Promise<void>
}

const recordSchema = z.strictObject({
  format: z.literal(1),
  /** The first half of the weights' fingerprint: other weights would paint other pictures. */
  model: z.string(),
  /** True where a language model plans: what it planned is kept, for it would not plan the same again. */
  isDirected: z.boolean(),
  /** The user's own pictures: the word, a file beside this one, and the sha256 of its pixels. */
  characters: z.array(
    z.strictObject({ word: z.string(), file: z.string().regex(/^[\w.-]+$/), pixels: z.string() }),
  ),
  /** As `generate` takes them, all that was left out filled in. */
  options: z.record(z.string(), z.unknown()),
})
type RunRecord = z.infer<typeof recordSchema>

const recordName = 'run.json'

/**
 * Opens the folder of a run: a new or empty one is begun; one of the same run is gone on with.
 * @param model a fingerprint of the weights
 * @throws FramewrightError E_OPTION when the folder is of another run or of something else; E_OUTPUT
 */
export async function openRun(path: string, options: ValidOptions, model: string): Promise<RunFolder> {
  const record = recordOf(options, model)
  const known = await readRecord(path)
  if (known === null) await begin(path, record, options)
  else refuseOther(path, known, record)
  return runFolder(path)
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
  // The record holds what validateOptions gave, and that is checked again by whoever takes it.
  return { ...record.options, characters, run: path } as unknown as GenerateOptions
}

function recordOf(options: ValidOptions, model: string): RunRecord {
  const { director, characters, width, height, run: _run, ...rest } = options
  return {
    format: 1,
    model: model.slice(0, 32),
    isDirected: director !== undefined,
    characters: Object.entries(characters).map(([word, picture], i) => ({
      word,
      file: `character-${i + 1}.png`,
      pixels: createHash('sha256').update(picture.data).digest('hex'),
    })),
    // Through JSON, as it will be read: options that were not given are not there.
    options: JSON.parse(JSON.stringify({ ...rest, size: `${width}x${height}` })) as Record<string, unknown>,
  }
}

async function begin(path: string, record: RunRecord, { characters }: ValidOptions): Promise<void> {
  try {
    await mkdir(path, { recursive: true })
    const [other] = (await readdir(path)).filter((name) => !name.endsWith('.tmp'))
    if (other !== undefined && !/^character-\d+\.png$/.test(other)) {
      throw new FramewrightError(
        'E_OPTION',
        `${path} holds something else (${other}): a run needs a new or an empty folder`,
      )
    }
    for (const { word, file } of record.characters) {
      const picture = characters[word]
      if (picture) await writePng(join(path, file), picture)
    }
    // Last, so that a folder with a record is whole.
    await writeWhole(join(path, recordName), `${JSON.stringify(record, null, 2)}\n`)
  } catch (cause) {
    throw outputError(path, cause)
  }
}

function refuseOther(path: string, known: RunRecord, record: RunRecord): void {
  if (known.model !== record.model) {
    throw new FramewrightError(
      'E_OPTION',
      `the run in ${path} was begun with other weights, which paint other pictures: begin it again`,
    )
  }
  const names = new Set([...Object.keys(known.options), ...Object.keys(record.options)])
  const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)
  const other = [...names].filter((name) => !same(known.options[name], record.options[name]))
  if (!same(known.characters, record.characters)) other.push('characters')
  if (known.isDirected !== record.isDirected) other.push('director')
  if (other.length === 0) return
  const list = other.map((name) => `\`${name}\``).join(', ')
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

function runFolder(path: string): RunFolder {
  const board = join(path, 'storyboard.json')
  const chunkFile = (shot: number, chunk: number): string =>
    join(path, `shot-${shot + 1}-chunk-${chunk + 1}.safetensors`)
  return {
    storyboard: async () => {
      const text = await readFile(board, 'utf8').catch(() => null)
      return text === null ? null : parseStoryboard(text)
    },
    keepStoryboard: async (storyboard) => writeWhole(board, `${JSON.stringify(storyboard, null, 2)}\n`),
    chunk: async (shot, chunk) => {
      const file = chunkFile(shot, chunk)
      const read = await readTensorFile(file).catch(() => null)
      const latents = read?.tensors.get('latents')?.data
      if (!read || !(latents instanceof Float32Array)) {
        await rm(file, { force: true })
        return null
      }
      const maps: Float32Array[] = []
      for (let map = read.tensors.get('map.0'); map; map = read.tensors.get(`map.${maps.length}`)) {
        if (map.data instanceof Float32Array) maps.push(map.data)
      }
      return { latents, maps }
    },
    keepChunk: async (shot, chunk, { latents, maps }) => {
      const tensors = new Map<string, HostTensor>([['latents', hostTensor(latents, [latents.length])]])
      for (const [i, map] of maps.entries()) tensors.set(`map.${i}`, hostTensor(map, [map.length]))
      await writeTensorFile(chunkFile(shot, chunk), tensors, { format: 'framewright' }, 'F32')
    },
  }
}

/** Under a temporary name first: a kill at any moment leaves the old file, or none. */
async function writeWhole(file: string, text: string): Promise<void> {
  try {
    await writeFile(`${file}.tmp`, text)
    await rename(`${file}.tmp`, file)
  } catch (cause) {
    await rm(`${file}.tmp`, { force: true }).catch(() => {})
    throw outputError(file, cause)
  }
}
