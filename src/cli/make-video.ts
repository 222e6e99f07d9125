import { generate } from '../pipeline/generate.ts'
import type { GenerateOptions } from '../pipeline/options.ts'
import { validateOptions } from '../pipeline/validate.ts'
import { FramewrightError } from '../util/errors.ts'
import {
  checkOutput,
  contactSheet,
  type EncodedVideo,
  encodeVideo,
  type Frames,
  writePng,
} from '../video/index.ts'
import { readCharacters } from './characters.ts'
import { follow } from './follow.ts'
import { interruptible } from './interrupt.ts'
import { inFolder } from './make-folder.ts'
import { createProgress, formatDuration, formatSeconds, quietProgress } from './progress.ts'
import { version } from './version.ts'
import { writeAttention } from './write-attention.ts'

export interface MakeVideoOptions {
  readonly path: string
  /** Where a contact sheet goes. */
  readonly sheet: string | null
  /** Where pictures of the attention go. */
  readonly attentionFolder: string | null
  /** `word=file`, each. */
  readonly characters: readonly string[]
  readonly isJson: boolean
  readonly isQuiet: boolean
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
  /** Milliseconds a stage. */
  readonly timings: Readonly<Record<string, number>>
  readonly peakRssBytes: number
  readonly warnings: readonly unknown[]
}

/** Checks everything that can be checked first; then generates, writes the file, and says what it did. */
export async function makeVideo(options: GenerateOptions, output: MakeVideoOptions): Promise<void> {
  const { attentionFolder } = output
  if (attentionFolder === null) await makeFiles(options, output)
  else await inFolder(attentionFolder, () => makeFiles(options, output))
}

async function makeFiles(options: GenerateOptions, output: MakeVideoOptions): Promise<void> {
  const started = performance.now()
  const { width, height, fps, seconds, prompt, seed } = validateOptions(options)
  await checkOutput(output.path, { width, height, fps, frameCount: Math.round(seconds * fps) })
  if (output.sheet !== null) await checkSheet(output.sheet)
  const characters = await readCharacters(output.characters)
  const progress =
    output.isQuiet || output.isJson ? quietProgress(process.stderr) : createProgress(process.stderr)
  const report = await interruptible(async (signal) => {
    const result = await follow(
      generate({ ...options, characters, attention: output.attentionFolder !== null, signal }),
      progress,
    )
    const encodeStart = performance.now()
    progress.start('encode')
    const { frames } = result.video
    const encoded = await encodeVideo(frames, output.path, {
      signal,
      metadata: { prompt, seed, model: result.model, version },
      onEvent: ({ index }) => progress.step(index + 1, frames.count),
    })
    if (output.sheet !== null) await writeSheet(output.sheet, frames, prompt)
    if (output.attentionFolder !== null) await writeAttention(result.video, output.attentionFolder)
    const encode = Math.round(performance.now() - encodeStart)
    progress.end(formatDuration(encode))
    return reportOf(
      encoded,
      { seed, model: result.model, warnings: result.warnings },
      { ...result.timings, encode },
    )
  })
  if (output.isJson) process.stdout.write(`${JSON.stringify(report)}\n`)
  else if (!output.isQuiet) {
    const took = formatSeconds((performance.now() - started) / 1000)
    process.stdout.write(
      `${report.file}: ${report.seconds} s, ${report.width}×${report.height} at ${report.fps} fps, seed ${report.seed}; took ${took}\n`,
    )
  }
}

function reportOf(
  { path, width, height, fps, frameCount, durationSeconds }: EncodedVideo,
  made: Pick<VideoReport, 'seed' | 'model' | 'warnings'>,
  timings: Readonly<Record<string, number>>,
): VideoReport {
  const { seed, model, warnings } = made
  return {
    file: path,
    width,
    height,
    fps,
    frames: frameCount,
    seconds: durationSeconds,
    seed,
    model,
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

async function writeSheet(path: string, frames: Frames, prompt: string): Promise<void> {
  await writePng(path, await contactSheet(frames, { labels: [prompt], framesPerRow: 8 }))
}
