import { pickWeighted } from '../util/pick-weighted.ts'
import type { Random } from '../util/random.ts'
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
import type { Actor } from './actor.ts'
import { actorOf, actors, shareOf } from './actors.ts'
import type { Build, Deed, Facts, Pace, Scene } from './facts.ts'
import { chooseLooks, type Looks, plainLooks } from './looks.ts'
import { canBe, mediumOf, type Setting, type SettingName, settingNames, settings } from './settings.ts'
import type { CameraMove } from './stage.ts'

/** What someone is like whatever it does: it stays for a whole story. */
export interface Identity {
  readonly build: Build
  readonly looks: Looks
}

export interface FactsOptions {
  /** Choose among these actors only (ids), each as often as the others. @default everyone, animals most often */
  readonly cast?: readonly string[] | undefined
  /** Choose among these settings only. @default all */
  readonly places?: readonly SettingName[] | undefined
  /** Choose among these actions only. @default all */
  readonly actions?: readonly ActionName[] | undefined
  /** `varied`: coats of other colours, accessories and tones of skin come up. @default 'plain' */
  readonly looks?: 'plain' | 'varied' | undefined
  /** `any`: rain, snow, fog and the times of the year come up. @default 'clear': a summer without clouds */
  readonly weather?: 'clear' | 'any' | undefined
  /** Those who are known already, by actor. */
  readonly identities?: ReadonlyMap<string, Identity> | undefined
  /** Where and when it is, if that is known already. */
  readonly scene?: Scene | undefined
}

/** Who, what, where, when, of one actor or two; null when the draw does not fit together. */
export function chooseFacts(random: Random, options: FactsOptions): Facts | null {
  const scene = options.scene ?? chooseScene(random, options)
  const setting = settings[scene.setting]
  const here = castFor(setting, options)
  if (here.length === 0) return null
  const kind = random.uniform()
  const who = pickActor(random, here, options)
  const deeds: Deed[] = []
  const push = (actor: Actor, part: DeedPart): void => {
    const deed = createDeed(random, actor, setting, options, part)
    if (deed) deeds.push(deed)
  }
  if (kind < 0.58 || here.length === 1) {
    const action = chooseAction(random, who, setting, options)
    if (!action) return null
    push(who, {
      action,
      direction: chooseDirection(random, action),
      pace: choosePace(random, action),
      target: null,
    })
  } else if (kind < 0.82) {
    const whom = pickActor(random, here.length > 1 ? here.filter((one) => one !== who) : here, options)
    const action = choosePair(random, [who, whom], setting, options)
    if (!action || whom === who) return null
    const direction = random.pick(['left', 'right'] as const)
    const pace = choosePace(random, action)
    push(who, { action, direction, pace, target: 1 })
    push(whom, {
      action: action === 'jump-over' || action === 'pass' ? 'stand' : action,
      direction:
        action === 'meet'
          ? opposite(direction)
          : action === 'chase' || action === 'follow'
            ? direction
            : null,
      pace,
      target: null,
    })
    if (deeds[0]?.medium !== deeds[1]?.medium) return null
  } else {
    const other = pickActor(random, here, options)
    const action = chooseAction(random, who, setting, options)
    const same = random.uniform() < 0.4
    const second =
      same && action && canDo(other, action, setting) ? action : chooseAction(random, other, setting, options)
    if (!action || !second || other === who) return null
    const direction = chooseDirection(random, action)
    const pace = choosePace(random, action)
    push(who, { action, direction, pace, target: null })
    if (same && second === action) push(other, { action: second, direction, pace, target: null })
    else
      push(other, {
        action: second,
        direction: chooseDirection(random, second),
        pace: choosePace(random, second),
        target: null,
      })
  }
  if (deeds.length === 0) return null
  return { ...scene, deeds, camera: chooseCamera(random, deeds) }
}

