import { createHash } from 'node:crypto'
import { access, mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { writeWhole } from '../disk/write-whole.ts'
import { FramewrightError } from '../util/errors.ts'
import { outputError } from '../util/output-error.ts'
import { createFrames, type Frames, readImage, writePng } from '../video/index.ts'

/** Videos of an evaluation on disk: each as one PNG, its frames beneath each other, so that nothing is lost. */
export interface KeptVideos {
  has(id: string): Promise<boolean>
  read(id: string): Promise<Frames>
  write(id: string, frames: Frames): Promise<void>
}

/** What a folder's videos were made of; others would not be comparable. */
export interface RunSettings {
  /** The suite's file. */
  readonly suiteText: string
  /** How videos are made: steps, seed, weights. */
  readonly settings: Readonly<Record<string, unknown>>
}

const runSchema = z.object({ suite: z.string(), settings: z.record(z.string(), z.unknown()) })

/**
 * Opens an evaluation's folder; what an earlier run of the same suite and settings has made is used again.
 * @throws FramewrightError E_OPTION for a folder of another evaluation; E_OUTPUT when it cannot be written
 */
export async function openKeptVideos(
  folder: string,
  { suiteText, settings }: RunSettings,
): Promise<KeptVideos> {
  const videos = join(folder, 'videos')
  await mkdir(videos, { recursive: true }).catch((cause: unknown) =>
    Promise.reject(outputError(folder, cause)),
  )
  const path = join(folder, 'run.json')
  const run = { suite: createHash('sha256').update(suiteText).digest('hex'), settings }
  const text = await readFile(path, 'utf8').catch(() => null)
  if (text === null) {
    await writeWhole(path, `${JSON.stringify(run, null, 2)}\n`)
  } else {
    const parsed = runSchema.safeParse(jsonOf(text))
    // By their text, in which `undefined` is nothing.
    if (!parsed.success || JSON.stringify(parsed.data) !== JSON.stringify(run)) {
      throw new FramewrightError(
        'E_OPTION',
        `${folder} holds the videos of another suite, or of other settings (${path}): give another folder with -o`,
      )
    }
  }
  const fileOf = (id: string): string => join(videos, `${id}.png`)
  return {
    has: (id) =>
      access(fileOf(id)).then(
        () => true,
        () => false,
      ),
    read: async (id) => unstack(await readImage(fileOf(id)), fileOf(id)),
    write: async (id, frames) => {
      if (frames.width !== frames.height) throw new RangeError('kept videos are square')
      await writePng(fileOf(id), { ...frames, count: 1, height: frames.height * frames.count })
    },
  }
}

/** Frames a second that the networks paint, and that are measured. */
export const measuredFps = 12

/** Square frames out of a column of them. */
function unstack({ data, width, height }: Frames, path: string): Frames {
  if (height % width !== 0)
    throw new FramewrightError(
      'E_DATA',
      `${path} is ${width}×${height}, no column of square frames: remove it`,
    )
  const rgb = new Uint8Array(width * height * 3)
  for (let i = 0; i < width * height; i++) rgb.set(data.subarray(i * 4, i * 4 + 3), i * 3)
  return createFrames({
    data: rgb,
    count: height / width,
    width,
    height: width,
    channels: 3,
    fps: measuredFps,
  })
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
