import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { GenerateResult, MadeShot, PlannedShot } from '../pipeline/events.ts'
import { generate } from '../pipeline/generate.ts'
import { outlineOf, type VideoOutline } from '../pipeline/models.ts'
import type { GenerateOptions } from '../pipeline/options.ts'
import { FramewrightError } from '../util/errors.ts'
import {
  checkOutput,
  contactSheet,
  type EncodedVideo,
  encodeVideo,
  type Frames,
  type VideoMetadata,
  writePng,
} from '../video/index.ts'
import { readCharacters } from './characters.ts'
import { closeFilm, type FilmStream, openFilm } from './film-stream.ts'
import { readImages } from './images.ts'
import { interruptible } from './interrupt.ts'
import { type KeptFrames, keepAll, keepForSheet, sheetFrames } from './kept-frames.ts'
import { keepingParts } from './kept-runs.ts'
import { fileNameOf, inFolder } from './make-folder.ts'
import { openPreviewWriter } from './preview-writer.ts'
import { createProgress, formatDuration, formatSeconds, type Progress, quietProgress } from './progress.ts'
import { readMotion } from './read-motion.ts'
import { version } from './version.ts'
import { writeAttention } from './write-attention.ts'

export interface MakeVideoOptions {
  readonly path: string
  /** Where a contact sheet goes. */
  readonly sheet: string | null
  /** Where previews go. */
  readonly preview: string | null
  /** Where pictures of the attention go. */
  readonly attentionFolder: string | null
  /** `word=file`, each. */
  readonly characters: readonly string[]
  /** Files of the options `image` and `lastImage`. */
  readonly images: { readonly image: string | null; readonly lastImage: string | null }
  /** File of the option `motion`. */
  readonly motion: string | null
  readonly isJson: boolean
  readonly isQuiet: boolean
}

/** Where things go, out of what citty has read. @param characters every value of `--character` */
export function outputOf(
  args: {
    readonly output?: string | undefined
    readonly sheet?: string | undefined
    readonly preview?: string | undefined
    readonly image?: string | undefined
    readonly 'last-image'?: string | undefined
    readonly motion?: string | undefined
    readonly attention?: string | undefined
    readonly json?: boolean | undefined
    readonly quiet?: boolean | undefined
  },
  characters: readonly string[],
): MakeVideoOptions {
  return {
    path: args.output ?? 'video.mp4',
    sheet: args.sheet ?? null,
    preview: args.preview ?? null,
    attentionFolder: args.attention ?? null,
    characters,
    images: { image: args.image ?? null, lastImage: args['last-image'] ?? null },
    motion: args.motion ?? null,
    isJson: args.json === true,
    isQuiet: args.quiet === true,
  }
}

/** What `--json` prints. */
export interface VideoReport {
  readonly file: string
  readonly width: number
  readonly height: number
  readonly fps: number
  readonly frames: number
  readonly seconds: number
  readonly seed: number
  readonly model: string
  /** In order; `start` and `seconds` in seconds of the film. */
  readonly shots: readonly ShotReport[]
  /** Milliseconds a stage. */
  readonly timings: Readonly<Record<string, number>>
  readonly peakRssBytes: number
  readonly warnings: readonly unknown[]
}

interface ShotReport {
  readonly id: string
  readonly prompt: string
  readonly seed: number
  readonly start: number
  readonly seconds: number
}

/** Checks everything that can be checked first; then generates, writes the file, and says what it did. */
export async function makeVideo(options: GenerateOptions, output: MakeVideoOptions): Promise<void> {
  const { attentionFolder } = output
  if (attentionFolder === null) await makeFiles(options, output)
  else await inFolder(attentionFolder, () => makeFiles(options, output))
}

