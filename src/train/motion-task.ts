import {
  add,
  at,
  concat,
  div,
  type Feeds,
  hostTensor,
  input,
  mul,
  type Runtime,
  reshape,
  slice,
  sum,
  type Tensor,
} from '../graph/index.ts'
import { natsOfEach, natsTogether } from '../models/mixture.ts'
import {
  changeMixtures,
  firstMemory,
  firstMixtures,
  hiddenOf,
  keyMixtures,
  type MotionConfig,
  moveOn,
  readCaption,
  seenNumbers,
} from '../models/motion.ts'
import {
  keyFeatures,
  keyFrames,
  keyTarget,
  keyTargetNumbers,
  type MotionKeys,
  ownKeyNumbers,
} from '../models/motion-keys.ts'
import {
  actorSlots,
  cameraNumbers,
  changeTarget,
  inputNoise,
  motionFeatures,
  numbersOf,
  numbersPerSlot,
  type SceneNumbers,
  slotCount,
  startTarget,
} from '../models/motion-numbers.ts'
import { captionFeeds, captionInputs, type PlacedText } from '../models/motion-sampler.ts'
import { defaultOptimiser, Parameters, trainingProgram } from '../nn/index.ts'
import { createRandom, type Random } from '../util/random.ts'
import { actionRules } from '../world/actions.ts'
import type { ClipScript } from '../world/script.ts'
import type { WorldContent } from '../world/worlds.ts'
import { learnedFromClips } from './learned.ts'
import { inspectMotion } from './motion-inspect.ts'
import type { TrainingTask } from './trainer.ts'
import { trainingScript } from './training-script.ts'

/** Vectors of lines' words with their places, in the lines' order. */
export type EncodeCaptions = (lines: readonly string[]) => Promise<readonly PlacedText[]>

export interface MotionTaskOptions {
  readonly config: MotionConfig
  readonly seed: number
  readonly batchSize: number
  /** What its shots show. */
  readonly content: WorldContent
  readonly encodeText: EncodeCaptions
  /**
   * Captions that training draws from: each is encoded once and comes again in shots of other lengths.
   * @default 6000
   */
  readonly captions?: number
  /** For looks at the network while it trains. */
  readonly runtime: Runtime
}

/** Frames that one training step unrolls: four seconds. */
export const unrolled = 48

/** Shots of training, in frames. */
const shortest = 16
const longest = 84

/** A window from a shot's middle is not judged before the memory has seen this many frames. */
const settling = 8

/** Key poses are told with so many times the noise of frames. */
const keyNoise = 5

/** Rates above Muon's default shake an unrolled network: its gradients add up over the frames. */
const optimiser = { ...defaultOptimiser, matrixRate: 2e-3 }

/** Seed of scripts: other tasks of the same run draw other clips. */
const scriptSeeds = 1_000_000

/** The motion network's training: scripts of the world, frame by frame, from the frames before. */
export async function motionTask(options: MotionTaskOptions): Promise<TrainingTask> {
  const { config, batchSize, captions = 6000 } = options
  const { parameters, loss, parts } = motionLoss(config, batchSize)
  const texts = new Map<string, PlacedText>()
  return {
    name: 'motion',
    parameters: parameters.list,
    program: trainingProgram(loss, parameters.list, optimiser, { outputs: parts }),
    optimiser,
    batchSize,
    batch: async (step) => {
      const windows = Array.from({ length: batchSize }, (_, i) => {
        const random = createRandom(options.seed, step * batchSize + i)
        return trainingWindow(random, captions, options.content)
      })
      return motionFeeds(config, windows, await encodeOnce(texts, options.encodeText, windows))
    },
    learned: (steps) => {
      const drawn = new Map<number, number>()
      const scripts = new Map<number, ClipScript>()
      const scriptOf = (seed: number): ClipScript => {
        const script =
          scripts.get(seed) ?? trainingScript(seed, { ...options.content, frames: 2, split: 'train' })
        scripts.set(seed, script)
        return script
      }
      for (let item = 0; item < steps * batchSize; item++) {
        const [one, other] = scriptPair(createRandom(options.seed, item), captions)
        const { seed } = rarer(scriptOf(one), scriptOf(other))
        drawn.set(seed, (drawn.get(seed) ?? 0) + 1)
      }
      return learnedFromClips(drawn, options.content)
    },
    inspect: (weights, folder, step) => inspectMotion(options, weights, folder, step),
  }
}

