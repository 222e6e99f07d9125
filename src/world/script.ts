import { FramewrightError } from '../util/errors.ts'
import { createRandom, type Random } from '../util/random.ts'
import type { MotionPlan, State } from '../video/motion-plan.ts'
import {
  type ActionName,
  actionRules,
  canBear,
  canDo,
  type PairAction,
  pairActions,
  type SoloAction,
  soloActions,
} from './actions.ts'
import { type Actor, actorOf, actors } from './actors.ts'
import {
  type Build,
  type Caption,
  type Deed,
  type Facts,
  isPair,
  type Pace,
  writeCaption,
} from './captions.ts'
import { isHeldOutCombination } from './held-out.ts'
import { createMotion, type Motion } from './motions.ts'
import { pairMotions } from './pair-motions.ts'
import {
  type Medium,
  mediumOf,
  type SettingName,
  settingNames,
  settings,
  settingVariants,
  type TimeOfDay,
} from './settings.ts'
import { type CameraMove, cameraState, createStage, place, type Stage } from './stage.ts'

export interface ScriptOptions {
  /** How long the clip is. @default 16 */
  readonly frames?: number | undefined
  /** Which combinations of actor, action and setting may come up. @default 'any' */
  readonly split?: 'train' | 'heldout' | 'any' | undefined
  /** Choose among these actors only (ids). @default everyone */
  readonly cast?: readonly string[] | undefined
  /** Choose among these settings only. @default all */
  readonly places?: readonly SettingName[] | undefined
}

/** One actor of a clip. */
export interface ScriptActor extends Deed {
  /** Shadow's y in frame units for each frame; null where it casts none. */
  readonly shadows: readonly (number | null)[]
}

/** A clip that can be drawn: all its facts, its words, and every frame's states. Plain data, JSON. */
export interface ClipScript {
  readonly seed: number
  readonly frames: number
  readonly fps: number
  readonly actors: readonly ScriptActor[]
  readonly setting: SettingName
  readonly time: TimeOfDay
  /** Which of the setting's pictures. */
  readonly variant: number
  readonly camera: CameraMove
  readonly caption: Caption
  readonly plan: MotionPlan
}

const fps = 12
const mostAttempts = 2000

/**
 * The clip of a seed: a pure function, the same on every machine up to the last bits of sine.
 * @throws FramewrightError E_OPTION when nothing fits the options
 */
export function scriptClip(seed: number, options: ScriptOptions = {}): ClipScript {
  const split = options.split ?? 'any'
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    const random = createRandom(seed, attempt)
    const facts = chooseFacts(random, options)
    if (!facts) continue
    if (split !== 'any' && isHeldOut(facts) !== (split === 'heldout')) continue
    return direct(seed, random, facts, options.frames ?? 16)
  }
  throw new FramewrightError('E_OPTION', 'no clip fits `cast`, `places` and `split`: allow more of them')
}

/** True when one of its combinations of actor, action and setting is kept out of training. */
export function isHeldOut(clip: {
  readonly actors?: readonly Deed[]
  readonly deeds?: readonly Deed[]
  readonly setting: SettingName
}): boolean {
  return (clip.actors ?? clip.deeds ?? []).some((deed) =>
    isHeldOutCombination(deed.actorId, deed.action, clip.setting),
  )
}