/** A place, an hour and a weather. */
export function chooseScene(random: Random, options: FactsOptions): Scene {
  const setting = settings[random.pick(options.places ?? settingNames)]
  const time = random.pick(setting.times)
  if (options.weather !== 'any')
    return { setting: setting.name, time, season: 'summer', weather: 'clear', tellsSeason: false }
  const weather = random.uniform() < 0.55 ? 'clear' : random.pick(setting.weathers)
  const season = random.pick(setting.seasons.filter((one) => canBe(setting, one, weather)))
  return { setting: setting.name, time, season, weather, tellsSeason: true }
}

/** Of every cast that was asked for, whom it has in each setting. */
const fitting = new WeakMap<readonly unknown[], Map<SettingName, readonly Actor[]>>()

/** Those of the cast who can be there. */
export function castFor(setting: Setting, { cast }: FactsOptions): readonly Actor[] {
  const known = fitting.get(cast ?? actors) ?? new Map<SettingName, readonly Actor[]>()
  fitting.set(cast ?? actors, known)
  const here =
    known.get(setting.name) ?? (cast?.map(actorOf) ?? actors).filter((one) => mediumOf(one, setting) !== null)
  known.set(setting.name, here)
  return here
}

export interface DeedPart {
  readonly action: ActionName
  readonly direction: Deed['direction']
  readonly pace: Pace
  readonly target: number | null
}

/** Someone's deed; null where nothing carries it there. */
export function createDeed(
  random: Random,
  actor: Actor,
  setting: Setting,
  options: FactsOptions,
  part: DeedPart,
): Deed | null {
  const medium = mediumOf(actor, setting)
  if (!medium) return null
  const identity = options.identities?.get(actor.id) ?? chooseIdentity(random, actor, options.looks)
  return { actorId: actor.id, ...identity, ...part, medium }
}

export function chooseIdentity(
  random: Random,
  actor: Actor,
  looks: FactsOptions['looks'] = 'plain',
): Identity {
  const u = random.uniform()
  const build = u < 0.12 ? 'small' : u < 0.26 ? 'big' : 'usual'
  return { build, looks: looks === 'varied' ? chooseLooks(random, actor) : plainLooks }
}

/** What someone can do there by itself, of the actions that there are. */
export function soloActionsOf(actor: Actor, setting: Setting, { actions }: FactsOptions): SoloAction[] {
  return soloActions.filter((action) => (actions?.includes(action) ?? true) && canDo(actor, action, setting))
}

export function chooseAction(
  random: Random,
  actor: Actor,
  setting: Setting,
  options: FactsOptions,
): SoloAction | null {
  return pickAction(random, soloActionsOf(actor, setting, options))
}

function choosePair(
  random: Random,
  [who, whom]: readonly [Actor, Actor],
  setting: Setting,
  { actions }: FactsOptions,
): PairAction | null {
  const able = pairActions.filter(
    (action) =>
      (actions?.includes(action) ?? true) && canDo(who, action, setting) && canBear(whom, action, setting),
  )
  return pickAction(random, able)
}

export function pickAction<Name extends ActionName>(random: Random, names: readonly Name[]): Name | null {
  return pickWeighted(random, names, (name) => actionRules[name].weight)
}

/** Of a cast that was named everyone comes up as often as the others. */
export function pickActor(random: Random, among: readonly Actor[], { cast }: FactsOptions): Actor {
  const one = cast && among.length > 0 ? random.pick(among) : pickWeighted(random, among, shareOf)
  if (!one) throw new RangeError('nobody to choose among')
  return one
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
  'surf',
  'row',
  'ski',
  'float',
  'cartwheel',
  'enter',
  'leave',
]

export function chooseDirection(random: Random, action: ActionName): Deed['direction'] {
  const side = random.pick(['left', 'right'] as const)
  return sided.includes(action) ? side : null
}

export function choosePace(random: Random, action: ActionName): Pace {
  const u = random.uniform()
  if (actionRules[action].speed[1] === 0 && action !== 'spin' && action !== 'dance') return 'usual'
  return u < 0.15 ? 'slow' : u < 0.32 ? 'fast' : 'usual'
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
