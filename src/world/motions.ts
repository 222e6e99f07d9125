import type { Random } from '../util/random.ts'
import type { SoloAction } from './actions.ts'
import type { Medium } from './settings.ts'
import { smooth } from './stage.ts'

/** Where an actor is on the stage, in frame units at the camera's home. */
export interface Pose {
  readonly x: number
  /** On ground and on water's surface: 0 the farthest line, 1 the nearest. */
  readonly depth: number
  /** On ground and surface: how high above the line; in air and water: the centre's y. */
  readonly height: number
  readonly scale: number
  /** Height beside its usual one; 1 when absent. */
  readonly squash?: number
  readonly facing: number
}

/** The pose at a time in [0, 1] of the clip. */
export type Motion = (t: number) => Pose

/** What a motion is made from; all random choices are drawn before the first frame. */
export interface MotionPart {
  readonly random: Random
  readonly medium: Medium
  readonly seconds: number
  /** Frame widths a second for what travels. */
  readonly speed: number
  /** Where it goes to (or faces). */
  readonly direction: -1 | 1
  /** Middle of its way, and its depth or height. */
  readonly x: number
  readonly level: number
  readonly depth: number
  /** Steps, strokes or hops a second. */
  readonly beat: number
  /** Side of its picture in frame units. */
  readonly size: number
}

/** The longest way across the frame that leaves the actor in sight. */
const widest = 0.72

export function createMotion(action: SoloAction, part: MotionPart): Motion {
  return makers[action](part)
}

/** Straight travel through (x, level), with the bob of its gait. */
export function travel(part: MotionPart, gait: 'steps' | 'glides' | 'waves' = gaitOf(part)): Motion {
  const way = Math.min(part.speed * part.seconds, widest)
  const drift = (part.random.uniform() - 0.5) * 0.25 * way
  const bob = bobOf(part, gait)
  return (t) => ({
    ...rest(part),
    x: part.x + part.direction * way * (t - 0.5),
    depth: clamp(part.depth + (stands(part) ? drift * (t - 0.5) : 0)),
    height: part.level + (stands(part) ? 0 : drift * (t - 0.5)) + bob(t),
  })
}

const stay = (part: MotionPart): Motion => {
  const bob = bobOf(part, part.medium === 'ground' ? 'glides' : 'waves')
  return (t) => ({ ...rest(part), height: part.level + bob(t) })
}

const hop = (part: MotionPart, high: number): Motion => {
  const turns = Math.max(1, Math.round(part.beat * part.seconds))
  return (t) => {
    const u = (t * turns) % 1
    return { ...rest(part), height: part.level + high * 4 * u * (1 - u) * upwards(part) }
  }
}

