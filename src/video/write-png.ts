import { mkdir, rename, rm, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { openAtomicFile, temporaryName } from '../disk/atomic-file.ts'
import { FramewrightError } from '../util/errors.ts'
import { outputError } from '../util/output-error.ts'
import type { FrameWriter, WriterOptions } from './frame-writer.ts'
import type { FrameStream } from './output-format.ts'
import { pngBytes, writePng } from './png.ts'

/** One still picture. */
export async function openPng(
  path: string,
  stream: FrameStream,
  options: WriterOptions,
): Promise<FrameWriter> {
  const file = await openAtomicFile(path, options.openOutput)
  return {
    async add(picture) {
      if (file.sizeBytes > 0) {
        throw new FramewrightError(
          'E_OUTPUT',
          `${path} holds one picture and there are more frames: end the path in / for a folder of PNG frames`,
        )
      }
      await file.append(await pngBytes({ ...stream, count: 1, data: picture }, options.metadata))
    },
    async finish() {
      await file.commit()
      return file.sizeBytes
    },
    discard: () => file.discard(),
  }
}

/** A folder of `frame-00001.png`, …: filled under a temporary name beside it, then renamed. */
export async function openPngFolder(
  path: string,
  stream: FrameStream,
  options: WriterOptions,
): Promise<FrameWriter> {
  const target = path.replace(/[/\\]+$/, '')
  const folder = temporaryName(target)
  await guard(target, () => mkdir(folder))
  let count = 0
  let sizeBytes = 0
  return {
    async add(picture) {
      count += 1
      const name = `frame-${String(count).padStart(5, '0')}.png`
      const bytes = await pngBytes({ ...stream, count: 1, data: picture }, options.metadata)
      await writePng(join(folder, name), bytes, { openOutput: options.openOutput }).catch((error: Error) =>
        // The user knows the folder by the name that it will have.
        Promise.reject(outputError(path, error.cause ?? error)),
      )
      sizeBytes += bytes.length
    },
    async finish() {
      await guard(target, async () => {
        // An empty folder of that name gives way; one with files in it makes this fail.
        await rmdir(target).catch((error) => (error.code === 'ENOENT' ? undefined : Promise.reject(error)))
        await rename(folder, target)
      })
      return sizeBytes
    },
    discard: () => rm(folder, { recursive: true, force: true }),
  }
}

async function guard<T>(path: string, work: () => Promise<T>): Promise<T> {
  return work().catch((cause) => Promise.reject(outputError(path, cause)))
}
