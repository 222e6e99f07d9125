import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rename, rm, stat, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { FramewrightError } from '../util/errors.ts'
import { outputError } from '../util/output-error.ts'

/** A file of a repository on the hub. */
export interface HubFile {
  /** In the repository. */
  readonly path: string
  readonly sizeBytes: number
  /** `sha256` of large files; `git`, the hash that git has for it, of small ones. */
  readonly digest: { readonly kind: 'sha256' | 'git'; readonly hex: string }
}

export interface HubRepository {
  readonly name: string
  /** The commit that the files are of. */
  readonly commit: string
  /** As its authors say; null where they say nothing. */
  readonly licence: string | null
  readonly files: readonly HubFile[]
}

export interface HubOptions {
  /** @default `https://huggingface.co` */
  readonly endpoint?: string
  readonly signal?: AbortSignal
}

export interface PullOptions extends HubOptions {
  /** Bytes that are there of all files, and how many that will be. */
  readonly onProgress?: (doneBytes: number, totalBytes: number, file: string) => void
  /** How often a broken connection is tried again, file by file. @default 5 */
  readonly retries?: number
  /** Milliseconds before it is tried again. @default 1000 */
  readonly retryDelay?: number
}

const modelSchema = z.object({
  sha: z.string().regex(/^[0-9a-f]{40}$/),
  cardData: z.object({ license: z.string().optional() }).nullish(),
  siblings: z.array(
    z.object({
      rfilename: z.string(),
      size: z.int().min(0).nullish(),
      blobId: z.string().nullish(),
      lfs: z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/), size: z.int().min(0) }).nullish(),
    }),
  ),
})

/** A path that stays in its folder. */
const safePath = /^(?!.*(?:^|\/)\.{1,2}(?:\/|$))[\w.-]+(?:\/[\w.-]+)*$/

const defaultEndpoint = 'https://huggingface.co'

/**
 * The files of a repository, at its newest commit.
 * @param wanted which files are asked for, by path
 * @throws FramewrightError E_DOWNLOAD when the hub cannot be reached, or has no such repository
 */
export async function describeRepository(
  name: string,
  wanted: (path: string) => boolean,
  { endpoint = defaultEndpoint, signal }: HubOptions = {},
): Promise<HubRepository> {
  const url = `${trimmed(endpoint)}/api/models/${name}?blobs=true`
  const response = await request(url, {}, signal)
  if (!response.ok) throw refusal(url, response.status)
  const parsed = modelSchema.safeParse(await response.json().catch(() => null))
  if (!parsed.success) throw new FramewrightError('E_DOWNLOAD', `${url} gives no list of a model’s files`)
  const { sha, cardData, siblings } = parsed.data
  const files = siblings
    .filter(({ rfilename }) => wanted(rfilename))
    .map(({ rfilename, size, blobId, lfs }): HubFile => {
      if (!safePath.test(rfilename)) {
        throw new FramewrightError(
          'E_DOWNLOAD',
          `${url} names a file "${rfilename}", which is no path in a folder`,
        )
      }
      const digest = lfs
        ? ({ kind: 'sha256', hex: lfs.sha256 } as const)
        : ({ kind: 'git', hex: blobId ?? '' } as const)
      return { path: rfilename, sizeBytes: lfs?.size ?? size ?? 0, digest }
    })
  return { name, commit: sha, licence: cardData?.license ?? null, files }
}

/**
 * Brings files into a folder. Each is written beside its place, as `<name>.part`, and takes its name when it is whole and
 * its hash is right; what is there already is not brought again, and a broken download goes on where it stopped.
 * @throws FramewrightError E_DOWNLOAD when the hub cannot be reached, or sends something else; E_OUTPUT when the disk is
 *   full, before anything is brought where that can be told
 */
export async function pullRepository(
  repository: HubRepository,
  folder: string,
  options: PullOptions = {},
): Promise<void> {
  const totalBytes = repository.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  const there = await Promise.all(repository.files.map((file) => bytesThere(join(folder, file.path), file)))
  await makeFolder(folder)
  await checkRoom(folder, totalBytes - there.reduce((sum, bytes) => sum + bytes, 0))
  let before = 0
  for (const file of repository.files) {
    const path = join(folder, file.path)
    const report = (bytes: number): void => options.onProgress?.(before + bytes, totalBytes, file.path)
    if ((await sizeOfFile(path)) !== file.sizeBytes) {
      await makeFolder(dirname(path))
      await pullFile(repository, file, path, report, options)
    }
    before += file.sizeBytes
    report(0)
  }
}