/** Who, what, where, when; null when the draw does not fit together. */
function chooseFacts(random: Random, options: ScriptOptions): Facts | null {
  const setting = settings[random.pick(options.places ?? settingNames)]
  const time = random.pick(setting.times)
  const cast = options.cast ? options.cast.map(actorOf) : actors
  const here = cast.filter((one) => mediumOf(one, setting) !== null)
  if (here.length === 0) return null
  const kind = random.uniform()
  const who = random.pick(here)
  const deeds: Deed[] = []
  const push = (
    actor: Actor,
    action: ActionName,
    direction: Deed['direction'],
    pace: Pace,
    target: number | null,
  ): boolean => {
    const medium = mediumOf(actor, setting)
    if (!medium) return false
    deeds.push({ actorId: actor.id, build: chooseBuild(random), action, pace, medium, direction, target })
    return true
  }
  if (kind < 0.58) {
    const action = chooseAction(random, who, setting)
    if (!action || !push(who, action, chooseDirection(random, action), choosePace(random, action), null))
      return null
  } else if (kind < 0.82) {
    const whom = random.pick(here.filter((one) => one !== who).concat(here.length > 1 ? [] : [who]))
    const action = choosePair(random, who, whom, setting)
    if (!action || whom === who) return null
    const direction = random.pick(['left', 'right'] as const)
    const pace = choosePace(random, action)
    push(who, action, direction, pace, 1)
    push(
      whom,
      action === 'jump-over' || action === 'pass' ? 'stand' : action,
      action === 'meet' ? opposite(direction) : action === 'chase' || action === 'follow' ? direction : null,
      pace,
      null,
    )
    if (deeds[0]?.medium !== deeds[1]?.medium) return null
  } else {
    const other = random.pick(here)
    const action = chooseAction(random, who, setting)
    const same = random.uniform() < 0.4
    const second =
      same && action && canDo(other, action, setting) ? action : chooseAction(random, other, setting)
    if (!action || !second || other === who) return null
    const direction = chooseDirection(random, action)
    const pace = choosePace(random, action)
    push(who, action, direction, pace, null)
    if (same && second === action) push(other, second, direction, pace, null)
    else push(other, second, chooseDirection(random, second), choosePace(random, second), null)
  }
  return { deeds, setting: setting.name, time, camera: chooseCamera(random, deeds) }
}

function chooseAction(
  random: Random,
  actor: Actor,
  setting: (typeof settings)[SettingName],
): SoloAction | null {
  return weighted(
    random,
    soloActions.filter((action) => canDo(actor, action, setting)),
  )
}

function choosePair(
  random: Random,
  who: Actor,
  whom: Actor,
  setting: (typeof settings)[SettingName],
): PairAction | null {
  return weighted(
    random,
    pairActions.filter((action) => canDo(who, action, setting) && canBear(whom, action, setting)),
  )
}

function weighted<Name extends ActionName>(random: Random, names: readonly Name[]): Name | null {
  let left = random.uniform() * names.reduce((sum, name) => sum + actionRules[name].weight, 0)
  for (const name of names) {
    left -= actionRules[name].weight
    if (left < 0) return name
  }
  return names.at(-1) ?? null
}

/** Actions that go to a side; the others only face one. */
const sided: readonly ActionName[] = [
  'walk',
  'run',
  'drive',
  'ride',
  'fly',
  'swim',
  'sail',
  'float',
  'cartwheel',
  'enter',
  'leave',
]

function chooseDirection(random: Random, action: ActionName): Deed['direction'] {
  const side = random.pick(['left', 'right'] as const)
  return sided.includes(action) ? side : null
}

function choosePace(random: Random, action: ActionName): Pace {
  const u = random.uniform()
  if (actionRules[action].speed[1] === 0 && action !== 'spin' && action !== 'dance') return 'usual'
  return u < 0.15 ? 'slow' : u < 0.32 ? 'fast' : 'usual'
}

function chooseBuild(random: Random): Build {
  const u = random.uniform()
  return u < 0.12 ? 'small' : u < 0.26 ? 'big' : 'usual'
}

function chooseCamera(random: Random, deeds: readonly Deed[]): CameraMove {
  const u = random.uniform()
  if (u < 0.58) return 'still'
  if (u < 0.76) {
    // Against someone who travels, a pan would lose them at once.
    const side = deeds.find((deed) => deed.direction !== null)?.direction
    return side ? `pan-${side}` : random.pick(['pan-left', 'pan-right'] as const)
  }
  if (u < 0.92) return random.pick(['zoom-in', 'zoom-in', 'zoom-out'] as const)
  const goes = deeds.some(
    (deed) => deed.direction !== null && !['enter', 'leave', 'meet'].includes(deed.action),
  )
  return goes ? 'follow' : 'still'
}

