import { planMotion } from '../pipeline/generate.ts'
import type { CommonOptions, PromptOptions } from '../pipeline/options.ts'
import { validateOptions } from '../pipeline/validate.ts'
import { checkOutput, contactSheet, drawPlan, encodeVideo, writePng } from '../video/index.ts'
import { follow } from './follow.ts'
import { interruptible } from './interrupt.ts'
import { createProgress, quietProgress } from './progress.ts'
import { version } from './version.ts'

/** Pixels on a side of the drawn plan. */
const planSize = 256

/** Draws the motion plan of a text: frames beside each other for a .png, moving for a video. */
export async function writeMotion(
  options: PromptOptions & CommonOptions,
  { path, isQuiet }: { readonly path: string; readonly isQuiet: boolean },
): Promise<void> {
  const { prompt } = options
  const { seed } = validateOptions(options)
  const format = await checkOutput(path, { width: planSize, height: planSize })
  const progress = isQuiet ? quietProgress(process.stderr) : createProgress(process.stderr)
  await interruptible(async (signal) => {
    const { plan } = await follow(planMotion({ ...options, signal }), progress)
    const frames = await drawPlan(plan, { width: planSize, height: planSize }, { signal })
    if (format === 'png') {
      await writePng(path, await contactSheet(frames, { labels: [prompt], framesPerRow: 8 }))
    } else await encodeVideo(frames, path, { signal, metadata: { prompt, seed, version } })
    for (const { phrase } of plan.actors) process.stdout.write(`${path}: ${phrase}\n`)
  })
}
