import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Weights } from '../nn/index.ts'
import { parseTensorFile } from '../runtime/tensor-file.ts'
import { readPart } from '../runtime/weight-folder.ts'
import { FramewrightError } from '../util/errors.ts'

/** The networks that toybox is made of. */
export const toyboxParts = ['codec', 'denoiser', 'motion', 'reference'] as const
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
  return tensorsOf(join(folder, 'toybox'), part)
}

export interface TextEncoderFiles {
  readonly weights: Weights
  /** The bytes of `tokenizer.json`. */
  readonly tokenizer: Uint8Array
}

/** The text encoder's weights and vocabulary; otherwise as `loadWeights`. */
export async function loadTextEncoderFiles(folder: string): Promise<TextEncoderFiles> {
  const from = join(folder, 'minilm')
  const [weights, tokenizer] = await Promise.all([tensorsOf(from, 'model'), readPart(from, 'tokenizer')])
  return { weights, tokenizer }
}

async function tensorsOf(folder: string, part: string): Promise<Weights> {
  const bytes = await readPart(folder, part)
  try {
    return parseTensorFile(bytes).tensors
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new FramewrightError('E_WEIGHTS', `"${part}" in ${folder} is no file of weights: ${reason}`, {
      cause,
    })
  }
}
