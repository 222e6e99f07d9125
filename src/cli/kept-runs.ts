import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { holdsRun } from '../pipeline/run-record.ts'
import { cacheFolder } from '../runtime/cache-folder.ts'
import { FramewrightError } from '../util/errors.ts'

/** Runs that were cut off stay so long where nobody named a folder for them. */
const keptDays = 7

/**
 * Runs a job that keeps its finished parts in a folder. One that the user named stays; else one is made in the cache,
 * and goes when the job has ended, or was cut off before a part was finished.
 * @param named the user's folder
 * @param job gets the folder; undefined where none can be made: nothing is kept then
 */
export async function keepingParts<T>(
  named: string | undefined,
  output: string,
  job: (folder: string | undefined) => Promise<T>,
): Promise<T> {
  const folder = named ?? (await makeDefault())
  try {
    const result = await job(folder)
    if (named === undefined && folder !== undefined) await rm(folder, { recursive: true, force: true })
    return result
  } catch (error) {
    if (folder !== undefined && (await canGoOn(folder, error))) {
      process.stderr.write(
        `framewright: what was made is kept; to go on: framewright --resume ${quoted(folder)} -o ${quoted(output)}\n`,
      )
    } else if (named === undefined && folder !== undefined) await rm(folder, { recursive: true, force: true })
    throw error
  }
}

/** Something was made, and it is not the options that are wrong. */
async function canGoOn(folder: string, error: unknown): Promise<boolean> {
  if (FramewrightError.is(error) && error.code === 'E_OPTION') return false
  const names = await readdir(folder).catch(() => [])
  return names.some((name) => name.endsWith('.safetensors'))
}

/** The newest run that was cut off in the cache. @throws FramewrightError E_OPTION when there is none */
export async function newestRun(): Promise<string> {
  for (const { folder } of (await keptRuns()).sort((a, b) => b.begun - a.begun)) {
    // One that was killed before it had made a record of itself has made nothing.
    if (await holdsRun(folder)) return folder
  }
  throw new FramewrightError('E_OPTION', 'no run was cut off: name the folder that --run was given')
}

/** A folder of its own in the cache; undefined where there can be none. Old ones go. */
async function makeDefault(): Promise<string | undefined> {
  try {
    const oldest = Date.now() - keptDays * 24 * 3600 * 1000
    for (const { folder, begun } of await keptRuns()) {
      if (begun < oldest) await rm(folder, { recursive: true, force: true })
    }
    await mkdir(runsFolder(), { recursive: true })
    return await mkdtemp(join(runsFolder(), 'run-'))
  } catch {
    return undefined
  }
}

async function keptRuns(): Promise<{ readonly folder: string; readonly begun: number }[]> {
  const runs: { folder: string; begun: number }[] = []
  for (const name of await readdir(runsFolder()).catch(() => [])) {
    const folder = join(runsFolder(), name)
    const found = await stat(folder).catch(() => null)
    if (found) runs.push({ folder, begun: found.mtimeMs })
  }
  return runs
}

const runsFolder = (): string => join(cacheFolder(), 'runs')

/** As a shell takes it for one word. */
function quoted(path: string): string {
  return /^[\w./:\\+-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`
}
