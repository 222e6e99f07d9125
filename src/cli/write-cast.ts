import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { castReferences } from '../pipeline/generate.ts'
import type { GenerateOptions } from '../pipeline/options.ts'
import { validateOptions } from '../pipeline/validate.ts'
import { FramewrightError } from '../util/errors.ts'
import { checkOutput, writePng } from '../video/index.ts'
import { follow } from './follow.ts'
import { interruptible } from './interrupt.ts'
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

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
  } catch (cause) {
    throw new FramewrightError('E_OUTPUT', `the folder ${folder} cannot be made`, { cause })
  }
  await checkOutput(join(folder, 'setting.png'))
}

/** Ids are made of the text's words: any letter may be in them, a path's signs must not. */
function fileNameOf(id: string): string {
  return id.replace(/[^\p{L}\p{N}-]+/gu, '-')
}
