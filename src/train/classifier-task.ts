import {
  add,
  at,
  div,
  hostTensor,
  input,
  log,
  maximum,
  mul,
  neg,
  reshape,
  slice,
  softmax,
  sub,
  sum,
  type Tensor,
} from '../graph/index.ts'
import {
  actorHeads,
  type ClassifierConfig,
  type ClassifierHead,
  classifierInputs,
  classify,
  gridSide,
  sceneHeads,
} from '../models/classifier.ts'
import { writeMoment } from '../models/classifier-pixels.ts'
import { defaultOptimiser, Parameters, trainingProgram } from '../nn/index.ts'
import { createRandom, type Random } from '../util/random.ts'
import { classifierLabels, labelIndex } from '../world/labels.ts'
import { settings } from '../world/settings.ts'
import type { ClassifierClip } from './classifier-clips.ts'
import type { TrainingTask } from './trainer.ts'

/** Actors of a clip that training asks for. */
export const trainedActors = 3

/** The classifier's training loss, and what it is made of. */
export interface ClassifierLoss {
  readonly parameters: Parameters
  readonly loss: Tensor
}

/** How much each head's cross-entropy counts beside that of the cells. */
const headWeights: Readonly<Record<ClassifierHead, number>> = {
  actions: 0.5,
  directions: 0.4,
  coats: 0.5,
  accessories: 0.15,
  subjects: 0.4,
  settings: 0.3,
  times: 0.2,
  weathers: 0.25,
  counts: 0.25,
}

/** How often it is told that somebody has the colours of its own picture. */
const ownCoatShare = 0.25

/** Cells with an actor count so much more than empty ones, of which there are more. */
const actorCells = 4

/**
 * Cross-entropies of what every cell shows and of every head, from `classifierInputs`, `shown`
 * [B, N, subjects + 1], and `target.<head>` [B, names] or [B, A, names]: ones and zeros, all zeros where there is
 * nothing to learn.
 */
export function classifierLoss(config: ClassifierConfig, batch: number): ClassifierLoss {
  const parameters = new Parameters()
  const inputs = classifierInputs(config, batch, trainedActors)
  const { cells, heads } = classify(parameters, config, inputs)
  const shown = input('shown', cells.shape)
  const nothing = slice(shown, 2, config.names.subjects, config.names.subjects + 1)
  const weights = add(1, mul(sub(1, reshape(nothing, nothing.shape.slice(0, 2))), actorCells))
  const dense = div(sum(mul(crossEntropy(cells, shown), weights)), sum(weights))
  const ofHeads = [...sceneHeads, ...actorHeads].map((name) => {
    const logits = heads[name]
    const target = input(`target.${name}`, logits.shape)
    const mean = div(sum(crossEntropy(logits, target)), maximum(sum(target), 1))
    return mul(mean, headWeights[name])
  })
  return { parameters, loss: [mul(dense, 2), ...ofHeads].reduce((a, b) => add(a, b)) }
}

function crossEntropy(logits: Tensor, target: Tensor): Tensor {
  return neg(sum(mul(target, log(add(softmax(logits), 1e-7))), [-1]))
}

export interface ClassifierTaskOptions {
  readonly config: ClassifierConfig
  readonly batchSize: number
  readonly seed: number
  /** Clips of a step: a pure function of the step. */
  readonly clips: (step: number) => Promise<readonly ClassifierClip[]>
  readonly inspect?: TrainingTask['inspect']
}

export function classifierTask(options: ClassifierTaskOptions): TrainingTask {
  const { config, batchSize, seed } = options
  const { parameters, loss } = classifierLoss(config, batchSize)
  return {
    name: 'classifier',
    parameters: parameters.list,
    program: trainingProgram(loss, parameters.list, defaultOptimiser),
    optimiser: defaultOptimiser,
    batchSize,
    batch: async (step) => {
      const clips = await options.clips(step)
      const feeds = createFeeds(config, batchSize)
      const random = createRandom(seed, step)
      for (let i = 0; i < batchSize; i++) writeClip(config, feeds, i, at(clips, i), random)
      return feeds
    },
    ...(options.inspect ? { inspect: options.inspect } : {}),
  }
}

type ClassifierFeeds = Readonly<
  Record<string, { readonly data: Float32Array; readonly shape: readonly number[]; readonly dtype: 'f32' }>
>

function createFeeds(config: ClassifierConfig, batch: number): ClassifierFeeds {
  const { moments, side, names } = config
  const zeros = (...shape: number[]) => {
    const tensor = hostTensor(new Float32Array(shape.reduce((a, b) => a * b, 1)), shape)
    return tensor as ClassifierFeeds[string]
  }
  const a = trainedActors
  return {
    frames: zeros(batch * moments, 6, side, side),
    who: zeros(batch, a, names.subjects),
    masks: zeros(batch, a, moments * gridSide(config) ** 2),
    masked: zeros(batch, 1, 1),
    shown: zeros(batch, moments * gridSide(config) ** 2, names.subjects + 1),
    ...Object.fromEntries(sceneHeads.map((name) => [`target.${name}`, zeros(batch, names[name])])),
    ...Object.fromEntries(actorHeads.map((name) => [`target.${name}`, zeros(batch, a, names[name])])),
  }
}

