import type { State } from '../video/motion-plan.ts'

/**
 * States as the motion network's numbers, and back. A slot is an actor or, last, the camera.
 * Scales make a usual value, and a usual change in a twelfth of a second, about 1.
 */
export const actorSlots = 3
export const slotCount = actorSlots + 1
const cameraSlot = actorSlots

/** x and y of the centre, logarithm of the height, facing, phase, presence. */
export const numbersPerSlot = 6
export const [X, Y, SIZE, FACING, PHASE, PRESENCE] = [0, 1, 2, 3, 4, 5] as const

/** The camera has a place and a size only. */
export const cameraNumbers = 3

/** A slot's numbers in their own units. */
export type SlotNumbers = readonly number[]

/** All slots at one frame; null where there is no actor. */
export type SceneNumbers = readonly (SlotNumbers | null)[]

/** Middle and scale of the numbers themselves. */
const actorMiddle = [0.5, 0.5, Math.log(0.33), 0, 0.5, 0.5] as const
const actorScale = [3, 3, 2.5, 1, 2, 2] as const
const cameraMiddle = [0.5, 0.5, Math.log(1.2), 0, 0, 0] as const
const cameraScale = [4, 6, 5, 0, 0, 0] as const
/** Scale of changes: a run is 0.03 of the frame a step, a loop takes about 30 steps. */
const changeScale = [50, 50, 50, 5, 40, 10] as const

/** Numbers of unease that training adds to what the network sees: in each number's unit. */
export const inputNoise = [0.003, 0.003, 0.003, 0.02, 0.004, 0.01] as const

const middleOf = (slot: number): readonly number[] => (slot === cameraSlot ? cameraMiddle : actorMiddle)
const scaleOf = (slot: number): readonly number[] => (slot === cameraSlot ? cameraScale : actorScale)

/** Who is smaller than this share of the frame's height counts as so small: the logarithm of nothing is far away. */
const leastHeight = 0.04

export function numbersOf({ centerX, centerY, height, facing, phase, presence }: State): SlotNumbers {
  return [centerX, centerY, Math.log(Math.max(leastHeight, height)), facing, phase, presence]
}

/** @param aspect width for a height of 1 */
export function stateOf(numbers: SlotNumbers, aspect: number): State {
  const height = Math.exp(value(numbers, SIZE))
  return {
    centerX: value(numbers, X),
    centerY: value(numbers, Y),
    width: height * aspect,
    height,
    facing: value(numbers, FACING),
    phase: value(numbers, PHASE),
    presence: value(numbers, PRESENCE),
  }
}

/** The network's numbers for a slot's first frame. */
export function startTarget(slot: number, numbers: SlotNumbers): number[] {
  return numbers.map((n, i) => (n - value(middleOf(slot), i)) * value(scaleOf(slot), i))
}

export function startNumbers(slot: number, target: readonly number[]): SlotNumbers {
  return tidy(
    slot,
    target.map((n, i) => {
      const scale = value(scaleOf(slot), i)
      return scale === 0 ? value(middleOf(slot), i) : n / scale + value(middleOf(slot), i)
    }),
  )
}

/** The network's numbers for the change from one frame to the next. */
export function changeTarget(slot: number, from: SlotNumbers, to: SlotNumbers): number[] {
  const count = slot === cameraSlot ? cameraNumbers : numbersPerSlot
  return from.map((n, i) => {
    if (i >= count) return 0
    const change = value(to, i) - n
    return (i === PHASE ? change - Math.round(change) : change) * value(changeScale, i)
  })
}

/** The change a frame, in the network's numbers, that leads from one state to another in so many frames. */
export function changePace(from: SlotNumbers, to: SlotNumbers, frames: number): number[] {
  return from.map((n, i) => ((value(to, i) - n) * value(changeScale, i)) / frames)
}

export function changed(slot: number, from: SlotNumbers, target: readonly number[]): SlotNumbers {
  const count = slot === cameraSlot ? cameraNumbers : numbersPerSlot
  return tidy(
    slot,
    from.map((n, i) => (i < count ? n + value(target, i) / value(changeScale, i) : n)),
  )
}

/** Phases within a turn, shares within 0 and 1, facing within its ends: nothing else is touched. */
function tidy(slot: number, numbers: readonly number[]): SlotNumbers {
  if (slot === cameraSlot) return [...numbers.slice(0, cameraNumbers), 1, 0, 1]
  return numbers.map((n, i) => {
    if (i === PHASE) return n - Math.floor(n)
    if (i === PRESENCE) return Math.min(1, Math.max(0, n))
    return i === FACING ? Math.min(1, Math.max(-1, n)) : n
  })
}

/** Where in its shot a frame is. */
export interface ShotTime {
  /** The frame that is to be predicted, from 0. */
  readonly frame: number
  /** Frames of the whole shot. */
  readonly frames: number
}

const timeFeatures = 4
const actorFeatures = 12
const cameraFeatures = 6
/** Every two actors: one before, one after in the order of the caption. */
const actorPairs = Array.from({ length: actorSlots }, (_, second) =>
  Array.from({ length: second }, (_, first) => [first, second] as const),
).flat()
const pairFeatures = 2
export const motionFeatureCount =
  timeFeatures + actorSlots * actorFeatures + cameraFeatures + actorPairs.length * pairFeatures

/**
 * What the network sees before it predicts a frame, motionFeatureCount numbers: the time, the last state of every
 * slot with its last change, and how the actors lie to each other. Before the first frame only the time is known.
 */
export function motionFeatures(
  time: ShotTime,
  now: SceneNumbers | null,
  before: SceneNumbers | null,
): number[] {
  const done = time.frames > 1 ? time.frame / (time.frames - 1) : 0
  const out = [2 * done - 1, Math.max(0, 1 - Math.abs(4 * (1 - done))), 24 / time.frames, now ? 0 : 1]
  for (let slot = 0; slot < slotCount; slot++) {
    out.push(...slotFeatures(slot, now?.[slot] ?? null, before?.[slot] ?? null))
  }
  for (const pair of actorPairs) {
    const [first, second] = [now?.[pair[0]], now?.[pair[1]]]
    for (const i of [X, Y]) out.push(first && second ? 3 * (value(second, i) - value(first, i)) : 0)
  }
  return out
}

function slotFeatures(slot: number, now: SlotNumbers | null, before: SlotNumbers | null): number[] {
  if (!now) return new Array<number>(slot === cameraSlot ? cameraFeatures : actorFeatures).fill(0)
  const scaled = startTarget(slot, now)
  const change = before ? changeTarget(slot, before, now) : new Array<number>(numbersPerSlot).fill(0)
  if (slot === cameraSlot) return [...scaled.slice(0, cameraNumbers), ...change.slice(0, cameraNumbers)]
  const turn = 2 * Math.PI * value(now, PHASE)
  return [
    ...scaled.slice(0, PHASE),
    Math.sin(turn),
    Math.cos(turn),
    value(scaled, PRESENCE),
    ...change.slice(0, PRESENCE),
  ]
}

function value(numbers: readonly number[], index: number): number {
  const number = numbers[index]
  if (number === undefined) throw new RangeError(`there is no number ${index} of ${numbers.length}`)
  return number
}
