import { FramewrightError } from '../util/errors.ts'
import { createRandom, type Random } from '../util/random.ts'
import type { SoloAction } from './actions.ts'
import type { Actor } from './actor.ts'
import {
  castFor,
  chooseAction,
  chooseDirection,
  chooseIdentity,
  choosePace,
  chooseScene,
  createDeed,
  type FactsOptions,
  pickAction,
  pickActor,
  soloActionsOf,
} from './choose-facts.ts'
import type { ClipScript } from './clip-script.ts'
import { direct, type Spot } from './direct.ts'
import { type Deed, type Facts, type RelationName, relationNames } from './facts.ts'
import { hasPlural } from './plural.ts'
import { isHeldOut, mostAttempts, type ScriptOptions } from './script.ts'
import { mediumOf, type Setting, settings } from './settings.ts'

/** What an ensemble shows: two or three of a kind, one beside another, or three who each do something. */
export type EnsembleKind = 'count' | 'relation' | 'trio'

export interface EnsembleOptions extends ScriptOptions {
  /** @default any of them */
  readonly kinds?: readonly EnsembleKind[] | undefined
}

/**
 * A clip of two or three actors: counts ("three birds"), relations ("a dog to the left of a cat") and trios. A pure
 * function of the seed, as `scriptClip` is; the networks that take two actors only never see its threes.
 * @throws FramewrightError E_OPTION when nothing fits the options
 */
export function scriptEnsemble(seed: number, options: EnsembleOptions = {}): ClipScript {
  const split = options.split ?? 'any'
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    // Apart from the streams of `scriptClip`.
    const random = createRandom(seed, 2 ** 33 + attempt)
    const plan = makers[random.pick(options.kinds ?? kinds)](random, options)
    if (!plan) continue
    if (split !== 'any' && isHeldOut(plan.facts) !== (split === 'heldout')) continue
    return direct(seed, random, plan.facts, { frames: options.frames ?? 16, spots: plan.spots })
  }
  throw new FramewrightError('E_OPTION', 'no clip fits `cast`, `places` and `split`: allow more of them')
}

const kinds: readonly EnsembleKind[] = ['count', 'relation', 'trio']

interface Ensemble {
  readonly facts: Facts
  readonly spots: readonly Spot[]
}

const makers: { readonly [K in EnsembleKind]: (random: Random, options: FactsOptions) => Ensemble | null } = {
  count(random, options) {
    const scene = chooseScene(random, options)
    const setting = settings[scene.setting]
    const here = castFor(setting, options).filter(canBeCounted)
    if (here.length === 0) return null
    const who = pickActor(random, here, options)
    const action = pickAction(
      random,
      soloActionsOf(who, setting, options).filter((one) => !uncountable.includes(one)),
    )
    if (!action) return null
    const identity = chooseIdentity(random, who, options.looks)
    const part = {
      action,
      direction: chooseDirection(random, action),
      pace: choosePace(random, action),
      target: null,
    }
    const same = { ...options, identities: new Map([[who.id, identity]]) }
    const count = random.pick([2, 3, 3] as const)
    const deeds = repeat(count, () => createDeed(random, who, setting, same, part))
    return { facts: { ...scene, deeds, camera: 'still', isGroup: true }, spots: row(random, count) }
  },
  relation(random, options) {
    const scene = chooseScene(random, options)
    const setting = settings[scene.setting]
    const here = castFor(setting, options)
    if (here.length < 2) return null
    const relation = random.pick(relationNames)
    const who = pickActor(random, here, options)
    const whom = pickActor(
      random,
      here.filter((one) => one !== who),
      options,
    )
    if (!canRelate(relation, who, whom, setting)) return null
    const deeds = [who, whom].flatMap((actor) => standing(random, actor, setting, options) ?? [])
    if (deeds.length < 2) return null
    return { facts: { ...scene, deeds, camera: 'still', relation }, spots: related(random, relation, deeds) }
  },
  trio(random, options) {
    const scene = chooseScene(random, options)
    const setting = settings[scene.setting]
    const here = [...castFor(setting, options)]
    if (here.length < 3) return null
    const deeds: Deed[] = []
    while (deeds.length < 3) {
      const who = pickActor(random, here, options)
      here.splice(here.indexOf(who), 1)
      const action = chooseAction(random, who, setting, options)
      if (!action) return null
      const part = {
        action,
        direction: chooseDirection(random, action),
        pace: choosePace(random, action),
        target: null,
      }
      const deed = createDeed(random, who, setting, options, part)
      if (deed) deeds.push(deed)
    }
    return { facts: { ...scene, deeds, camera: 'still' }, spots: row(random, 3) }
  },
}

