import {
  compile,
  floatsOf,
  type HostTensor,
  hostTensor,
  input,
  type Runtime,
  type Session,
  type Tensor,
} from '../graph/index.ts'
import { type NetworkWeights, Parameters } from '../nn/index.ts'
import { createRandom, type Random } from '../util/random.ts'
import type { MotionPlan, State } from '../video/motion-plan.ts'
import { drawEach, drawTogether } from './mixture.ts'
import {
  changeMixtures,
  firstMemory,
  firstMixtures,
  hiddenOf,
  keyMixtures,
  type MotionConfig,
  type MotionMemory,
  moveOn,
  readCaption,
  seenNumbers,
} from './motion.ts'
import { keyCount, keyFeatures, keyPoses, type MotionKeys } from './motion-keys.ts'
import {
  actorSlots,
  changed,
  motionFeatures,
  type SceneNumbers,
  type ShotTime,
  type SlotNumbers,
  slotCount,
  startNumbers,
  stateOf,
} from './motion-numbers.ts'
import type { TextVectors } from './text-input.ts'
import { packText } from './text-input.ts'

/** Frames a second of plans. */
const motionRate = 12

/** Width of a setting's whole picture for a height of 1; actors' pictures are square. */
const cameraAspect = 4 / 3

/** A caption's words with their places in it: `EncodedText` of the text encoder is one. */
export interface PlacedText extends TextVectors {
  /** Where each word lies in the caption: start inclusive, end exclusive. */
  readonly offsets: readonly (readonly [number, number])[]
}

/** An actor of a shot. */
export interface MotionActor {
  readonly id: string
  readonly phrase: string
  /** Where the caption names it. */
  readonly span: { readonly start: number; readonly end: number }
}

/** What is to happen in a shot. */
export interface MotionScene {
  readonly text: PlacedText
  /** `actorSlots` at most. */
  readonly actors: readonly MotionActor[]
  /** Frames of the whole shot, at 12 a second: motions are paced to end with it. */
  readonly frames: number
  readonly seed: number
  /** 1 moves as variously as the world does; less, more surely. @default 0.6 */
  readonly temperature?: number
}

/** Where a shot's motion stands: handed back in, the next frames go on as if there had been no break. */
export interface MotionState {
  readonly scene: Omit<MotionScene, 'text'>
  /** The next frame. */
  readonly frame: number
  /** What the caption says, [slots · conditionWidth]. */
  readonly conditions: Float32Array
  /** Hidden numbers and cells of both layers, each [width]. */
  readonly memory: readonly Float32Array[]
  readonly now: SceneNumbers | null
  readonly before: SceneNumbers | null
  /** Where everyone is to be at each quarter of the shot; null before the first frame. */
  readonly keys: MotionKeys | null
}

/** The network, loaded. */
export interface MotionNetwork {
  readonly config: MotionConfig
  readonly reader: Session
  readonly mover: Session
  readonly keyer: Session
  close(): Promise<void>
}

const memoryNames = ['h1', 'c1', 'h2', 'c2'] as const

/** Loads the network. @throws FramewrightError E_WEIGHTS when a weight has another shape than the network's */
export async function openMotionNetwork(
  runtime: Runtime,
  config: MotionConfig,
  weights: NetworkWeights,
  { threads }: { readonly threads?: number } = {},
): Promise<MotionNetwork> {
  const open = (build: (p: Parameters) => Record<string, Tensor>): Promise<Session> => {
    const parameters = new Parameters()
    const outputs = build(parameters)
    const own = new Map(
      parameters.list.flatMap(({ name }) => {
        const value = weights.get(name)
        return value ? [[name, value] as const] : []
      }),
    )
    return runtime.open(compile(outputs, { weights: own }), threads === undefined ? {} : { threads })
  }
  const reader = await open((p) => {
    const conditions = readCaption(p.at('caption'), config, captionInputs(config, 1))
    return { conditions, ...namedMemory(firstMemory(p, config, conditions)) }
  })
  const mover = await open((p) => {
    const conditions = input('conditions', [1, slotCount, config.conditionWidth])
    const [h1, c1, h2, c2] = memoryNames.map((name) => input(`last.${name}`, [1, config.width])) as [
      Tensor,
      Tensor,
      Tensor,
      Tensor,
    ]
    const last: MotionMemory = [
      { hidden: h1, cell: c1 },
      { hidden: h2, cell: c2 },
    ]
    const memory = moveOn(p, input('features', [1, seenNumbers]), conditions, last)
    const start = firstMixtures(p, config, hiddenOf(memory))
    const next = changeMixtures(p, config, hiddenOf(memory))
    return { start, next, ...namedMemory(memory) }
  })
  const keyer = await open((p) => {
    const conditions = input('conditions', [1, slotCount, config.conditionWidth])
    const hidden = input('hidden', [1, 2 * config.width])
    return { keys: keyMixtures(p, config, hidden, input('first', [1, seenNumbers]), conditions) }
  })
  return {
    config,
    reader,
    mover,
    keyer,
    close: async () => {
      await reader.close()
      await mover.close()
      await keyer.close()
    },
  }
}

