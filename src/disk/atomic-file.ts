import { randomUUID } from 'node:crypto'
import { open, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { FramewrightError } from '../util/errors.ts'
import { outputError } from '../util/output-error.ts'

/** A file open for writing: what an encoder needs of a disk, so that tests can bring a full one. */
export interface OutputHandle {
  /** Writes all of `data` at `position` bytes from the start. */
  write(data: Uint8Array, position: number): Promise<void>
  /** Resolves when the bytes are on the disk. */
  sync(): Promise<void>
  close(): Promise<void>
}

/** Opens a new file; rejects when there is one of that name. */
export type OpenOutput = (path: string) => Promise<OutputHandle>

/** A file that appears under its name complete, or not at all. */
export interface AtomicFile {
  /** How long the file is so far, in bytes. */
  readonly sizeBytes: number
  /** The first write that failed: libraries between us and the disk tend to hide it. */
  readonly failure: FramewrightError | undefined
  append(data: Uint8Array): Promise<void>
  writeAt(data: Uint8Array, position: number): Promise<void>
  /** Gives the file its name, in place of any file that had it. */
  commit(): Promise<void>
  /** Removes what was written. Does nothing after `commit`. */
  discard(): Promise<void>
}

/**
 * Opens a file under a temporary name in the same folder; `commit` renames it, when its bytes are on the disk.
 * A process that dies between leaves `.name.<id>.part`, never half a file under the name itself: the next that writes the
 * same file removes it, when nobody has written to it for an hour.
 * @throws FramewrightError E_OUTPUT
 */
export async function openAtomicFile(path: string, openOutput: OpenOutput = openOnDisk): Promise<AtomicFile> {
  const temporary = temporaryName(path)
  await removeLeftOvers(dirname(path), { name: basename(path) })
  const handle = await openOutput(temporary).catch((cause) => Promise.reject(outputError(path, cause)))
  let sizeBytes = 0
  let failure: FramewrightError | undefined
  let state: 'open' | 'closed' | 'done' = 'open'

  async function guard<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (cause) {
      failure ??= outputError(path, cause)
      throw failure
    }
  }

  async function writeAt(data: Uint8Array, position: number): Promise<void> {
    sizeBytes = Math.max(sizeBytes, position + data.length)
    await guard(() => handle.write(data, position))
  }

  return {
    get sizeBytes() {
      return sizeBytes
    },
    get failure() {
      return failure
    },
    writeAt,
    append: (data) => writeAt(data, sizeBytes),
    commit: () =>
      guard(async () => {
        await handle.sync()
        state = 'closed'
        await handle.close()
        await rename(temporary, path)
        state = 'done'
      }),
    discard: async () => {
      if (state === 'done') return
      if (state === 'open') await handle.close().catch(() => {})
      state = 'done'
      await rm(temporary, { force: true })
    },
  }
}

/** A hidden name beside `path`: the same folder, so that a rename never copies. */
export function temporaryName(path: string): string {
  return join(dirname(path), `.${basename(path)}.${randomUUID()}${ending}`)
}

/** Whether a name in a folder is one that `temporaryName` made. */
export function isTemporaryName(name: string): boolean {
  return name.startsWith('.') && name.endsWith(ending)
}

export interface LeftOvers {
  /** The file that they were to be. @default any */
  readonly name?: string
  /** Left alone are those that were written to later, for they may be another process's. @default an hour */
  readonly idleMilliseconds?: number
}

/** Removes from a folder what processes that were killed had begun. */
export async function removeLeftOvers(
  folder: string,
  { name = '', idleMilliseconds = 3_600_000 }: LeftOvers = {},
): Promise<void> {
  const isOne = (other: string): boolean => isTemporaryName(other) && (name === '' || nameOf(other) === name)
  // Where nothing can be read, there is nothing to remove.
  for (const other of (await readdir(folder).catch(() => [])).filter(isOne)) {
    const path = join(folder, other)
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }))
    if (Date.now() - mtimeMs >= idleMilliseconds) {
      await rm(path, { recursive: true, force: true }).catch(() => {})
    }
  }
}

/** The name that a file with a temporary name is to have. */
const nameOf = (temporary: string): string => temporary.slice(1, -ending.length).replace(/\.[^.]*$/, '')

const ending = '.part'

async function openOnDisk(path: string): Promise<OutputHandle> {
  const handle = await open(path, 'wx')
  return {
    async write(data, position) {
      // The system may take a part of it only.
      for (let done = 0; done < data.length; ) {
        const { bytesWritten } = await handle.write(data, done, data.length - done, position + done)
        done += bytesWritten
      }
    },
    sync: () => handle.sync(),
    close: () => handle.close(),
  }
}
