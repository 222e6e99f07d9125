import { planMotion } from '../pipeline/generate.ts'
import type { CommonOptions, PromptOptions } from '../pipeline/options.ts'
import { validateOptions } from '../pipeline/validate.ts'
import {
  checkOutput,
  contactSheet,
  drawPlan,
  encodeVideo,
  type Frames,
  joinFrames,
  writePng,
} from '../video/index.ts'
import { follow } from './follow.ts'
import { interruptible } from './interrupt.ts'
import { createProgress, quietProgress } from './progress.ts'
import { version } from './version.ts'

/** Pixels on a side of the drawn plan. */
const planSize = 256

/** Draws the motion plan of a text, shot by shot: frames beside each other for a .png, moving for a video. */
export async function writeMotion(
  options: PromptOptions & CommonOptions,
  { path, isQuiet }: { readonly path: string; readonly isQuiet: boolean },
): Promise<void> {
  const { prompt } = options
  const { seed } = validateOptions(options)
  const format = await checkOutput(path, { width: planSize, height: planSize })
  const progress = isQuiet ? quietProgress(process.stderr) : createProgress(process.stderr)
  await interruptible(async (signal) => {
    const { plans, shots } = await follow(planMotion({ ...options, signal }), progress)
    const clips: Frames[] = []
    for (const plan of plans) {
      clips.push(await drawPlan(plan, { width: planSize, height: planSize }, { signal }))
    }
    if (format === 'png') {
      const labels = shots.map((shot) => shot.prompt)
      await writePng(path, await contactSheet(clips, { labels, framesPerRow: 8 }))
    } else await encodeVideo(joinFrames(clips), path, { signal, metadata: { prompt, seed, version } })
    const phrases = new Set(plans.flatMap(({ actors }) => actors.map(({ phrase }) => phrase)))
    for (const phrase of phrases) process.stdout.write(`${path}: ${phrase}\n`)
  })
}
