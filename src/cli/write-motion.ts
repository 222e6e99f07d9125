import { extname } from 'node:path'
import { writeWhole } from '../disk/write-whole.ts'
import { type MotionResult, planMotion } from '../pipeline/generate.ts'
import { motionText } from '../pipeline/motion-text.ts'
import type { CommonOptions, GenerateOptions, PromptOptions } from '../pipeline/options.ts'
import { validateOptions } from '../pipeline/validate.ts'
import { FramewrightError } from '../util/errors.ts'
import {
  checkOutput,
  contactSheet,
  drawPlan,
  encodeVideo,
  type Frames,
  joinFrames,
  outputFormat,
  type VideoMetadata,
  writePng,
} from '../video/index.ts'
import { follow } from './follow.ts'
import { interruptible } from './interrupt.ts'
import { checkFolderOf } from './make-folder.ts'
import { createProgress, quietProgress } from './progress.ts'
import { readMotion } from './read-motion.ts'
import { readStoryboard } from './read-storyboard.ts'
import { version } from './version.ts'

/** Pixels on a side of the drawn plan. */
const planSize = 256

export interface WriteMotionOptions {
  readonly path: string
  /** File of the option `motion`. */
  readonly motion: string | null
  /** States of each track in a document; null for all. */
  readonly keys: number | null
  readonly isQuiet: boolean
}

/** Plans the motion of a text or a storyboard, and writes it as a document or as pictures. */
export async function writeMotion(
  asked: PromptOptions & CommonOptions,
  { path, motion, keys, isQuiet }: WriteMotionOptions,
): Promise<void> {
  const options = { ...(await withStoryboard(asked)), ...(await readMotion(motion)) }
  const { seed, storyboard } = validateOptions(options)
  const isDocument = extname(path).toLowerCase() === '.json'
  if (keys !== null && !isDocument) {
    throw new FramewrightError('E_OPTION', `--keys is for a .json file, got ${path}: leave it out`)
  }
  if (isDocument) await checkFolderOf(path)
  else await checkOutput(path, { width: planSize, height: planSize })
  const progress = isQuiet ? quietProgress(process.stderr) : createProgress(process.stderr)
  await interruptible(async (signal) => {
    const made = await follow(planMotion({ ...options, signal }), progress)
    if (isDocument) await writeWhole(path, motionText(made.shots, keys === null ? {} : { keys }))
    else
      await drawMotion(made, path, {
        signal,
        metadata: { prompt: options.prompt ?? storyboard?.text ?? '', seed, version },
      })
    const phrases = new Set(made.plans.flatMap(({ actors }) => actors.map(({ phrase }) => phrase)))
    for (const phrase of phrases) process.stdout.write(`${path}: ${phrase}\n`)
  })
}

/** What is asked for, with the storyboard where it is the name of one's file; checked with all the rest. */
async function withStoryboard(asked: PromptOptions & CommonOptions): Promise<GenerateOptions> {
  const { prompt, ...rest } = asked
  if (extname(prompt.trim()).toLowerCase() !== '.json') return asked
  return { ...rest, storyboard: await readStoryboard(prompt.trim()) } as unknown as GenerateOptions
}

/** Frames beside each other for a .png, moving for a video. */
async function drawMotion(
  { plans, shots }: MotionResult,
  path: string,
  encoding: { readonly signal: AbortSignal; readonly metadata: VideoMetadata },
): Promise<void> {
  const clips: Frames[] = []
  for (const plan of plans) {
    clips.push(await drawPlan(plan, { width: planSize, height: planSize }, encoding))
  }
  if (outputFormat(path) === 'png') {
    const labels = shots.map((shot) => shot.prompt)
    await writePng(path, await contactSheet(clips, { labels, framesPerRow: 8 }))
  } else await encodeVideo(joinFrames(clips), path, encoding)
}