/** The loss of a batch: negative log likelihood a frame, in nats, and its first frames' part. */
export function motionLoss(config: MotionConfig, batch: number) {
  const parameters = new Parameters()
  const features = input('features', [unrolled, batch, seenNumbers])
  const targets = input('targets', [batch, unrolled, slotCount, numbersPerSlot])
  const mask = input('mask', [batch, unrolled, slotCount])
  const keyTargets = input('keyTargets', [batch, 1, slotCount, keyTargetNumbers])
  const keyMask = input('keyMask', [batch, 1, slotCount])
  const conditions = readCaption(parameters.at('caption'), config, captionInputs(config, batch))
  let memory = firstMemory(parameters, config, conditions)
  const hidden: Tensor[] = []
  for (let frame = 0; frame < unrolled; frame++) {
    const seen = reshape(slice(features, 0, frame, frame + 1), [batch, seenNumbers])
    memory = moveOn(parameters, seen, conditions, memory)
    hidden.push(reshape(hiddenOf(memory), [batch, 1, -1]))
  }
  const later = reshape(concat(hidden.slice(1), 1), [batch * (unrolled - 1), -1])
  const first = reshape(at(hidden, 0), [batch, -1])
  const seenFirst = input('seenFirst', [batch, seenNumbers])
  const shaped = (mixtures: Tensor, frames: number): Tensor =>
    reshape(mixtures, [batch, frames, ...mixtures.shape.slice(1)])
  const slotsAt = (from: number, to: number): Tensor => slice(mask, 1, from, to)
  const start = shaped(firstMixtures(parameters, config, first), 1)
  const firstNats = natsTogether(start, slice(targets, 1, 0, 1), ownNumbers, slotsAt(0, 1))
  const next = reshape(changeMixtures(parameters, config, later), [
    batch,
    unrolled - 1,
    slotCount,
    config.components,
    -1,
  ])
  const nats = mul(natsOfEach(next, slice(targets, 1, 1, unrolled), ownNumbers), slotsAt(1, unrolled))
  const keys = shaped(keyMixtures(parameters, config, first, seenFirst, conditions), 1)
  const keyNats = natsTogether(keys, keyTargets, ownKeyNumbers, keyMask)
  // The first frame decides who stands where, and the keys where to: each counts as much as several others.
  const decided = add(sum(firstNats), sum(keyNats))
  const decisions = add(sum(slotsAt(0, 1)), sum(keyMask))
  const loss = div(
    add(sum(nats), mul(decided, decisive)),
    add(sum(slotsAt(1, unrolled)), mul(decisions, decisive)),
  )
  const perSlot = (total: Tensor, slots: Tensor): Tensor => div(sum(total), add(sum(slots), 1e-6))
  return {
    parameters,
    loss,
    parts: {
      startNats: perSlot(firstNats, slotsAt(0, 1)),
      nextNats: perSlot(nats, slotsAt(1, unrolled)),
      keyNats: perSlot(keyNats, keyMask),
    },
  }
}

/** How many frames the first one counts for, and the key poses. */
const decisive = 4

/** Which of its numbers a slot has: of the camera's state only place and size. */
function ownNumbers(slot: number): number[] {
  return Array.from({ length: numbersPerSlot }, (_, i) => (slot < actorSlots || i < cameraNumbers ? 1 : 0))
}

/** A part of a shot that training looks at. */
export interface MotionWindow {
  readonly script: ClipScript
  /** The first frame of the part. */
  readonly start: number
  /** Noise on what the network sees; null for none. */
  readonly noise: Random | null
}

/** The seeds of the two scripts that a window is chosen from: the first draws of the window's stream. */
function scriptPair(random: Random, captions: number): readonly [number, number] {
  return [scriptSeeds + random.integer(captions), scriptSeeds + random.integer(captions)]
}

function trainingWindow(random: Random, captions: number, content: WorldContent): MotionWindow {
  const [one, other] = scriptPair(random, captions)
  const frames = shortest + random.integer(longest - shortest + 1)
  const script = rarer(
    trainingScript(one, { ...content, frames, split: 'train' }),
    trainingScript(other, { ...content, frames, split: 'train' }),
  )
  const spare = Math.max(0, frames - unrolled)
  const start = spare > 0 && random.uniform() < 0.4 ? 1 + random.integer(spare) : 0
  return { script, start, noise: random }
}

/** Of two scripts the one with the rarer action: what the world seldom does needs as many lessons as the rest. */
function rarer(one: ClipScript, other: ClipScript): ClipScript {
  const rarest = ({ actors }: ClipScript): number =>
    Math.min(...actors.map(({ action }) => actionRules[action].weight))
  return rarest(other) < rarest(one) ? other : one
}

