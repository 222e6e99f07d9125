import { readdir, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, extname } from 'node:path'
import { temporaryName } from '../disk/atomic-file.ts'
import { FramewrightError } from '../util/errors.ts'
import { outputError } from '../util/output-error.ts'

/** What a video is written as: chosen by how the path ends. */
export type OutputFormat = 'mp4' | 'webm' | 'webp' | 'gif' | 'png' | 'png-folder'

/** What is known of the frames when, or before, the first of them comes. */
export interface FrameStream {
  readonly width: number
  readonly height: number
  readonly channels: 3 | 4
  /** Frames a second. */
  readonly fps: number
  /** How many will come, where that is known. */
  readonly frameCount?: number | undefined
}

/**
 * Reads the format from the path: `.mp4` H.264, `.webm` VP9, `.webp` and `.gif` animations,
 * `.png` one still picture, and a path that ends in `/` a folder of `frame-00001.png`, `frame-00002.png`, ….
 * @throws FramewrightError E_OUTPUT when the extension is none of these.
 */
export function outputFormat(path: string): OutputFormat {
  if (/[/\\]$/.test(path)) return 'png-folder'
  const extension = extname(path).toLowerCase()
  const format = extensions[extension]
  if (format !== undefined) return format
  const got = extension === '' ? 'no extension' : `the extension ${extension}`
  throw new FramewrightError(
    'E_OUTPUT',
    `${path} has ${got}: use ${Object.keys(extensions).join(', ')}, or end it in / for a folder of PNG frames`,
  )
}

/**
 * Tells whether a video can be written to `path`, before minutes of work go into it:
 * the extension, the folder, the right to write there (by writing an empty hidden file and removing it),
 * and, as far as they are given, size, rate and number of the frames.
 * A file of that name is no obstacle: it will be replaced. A folder of PNG frames must be new or empty.
 * @throws FramewrightError E_OUTPUT, or E_SHAPE for a size that the format cannot hold.
 */
export async function checkOutput(path: string, stream: Partial<FrameStream> = {}): Promise<OutputFormat> {
  const format = outputFormat(path)
  checkStream(format, stream)
  const parent = dirname(path)
  const parentKind = await kindOf(parent)
  if (parentKind === 'nothing') {
    throw new FramewrightError(
      'E_OUTPUT',
      `${path} cannot be written: the folder ${parent} does not exist; create it first`,
    )
  }
  if (parentKind === 'file') {
    throw new FramewrightError('E_OUTPUT', `${path} cannot be written: ${parent} is a file, not a folder`)
  }
  const kind = await kindOf(path)
  if (format === 'png-folder') await checkFolder(path, kind)
  else if (kind === 'folder') {
    throw new FramewrightError(
      'E_OUTPUT',
      `${path} is a folder: choose another name, or end it in / for PNG frames`,
    )
  }
  await tryToWrite(path)
  return format
}

/**
 * @throws FramewrightError E_SHAPE when the format cannot hold frames of this size,
 *   E_OUTPUT when it cannot hold their rate or number.
 */
export function checkStream(format: OutputFormat, stream: Partial<FrameStream>): void {
  const { name, step, minimum, maximum, fpsMaximum } = limits[format]
  for (const [side, size] of [
    ['width', stream.width],
    ['height', stream.height],
  ] as const) {
    if (size === undefined) continue
    if (!Number.isInteger(size) || size < minimum || size > maximum) {
      throw new FramewrightError(
        'E_SHAPE',
        `${name} takes a ${side} of ${minimum} to ${maximum} pixels, got ${size}`,
      )
    }
    if (size % step !== 0) {
      const below = size - (size % step)
      throw new FramewrightError(
        'E_SHAPE',
        `${name} takes an even ${side}, got ${size}: use ${below} or ${below + step}, or write .webp, .gif or PNG frames`,
      )
    }
  }
  const { fps, frameCount } = stream
  if (fps !== undefined && !(fps > 0 && fps <= fpsMaximum)) {
    throw new FramewrightError('E_OUTPUT', `${name} takes up to ${fpsMaximum} frames a second, got ${fps}`)
  }
  if (format === 'png' && frameCount !== undefined && frameCount > 1) {
    throw new FramewrightError(
      'E_OUTPUT',
      `a .png holds one picture, got ${frameCount} frames: end the path in / for a folder of PNG frames`,
    )
  }
}

const extensions: Readonly<Record<string, OutputFormat>> = {
  '.mp4': 'mp4',
  '.webm': 'webm',
  '.webp': 'webp',
  '.gif': 'gif',
  '.png': 'png',
}

/** Sides in pixels. */
interface Limits {
  readonly name: string
  readonly step: 1 | 2
  readonly minimum: number
  readonly maximum: number
  readonly fpsMaximum: number
}

const limits: { readonly [F in OutputFormat]: Limits } = {
  // Chroma is stored for 2×2 pixels. The encoders refuse less than 16; 4096 is H.264's level 5.2.
  mp4: { name: 'MP4 (H.264)', step: 2, minimum: 16, maximum: 4096, fpsMaximum: 240 },
  webm: { name: 'WebM (VP9)', step: 2, minimum: 16, maximum: 4096, fpsMaximum: 240 },
  // 14 bits a side; times are whole milliseconds.
  webp: { name: 'WebP', step: 1, minimum: 1, maximum: 16383, fpsMaximum: 240 },
  // Times are hundredths of a second, and players slow down anything under two.
  gif: { name: 'GIF', step: 1, minimum: 1, maximum: 65535, fpsMaximum: 50 },
  png: { name: 'PNG', step: 1, minimum: 1, maximum: 65535, fpsMaximum: Number.MAX_VALUE },
  'png-folder': { name: 'PNG', step: 1, minimum: 1, maximum: 65535, fpsMaximum: Number.MAX_VALUE },
}

async function kindOf(path: string): Promise<'file' | 'folder' | 'nothing'> {
  const found = await stat(path).catch(() => undefined)
  if (found === undefined) return 'nothing'
  return found.isDirectory() ? 'folder' : 'file'
}

async function checkFolder(path: string, kind: 'file' | 'folder' | 'nothing'): Promise<void> {
  if (kind === 'folder' && (await readdir(path)).length > 0) {
    throw new FramewrightError(
      'E_OUTPUT',
      `the folder ${path} is not empty: choose a new one for the PNG frames`,
    )
  }
}

async function tryToWrite(path: string): Promise<void> {
  const probe = temporaryName(path)
  try {
    await writeFile(probe, '', { flag: 'wx' })
    await rm(probe)
  } catch (cause) {
    throw outputError(path, cause)
  }
}
