import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Weights } from '../nn/index.ts'
import { readManifest, readPart, readWeights } from '../runtime/weight-folder.ts'

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

/** A number that stands for all weights of a folder: the sha256 of its tables of contents, hexadecimal. */
export async function fingerprint(folder: string = weightFolder()): Promise<string> {
  const hash = createHash('sha256')
  for (const model of ['toybox', 'minilm']) {
    hash.update(JSON.stringify(await readManifest(join(folder, model))))
  }
  return hash.digest('hex')
}

export interface TextEncoderFiles {
  readonly weights: Weights
  /** The bytes of `tokenizer.json`. */
  readonly tokenizer: Uint8Array
}

/** The text encoder's weights and vocabulary; otherwise as `loadWeights`. */
export async function loadTextEncoderFiles(folder: string): Promise<TextEncoderFiles> {
  const from = join(folder, 'minilm')
  const [weights, tokenizer] = await Promise.all([readWeights(from, 'model'), readPart(from, 'tokenizer')])
  return { weights, tokenizer }
}
