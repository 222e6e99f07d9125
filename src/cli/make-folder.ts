import { mkdir, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { FramewrightError } from '../util/errors.ts'
import { outputError } from '../util/output-error.ts'
import { checkOutput } from '../video/index.ts'

/**
 * A job that writes into a folder, which is made where it is not there; when the job fails, what was made goes again.
 * @throws FramewrightError E_OUTPUT when there can be no such folder, or it may not be written to
 */
export async function inFolder<T>(folder: string, job: () => Promise<T>): Promise<T> {
  // The first folder on the way that was not there.
  const made = await mkdir(folder, { recursive: true }).catch((cause: unknown) => {
    throw new FramewrightError('E_OUTPUT', `the folder ${folder} cannot be made`, { cause })
  })
  try {
    await checkOutput(join(folder, 'picture.png'))
    return await job()
  } catch (error) {
    if (made !== undefined) await rm(made, { recursive: true, force: true })
    throw error
  }
}

/** @throws FramewrightError E_OUTPUT where there is no folder for a file, before there is anything to write */
export async function checkFolderOf(path: string): Promise<void> {
  const folder = dirname(path)
  const found = await stat(folder).catch((cause) => Promise.reject(outputError(path, cause)))
  if (!found.isDirectory())
    throw new FramewrightError('E_OUTPUT', `${path} cannot be written: ${folder} is a file`)
}

/** A file's name out of a text's words: any letter may be in them, a path's signs must not. */
export function fileNameOf(words: string): string {
  return words.replace(/[^\p{L}\p{N}-]+/gu, '-')
}
