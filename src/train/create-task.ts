import { join } from 'node:path'
import { toyboxInterpolator } from '../enhance/interpolator.ts'
import { toyboxUpscaler } from '../enhance/upscaler.ts'
import type { Runtime } from '../graph/index.ts'
import { toyboxArc } from '../models/arc.ts'
import { toyboxClassifier } from '../models/classifier.ts'
import { toyboxCodec } from '../models/codec.ts'
import { toyboxDenoiser } from '../models/denoiser.ts'
import { toyboxMotion } from '../models/motion.ts'
import { toyboxReference } from '../models/reference.ts'
import { readWeights } from '../runtime/weight-folder.ts'
import { FramewrightError } from '../util/errors.ts'
import { openPack } from '../world/pack.ts'
import type { WorldPack } from '../world/world-pack.ts'
import { arcTask } from './arc-task.ts'
import {
  classifierScript,
  createClipRounds,
  lookAtMosaic,
  lookAtScript,
  openCodecPass,
  renderSide,
  type ScriptedClip,
} from './classifier-clips.ts'
import { inspectClassifier } from './classifier-inspect.ts'
import { classifierTask } from './classifier-task.ts'
import { inspectCodec, measureLatents } from './codec-inspect.ts'
import { codecTask } from './codec-task.ts'
import { inspectDenoiser } from './denoiser-inspect.ts'
import { denoiserTask } from './denoiser-task.ts'
import { type EnhanceClip, openEnhanceClips } from './enhance-clips.ts'
import { type EnhanceExam, inspectInterpolator, inspectUpscaler } from './enhance-inspect.ts'
import { interpolatorTask } from './interpolator-task.ts'
import { learnedFromClips } from './learned.ts'
import { captionOfWrongActors, clipSeed, codecClip, paintingLesson } from './lessons.ts'
import { motionTask } from './motion-task.ts'
import type { Part, PartConfig } from './parts.ts'
import { referenceTask } from './reference-task.ts'
import { isHeldOutStory, readStories } from './stories.ts'
import type { TrainingTask } from './trainer.ts'
import { openTrainingText } from './training-text.ts'
import { upscalerTask } from './upscaler-task.ts'

/** Builds the task of a part: its program and its data. */
export async function createTask(part: Part, config: PartConfig, runtime: Runtime): Promise<TrainingTask> {
  switch (part) {
    case 'codec':
      return createCodecTask(config, runtime, await openPack(config.pack))
    case 'denoiser':
      return createDenoiserTask(config, runtime, await openPack(config.pack))
    case 'reference':
      return createReferenceTask(config, runtime, await openPack(config.pack))
    case 'motion':
      return createMotionTask(config, runtime)
    case 'upscaler':
      return createUpscalerTask(config, runtime)
    case 'interpolator':
      return createInterpolatorTask(config, runtime)
    case 'arc':
      return createArcTask(config, runtime)
    case 'classifier':
      return createClassifierTask(config, runtime, await openPack(config.pack))
  }
}

function createCodecTask(
  { seed, batchSize, content }: PartConfig,
  runtime: Runtime,
  pack: WorldPack,
): TrainingTask {
  const config = toyboxCodec
  const frames = 2 * config.framesPerLatent
  // Two crops of a clip: rendering is cheap, not free.
  const perStep = clipsOf('codec', batchSize, 2)
  const clip = (seed: number) => codecClip(seed, pack, frames, content)
  const heldOut = Array.from({ length: 8 }, (_, i) => clip(clipSeed(seed + 9, i)).frames)
  return codecTask({
    config,
    batchSize,
    crop: 64,
    seed,
    clips: async (step) =>
      Array.from({ length: perStep }, (_, i) => clip(clipSeed(seed, step * perStep + i))),
    inspect: async (weights, folder, step) => ({
      psnr: await inspectCodec(runtime, config, weights, heldOut, join(folder, `codec-${step}.png`)),
    }),
    finish: (weights) => {
      const clips = Array.from({ length: 24 }, (_, i) => clip(clipSeed(seed + 8, i)).frames)
      return measureLatents(runtime, config, weights, clips)
    },
  })
}

/** How often a clip comes up in its step. */
const paintingDraws = 2

async function createDenoiserTask(
  settings: PartConfig,
  runtime: Runtime,
  pack: WorldPack,
): Promise<TrainingTask> {
  const { seed, batchSize, weights: folder, content } = settings
  const config = toyboxDenoiser
  const codec = toyboxCodec
  const frames = config.frames * config.framesPerLatent
  const codecWeights = await readWeights(folder, 'codec')
  const text = await openTrainingText(settings, runtime)
  const perStep = clipsOf('denoiser', batchSize, paintingDraws)
  const heldOut = { ...content, split: 'heldout' } as const
  const examSeeds = Array.from({ length: 16 }, (_, i) => clipSeed(seed + 9, i))
  const exam = {
    runtime,
    config,
    codec,
    codecWeights,
    lessons: examSeeds.map((one) => paintingLesson(one, pack, frames, heldOut)),
    wrongActors: examSeeds.map((one) => captionOfWrongActors(one, heldOut)),
    encodeText: text.encode,
  }
  return denoiserTask({
    config,
    codec,
    codecWeights,
    batchSize,
    draws: paintingDraws,
    seed,
    lessons: async (step) =>
      Array.from({ length: perStep }, (_, i) =>
        paintingLesson(clipSeed(seed, step * perStep + i), pack, frames, { ...content, split: 'train' }),
      ),
    encodeText: text.encode,
    learned: (steps) => {
      const seeds = Array.from({ length: steps * perStep }, (_, i) => clipSeed(seed, i))
      const drawn = new Map(seeds.map((one) => [one, paintingDraws]))
      // It paints whoever it is shown: docs/evaluation.md, a user's own drawing.
      const { subjects: _, looks: __, ...learned } = learnedFromClips(drawn, content)
      return learned
    },
    inspect: (weights, samples, step) => inspectDenoiser(exam, weights, samples, step),
  })
}