const makers: { readonly [Name in SoloAction]: (part: MotionPart) => Motion } = {
  walk: (part) => travel(part),
  run: (part) => travel(part),
  drive: (part) => travel(part, 'glides'),
  ride: (part) => travel(part, 'glides'),
  fly: (part) => travel(part, 'waves'),
  swim: (part) => travel(part, 'waves'),
  sail: (part) => travel(part, 'waves'),
  float: (part) => travel(part, 'waves'),
  cartwheel: (part) => travel(part, 'glides'),
  jump(part) {
    const arc = hop(part, part.size * (0.3 + 0.4 * part.random.uniform()))
    const along = travel(part, 'glides')
    return (t) => ({ ...along(t), height: arc(t).height })
  },
  spin(part) {
    const turns = Math.max(1, Math.round(part.seconds * part.beat * 0.5)) * part.direction
    const still = stay(part)
    return (t) => ({ ...still(t), facing: Math.cos(2 * Math.PI * turns * t) * part.direction })
  },
  dance(part) {
    const arc = hop(part, part.size * 0.12)
    const sway = part.size * (0.12 + 0.14 * part.random.uniform())
    return (t) => {
      const turn = Math.sin(2 * Math.PI * (part.beat / 2) * part.seconds * t)
      return {
        ...arc(t),
        x: part.x + sway * turn,
        facing: part.direction * softSign(Math.cos(2 * Math.PI * (part.beat / 4) * part.seconds * t) + 0.02),
      }
    }
  },
  bounce: (part) => hop(part, part.size * (0.35 + 0.4 * part.random.uniform())),
  stand: stay,
  juggle: stay,
  lift: stay,
  meditate: stay,
  surf: (part) => travel(part, 'waves'),
  row: (part) => travel(part, 'waves'),
  ski: (part) => travel(part, 'glides'),
  appear(part) {
    const still = stay(part)
    const begin = 0.12 + 0.3 * part.random.uniform()
    return (t) => ({ ...still(t), scale: popAt((t - begin) * part.seconds) })
  },
  disappear(part) {
    const still = stay(part)
    const end = 0.5 + 0.35 * part.random.uniform()
    return (t) => ({ ...still(t), scale: popAt((end - t) * part.seconds) })
  },
  sleep(part) {
    const start = part.random.uniform()
    return (t) => ({
      ...rest(part),
      squash: 0.86 + 0.035 * Math.sin(2 * Math.PI * (start + 0.45 * part.seconds * t)),
    })
  },
  rise(part) {
    const way = Math.min(part.speed * part.seconds, 0.75)
    const still = stay(part)
    return (t) => {
      const done = way * t * t
      return { ...still(t), height: stands(part) ? done : clampTo(part.level, 0.5, 0.78) - done }
    }
  },
  fall(part) {
    const way = Math.min(part.speed * part.seconds, 0.7) + 0.15
    const still = stay(part)
    return (t) => {
      const left = way * (1 - Math.min(1, t / 0.85) ** 2)
      return { ...still(t), height: stands(part) ? left : clampTo(part.level, 0.62, 0.82) - left }
    }
  },
  grow(part) {
    const from = 0.35 + 0.2 * part.random.uniform()
    const to = 1.1 + 0.35 * part.random.uniform()
    const still = stay(part)
    return (t) => ({ ...still(t), scale: from + (to - from) * smooth(t) })
  },
  shrink(part) {
    const from = 1.1 + 0.35 * part.random.uniform()
    const to = 0.35 + 0.2 * part.random.uniform()
    const still = stay(part)
    return (t) => ({ ...still(t), scale: from + (to - from) * smooth(t) })
  },
  circle(part) {
    const rx = 0.2 + 0.1 * part.random.uniform()
    const turns = Math.max(0.75, (part.speed * part.seconds) / (5.2 * rx))
    const start = part.random.uniform() * 2 * Math.PI
    return (t) => {
      const angle = start + part.direction * 2 * Math.PI * turns * t
      const dx = -Math.sin(angle) * part.direction
      const near = (1 + Math.sin(angle)) / 2
      return {
        x: 0.5 + (part.x - 0.5) * 0.4 + rx * Math.cos(angle),
        depth: stands(part) ? near : part.depth,
        height: stands(part) ? part.level : part.level + 0.13 * Math.sin(angle),
        scale: 1,
        facing: softSign(dx * 1.6),
      }
    }
  },
  enter(part) {
    const from = part.direction > 0 ? -part.size * 0.55 : 1 + part.size * 0.55
    const arrive = clampTo(Math.abs(part.x - from) / (part.speed * part.seconds), 0.55, 1)
    const bob = bobOf(part, gaitOf(part))
    return (t) => {
      const u = Math.min(1, t / arrive)
      const eased = 1 - (1 - u) * (1 - u * 0.35)
      return { ...rest(part), x: from + (part.x - from) * eased, height: part.level + (u < 1 ? bob(t) : 0) }
    }
  },
  leave(part) {
    const to = part.direction > 0 ? 1 + part.size * 0.6 : -part.size * 0.6
    const begin = part.random.uniform() * 0.3
    const bob = bobOf(part, gaitOf(part))
    return (t) => {
      const u = Math.max(0, (t - begin) / (1 - begin))
      const eased = u * (0.65 + 0.35 * u)
      return { ...rest(part), x: part.x + (to - part.x) * eased, height: part.level + (u > 0 ? bob(t) : 0) }
    }
  },
  approach(part) {
    const bob = bobOf(part, gaitOf(part))
    return (t) => ({
      ...rest(part),
      depth: smoothly(0, 1, t),
      scale: smoothly(0.6, 1.3, t),
      height: part.level + bob(t),
    })
  },
  recede(part) {
    const bob = bobOf(part, gaitOf(part))
    return (t) => ({
      ...rest(part),
      depth: smoothly(1, 0, t),
      scale: smoothly(1.3, 0.55, t),
      height: part.level + bob(t),
    })
  },
  turn(part) {
    const way = Math.min(part.speed * part.seconds * 0.55, 0.55)
    const at = 0.4 + 0.2 * part.random.uniform()
    const bob = bobOf(part, gaitOf(part))
    const rate = part.seconds * 5
    return (t) => {
      const side = Math.tanh((at - t) * rate)
      const gone = t < at ? t / at : 1 - (t - at) / (1 - at)
      return {
        ...rest(part),
        x: part.x + part.direction * way * (gone - 0.5),
        height: part.level + bob(t),
        facing: part.direction * side,
      }
    }
  },
  shake(part) {
    const still = stay(part)
    const wide = part.size * 0.05
    return (t) => ({ ...still(t), x: part.x + wide * Math.sin(2 * Math.PI * 3.2 * part.seconds * t) })
  },
}

/** Nothing before 0, then up to full size within a third of a second, a little beyond and back. */
function popAt(seconds: number): number {
  const u = clamp(seconds / 0.34)
  return Math.max(absent, u * (1 + 0.9 * (1 - u) * u))
}

/** Smaller than any pixel: a state needs a width. */
const absent = 0.004

function rest(part: MotionPart): Pose {
  return { x: part.x, depth: part.depth, height: part.level, scale: 1, facing: part.direction }
}

function stands(part: MotionPart): boolean {
  return part.medium === 'ground' || part.medium === 'surface'
}

/** Heights grow upwards on the ground and downwards in the air. */
function upwards(part: MotionPart): 1 | -1 {
  return stands(part) ? 1 : -1
}

function gaitOf(part: MotionPart): 'steps' | 'waves' {
  return part.medium === 'ground' ? 'steps' : 'waves'
}

/** Up and down of a gait, in frame units: |sin| for feet, a slow sine for wings, fins and waves. */
function bobOf(part: MotionPart, gait: 'steps' | 'glides' | 'waves'): (t: number) => number {
  if (gait === 'glides') return () => 0
  const start = part.random.uniform()
  if (gait === 'steps') {
    const high = part.size * 0.045 * Math.min(2, part.beat / 2)
    return (t) => high * Math.abs(Math.sin(Math.PI * (start + part.beat * part.seconds * t)))
  }
  const high = part.medium === 'surface' ? 0.012 : 0.012 + 0.028 * part.random.uniform()
  return (t) => high * Math.sin(2 * Math.PI * (start + 0.7 * part.seconds * t))
}

function smoothly(from: number, to: number, t: number): number {
  return from + (to - from) * smooth(t)
}

/** −1 … 1, with a quick turn between. */
function softSign(x: number): number {
  return Math.max(-1, Math.min(1, x * 3))
}

function clamp(x: number): number {
  return clampTo(x, 0, 1)
}

function clampTo(x: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, x))
}
