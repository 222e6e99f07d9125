import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { FramewrightError } from '../util/errors.ts'
import { checkOutput } from '../video/index.ts'

/** A folder that pictures can be written into. @throws FramewrightError E_OUTPUT */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
  } catch (cause) {
    throw new FramewrightError('E_OUTPUT', `the folder ${folder} cannot be made`, { cause })
  }
  await checkOutput(join(folder, 'picture.png'))
}

/** A file's name out of a text's words: any letter may be in them, a path's signs must not. */
export function fileNameOf(words: string): string {
  return words.replace(/[^\p{L}\p{N}-]+/gu, '-')
}