/**
 * Clip `i` of a batch: mirrored half of the time, a little lighter or darker; half of the time what an actor does is
 * read from the renderer's masks, else from the cells that name it, or, where it is alone, that name anyone.
 */
function writeClip(
  config: ClassifierConfig,
  feeds: ClassifierFeeds,
  i: number,
  { script, frames, shown }: ClassifierClip,
  random: Random,
): void {
  const { moments, side, names } = config
  const grid = gridSide(config)
  const isMirrored = random.uniform() < 0.5
  const gain = 1 + 0.16 * (random.uniform() - 0.5)
  const isMasked = random.uniform() < 0.5
  const isAnyone = script?.actors.length === 1 && random.uniform() < 0.5
  const seen = changed(frames, side, gain, isMirrored)
  const frame = side * side * 3
  const data = (name: string): Float32Array => {
    const feed = feeds[name]
    if (!feed) throw new RangeError(`there is no feed ${name}`)
    return feed.data
  }
  for (let k = 0; k < moments; k++) {
    const first = seen.subarray(2 * k * frame, (2 * k + 1) * frame)
    const second = seen.subarray((2 * k + 1) * frame, (2 * k + 2) * frame)
    writeMoment(data('frames'), (i * moments + k) * 2 * frame, first, second, side)
  }
  const masks = shown.map(({ mask }) => (isMirrored ? mirroredRows(mask, grid) : mask))
  const subjects = shown.map(({ actorId }) => labelIndex('subjects', actorId))
  writeShown(data('shown'), i, names.subjects, masks, subjects)
  if (!script) return
  const mark = (name: string, row: number, width: number, index: number): void => {
    if (index >= 0) data(name)[row * width + index] = 1
  }
  data('masked')[i] = isMasked ? 1 : 0
  for (const [a, actor] of script.actors.slice(0, trainedActors).entries()) {
    const row = i * trainedActors + a
    const subject = subjects[a] ?? -1
    if (isAnyone) data('who').fill(1, row * names.subjects, (row + 1) * names.subjects)
    else mark('who', row, names.subjects, subject)
    const mask = masks[a] ?? new Float32Array(0)
    data('masks').set(mask, row * mask.length)
    const { coat, wears } = actor.looks
    const side = isMirrored && actor.direction ? otherSide[actor.direction] : actor.direction
    mark('target.actions', row, names.actions, labelIndex('actions', actor.action))
    mark('target.directions', row, names.directions, labelIndex('directions', side ?? 'none'))
    // Most wear none: told each time, it would be the answer to everything.
    if (coat !== null || random.uniform() < ownCoatShare)
      mark('target.coats', row, names.coats, labelIndex('coats', coat ?? 'own'))
    mark('target.accessories', row, names.accessories, labelIndex('accessories', wears?.kind ?? 'none'))
    mark('target.subjects', row, names.subjects, subject)
  }
  mark('target.settings', i, names.settings, labelIndex('settings', script.setting))
  const time = settings[script.setting].saysTime ? labelIndex('times', script.time) : -1
  mark('target.times', i, names.times, time)
  mark('target.weathers', i, names.weathers, labelIndex('weathers', script.weather))
  mark('target.counts', i, names.counts, labelIndex('counts', `${script.actors.length}`))
}

/** What every cell of clip `i` shows: shares of its subjects, and of nothing. */
function writeShown(
  out: Float32Array,
  i: number,
  subjects: number,
  masks: readonly Float32Array[],
  indices: readonly number[],
): void {
  const count = masks[0]?.length ?? 0
  for (let cell = 0; cell < count; cell++) {
    const row = (i * count + cell) * (subjects + 1)
    let left = 1
    for (const [a, mask] of masks.entries()) {
      const index = indices[a] ?? -1
      const share = Math.min(left, mask[cell] ?? 0)
      if (index >= 0) out[row + index] = (out[row + index] ?? 0) + share
      left -= share
    }
    out[row + subjects] = left
  }
}

const otherSide = { left: 'right', right: 'left' } as const

function changed(frames: Uint8Array, side: number, gain: number, isMirrored: boolean): Uint8Array {
  const out = new Uint8Array(frames.length)
  for (let at = 0; at < frames.length; at += 3) {
    const pixel = at / 3
    const x = pixel % side
    const from = isMirrored ? (pixel - x + side - 1 - x) * 3 : at
    for (let c = 0; c < 3; c++) out[at + c] = Math.min(255, Math.round((frames[from + c] ?? 0) * gain))
  }
  return out
}

function mirroredRows(mask: Float32Array, width: number): Float32Array {
  return mask.map((_, at) => mask[at - (at % width) + width - 1 - (at % width)] ?? 0)
}

/** True where a table of names fits the network's heads. */
export function labelsFit(config: ClassifierConfig): boolean {
  return [...sceneHeads, ...actorHeads].every((name) => classifierLabels[name].length === config.names[name])
}
