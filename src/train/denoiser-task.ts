import { latentFlow, trainingTime } from '../diffusion/index.ts'
import { type Feeds, type HostTensor, hostTensor } from '../graph/index.ts'
import type { CodecConfig } from '../models/codec.ts'
import { groupedFrames } from '../models/codec-pixels.ts'
import { conditionFeeds, type ItemConditions, layoutSize } from '../models/conditions.ts'
import type { DenoiserConfig } from '../models/denoiser.ts'
import { draftFrames } from '../models/draft.ts'
import { placeShot } from '../models/placed-shot.ts'
import { defaultOptimiser, trainingProgram, type Weights } from '../nn/index.ts'
import type { EncodedText } from '../text/index.ts'
import { createRandom, normalArray, type Random } from '../util/random.ts'
import type { Frames } from '../video/index.ts'
import type { MotionPlan, State } from '../video/motion-plan.ts'
import { denoiserLoss } from './denoiser-loss.ts'
import type { TrainingTask } from './trainer.ts'

/** A clip with all that the painter is told. */
export interface PaintingLesson {
  /** As many as the denoiser's chunk holds, at the codec's size. */
  readonly frames: Frames
  readonly caption: string
  /** Actors from the farthest to the nearest. */
  readonly plan: MotionPlan
  /** Reference pictures of the plan's actors: premultiplied RGBA in [0, 1], [4, R, R]. */
  readonly actors: readonly Float32Array[]
  readonly setting: Float32Array
}

export interface DenoiserTaskOptions {
  readonly config: DenoiserConfig
  readonly codec: CodecConfig
  readonly codecWeights: Weights
  /** Items of a step: lessons times `draws`. */
  readonly batchSize: number
  /** How often each lesson comes up in its step, under other noise and told other things. */
  readonly draws: number
  readonly seed: number
  /** The lessons of a step, batchSize / draws of them: a pure function of the step. */
  readonly lessons: (step: number) => Promise<readonly PaintingLesson[]>
  readonly encodeText: (lines: readonly string[]) => Promise<readonly EncodedText[]>
  readonly inspect?: TrainingTask['inspect']
  readonly learned?: TrainingTask['learned']
}

/** How often something is not told, so that the network works without it and guidance has its other side. */
const dropRates = { words: 0.1, looks: 0.08, plan: 0.04, everything: 0.04 } as const

/** How often a chunk goes on from frames that are given. */
const givenRate = 0.4

/** How much more a cell counts that an actor covers: actors are few cells, and all that a viewer looks at. */
const actorWeight = 2

export function denoiserTask(options: DenoiserTaskOptions): TrainingTask {
  const { config, codec, batchSize, draws } = options
  const { parameters, frozen, loss } = denoiserLoss(config, codec, { clips: batchSize / draws, draws })
  const codecWeights = new Map<string, HostTensor>()
  for (const [name, value] of options.codecWeights) codecWeights.set(`codec.${name}`, value)
  for (const { name } of frozen.list) {
    if (!codecWeights.has(name)) throw new RangeError(`the codec has no ${name}`)
  }
  return {
    name: 'denoiser',
    parameters: parameters.list,
    program: trainingProgram(loss, parameters.list, defaultOptimiser, { frozen: codecWeights }),
    optimiser: defaultOptimiser,
    batchSize,
    batch: async (step) => {
      const lessons = await options.lessons(step)
      const texts = await options.encodeText(lessons.map(({ caption }) => caption))
      return lessonFeeds(options, step, lessons, texts)
    },
    ...(options.inspect ? { inspect: options.inspect } : {}),
    ...(options.learned ? { learned: options.learned } : {}),
  }
}

