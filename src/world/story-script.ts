import { FramewrightError } from '../util/errors.ts'
import { createRandom, type Random } from '../util/random.ts'
import type { Actor } from './actor.ts'
import {
  castFor,
  chooseFacts,
  chooseIdentity,
  chooseScene,
  type Identity,
  pickActor,
} from './choose-facts.ts'
import type { ClipScript } from './clip-script.ts'
import { direct } from './direct.ts'
import type { Facts, Scene } from './facts.ts'
import { isHeldOut, mostAttempts, type ScriptOptions } from './script.ts'
import { type SettingName, settings, settingVariants } from './settings.ts'

/** One of a story's cast: the same actor with the same looks in every shot. */
export interface StoryMember extends Identity {
  readonly actorId: string
}

/** A story of the world: shots that share their cast, and, where the place stays, its very picture. Plain data, JSON. */
export interface StoryScript {
  readonly seed: number
  readonly cast: readonly StoryMember[]
  /** Each with its caption; a later shot may call someone just `the dog`. */
  readonly shots: readonly ClipScript[]
  /** The captions, one after another. */
  readonly text: string
}

export interface StoryOptions extends ScriptOptions {
  /** How many shots, 2 to 6. @default drawn */
  readonly shots?: number | undefined
}

const mostShots = 6
/** How often a shot stays where the last one was. */
const staying = 0.45

/**
 * A story of one to three who come back from shot to shot, one or two in each: a pure function of its seed.
 * Looks are `varied` unless told otherwise.
 * @throws FramewrightError E_OPTION when nothing fits the options, or for other numbers of shots
 */
export function scriptStory(seed: number, options: StoryOptions = {}): StoryScript {
  const { shots } = options
  if (shots !== undefined && (!Number.isInteger(shots) || shots < 2 || shots > mostShots)) {
    throw new FramewrightError('E_OPTION', `a story has 2 to ${mostShots} shots, got ${shots}`)
  }
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    // Apart from the streams of `scriptClip`.
    const random = createRandom(seed, 2 ** 34 + attempt)
    const story = tell(
      seed,
      random,
      { looks: 'varied', ...options },
      shots ?? 2 + random.integer(mostShots - 1),
    )
    if (story) return story
  }
  throw new FramewrightError('E_OPTION', 'no story fits `cast`, `places` and `split`: allow more of them')
}

function tell(seed: number, random: Random, options: StoryOptions, count: number): StoryScript | null {
  const members = chooseMembers(random, options)
  if (!members) return null
  const identities = new Map(members.map(({ actorId, ...identity }) => [actorId, identity]))
  const variants = new Map<SettingName, number>()
  const met = new Set<string>()
  const shots: ClipScript[] = []
  let scene: Scene | null = null
  for (let shot = 0; shot < count; shot++) {
    const stays: boolean = scene !== null && random.uniform() < staying
    const next = chooseShot(
      random,
      { ...options, identities, cast: members.map(({ actorId }) => actorId) },
      stays ? scene : null,
    )
    if (!next) return null
    scene = sceneOf(next)
    const variant = variants.get(next.setting) ?? random.integer(settingVariants)
    variants.set(next.setting, variant)
    const known = next.deeds.flatMap(({ actorId }, i) => (met.has(actorId) ? [i] : []))
    for (const { actorId } of next.deeds) met.add(actorId)
    const frames = options.frames ?? 16
    shots.push(direct(seed + shot, random, { ...next, known }, { frames, variant }))
  }
  // Everyone has a part.
  if (met.size < members.length) return null
  return { seed, cast: members, shots, text: shots.map(({ caption }) => caption.text).join(' ') }
}

function sceneOf({ setting, time, season, weather, tellsSeason }: Facts): Scene {
  return { setting, time, season, weather, tellsSeason }
}

/** One to three who can be at one place together. */
function chooseMembers(random: Random, options: StoryOptions): StoryMember[] | null {
  const here = [...castFor(settings[chooseScene(random, options).setting], options)]
  const count = Math.min(here.length, random.pick([1, 2, 2, 3]))
  const chosen: Actor[] = []
  while (chosen.length < count) {
    const who = pickActor(random, here, options)
    here.splice(here.indexOf(who), 1)
    // Two of one noun could not be told apart.
    if (!chosen.some(({ noun }) => noun === who.noun)) chosen.push(who)
    if (here.length === 0) break
  }
  return chosen.length > 0
    ? chosen.map((actor) => ({ actorId: actor.id, ...chooseIdentity(random, actor, options.looks) }))
    : null
}

const mostDraws = 60

/** The next shot's facts; null when none fits. */
function chooseShot(
  random: Random,
  options: Parameters<typeof chooseFacts>[1] & StoryOptions,
  scene: Scene | null,
): Facts | null {
  const split = options.split ?? 'any'
  for (let draw = 0; draw < mostDraws; draw++) {
    const facts = chooseFacts(random, scene ? { ...options, scene } : options)
    if (facts && (split === 'any' || isHeldOut(facts) === (split === 'heldout'))) return facts
  }
  return null
}