function namedMemory([lower, upper]: MotionMemory): Record<(typeof memoryNames)[number], Tensor> {
  return { h1: lower.hidden, c1: lower.cell, h2: upper.hidden, c2: upper.cell }
}

/** The symbolic inputs of captions, by the names that `captionFeeds` feeds. */
export function captionInputs({ textTokens, textWidth }: MotionConfig, batch: number) {
  return {
    text: input('text', [batch, textTokens, textWidth]),
    textBias: input('textBias', [batch, 1, 1, textTokens]),
    phrases: input('phrases', [batch, actorSlots, textTokens]),
  }
}

/** The numbers of a batch of captions. */
export function captionFeeds(
  config: MotionConfig,
  scenes: readonly Pick<MotionScene, 'text' | 'actors'>[],
): Record<keyof ReturnType<typeof captionInputs>, ReturnType<typeof hostTensor>> {
  const { textTokens, textWidth } = config
  const batch = scenes.length
  const { vectors, bias } = packText(
    scenes.map(({ text }) => text),
    config,
  )
  const phrases = new Float32Array(batch * actorSlots * textTokens)
  for (const [item, { text, actors }] of scenes.entries()) {
    for (const [slot, { span }] of actors.slice(0, actorSlots).entries()) {
      const row = (item * actorSlots + slot) * textTokens
      const words = wordsOf(text, span, textTokens)
      for (const word of words) phrases[row + word] = 1 / words.length
    }
  }
  return {
    text: hostTensor(vectors, [batch, textTokens, textWidth]),
    textBias: hostTensor(bias, [batch, 1, 1, textTokens]),
    phrases: hostTensor(phrases, [batch, actorSlots, textTokens]),
  }
}

/** Indices of the words in a span; the caption's first token where there is none. */
function wordsOf(text: PlacedText, span: MotionActor['span'], textTokens: number): number[] {
  const words = text.offsets.flatMap(([start, end], i) =>
    i < Math.min(text.count, textTokens) && start < span.end && end > span.start ? [i] : [],
  )
  return words.length > 0 ? words : [0]
}

/** Reads the caption: the state before a shot's first frame. */
export async function startMotion(network: MotionNetwork, scene: MotionScene): Promise<MotionState> {
  const { text: _text, ...rest } = scene
  const outputs = await network.reader.run(captionFeeds(network.config, [scene]))
  return {
    scene: rest,
    frame: 0,
    conditions: floatsOf(outputs, 'conditions'),
    memory: memoryNames.map((name) => floatsOf(outputs, name)),
    now: null,
    before: null,
    keys: null,
  }
}