async function makeFiles(given: GenerateOptions, output: MakeVideoOptions): Promise<void> {
  const started = performance.now()
  const options = { ...given, ...(await readImages(output.images)), ...(await readMotion(output.motion)) }
  const outline = outlineOf(options)
  const { width, height, fps, frameCount, seed } = outline
  await checkOutput(output.path, { width, height, fps, frameCount })
  if (output.sheet !== null) await checkSheet(output.sheet)
  const characters = { ...options.characters, ...(await readCharacters(output.characters)) }
  const progress =
    output.isQuiet || output.isJson ? quietProgress(process.stderr) : createProgress(process.stderr)
  const attention = options.attention ?? output.attentionFolder !== null
  if (output.attentionFolder !== null && !attention) {
    throw new FramewrightError('E_OPTION', 'the run was begun without --attention: leave it out')
  }
  const preview = output.preview !== null
  const watching =
    output.preview === null
      ? null
      : await openPreviewWriter(output.preview, { say: progress.say.bind(progress) })
  const report = await keepingParts(options.run, output.path, (run) =>
    interruptible(async (signal) => {
      const kept = run === undefined ? {} : { run }
      const all = generate({ ...options, ...kept, characters, attention, preview, signal })
      const events = watching === null ? all : watching(all)
      try {
        return await writeFilm(events, outline, output, { progress, signal })
      } finally {
        await closeFilm(events)
      }
    }),
  )
  if (output.isJson) process.stdout.write(`${JSON.stringify(report)}\n`)
  else if (!output.isQuiet) {
    const took = formatSeconds((performance.now() - started) / 1000)
    const shots = report.shots.length > 1 ? `${report.shots.length} shots, ` : ''
    process.stdout.write(
      `${report.file}: ${shots}${report.seconds} s, ${report.width}×${report.height} at ${report.fps} fps, seed ${seed}; took ${took}\n`,
    )
  }
}

async function writeFilm(
  events: ReturnType<typeof generate>,
  outline: VideoOutline,
  { path, sheet, attentionFolder }: MakeVideoOptions,
  { progress, signal }: { readonly progress: Progress; readonly signal: AbortSignal },
): Promise<VideoReport> {
  const film = await openFilm(events, progress)
  const forSheet = sheet === null ? null : keepForSheet(film.shots)
  const watched = attentionFolder === null ? null : keepAll()
  async function* frames(): AsyncGenerator<Frames> {
    for await (const run of film.frames) {
      await forSheet?.add(run)
      await watched?.add(run)
      yield run.frames
    }
    progress.start('encode')
  }
  const { frameCount } = film
  const encoded = await encodeVideo(frames(), path, {
    signal,
    frameCount,
    metadata: metadataOf(outline, film),
  })
  const result = film.result()
  if (forSheet && sheet !== null) await writeSheet(sheet, forSheet, film.shots)
  if (watched && attentionFolder !== null) await writeLooks(attentionFolder, watched, result.video.shots)
  const encode = Math.round(film.waited())
  progress.end(formatDuration(encode))
  return reportOf(encoded, result, { ...result.timings, encode })
}

/** A storyboard's words are its text, or the prompts of its shots where it has none; a planned story has a title, too. */
function metadataOf(
  { prompt, storyboard, seed, model }: VideoOutline,
  film: Pick<FilmStream, 'shots' | 'storyboard'>,
): VideoMetadata {
  const told = storyboard?.text.trim() || film.shots.map((shot) => shot.prompt).join('\n')
  const title = (storyboard ?? film.storyboard)?.title.trim() || undefined
  return { prompt: prompt ?? told, title, seed, model, version }
}

function reportOf(
  { path, width, height, fps, frameCount, durationSeconds }: EncodedVideo,
  { video, model, warnings }: GenerateResult,
  timings: Readonly<Record<string, number>>,
): VideoReport {
  return {
    file: path,
    width,
    height,
    fps,
    frames: frameCount,
    seconds: durationSeconds,
    seed: video.seed,
    model,
    shots: video.shots.map(({ id, prompt, seed, start, count }) => ({
      id,
      prompt,
      seed,
      start: start / fps,
      seconds: count / fps,
    })),
    timings,
    // Node gives kilobytes.
    peakRssBytes: process.resourceUsage().maxRSS * 1024,
    warnings,
  }
}

async function checkSheet(path: string): Promise<void> {
  const format = await checkOutput(path)
  if (format !== 'png') throw new FramewrightError('E_OUTPUT', `a contact sheet is a .png, got ${path}`)
}

async function writeSheet(path: string, kept: KeptFrames, shots: readonly PlannedShot[]): Promise<void> {
  const clips = kept.clips()
  const labels = clips.map(({ shot }) => shots[shot]?.prompt ?? '')
  const frames = clips.map((clip) => clip.frames)
  await writePng(path, await contactSheet(frames, { labels, framesPerRow: sheetFrames }))
}

/** Pictures of where the painter looked; in a folder a shot where there are several. */
async function writeLooks(folder: string, kept: KeptFrames, shots: readonly MadeShot[]): Promise<void> {
  for (const { shot, frames } of kept.clips()) {
    const { id = '', attention = null } = shots[shot] ?? {}
    const place = shots.length > 1 ? join(folder, fileNameOf(id)) : folder
    await mkdir(place, { recursive: true })
    await writeAttention(frames, attention, place)
  }
}
