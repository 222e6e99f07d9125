import { extname, join } from 'node:path'
import { writeWhole } from '../disk/write-whole.ts'
import { formatStoryboard } from '../story/format-storyboard.ts'
import { plan } from '../story/plan.ts'
import type { ShotPredictor } from '../story/propose-shots.ts'
import { storyboardText, storyLimits } from '../story/storyboard.ts'
import { FramewrightError } from '../util/errors.ts'
import { toNumber, toWhole } from './arguments.ts'
import { checkFolderOf } from './make-folder.ts'

export interface PlanArguments {
  /** Where the storyboard goes; null for nowhere. */
  readonly path: string | null
  readonly shots: string | null
  readonly seconds: string | null
  readonly isJson: boolean
}

/** Plans a story, prints it, and writes it into a file where one is given. */
export async function writePlan(
  text: string,
  { path, shots, seconds, isJson }: PlanArguments,
): Promise<void> {
  if (path !== null) await checkPath(path)
  const storyboard = await plan(text, {
    ...(shots === null ? {} : { shots: toWhole('shots', shots, 1, storyLimits.shots) }),
    ...(seconds === null ? {} : { seconds: toNumber('seconds', seconds) }),
    arc: openArc,
  })
  const document = storyboardText(storyboard)
  if (path !== null) await writeWhole(path, document)
  process.stdout.write(isJson ? document : `${formatStoryboard(storyboard)}\n`)
}

/** Loads the arc network: a story that needs no further shots does not pay for it. */
async function openArc(): Promise<ShotPredictor> {
  const [{ toyboxArc }, { openArcNetwork }, { mainThreadRuntime, readWeights }, { weightFolder }] =
    await Promise.all([
      import('../models/arc.ts'),
      import('../models/arc-sampler.ts'),
      import('../runtime/index.ts'),
      import('../pipeline/weights.ts'),
    ])
  const weights = await readWeights(join(weightFolder(), 'toybox'), 'arc')
  return openArcNetwork(await mainThreadRuntime(), toyboxArc, weights)
}

/** @throws FramewrightError E_OUTPUT before there is anything to write */
async function checkPath(path: string): Promise<void> {
  if (extname(path).toLowerCase() !== '.json') {
    throw new FramewrightError('E_OUTPUT', `${path} must end in .json: a storyboard is a JSON document`)
  }
  await checkFolderOf(path)
}