function opposite(direction: 'left' | 'right'): 'left' | 'right' {
  return direction === 'left' ? 'right' : 'left'
}

const paceFactor: { readonly [P in Pace]: number } = { slow: 0.55, usual: 1, fast: 1.55 }
const buildFactor: { readonly [B in Build]: number } = { small: 0.66, usual: 1, big: 1.3 }

/** Turns facts into motion and words. */
function direct(seed: number, random: Random, facts: Facts, frames: number): ClipScript {
  const setting = settings[facts.setting]
  const { deeds } = facts
  const parts = deeds.map((deed, i) => createPart(random, facts, deed, i, frames))
  const focus = parts[0] ?? { x: 0.5, level: 0.5, medium: 'air' as Medium }
  const direction = deeds[0]?.direction === 'left' ? -1 : deeds[0]?.direction === 'right' ? 1 : 0
  const stage = createStage(random, {
    setting,
    move: facts.camera,
    direction,
    focus: [focus.x, focus.medium === 'ground' || focus.medium === 'surface' ? 0.7 : focus.level],
  })
  const [first, second] = parts
  const lead = deeds[0]
  const motions: readonly Motion[] =
    lead && isPair(lead.action) && first && second
      ? pairMotions(lead.action as PairAction, first, second)
      : parts.map((part, i) => createMotion((deeds[i]?.action ?? 'stand') as SoloAction, part))
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
    variant: random.integer(settingVariants),
    camera: facts.camera,
    caption,
    plan: { fps, actors: tracks, camera },
  }
}

function createPart(random: Random, facts: Facts, deed: Deed, i: number, frames: number) {
  const actor = actorOf(deed.actorId)
  const range = (low: number, high: number): number => low + (high - low) * random.uniform()
  const pair = facts.deeds.length > 1
  const rule = actionRules[deed.action]
  // Large in the frame: a viewer looks at the actors, and small ones fall between the codec's cells.
  const base = (pair ? range(0.42, 0.54) : range(0.5, 0.68)) * (0.5 + 0.5 * actor.size)
  const stands = deed.medium === 'ground' || deed.medium === 'surface'
  const slot = i === 0 ? [0.22, 0.4] : [0.6, 0.78]
  const swap = pair && facts.deeds[0]?.actorId !== undefined && facts.deeds[0]?.direction === 'left'
  const x = pair ? range(slot[0] ?? 0.3, slot[1] ?? 0.4) : range(0.36, 0.64)
  const chosen = random.pick([-1, 1] as const)
  return {
    random,
    medium: deed.medium,
    seconds: frames / fps,
    speed: Math.max(0.04, range(rule.speed[0], rule.speed[1])) * paceFactor[deed.pace],
    direction: deed.direction === 'left' ? (-1 as const) : deed.direction === 'right' ? (1 as const) : chosen,
    x: swap ? 1 - x : x,
    level: stands
      ? 0
      : deed.medium === 'water'
        ? range(0.3, 0.66)
        : facts.setting === 'space' || facts.setting === 'sky'
          ? range(0.3, 0.66)
          : range(0.22, 0.46),
    depth: pair ? (i === 0 ? range(0.6, 1) : range(0.3, 0.8)) : range(0.3, 1),
    beat: (1.7 + range(0, 0.5)) * rule.tempo * (0.5 + 0.5 * paceFactor[deed.pace]),
    size: Math.min(0.8, base * buildFactor[deed.build]),
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
  const states: State[] = []
  const shadows: (number | null)[] = []
  for (const [f, t] of times(frames).entries()) {
    const pose = motion?.(t)
    if (!pose) continue
    const placed = place(stage, actor, deed.medium, size, pose, t, (phase0 + step * f) % 1)
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
function trackId(deeds: readonly Deed[], i: number): string {
  const noun = actorOf(deeds[i]?.actorId ?? '').noun.replaceAll(' ', '-')
  const before = deeds
    .slice(0, i)
    .filter((deed) => actorOf(deed.actorId).noun.replaceAll(' ', '-') === noun).length
  return `${noun}-${before + 1}`
}