/** Whoever does these cannot be told apart from the others, or counted, at all times. */
const uncountable: readonly SoloAction[] = [
  'enter',
  'leave',
  'circle',
  'approach',
  'recede',
  'turn',
  'appear',
  'disappear',
]

/** One subject in one picture, with a plural that is heard. */
function canBeCounted({ noun, synonyms, kinds: [kind] }: Actor): boolean {
  return [noun, ...synonyms].every(hasPlural) && kind !== 'person' && kind !== 'face'
}

function canRelate(relation: RelationName, who: Actor, whom: Actor, setting: Setting): boolean {
  const [upper, lower] = [mediumOf(who, setting), mediumOf(whom, setting)]
  const onGround = (medium: typeof upper): boolean => medium === 'ground' || medium === 'surface'
  if (relation === 'above') return upper !== null && !onGround(upper)
  if (relation === 'behind' || relation === 'in-front-of') return onGround(upper) && onGround(lower)
  return true
}

/** In its place, whatever its loop does there. */
function standing(random: Random, actor: Actor, setting: Setting, options: FactsOptions): Deed | null {
  const quiet: readonly SoloAction[] = ['stand', 'stand', 'shake', 'sleep', 'lift', 'meditate', 'juggle']
  const can = soloActionsOf(actor, setting, options)
  const able = quiet.filter((one) => can.includes(one))
  if (able.length === 0) return null
  return createDeed(random, actor, setting, options, {
    action: random.pick(able),
    direction: null,
    pace: 'usual',
    target: null,
  })
}

function repeat(count: number, create: () => Deed | null): Deed[] {
  return Array.from({ length: count }, create).flatMap((deed) => deed ?? [])
}

/** Side by side from the left, in the caption's order, none hidden; smaller the more there are. */
function row(random: Random, count: number): Spot[] {
  const range = (low: number, high: number): number => low + (high - low) * random.uniform()
  return Array.from({ length: count }, (_, slot) => ({
    x: (slot + 0.5 + range(-0.08, 0.08)) / count,
    depth: range(0.35, 0.9),
    level: range(0.28, 0.6),
    scale: count === 3 ? 0.66 : 0.86,
  }))
}

/** Where the first and the second stand so that the relation can be seen. */
function related(random: Random, relation: RelationName, deeds: readonly Deed[]): Spot[] {
  const range = (low: number, high: number): number => low + (high - low) * random.uniform()
  const spot = (x: number, depth: number, level: number, scale = 0.8): Spot => ({ x, depth, level, scale })
  const [left, right] = [range(0.22, 0.32), range(0.68, 0.78)]
  switch (relation) {
    case 'left-of':
      return [spot(left, range(0.4, 0.9), range(0.4, 0.55)), spot(right, range(0.4, 0.9), range(0.4, 0.55))]
    case 'right-of':
      return [spot(right, range(0.4, 0.9), range(0.4, 0.55)), spot(left, range(0.4, 0.9), range(0.4, 0.55))]
    case 'above': {
      const x = range(0.4, 0.6)
      const isLowInAir = deeds[1]?.medium === 'air' || deeds[1]?.medium === 'water'
      return [spot(x, 0.5, isLowInAir ? 0.24 : 0.22, 0.62), spot(x + range(-0.08, 0.08), 0.7, 0.72, 0.66)]
    }
    case 'behind':
    case 'in-front-of': {
      const side = random.pick([-1, 1] as const)
      const far = spot(0.5 + side * range(0.1, 0.16), 0.05, 0.5, 1)
      const near = spot(0.5 - side * range(0.06, 0.12), 1, 0.5, 0.66)
      return relation === 'behind' ? [far, near] : [near, far]
    }
  }
}