/** Texts of the windows' captions, each encoded when it first comes. */
export async function encodeOnce(
  known: Map<string, PlacedText>,
  encode: EncodeCaptions,
  windows: readonly MotionWindow[],
): Promise<PlacedText[]> {
  const lines = windows.map(({ script }) => script.caption.text)
  const fresh = [...new Set(lines)].filter((line) => !known.has(line))
  const encoded = fresh.length > 0 ? await encode(fresh) : []
  for (const [i, line] of fresh.entries()) known.set(line, at(encoded, i))
  return lines.flatMap((line) => known.get(line) ?? [])
}

/** The numbers of a batch of windows. */
export function motionFeeds(
  config: MotionConfig,
  windows: readonly MotionWindow[],
  texts: readonly PlacedText[],
): Feeds {
  const batch = windows.length
  const features = new Float32Array(unrolled * batch * seenNumbers)
  const targets = new Float32Array(batch * unrolled * slotCount * numbersPerSlot)
  const mask = new Float32Array(batch * unrolled * slotCount)
  const keyTargets = new Float32Array(batch * slotCount * keyTargetNumbers)
  const keyMask = new Float32Array(batch * slotCount)
  const seenFirst = new Float32Array(batch * seenNumbers)
  for (const [item, window] of windows.entries()) {
    const { script, start } = window
    const clean = sceneNumbers(script)
    const seen = window.noise ? clean.map((scene) => disturb(scene, window.noise as Random)) : clean
    const keys = keysOf(clean, window.noise)
    const look = (frame: number, known: MotionKeys | null): number[] => {
      const time = { frame, frames: script.frames }
      const [now, before] = [seen[frame - 1] ?? null, seen[frame - 2] ?? null]
      return [...motionFeatures(time, now, before), ...keyFeatures(time, now, known)]
    }
    if (start === 0) {
      seenFirst.set(look(1, null), item * seenNumbers)
      for (const [slot, first] of at(clean, 0).entries()) {
        if (!first) continue
        const poses = keyFrames(script.frames).map((frame) => clean[frame]?.[slot] ?? first)
        keyTargets.set(keyTarget(slot, first, poses), (item * slotCount + slot) * keyTargetNumbers)
        keyMask[item * slotCount + slot] = 1
      }
    }
    for (let t = 0; t < unrolled && start + t < script.frames; t++) {
      const frame = start + t
      const now = seen[frame - 1] ?? null
      features.set(look(frame, keys), (t * batch + item) * seenNumbers)
      for (let slot = 0; slot < slotCount; slot++) {
        const next = clean[frame]?.[slot]
        if (!next) continue
        const last = now?.[slot]
        const place = (item * unrolled + t) * slotCount + slot
        targets.set(last ? changeTarget(slot, last, next) : startTarget(slot, next), place * numbersPerSlot)
        mask[place] = start > 0 && t < settling ? 0 : 1
      }
    }
  }
  const captions = windows.map(({ script }, i) => ({
    text: at(texts, i),
    actors: script.plan.actors.map(({ id, phrase }, slot) => ({
      id,
      phrase,
      span: script.caption.actors[slot]?.span ?? { start: 0, end: 0 },
    })),
  }))
  return {
    features: hostTensor(features, [unrolled, batch, seenNumbers]),
    targets: hostTensor(targets, [batch, unrolled, slotCount, numbersPerSlot]),
    mask: hostTensor(mask, [batch, unrolled, slotCount]),
    keyTargets: hostTensor(keyTargets, [batch, 1, slotCount, keyTargetNumbers]),
    keyMask: hostTensor(keyMask, [batch, 1, slotCount]),
    seenFirst: hostTensor(seenFirst, [batch, seenNumbers]),
    ...captionFeeds(config, captions),
  }
}

/** Every frame of a script, as the network's numbers. */
export function sceneNumbers({ plan }: ClipScript): SceneNumbers[] {
  return plan.camera.map((camera, frame) => {
    const actors = Array.from({ length: actorSlots }, (_, slot) => {
      const state = plan.actors[slot]?.states[frame]
      return state ? numbersOf(state) : null
    })
    return [...actors, numbersOf(camera)]
  })
}

/** The key poses that the mover is told: a little off, as those will be that it draws for itself. */
function keysOf(clean: readonly SceneNumbers[], noise: Random | null): MotionKeys {
  return keyFrames(clean.length).map((frame) => {
    const scene = at(clean, frame)
    return noise ? disturb(scene, noise, keyNoise) : scene
  })
}

/** What the network sees of a scene is a little off, so that it learns to come back from its own errors. */
function disturb(scene: SceneNumbers, random: Random, factor = 1): SceneNumbers {
  return scene.map(
    (numbers, slot) =>
      numbers?.map((n, i) =>
        slot === actorSlots && i >= cameraNumbers ? n : n + factor * at(inputNoise, i) * random.normal(),
      ) ?? null,
  )
}
