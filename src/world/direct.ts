import type { Random } from '../util/random.ts'
import type { MotionPlan, State } from '../video/motion-plan.ts'
import { actionRules, type PairAction, type SoloAction } from './actions.ts'
import { actorOf } from './actors.ts'
import { writeCaption } from './captions.ts'
import type { ClipScript, ScriptActor } from './clip-script.ts'
import { dressedFeet, dressedShare } from './dress.ts'
import { type Build, type Deed, type Facts, isPair, type Pace } from './facts.ts'
import { createMotion, type Motion, type MotionPart } from './motions.ts'
import { pairMotions } from './pair-motions.ts'
import { type Medium, settings, settingVariants } from './settings.ts'
import { cameraState, createStage, place, type Stage } from './stage.ts'

const fps = 12

const paceFactor: { readonly [P in Pace]: number } = { slow: 0.55, usual: 1, fast: 1.55 }
const buildFactor: { readonly [B in Build]: number } = { small: 0.66, usual: 1, big: 1.3 }

export interface DirectOptions {
  readonly frames: number
  /** Which of the setting's pictures. @default drawn */
  readonly variant?: number | undefined
  /** Where the actors stand, in their order. @default drawn */
  readonly spots?: readonly Spot[] | undefined
}

/** Middle of an actor's way; `depth` counts on ground and water's surface, `level` in air and water. */
export interface Spot {
  readonly x: number
  readonly depth: number
  readonly level: number
  /** On its usual size. */
  readonly scale: number
}

/** Turns facts into motion and words. */
export function direct(seed: number, random: Random, facts: Facts, options: DirectOptions): ClipScript {
  const { frames } = options
  const setting = settings[facts.setting]
  const { deeds } = facts
  const parts = deeds.map((deed, i) => createPart(random, facts, deed, i, frames, options.spots?.[i]))
  const focus = parts[0] ?? { x: 0.5, level: 0.5, medium: 'air' as Medium }
  const direction = deeds[0]?.direction === 'left' ? -1 : deeds[0]?.direction === 'right' ? 1 : 0
  const stage = createStage(random, {
    setting,
    move: facts.camera,
    direction,
    focus: [focus.x, focus.medium === 'ground' || focus.medium === 'surface' ? 0.7 : focus.level],
  })
  const motions = motionsOf(deeds, parts)
  const caption = writeCaption(random, facts)
  const cast: ScriptActor[] = []
  const tracks: MotionPlan['actors'][number][] = []
  for (const [i, deed] of deeds.entries()) {
    const { states, shadows } = track(
      stage,
      deed,
      motions[i],
      parts[i]?.size ?? 0.4,
      random.uniform(),
      frames,
    )
    cast.push({ ...deed, shadows })
    tracks.push({ id: trackId(deeds, i), phrase: caption.actors[i]?.phrase ?? deed.actorId, states })
  }
  const camera = times(frames).map((t) => cameraState(stage.cameraAt(t)))
  return {
    seed,
    frames,
    fps,
    actors: cast,
    setting: facts.setting,
    time: facts.time,
    season: facts.season,
    weather: facts.weather,
    variant: options.variant ?? random.integer(settingVariants),
    camera: facts.camera,
    relation: facts.relation ?? null,
    caption,
    plan: { fps, actors: tracks, camera },
  }
}

function motionsOf(deeds: readonly Deed[], parts: readonly MotionPart[]): readonly Motion[] {
  const [first, second, ...more] = parts
  const lead = deeds[0]
  const solo = (part: MotionPart, i: number): Motion =>
    createMotion((deeds[i]?.action ?? 'stand') as SoloAction, part)
  if (!lead || !isPair(lead.action) || !first || !second) return parts.map(solo)
  return [
    ...pairMotions(lead.action as PairAction, first, second),
    ...more.map((part, i) => solo(part, i + 2)),
  ]
}

function createPart(
  random: Random,
  facts: Facts,
  deed: Deed,
  i: number,
  frames: number,
  spot: Spot | undefined,
): MotionPart {
  const actor = actorOf(deed.actorId)
  const range = (low: number, high: number): number => low + (high - low) * random.uniform()
  const pair = facts.deeds.length > 1
  const rule = actionRules[deed.action]
  // Large in the frame: a viewer looks at the actors, and small ones fall between the codec's cells.
  const base = (pair ? range(0.42, 0.54) : range(0.5, 0.68)) * (0.5 + 0.5 * actor.size) * (spot?.scale ?? 1)
  const stands = deed.medium === 'ground' || deed.medium === 'surface'
  const slot = i === 0 ? [0.22, 0.4] : [0.6, 0.78]
  const swap = pair && facts.deeds[0]?.actorId !== undefined && facts.deeds[0]?.direction === 'left'
  const x = pair ? range(slot[0] ?? 0.3, slot[1] ?? 0.4) : range(0.36, 0.64)
  const chosen = random.pick([-1, 1] as const)
  const speed = Math.max(0.04, range(rule.speed[0], rule.speed[1])) * paceFactor[deed.pace]
  const level = stands
    ? 0
    : deed.medium === 'water' || facts.setting === 'space' || facts.setting === 'sky'
      ? range(0.3, 0.66)
      : range(0.22, 0.46)
  const depth = pair ? (i === 0 ? range(0.6, 1) : range(0.3, 0.8)) : range(0.3, 1)
  return {
    random,
    medium: deed.medium,
    seconds: frames / fps,
    speed,
    direction: deed.direction === 'left' ? -1 : deed.direction === 'right' ? 1 : chosen,
    x: spot?.x ?? (swap ? 1 - x : x),
    level: spot && !stands ? spot.level : level,
    depth: spot?.depth ?? depth,
    beat: (1.7 + range(0, 0.5)) * rule.tempo * (0.5 + 0.5 * paceFactor[deed.pace]),
    size: Math.min(0.8, base * buildFactor[deed.build]) / dressedShare(actor, deed.looks),
  }
}

/** Every frame's state of one actor. Its loop's phase advances with tempo and pace. */
function track(
  stage: Stage,
  deed: Deed,
  motion: Motion | undefined,
  size: number,
  phase0: number,
  frames: number,
): { states: State[]; shadows: (number | null)[] } {
  const actor = actorOf(deed.actorId)
  const step = (actionRules[deed.action].tempo * paceFactor[deed.pace]) / actor.loopFrames
  const feet = dressedFeet(actor, deed.looks)
  const states: State[] = []
  const shadows: (number | null)[] = []
  for (const [f, t] of times(frames).entries()) {
    const pose = motion?.(t)
    if (!pose) continue
    const placed = place(stage, feet, deed.medium, size, pose, t, (phase0 + step * f) % 1)
    states.push(placed.state)
    shadows.push(placed.shadowY)
  }
  return { states, shadows }
}

/** Each frame's time in [0, 1]: the first is 0 and the last is 1. */
function times(frames: number): number[] {
  return Array.from({ length: frames }, (_, f) => (frames > 1 ? f / (frames - 1) : 0))
}

/** `dog-1`; two of a kind are told apart by their numbers. */
export function trackId(deeds: readonly Deed[], i: number): string {
  const noun = actorOf(deeds[i]?.actorId ?? '').noun.replaceAll(' ', '-')
  const before = deeds
    .slice(0, i)
    .filter((deed) => actorOf(deed.actorId).noun.replaceAll(' ', '-') === noun).length
  return `${noun}-${before + 1}`
}
