import { join } from 'node:path'
import { castReferences } from '../pipeline/generate.ts'
import type { GenerateOptions } from '../pipeline/options.ts'
import { validateOptions } from '../pipeline/validate.ts'
import { writePng } from '../video/index.ts'
import { follow } from './follow.ts'
import { interruptible } from './interrupt.ts'
import { fileNameOf, makeFolder } from './make-folder.ts'
import { createProgress, quietProgress } from './progress.ts'

/** Draws the cast of a text into a folder, one PNG a member. */
export async function writeCast(
  options: GenerateOptions,
  { folder, isQuiet }: { readonly folder: string; readonly isQuiet: boolean },
): Promise<void> {
  validateOptions(options)
  await makeFolder(folder)
  const progress = isQuiet ? quietProgress(process.stderr) : createProgress(process.stderr)
  const { references } = await interruptible((signal) =>
    follow(castReferences({ ...options, signal }), progress),
  )
  for (const { id, phrase, picture } of references) {
    const path = join(folder, `${fileNameOf(id)}.png`)
    await writePng(path, picture)
    process.stdout.write(`${path}: ${phrase}\n`)
  }
}
