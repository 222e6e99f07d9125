import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { latentSteps } from '../diffusion/index.ts'
import { writeWhole } from '../disk/write-whole.ts'
import { type Evaluation, evaluate, readShots, renderShots } from '../evaluate/evaluate.ts'
import type { Figure, Mean } from '../evaluate/figures.ts'
import { type KeptVideos, measuredFps, openKeptVideos } from '../evaluate/kept-videos.ts'
import { evaluationPage, formatMean, sheetPath } from '../evaluate/page.ts'
import { readSuite, type Suite, type SuiteItem } from '../evaluate/suite.ts'
import { toyboxClassifier } from '../models/classifier.ts'
import { type Classifier, openClassifier } from '../models/classifier-reader.ts'
import { generateVideo } from '../pipeline/generate.ts'
import type { GenerateOptions } from '../pipeline/options.ts'
import { weightFolder } from '../pipeline/weights.ts'
import { mainThreadRuntime } from '../runtime/node.ts'
import { readManifest, readWeights } from '../runtime/weight-folder.ts'
import { parseStoryboard } from '../story/index.ts'
import { outputError } from '../util/output-error.ts'
import { contactSheet, joinFrames, writePng } from '../video/index.ts'
import { openPack } from '../world/pack.ts'
import type { WorldPack } from '../world/world-pack.ts'
import { toWhole } from './arguments.ts'
import { interruptible } from './interrupt.ts'
import { createProgress } from './progress.ts'

const suites = fileURLToPath(new URL('../../suites', import.meta.url))

/** The suite that comes with the package. */
const ownSuite = join(suites, 'held-out.json')

/** The classifier of a clone, for weights that bring none of their own. */
const ownClassifier = join(suites, 'classifier')

export interface EvaluationArguments {
  readonly suite?: string | undefined
  readonly output?: string | undefined
  readonly limit?: string | undefined
  readonly steps?: string | undefined
  readonly seed?: string | undefined
  readonly threads?: string | undefined
  readonly weights?: string | undefined
  readonly pack?: string | undefined
}

/** Makes the videos that are not made yet, measures all of them, and writes figures, sheets and a page. */
export async function writeEvaluation(args: EvaluationArguments): Promise<void> {
  const folder = args.output ?? 'evaluation'
  const { suite, text } = await readSuite(args.suite ?? ownSuite)
  const limit = toWhole('limit', args.limit ?? suite.items.length, 1, suite.items.length)
  const seed = toWhole('seed', args.seed ?? 0, 0, Number.MAX_SAFE_INTEGER)
  const steps = toWhole('steps', args.steps ?? latentSteps, 1, 1000)
  const threads = toWhole('threads', args.threads ?? availableParallelism(), 1, 1024)
  const weights = args.weights ?? weightFolder()
  const networks = join(weights, 'toybox')
  const { parts } = await readManifest(networks)
  const painted = Object.entries(parts).filter(([name]) => name !== 'classifier')
  const made = Object.fromEntries(painted.map(([name, { sha256 }]) => [name, sha256.slice(0, 12)]))
  const pack = await openPack(args.pack)
  const videos = await openKeptVideos(folder, { suiteText: text, settings: { steps, seed, weights: made } })
  const classifier = await openTrained(networks, threads)
  const progress = createProgress(process.stderr)
  if (!classifier) progress.say(noClassifier(networks))
  progress.start('make')
  const evaluation = await interruptible((signal) =>
    evaluate({
      suite,
      limit,
      classifier,
      pack,
      videos,
      signal,
      generate: async (item, signal) => {
        const common = { seed, steps, threads, weights, signal, size: '128x128', fps: measuredFps } as const
        const { video } = await generateVideo({
          ...subjectOf(item, suite),
          ...common,
        } satisfies GenerateOptions)
        return video.frames
      },
      onEvent: ({ type, done, total }) => {
        const note = type === 'video-ready' ? 'videos' : 'measured'
        progress.step(done, total, `${done} of ${total} ${note}`)
        if (type === 'video-ready' && done === total) progress.start('measure')
      },
    }),
  )
  await classifier?.close()
  progress.end(`${evaluation.suite.measured} prompts`)
  await writeFiles(folder, evaluation, videos, pack)
  for (const figure of evaluation.figures) process.stdout.write(`${lineOf(figure)}\n`)
  process.stdout.write(`${join(folder, 'index.html')}\n`)
}

/**
 * The classifier of a folder of networks, or else the one of the clone; null where there is neither.
 * @throws FramewrightError E_WEIGHTS for one that is damaged
 */
export async function openTrained(networks: string, threads: number): Promise<Classifier | null> {
  const { parts } = await readManifest(networks)
  const folder = parts.classifier ? networks : existsSync(ownClassifier) ? ownClassifier : null
  if (folder === null) return null
  const weights = await readWeights(folder, 'classifier')
  return openClassifier(await mainThreadRuntime(), toyboxClassifier, weights, { threads })
}

const noClassifier = (networks: string): string =>
  `${networks} has no classifier, so that only flickering, smoothness and motion are measured: "framewright train classifier" makes one`

/** What is to be made: a prompt, or a storyboard. */
function subjectOf({ prompt, storyboard }: SuiteItem, { seconds }: Suite) {
  return prompt === null ? { storyboard: parseStoryboard(storyboard) } : { prompt, seconds }
}

async function writeFiles(
  folder: string,
  evaluation: Evaluation,
  videos: KeptVideos,
  pack: WorldPack,
): Promise<void> {
  try {
    await mkdir(join(folder, 'sheets'), { recursive: true })
    await writeWhole(
      join(folder, 'evaluation.json'),
      `${JSON.stringify({ format: 1, ...evaluation }, null, 1)}\n`,
    )
    await writeWhole(join(folder, 'index.html'), evaluationPage(evaluation))
  } catch (cause) {
    throw outputError(folder, cause)
  }
  for (const { item } of evaluation.items) {
    const clips = [joinFrames(await readShots({ videos }, item)), joinFrames(renderShots(pack, item))]
    const sheet = await contactSheet(clips, { labels: ['generated', 'real'], framesPerRow: 8 })
    await writePng(join(folder, sheetPath(item.id)), sheet)
  }
}

/** `subject   0.612 (n 24), ceiling …, floor …, not trusted`. */
function lineOf({ name, generated, ceiling, floor, isTrusted }: Figure): string {
  const part = (mean: Mean | null): string => (mean === null ? '–' : formatMean(mean))
  const doubt = isTrusted ? '' : ', not trusted'
  return `${name.padEnd(24)} ${part(generated)}, ceiling ${part(ceiling)}, floor ${part(floor)}${doubt}`
}
