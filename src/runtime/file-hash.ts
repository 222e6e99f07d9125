import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, readFile, realpath, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { writeWhole } from '../disk/write-whole.ts'
import { FramewrightError } from '../util/errors.ts'
import { cacheFolder } from './cache-folder.ts'

export interface FileHashOptions {
  /** Where hashes are kept. @default the user's caches */
  readonly cache?: string
  readonly signal?: AbortSignal
}

const recordSchema = z.strictObject({
  path: z.string(),
  /** Size, times of change of the bytes and of the file itself, and its number on its disk. */
  state: z.string(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})

/**
 * The sha256 of a file's bytes, hexadecimal. It is kept, and the bytes are read again when the file's size, times or number
 * on its disk are others: to the system's clock there is no writing to a file without a change of these.
 * @throws FramewrightError E_WEIGHTS when it cannot be read
 */
export async function fileSha256(
  path: string,
  { cache = join(cacheFolder(), 'hashes'), signal }: FileHashOptions = {},
): Promise<string> {
  const real = await realpath(path).catch((cause: unknown) => Promise.reject(unreadable(path, cause)))
  const state = await stateOf(real)
  const record = join(cache, `${createHash('sha256').update(real).digest('hex').slice(0, 32)}.json`)
  const known = await readRecord(record)
  if (known?.path === real && known.state === state.text) return known.sha256
  const sha256 = await hashBytes(real, signal)
  // The clock of files is coarse: what was changed just now could be changed again without a trace.
  const isSettled = Date.now() - state.changed > settledMilliseconds
  if (isSettled && (await stateOf(real)).text === state.text) {
    await keep(record, { path: real, state: state.text, sha256 })
  }
  return sha256
}

const settledMilliseconds = 2000

async function stateOf(path: string): Promise<{ readonly text: string; readonly changed: number }> {
  const found = await stat(path, { bigint: true }).catch((cause: unknown) =>
    Promise.reject(unreadable(path, cause)),
  )
  const { size, mtimeNs, ctimeNs, ctimeMs, ino } = found
  return {
    text: [size, mtimeNs, ctimeNs, ino].join(' '),
    changed: Number(ctimeMs),
  }
}

async function hashBytes(path: string, signal: AbortSignal | undefined): Promise<string> {
  const hash = createHash('sha256')
  try {
    for await (const piece of createReadStream(path, { highWaterMark: 2 ** 20 })) {
      signal?.throwIfAborted()
      hash.update(piece)
    }
  } catch (cause) {
    signal?.throwIfAborted()
    throw unreadable(path, cause)
  }
  return hash.digest('hex')
}

async function readRecord(path: string): Promise<z.infer<typeof recordSchema> | null> {
  const text = await readFile(path, 'utf8').catch(() => null)
  if (text === null) return null
  try {
    return recordSchema.parse(JSON.parse(text))
  } catch {
    return null
  }
}

/** Where it cannot be kept, it is made again another time. */
async function keep(path: string, record: z.infer<typeof recordSchema>): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true })
    await writeWhole(path, `${JSON.stringify(record)}\n`)
  } catch {}
}

const unreadable = (path: string, cause: unknown): FramewrightError =>
  new FramewrightError('E_WEIGHTS', `weights cannot be read from ${path}`, { cause })
