import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { EncodedText } from '../text/index.ts'
import { FramewrightError } from '../util/errors.ts'

/** Directions of words in the text encoder's space: unit vectors, by word. */
export type WordVectors = ReadonlyMap<string, Float32Array>

const fileSchema = z.strictObject({
  format: z.literal(1),
  width: z.int().positive(),
  words: z.array(z.string().min(1)).min(1),
  /** Whole numbers from −127 to 127, row after row, base64. */
  vectors: z.base64(),
})

const pathIn = (folder: string): string => join(folder, 'words.json')

/**
 * What a word means, as its encoder says: the mean of its tokens, of length 1. Cosines of such means are what this encoder
 * was trained for (Reimers & Gurevych 2019, arXiv 1908.10084).
 */
export function wordVector({ vectors, count }: Pick<EncodedText, 'vectors' | 'count'>): Float32Array {
  const width = vectors.length / count
  const sum = new Float32Array(width)
  for (const [i, value] of vectors.entries()) sum[i % width] = (sum[i % width] ?? 0) + value
  return normalised(sum)
}

function normalised(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector)
  return vector.map((value) => value / Math.max(1e-9, length))
}

/**
 * The words that a folder of weights has vectors of; none where it has no `words.json`.
 * @throws FramewrightError E_WEIGHTS when the file is not one
 */
export function readWordVectors(folder: string): WordVectors {
  const path = pathIn(folder)
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return new Map()
    throw new FramewrightError('E_WEIGHTS', `${path} cannot be read: reinstall framewright`, { cause })
  }
  try {
    const { width, words, vectors } = fileSchema.parse(JSON.parse(text))
    const numbers = Int8Array.from(Buffer.from(vectors, 'base64'))
    if (numbers.length !== width * words.length) throw new RangeError(`${numbers.length} numbers`)
    return new Map(
      words.map((word, i) => [
        word,
        normalised(Float32Array.from(numbers.subarray(i * width, (i + 1) * width))),
      ]),
    )
  } catch (cause) {
    throw new FramewrightError(
      'E_WEIGHTS',
      `${path} is damaged: reinstall framewright, or in a clone run "git checkout -- weights"`,
      { cause },
    )
  }
}

/** The text of a `words.json`. */
export function formatWordVectors(vectors: WordVectors): string {
  const [first] = vectors.values()
  const bytes = [...vectors.values()].flatMap((vector) => {
    const most = Math.max(...vector.map(Math.abs))
    return [...vector].map((value) => Math.round((value / most) * 127))
  })
  const data = Buffer.from(Int8Array.from(bytes).buffer).toString('base64')
  return `${JSON.stringify({ format: 1, width: first?.length ?? 0, words: [...vectors.keys()], vectors: data }, null, 1)}\n`
}
