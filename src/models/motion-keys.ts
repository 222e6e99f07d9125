import {
  actorSlots,
  cameraNumbers,
  changePace,
  FACING,
  PRESENCE,
  type SceneNumbers,
  type ShotTime,
  SIZE,
  type SlotNumbers,
  slotCount,
  startNumbers,
  startTarget,
  X,
  Y,
} from './motion-numbers.ts'

/**
 * Key poses: where everyone is to be at each quarter of a shot, the last at its end. They are drawn once, after the first
 * frame, and the mover goes from key to key as an animator's in-betweens do; without them every frame's small
 * change was drawn for itself, and ways came out half as long as they should (docs/decisions/015-key-poses.md).
 */
export const keyCount = 4

/** What a key pose says of a slot: everything but the phase, which comes round again. */
const keyNumbers = [X, Y, SIZE, FACING, PRESENCE] as const

/** Numbers of a slot's key poses together, as the network gives them. */
export const keyTargetNumbers = keyCount * keyNumbers.length

/** Frames of the key poses; the last one's is the shot's. */
export function keyFrames(frames: number): number[] {
  return Array.from({ length: keyCount }, (_, i) => Math.round(((frames - 1) * (i + 1)) / keyCount))
}

/** Every slot's key poses, in the order of `keyFrames`. */
export type MotionKeys = readonly SceneNumbers[]

/** Which of `keyTargetNumbers` a slot has: the camera's facing and presence say nothing. */
export function ownKeyNumbers(slot: number): number[] {
  return Array.from({ length: keyTargetNumbers }, (_, i) =>
    slot < actorSlots || i % keyNumbers.length < cameraNumbers ? 1 : 0,
  )
}

/** The network's numbers for a slot's key poses, seen from its first frame, key after key. */
export function keyTarget(slot: number, first: SlotNumbers, keys: readonly SlotNumbers[]): number[] {
  const from = startTarget(slot, first)
  return keys.flatMap((key) => {
    const to = startTarget(slot, key)
    return keyNumbers.map((i) => (to[i] ?? 0) - (from[i] ?? 0))
  })
}

/** A slot's key poses from its first frame and the network's numbers. */
export function keyPoses(slot: number, first: SlotNumbers, target: readonly number[]): SlotNumbers[] {
  const from = startTarget(slot, first)
  return Array.from({ length: keyCount }, (_, key) => {
    const to = [...from]
    for (const [j, i] of keyNumbers.entries())
      to[i] = (from[i] ?? 0) + (target[key * keyNumbers.length + j] ?? 0)
    return startNumbers(slot, to)
  })
}

/** Time to the next key; and for each slot the change a frame that leads to it, and the way to the end. */
export const keyFeatureCount = 2 + 2 * (actorSlots * keyNumbers.length + cameraNumbers)

/** Farther than this from a key, in a usual frame's changes, all is equally far. */
const farthest = 6

/** What the network sees of the keys before it predicts a frame; zeros before there are any. */
export function keyFeatures(time: ShotTime, now: SceneNumbers | null, keys: MotionKeys | null): number[] {
  if (!now || !keys) return new Array<number>(keyFeatureCount).fill(0)
  const frames = keyFrames(time.frames)
  const coming = frames.findIndex((at) => time.frame <= at)
  const index = coming < 0 ? keyCount - 1 : coming
  const [key, end] = [keys[index] ?? [], keys[keyCount - 1] ?? []]
  const left = Math.max(1, (frames[index] ?? 0) - time.frame + 1)
  const out = [1, 1 / left]
  for (let slot = 0; slot < slotCount; slot++) {
    const numbers = slot < actorSlots ? keyNumbers : keyNumbers.slice(0, cameraNumbers)
    const [from, next, last] = [now[slot], key[slot], end[slot]]
    if (!from || !next || !last) {
      out.push(...new Array<number>(2 * numbers.length).fill(0))
      continue
    }
    const pace = changePace(from, next, left)
    const [here, there] = [startTarget(slot, from), startTarget(slot, last)]
    for (const i of numbers) out.push(clamp(pace[i] ?? 0), (there[i] ?? 0) - (here[i] ?? 0))
  }
  return out
}

function clamp(x: number): number {
  return Math.max(-farthest, Math.min(farthest, x))
}