async function pullFile(
  { name, commit }: HubRepository,
  file: HubFile,
  path: string,
  report: (bytes: number) => void,
  { endpoint = defaultEndpoint, signal, retries = 5, retryDelay = 1000 }: PullOptions,
): Promise<void> {
  const url = `${trimmed(endpoint)}/${name}/resolve/${commit}/${file.path}`
  const part = `${path}.part`
  for (let attempt = 0; ; attempt++) {
    const had = Math.min((await sizeOfFile(part)) ?? 0, file.sizeBytes)
    try {
      if (had < file.sizeBytes || file.sizeBytes === 0)
        await receive(url, part, had, file.sizeBytes, report, signal)
      break
    } catch (error) {
      signal?.throwIfAborted()
      const isBroken = !FramewrightError.is(error)
      if (!isBroken) throw error
      // What came since the last attempt counts: a slow line is not a dead one.
      if (((await sizeOfFile(part)) ?? 0) > had) attempt = 0
      if (attempt >= retries) {
        const reason = error instanceof Error ? error.message : String(error)
        throw new FramewrightError(
          'E_DOWNLOAD',
          `${url} broke off (${reason}): run the same again, and it goes on where it stopped`,
          { cause: error },
        )
      }
      await delay(retryDelay, undefined, signal ? { signal } : {})
    }
  }
  const hex = await digestOf(part, file)
  if (file.digest.hex !== '' && hex !== file.digest.hex) {
    await rm(part, { force: true })
    throw new FramewrightError(
      'E_DOWNLOAD',
      `${url} is not what the hub says it is (${hex.slice(0, 12)}…, expected ${file.digest.hex.slice(0, 12)}…): it was removed; run the same again`,
    )
  }
  await rename(part, path).catch((cause: unknown) => Promise.reject(outputError(path, cause)))
}

/** Writes what comes from `had` on behind what is there. */
async function receive(
  url: string,
  part: string,
  had: number,
  sizeBytes: number,
  report: (bytes: number) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  const response = await request(url, had > 0 ? { range: `bytes=${had}-` } : {}, signal)
  if (!response.ok) throw refusal(url, response.status)
  // A server that knows no ranges sends all of it.
  let position = response.status === 206 ? had : 0
  const handle = await open(part, position > 0 ? 'r+' : 'w').catch((cause: unknown) =>
    Promise.reject(outputError(part, cause)),
  )
  try {
    for await (const chunk of response.body ?? []) {
      if (position + chunk.length > sizeBytes) {
        throw new FramewrightError(
          'E_DOWNLOAD',
          `${url} sends more than the ${sizeBytes} bytes it should have`,
        )
      }
      for (let done = 0; done < chunk.length; ) {
        const { bytesWritten } = await handle
          .write(chunk, done, chunk.length - done, position + done)
          .catch((cause: unknown) => Promise.reject(outputError(part, cause)))
        done += bytesWritten
      }
      position += chunk.length
      report(position)
    }
  } finally {
    await handle.close().catch(() => {})
  }
  if (position < sizeBytes) throw new Error(`${position} of ${sizeBytes} bytes came`)
}

async function request(
  url: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal | undefined,
): Promise<Response> {
  try {
    return await fetch(url, { headers, ...(signal ? { signal } : {}) })
  } catch (cause) {
    signal?.throwIfAborted()
    const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause.message : String(cause)
    throw Object.assign(new Error(`cannot reach ${url}: ${inner}`, { cause }))
  }
}

function refusal(url: string, status: number): FramewrightError {
  const meaning =
    status === 401 || status === 403
      ? 'it wants a login'
      : status === 404
        ? 'there is no such model or file'
        : 'try again later'
  return new FramewrightError('E_DOWNLOAD', `${url} answers ${status}: ${meaning}`)
}

/** sha256, or git's sha1 of `blob <size>\0` and the bytes. */
async function digestOf(path: string, { digest, sizeBytes }: HubFile): Promise<string> {
  const hash = createHash(digest.kind === 'git' ? 'sha1' : 'sha256')
  if (digest.kind === 'git') hash.update(`blob ${sizeBytes}\0`)
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  return hash.digest('hex')
}

async function bytesThere(path: string, { sizeBytes }: HubFile): Promise<number> {
  if ((await sizeOfFile(path)) === sizeBytes) return sizeBytes
  return Math.min((await sizeOfFile(`${path}.part`)) ?? 0, sizeBytes)
}

async function checkRoom(folder: string, needed: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  const free = bavail * bsize
  if (needed <= free) return
  throw new FramewrightError(
    'E_OUTPUT',
    `${folder} needs ${(needed / 1e9).toFixed(1)} GB more, and its disk has ${(free / 1e9).toFixed(1)} GB free: make room, or choose another folder`,
  )
}

async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((cause: unknown) =>
    Promise.reject(outputError(folder, cause)),
  )
}

const sizeOfFile = async (path: string): Promise<number | null> =>
  (await stat(path).catch(() => null))?.size ?? null

const trimmed = (endpoint: string): string => endpoint.replace(/\/+$/, '')
