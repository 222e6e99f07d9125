import { join } from 'node:path'
import { castReferences } from '../pipeline/generate.ts'
import type { GenerateOptions } from '../pipeline/options.ts'
import { validateOptions } from '../pipeline/validate.ts'
import { writePngs } from '../video/index.ts'
import { follow } from './follow.ts'
import { interruptible } from './interrupt.ts'
import { fileNameOf, inFolder } from './make-folder.ts'
import { createProgress, quietProgress } from './progress.ts'

/** Draws the cast of a text into a folder, one PNG a member: all of them or none. */
export async function writeCast(
  options: GenerateOptions,
  { folder, isQuiet }: { readonly folder: string; readonly isQuiet: boolean },
): Promise<void> {
  validateOptions(options)
  const progress = isQuiet ? quietProgress(process.stderr) : createProgress(process.stderr)
  const lines = await inFolder(folder, async () => {
    const { references } = await interruptible((signal) =>
      follow(castReferences({ ...options, signal }), progress),
    )
    const pictures = references.map(({ id, phrase, picture }) => ({
      path: join(folder, `${fileNameOf(id)}.png`),
      phrase,
      picture,
    }))
    await writePngs(pictures)
    return pictures.map(({ path, phrase }) => `${path}: ${phrase}\n`)
  })
  process.stdout.write(lines.join(''))
}