/** The next `count` frames of a shot: their plan, and the state to go on from. */
export async function continueMotion(
  { config, mover, keyer }: MotionNetwork,
  from: MotionState,
  count: number,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<{ readonly plan: MotionPlan; readonly state: MotionState }> {
  const { actors, frames, seed } = from.scene
  const conditions = hostTensor(from.conditions, [1, slotCount, config.conditionWidth])
  const scenes: SceneNumbers[] = []
  let state = from
  for (let i = 0; i < count; i++) {
    signal?.throwIfAborted()
    const outputs = await mover.run({
      features: seen({ frame: state.frame, frames }, state.now, state.before, state.keys),
      conditions,
      ...Object.fromEntries(
        memoryNames.map((name, j) => [
          `last.${name}`,
          hostTensor(state.memory[j] ?? new Float32Array(config.width), [1, config.width]),
        ]),
      ),
    })
    // A stream a frame: a frame's numbers do not depend on where chunks begin.
    const random = createRandom(seed, motionStream + state.frame)
    const next = drawScene(config, outputs, state, random)
    scenes.push(next)
    const memory = memoryNames.map((name) => floatsOf(outputs, name))
    let keys = state.keys
    if (!keys) {
      const mixture = await keyer.run({
        conditions,
        hidden: hostTensor(joined(memory[0], memory[2]), [1, 2 * config.width]),
        first: seen({ frame: 1, frames }, next, null, null),
      })
      keys = drawKeys(config, floatsOf(mixture, 'keys'), next, state.scene)
    }
    state = { ...state, frame: state.frame + 1, memory, now: next, before: state.now, keys }
  }
  return { plan: planOf(actors, scenes), state }
}

/** The same shot before its first frame, to be moved by another seed's chance. */
export function otherTake(state: MotionState, seed: number): MotionState {
  return { ...state, scene: { ...state.scene, seed } }
}

/**
 * The plan that a shot's first frame and its key poses make, `1 + keyCount` states each.
 * @param state after the first frame
 */
export function keyPlan({ scene: { actors }, frame, now, keys }: MotionState): MotionPlan {
  if (!now || !keys || frame !== 1)
    throw new RangeError(`keys are seen after the first frame, not after ${frame}`)
  return planOf(actors, [now, ...keys])
}

function planOf(actors: readonly MotionActor[], scenes: readonly SceneNumbers[]): MotionPlan {
  const statesOf = (slot: number, aspect: number): State[] =>
    scenes.flatMap((scene) => {
      const numbers = scene[slot]
      return numbers ? [stateOf(numbers, aspect)] : []
    })
  const tracks = actors
    .slice(0, actorSlots)
    .map(({ id, phrase }, slot) => ({ id, phrase, states: statesOf(slot, 1) }))
  return { fps: motionRate, actors: tracks, camera: statesOf(actorSlots, cameraAspect) }
}

/** Streams of random numbers: of a shot's key poses, and, from there on, of its frames. */
const keyStream = 9_000
const motionStream = 10_000

/** All that the mover sees before it predicts a frame. */
function seen(
  time: ShotTime,
  now: SceneNumbers | null,
  before: SceneNumbers | null,
  keys: MotionKeys | null,
): HostTensor {
  const numbers = [...motionFeatures(time, now, before), ...keyFeatures(time, now, keys)]
  return hostTensor(Float32Array.from(numbers), [1, seenNumbers])
}

function joined(...parts: readonly (Float32Array | undefined)[]): Float32Array {
  return Float32Array.from(parts.flatMap((part) => [...(part ?? [])]))
}

function drawKeys(
  config: MotionConfig,
  data: Float32Array,
  first: SceneNumbers,
  { seed, temperature = 0.6 }: Pick<MotionScene, 'seed' | 'temperature'>,
): MotionKeys {
  const mixture = { data, slots: slotCount, components: config.sceneComponents }
  const drawn = drawTogether(mixture, temperature, createRandom(seed, keyStream))
  const poses = first.map((numbers, slot) => numbers && keyPoses(slot, numbers, drawn[slot] ?? []))
  return Array.from({ length: keyCount }, (_, key) => poses.map((pose) => pose?.[key] ?? null))
}

function drawScene(
  config: MotionConfig,
  outputs: Readonly<Record<string, HostTensor>>,
  { now, scene: { actors, temperature = 0.6 } }: MotionState,
  random: Random,
): SceneNumbers {
  // Every slot draws, so that an actor more or less changes nothing for the others.
  const drawn = now
    ? drawEach(
        { data: floatsOf(outputs, 'next'), slots: slotCount, components: config.components },
        temperature,
        random,
      )
    : drawTogether(
        { data: floatsOf(outputs, 'start'), slots: slotCount, components: config.sceneComponents },
        temperature,
        random,
      )
  return drawn.map((numbers, slot): SlotNumbers | null => {
    if (slot < actorSlots && slot >= actors.length) return null
    const last = now?.[slot]
    return last ? changed(slot, last, numbers) : startNumbers(slot, numbers)
  })
}