/** The feeds of a step: everything random in it comes from the seed and the step. */
export function lessonFeeds(
  { config, codec, seed, draws }: Pick<DenoiserTaskOptions, 'config' | 'codec' | 'seed' | 'draws'>,
  step: number,
  lessons: readonly PaintingLesson[],
  texts: readonly (EncodedText | null)[],
): Feeds {
  const random = createRandom(seed, step)
  const drawn = Array.from({ length: draws }, () =>
    lessons.map((lesson, i) => ({ lesson, text: texts[i] ?? null })),
  )
  const items = drawn
    .flat()
    .map(({ lesson, text }) => ({ lesson, item: itemOf(lesson, text, config, random) }))
  const { frames, size, latentChannels } = config
  const count = items.length
  const pixels = concatenate(lessons.map((lesson) => groupedFrames(lesson.frames, codec.framesPerLatent)))
  const drafts = concatenate(lessons.map((lesson) => draftOf(lesson, config)))
  const drafted = items.map(({ item }) => (item.setting.picture && item.setting.states ? 1 : 0))
  const side = lessons[0]?.frames.width ?? 0
  const pixelShape = [lessons.length * frames, codec.framesPerLatent * 3, side, side]
  const noiseShape = [count, frames, latentChannels, size, size]
  return {
    ...conditionFeeds(
      config,
      items.map(({ item }) => item),
    ),
    frames: hostTensor(pixels, pixelShape),
    drafts: hostTensor(drafts, pixelShape),
    drafted: hostTensor(Float32Array.from(drafted), [count, 1, 1, 1, 1]),
    noise: hostTensor(paintingNoise(config, count, seed + 1, step), noiseShape),
    weight: hostTensor(
      concatenate(items.map(({ lesson, item }) => cellWeights(lesson.plan, item.given, config))),
      [count, frames, 1, size, size],
    ),
  }
}

/** Noise of `count` items, [count, frames, C, S, S]: as sampling begins, the same for all latent frames of an item. */
export function paintingNoise(
  { frames, size, latentChannels }: DenoiserConfig,
  count: number,
  seed: number,
  stream: number,
): Float32Array {
  const frameSize = latentChannels * size * size
  const drawn = normalArray(seed, stream, count * frameSize).map((value) => latentFlow.noiseScale * value)
  const out = new Float32Array(count * frames * frameSize)
  for (let i = 0; i < count; i++) {
    const own = drawn.subarray(i * frameSize, (i + 1) * frameSize)
    for (let f = 0; f < frames; f++) out.set(own, (i * frames + f) * frameSize)
  }
  return out
}

function draftOf(lesson: PaintingLesson, config: DenoiserConfig): Float32Array {
  return draftFrames(placeShot(config, lesson, 0), layoutSize(config))
}

function itemOf(
  lesson: PaintingLesson,
  text: EncodedText | null,
  config: DenoiserConfig,
  random: Random,
): ItemConditions {
  const [all, words, looks, plan] = [random.uniform(), random.uniform(), random.uniform(), random.uniform()]
  const dropAll = all < dropRates.everything
  const tells = { words: !dropAll && words >= dropRates.words, looks: !dropAll && looks >= dropRates.looks }
  const tellsPlan = !dropAll && plan >= dropRates.plan
  const t = trainingTime(latentFlow, random)
  const isGiven = random.uniform() < givenRate
  const given = Array.from({ length: config.frames }, (_, f) => (isGiven && f === 0 ? 1 : 0))
  const place = (picture: Float32Array | undefined, states: readonly State[]) => ({
    picture: tells.looks && picture ? picture : null,
    states: tellsPlan ? states : null,
  })
  return {
    text: tells.words ? text : null,
    actors: lesson.plan.actors.map(({ states }, i) => place(lesson.actors[i], states)),
    setting: place(lesson.setting, lesson.plan.camera),
    times: given.map((g) => (g === 1 ? 1 : t)),
    given,
  }
}

/** 0 in frames that are given; elsewhere 1, more on actors; scaled so that the mean over what counts is near 1. */
export function cellWeights(
  { actors }: MotionPlan,
  given: readonly number[],
  { frames, framesPerLatent, size }: DenoiserConfig,
): Float32Array {
  const area = size * size
  const weights = new Float32Array(frames * area)
  for (let f = 0; f < frames; f++) {
    if (given[f] === 1) continue
    for (let cell = 0; cell < area; cell++) {
      const x = ((cell % size) + 0.5) / size
      const y = (Math.floor(cell / size) + 0.5) / size
      const covered = actors.some(({ states }) => {
        const group = states.slice(f * framesPerLatent, (f + 1) * framesPerLatent)
        return group.some(
          (s) =>
            s.presence > 0 && Math.abs(x - s.centerX) < s.width / 2 && Math.abs(y - s.centerY) < s.height / 2,
        )
      })
      weights[f * area + cell] = covered ? 1 + actorWeight : 1
    }
  }
  return weights
}

function concatenate(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((n, part) => n + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
