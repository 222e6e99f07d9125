import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Runtime, withOptions } from '../graph/index.ts'
import type { NetworkWeights, Weights } from '../nn/index.ts'
import { type MappedPart, mapPart, readManifest, readPart, readWeights } from '../runtime/weight-folder.ts'
import { FramewrightError } from '../util/errors.ts'

/** The networks that toybox is made of. */
export const toyboxParts = [
  'arc',
  'codec',
  'denoiser',
  'interpolator',
  'motion',
  'preview',
  'reference',
  'upscaler',
] as const
export type Part = (typeof toyboxParts)[number]

/** The weights that come with the package: a folder with `toybox/` and `minilm/` in it. */
export function weightFolder(): string {
  return fileURLToPath(new URL('../../weights', import.meta.url))
}

/**
 * One network's weights as 32-bit numbers, checked against the manifest.
 * @param folder as `weightFolder()`
 * @throws FramewrightError E_WEIGHTS when they are missing, cut short, altered, or no safetensors file
 */
export async function loadWeights(folder: string, part: Part): Promise<Weights> {
  return readWeights(join(folder, 'toybox'), part)
}

/** A network's weights in their file, and a runtime that opens programs with them. */
export interface OpenPart {
  readonly weights: NetworkWeights
  readonly runtime: Runtime
}

/**
 * One network's weights where they lie in their file, for `openWeights`.
 * @throws FramewrightError E_WEIGHTS as `loadWeights`; that a file is altered shows when a program is opened
 */
export async function findWeights(folder: string, part: Part): Promise<MappedPart> {
  return mapPart(join(folder, 'toybox'), part)
}

/** A runtime whose programs read a part's weights from their file, and leave it only when these have been checked. */
export function openWeights(runtime: Runtime, { weights, weightFolder, checked }: MappedPart): OpenPart {
  const { open, close } = withOptions(runtime, { weightFolder })
  return {
    weights,
    runtime: {
      open: (program, options) => whenChecked(open(program, options), checked),
      close,
    },
  }
}

/**
 * What is opened beside the checking of its weights, when they have been checked: that they are altered, which may also be
 * what it could not be opened for, is told first.
 */
export async function whenChecked<T>(opening: Promise<T>, checked: Promise<unknown>): Promise<T> {
  opening.catch(() => {})
  await checked
  return opening
}

/** Beside the networks, what decides which words become which pictures; a folder may lack them. */
const wordFiles = ['learned.json', 'words.json'] as const

/**
 * A number that stands for all weights of a folder: the sha256 of its tables of contents and of what its networks know by
 * word, hexadecimal.
 */
export async function fingerprint(folder: string = weightFolder()): Promise<string> {
  const hash = createHash('sha256')
  for (const model of ['toybox', 'minilm']) {
    hash.update(JSON.stringify(await readManifest(join(folder, model))))
  }
  for (const file of wordFiles) {
    const bytes = await readFile(join(folder, 'toybox', file)).catch(missing)
    hash.update(`${file} ${bytes.length}\n`).update(bytes)
  }
  return hash.digest('hex')
}

/** Nothing for a file that is not there. */
function missing(cause: NodeJS.ErrnoException): Uint8Array {
  if (cause.code === 'ENOENT') return new Uint8Array(0)
  throw new FramewrightError('E_WEIGHTS', `${cause.path} cannot be read: reinstall framewright`, { cause })
}

export interface TextEncoderFiles extends OpenPart {
  /** The bytes of `tokenizer.json`. */
  readonly tokenizer: Uint8Array
}

/** The text encoder's weights and vocabulary; otherwise as `findWeights`. */
export async function openTextEncoderFiles(runtime: Runtime, folder: string): Promise<TextEncoderFiles> {
  const from = join(folder, 'minilm')
  const [part, tokenizer] = await Promise.all([mapPart(from, 'model'), readPart(from, 'tokenizer')])
  return { ...openWeights(runtime, part), tokenizer }
}
