import { mkdir, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { GenerateEvent, GenerateResult } from '../pipeline/events.ts'
import { FramewrightError } from '../util/errors.ts'
import {
  checkOutput,
  contactSheet,
  encodeVideo,
  type Frames,
  resizeFrames,
  writePng,
} from '../video/index.ts'

type Events = AsyncGenerator<GenerateEvent, GenerateResult>
type Preview = Extract<GenerateEvent, { readonly type: 'preview' }>

/** Passes a film's events on, and writes their previews as they come. */
export type PreviewWriter = (events: Events) => Events

export interface PreviewWriterOptions {
  /** Told once when previews cannot be written any more: the film goes on without them. */
  readonly say: (line: string) => void
}

/**
 * Opens what `--preview` names: a file that each preview replaces (.png: frames side by side; .gif, .webp, .webm or .mp4:
 * moving), or a folder where each step gets a PNG of its own. No reader ever sees half a file.
 * @throws FramewrightError E_OUTPUT when it cannot be written there
 */
export async function openPreviewWriter(path: string, { say }: PreviewWriterOptions): Promise<PreviewWriter> {
  const write = (await isFolder(path)) ? await intoFolder(path) : await intoFile(path)
  return async function* (events) {
    let isWorking = true
    try {
      while (true) {
        const next = await events.next()
        if (next.done) return next.value
        if (isWorking && next.value.type === 'preview') {
          isWorking = await write(next.value).then(
            () => true,
            (error: unknown) => {
              if (!FramewrightError.is(error)) throw error
              say(`framewright: warning: no more previews: ${error.message}`)
              return false
            },
          )
        }
        yield next.value
      }
    } finally {
      await events.return(undefined as never)
    }
  }
}

type Write = (preview: Preview) => Promise<void>

async function intoFile(path: string): Promise<Write> {
  const format = await checkOutput(path)
  if (format === 'png') return ({ frames }) => writeStrip(path, frames)
  return async ({ frames }) => {
    await encodeVideo(await enlarged(frames), path)
  }
}

async function intoFolder(folder: string): Promise<Write> {
  await mkdir(folder, { recursive: true }).catch((cause: unknown) => {
    throw new FramewrightError('E_OUTPUT', `the folder ${folder} cannot be made`, { cause })
  })
  await checkOutput(join(folder, 'step.png'))
  return ({ video, shot, step, frames }) => {
    const digits = (value: number): string => String(value).padStart(3, '0')
    const parts = [
      video > 0 ? `video-${video + 1}` : '',
      `shot-${digits(shot + 1)}`,
      `step-${digits(step)}.png`,
    ]
    return writeStrip(join(folder, parts.filter((part) => part !== '').join('-')), frames)
  }
}

async function isFolder(path: string): Promise<boolean> {
  if (/[/\\]$/.test(path) || extname(path) === '') return true
  return (await stat(path).catch(() => null))?.isDirectory() ?? false
}

/** Pixels that a preview is wide at least where a person looks at it. */
const shownWidth = 128

async function writeStrip(path: string, frames: Frames): Promise<void> {
  const frameWidth = Math.min(192, Math.max(shownWidth, frames.width))
  await writePng(path, await contactSheet(frames, { framesPerRow: 8, frameWidth }))
}

async function enlarged(frames: Frames): Promise<Frames> {
  const times = Math.ceil(shownWidth / frames.width)
  return resizeFrames(frames, { width: frames.width * times, height: frames.height * times })
}
