import { readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { writeWhole } from '../disk/write-whole.ts'
import { FramewrightError } from '../util/errors.ts'
import { outputError } from '../util/output-error.ts'
import { type Learned, learnedByAll } from './learned.ts'

const names = z.array(z.string().min(1))

const learnedSchema = z.strictObject({
  subjects: names.optional(),
  settings: names,
  actions: names.optional(),
  weathers: names,
  seasons: names,
  looks: names.optional(),
})

const fileSchema = z.strictObject({ format: z.literal(1), parts: z.record(z.string(), learnedSchema) })

const pathIn = (folder: string): string => join(folder, 'learned.json')

/**
 * What all networks of a folder of weights have learned, from `learned.json` beside their manifest; null where nobody
 * wrote it down.
 * @throws FramewrightError E_WEIGHTS when the file is not one
 */
export function readLearned(folder: string): Learned | null {
  return learnedByAll(Object.values(readParts(folder)))
}

/** What one network of a folder has learned; otherwise as `readLearned`. */
export function readPartLearned(folder: string, part: string): Learned | null {
  return readParts(folder)[part] ?? null
}

/** Writes down what one network has learned; the others' lists stay. @throws FramewrightError E_WEIGHTS, E_OUTPUT */
export async function writeLearned(folder: string, part: string, learned: Learned): Promise<void> {
  const path = pathIn(folder)
  const parts = { ...readParts(folder), [part]: learned }
  try {
    await mkdir(folder, { recursive: true })
    await writeWhole(path, `${JSON.stringify({ format: 1, parts }, null, 1)}\n`)
  } catch (cause) {
    throw outputError(path, cause)
  }
}

function readParts(folder: string): Readonly<Record<string, Learned>> {
  const path = pathIn(folder)
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return {}
    throw new FramewrightError('E_WEIGHTS', `${path} cannot be read: reinstall framewright`, { cause })
  }
  try {
    return fileSchema.parse(JSON.parse(text)).parts
  } catch (cause) {
    throw new FramewrightError(
      'E_WEIGHTS',
      `${path} is damaged: reinstall framewright, or in a clone run "git checkout -- weights"`,
      { cause },
    )
  }
}
