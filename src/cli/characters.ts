import { FramewrightError } from '../util/errors.ts'
import { type Frames, readImage } from '../video/index.ts'

/**
 * Reads the user's own pictures: `dog=./my-dog.png`, each for another word.
 * @throws FramewrightError E_OPTION when one is not of that form, or as `readImage` says
 */
export async function readCharacters(values: readonly string[]): Promise<Record<string, Frames>> {
  const pictures = new Map<string, Frames>()
  for (const value of values) {
    const { word, file } = split(value)
    if (pictures.has(word)) {
      throw new FramewrightError('E_OPTION', `--character gives two pictures for "${word}"`)
    }
    pictures.set(word, await readImage(file))
  }
  return Object.fromEntries(pictures)
}

function split(value: string): { readonly word: string; readonly file: string } {
  const at = value.indexOf('=')
  const word = value.slice(0, Math.max(0, at)).trim().toLowerCase()
  const file = value.slice(at + 1)
  if (/^[\p{L}\p{N}]/u.test(word) && file !== '') return { word, file }
  throw new FramewrightError(
    'E_OPTION',
    `--character must be word=file (as dog=./my-dog.png), got "${value}"`,
  )
}