async function createReferenceTask(
  settings: PartConfig,
  runtime: Runtime,
  pack: WorldPack,
): Promise<TrainingTask> {
  const { seed, batchSize, threads, content } = settings
  const config = toyboxReference
  const { encode: encodeText } = await openTrainingText(settings, runtime, config.textTokens)
  return referenceTask({ config, seed, batchSize, pack, content, encodeText, runtime, threads })
}

/** Clips of a step in which each comes up so many times. @throws FramewrightError E_OPTION */
function clipsOf(part: Part, batchSize: number, draws: number): number {
  if (batchSize % draws === 0) return batchSize / draws
  throw new FramewrightError(
    'E_OPTION',
    `--batch of the ${part} must be a multiple of ${draws}, got ${batchSize}`,
  )
}

/** Captions that the motion network learns from; encoding them is a large part of a short training. */
const motionCaptions = 20_000

async function createMotionTask(settings: PartConfig, runtime: Runtime): Promise<TrainingTask> {
  const { seed, batchSize, content } = settings
  const { encode: encodeText } = await openTrainingText(settings, runtime)
  return motionTask({
    config: toyboxMotion,
    seed,
    batchSize,
    content,
    encodeText,
    runtime,
    captions: motionCaptions,
  })
}

/** Clips that the upscaler and the interpolator learn from, and those that they are looked at on. */
const enhanceClips = { train: 52, heldOut: 8 } as const

async function createUpscalerTask(config: PartConfig, runtime: Runtime): Promise<TrainingTask> {
  const { clips, exam } = await enhanceData(config, runtime)
  const network = toyboxUpscaler
  return upscalerTask({
    config: network,
    batchSize: config.batchSize,
    crop: 24,
    seed: config.seed,
    clips,
    inspect: (weights, folder, step) => inspectUpscaler(exam, network, weights, folder, step),
  })
}

async function createInterpolatorTask(config: PartConfig, runtime: Runtime): Promise<TrainingTask> {
  const { clips, exam } = await enhanceData(config, runtime)
  const network = toyboxInterpolator
  return interpolatorTask({
    config: network,
    batchSize: config.batchSize,
    crop: 48,
    seed: config.seed,
    clips,
    inspect: (weights, folder, step) => inspectInterpolator(exam, network, weights, folder, step),
  })
}

async function enhanceData(
  { seed, pack, content, weights, threads }: PartConfig,
  runtime: Runtime,
): Promise<{ readonly clips: readonly EnhanceClip[]; readonly exam: EnhanceExam }> {
  const shared = { folder: join(pack, '..', 'enhance'), content, runtime, weights, threads }
  const { train, heldOut } = enhanceClips
  const clips = await openEnhanceClips({ ...shared, seed, count: train, split: 'train' })
  // The same clips whatever the run's seed, so that runs can be compared.
  const examined = await openEnhanceClips({ ...shared, seed: 10, count: heldOut, split: 'heldout' })
  return { clips, exam: { runtime, clips: examined, threads } }
}

async function createArcTask(
  { seed, batchSize, stories: folder }: PartConfig,
  runtime: Runtime,
): Promise<TrainingTask> {
  const all = await readStories(folder)
  const stories = all.filter(({ title }) => !isHeldOutStory(title))
  const heldOut = all.filter(({ title }) => isHeldOutStory(title))
  return arcTask({ config: toyboxArc, seed, batchSize, stories, heldOut, runtime })
}

/** How often a clip comes up, mirrored or not, lighter or darker, within so many steps. */
const classifierDraws = 2
const classifierRound = 12
/** Held-out clips that the classifier is tried on while it trains. */
const classifierExam = 48

async function createClassifierTask(
  { seed, batchSize, weights, threads, content }: PartConfig,
  runtime: Runtime,
  pack: WorldPack,
): Promise<TrainingTask> {
  const config = toyboxClassifier
  const codecWeights = await readWeights(weights, 'codec')
  const codec = await openCodecPass(runtime, toyboxCodec, codecWeights, {
    groups: config.moments,
    size: renderSide,
    threads,
  })
  // Some clips have been through the codec: softness must be no clue.
  const clip = (seed: number, index: number, split: 'train' | 'heldout'): Promise<ScriptedClip> =>
    lookAtScript(classifierScript(seed, content, split), pack, index % 3 === 0 ? codec : null)
  const rounds = createClipRounds({
    seed,
    batchSize,
    draws: classifierDraws,
    steps: classifierRound,
    // Every other one is a mosaic.
    create: async (index) =>
      index % 2 === 0
        ? lookAtMosaic(clipSeed(seed, index), pack, content)
        : clip(clipSeed(seed, index), (index - 1) / 2, 'train'),
  })
  return classifierTask({
    config,
    batchSize,
    seed,
    clips: rounds.clipsOf,
    inspect: async (weights) => {
      const exam: ScriptedClip[] = []
      for (let i = 0; i < classifierExam; i++) exam.push(await clip(clipSeed(seed + 9, i), i, 'heldout'))
      return inspectClassifier(runtime, config, weights, exam)
    },
  })
}
