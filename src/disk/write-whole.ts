import { copyFile, rename, rm } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { outputError } from '../util/output-error.ts'
import { type AtomicFile, openAtomicFile, removeLeftOvers, temporaryName } from './atomic-file.ts'

/**
 * Writes a file that appears complete or not at all: a kill or a power cut at any moment leaves the old one, or none.
 * @throws FramewrightError E_OUTPUT
 */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  await writeAllWhole([[path, content]])
}

/**
 * Writes several files: none takes its name before all are written; then they take their names in this order.
 * @throws FramewrightError E_OUTPUT
 */
export async function writeAllWhole(
  contents: readonly (readonly [path: string, content: string | Uint8Array])[],
): Promise<void> {
  const files: AtomicFile[] = []
  try {
    for (const [path, content] of contents) {
      const file = await openAtomicFile(path)
      files.push(file)
      await file.append(typeof content === 'string' ? new TextEncoder().encode(content) : content)
    }
    for (const file of files) await file.commit()
  } finally {
    for (const file of files) await file.discard()
  }
}

/**
 * Copies a file, complete or not at all.
 * @throws FramewrightError E_OUTPUT
 */
export async function copyWhole(from: string, to: string): Promise<void> {
  const temporary = temporaryName(to)
  try {
    await removeLeftOvers(dirname(to), { name: basename(to) })
    await copyFile(from, temporary)
    await rename(temporary, to)
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => {})
    throw outputError(to, cause)
  }
}
