import type { ReferenceConfig, ReferenceKind } from '../models/reference.ts'
import type { Random } from '../util/random.ts'
import { type Actor, actorOf, actors, shareOf } from '../world/actors.ts'
import { seasonPhrases, weatherPhrases } from '../world/caption-scene.ts'
import { type LearnedKind, looksIn } from '../world/learned.ts'
import {
  type Accessory,
  accessoryColors,
  accessoryKinds,
  canBeColored,
  coats,
  isPair,
  type Looks,
  plainLooks,
  skinTones,
} from '../world/looks.ts'
import { accessoryReference, referenceOf } from '../world/reference.ts'
import {
  canBe,
  type Setting,
  type SettingLook,
  settingNames,
  settings,
  type TimeOfDay,
} from '../world/settings.ts'
import { poseIn } from '../world/who-is.ts'
import type { WorldPack } from '../world/world-pack.ts'
import { type WorldContent, worlds } from '../world/worlds.ts'
import { premultiplied, settingPicture } from './reference-pictures.ts'

/** Pictures that the same words are true of. */
export interface SubjectPictures {
  /** Words that are true of all of its pictures. */
  readonly phrase: (random: Random) => string
  /** A setting's picture of a view, an actor's only one: premultiplied RGBA in [0, 1], [4, size, size]; characters face right. */
  readonly draw: (view: number) => Float32Array
  /** The tone of its skin, as a take counts them; null where there is none to see. */
  readonly tone: number | null
  /** What they show, by its names in the world's tables. */
  readonly shows: readonly (readonly [LearnedKind, string])[]
}

/** Something the reference generator learns to draw: an actor, an accessory, or a setting at a time of day. As it usually is. */
export interface Subject extends SubjectPictures {
  /** Unique: `dog`, `green hat`, `beach/night`. */
  readonly id: string
  readonly kind: ReferenceKind
  /** How often it is shown beside others of its kind. */
  readonly share: number
  /** The same in other tones of skin; empty where it has none to be seen, or where tones do not vary. */
  readonly tones: readonly SubjectPictures[]
  /** How else it may look: an actor in other colours, a setting in another season and weather. */
  readonly others: readonly SubjectPictures[]
}

/** All of the world that `content` has, from `pack`, in pictures of `size`×`size`. */
export function subjectsOf(
  pack: WorldPack,
  { size }: Pick<ReferenceConfig, 'size'>,
  content: WorldContent,
): Subject[] {
  const cast = content.cast?.map(actorOf) ?? actors
  const places = content.places ?? settingNames
  const someone = cast.map((actor) => actorSubject(actor, pack, size, content.looks))
  return [
    ...someone,
    ...(content.looks === 'varied' ? accessorySubjects(pack, size, someone) : []),
    ...places.flatMap((name) =>
      settings[name].times.map((time) => settingSubject(settings[name], time, pack, size, content.weather)),
    ),
  ]
}

function actorSubject(actor: Actor, pack: WorldPack, size: number, looks: WorldContent['looks']): Subject {
  let known: number | null = null
  const usual = (): number => {
    known ??= usualFrame(actor, pack)
    return known
  }
  const picturesIn = (one: Looks): SubjectPictures => ({
    phrase: (random) => actorPhrase(actor, one, random),
    draw: once(() => referenceOf(actor, pack, { frame: usual(), looks: one, size })),
    tone: actor.skin ? toneOf(one) : null,
    shows: [['subjects', actor.id], ...looksIn(one).map((look) => ['looks', look] as const)],
  })
  // What someone wears is a picture of its own: docs/decisions/030-accessories-of-their-own.md.
  const others = looks === 'varied' && canBeColored(actor) ? coats : []
  return {
    id: actor.id,
    kind: 'actor',
    share: shareOf(actor) * commonness(worlds.first.cast, actor.id),
    ...picturesIn(plainLooks),
    tones:
      actor.skin && looks === 'varied' ? skinTones.map((skin) => picturesIn({ ...plainLooks, skin })) : [],
    others: others.map((coat) => picturesIn({ ...plainLooks, coat })),
  }
}

/** Of all pictures of someone or something, those of accessories alone: simple ones, and each is needed in every colour. */
const accessoryShare = 0.2

/** Every accessory in every colour, as often as each other. */
function accessorySubjects(pack: WorldPack, size: number, cast: readonly Subject[]): Subject[] {
  const all = accessoryKinds.flatMap((kind) => accessoryColors.map((color) => ({ kind, color })))
  const castShare = cast.reduce((sum, { share }) => sum + share, 0)
  const share = ((accessoryShare / (1 - accessoryShare)) * castShare) / all.length
  return all.map((accessory): Subject => {
    const { kind, color } = accessory
    return {
      id: `${color} ${kind}`,
      kind: 'actor',
      share,
      phrase: (random) => accessoryPhrase(accessory, random),
      draw: once(() => accessoryReference(accessory, pack, { size })),
      tone: null,
      shows: [['looks', kind]],
      tones: [],
      others: [],
    }
  })
}

/** Of so many moments of a loop, evenly spread, the one that is most like the others. */
const moments = 6

/** The frame of an actor's loop that stands for it: the one that is nearest to all others. */
export function usualFrame(actor: Actor, pack: WorldPack): number {
  const frames = Array.from({ length: moments }, (_, i) => Math.floor((i * actor.pictures) / moments))
  const pictures = frames.map((frame) => premultiplied(referenceOf(actor, pack, { frame, size: 16 })))
  const distances = pictures.map((one) =>
    pictures.reduce(
      (sum, other) => sum + one.reduce((a, value, i) => a + (value - (other[i] ?? 0)) ** 2, 0),
      0,
    ),
  )
  return frames[distances.indexOf(Math.min(...distances))] ?? 0
}

/** Each picture is drawn once, and kept as bytes. */
function once(draw: () => Uint8Array): () => Float32Array {
  let drawn: Uint8Array | null = null
  return () => {
    drawn ??= draw()
    return premultiplied(drawn)
  }
}

/** What prompts are mostly of comes up so many times as often as the rest of the world. */
const commonShare = 3

const commonness = (common: readonly string[], name: string): number =>
  common.includes(name) ? commonShare : 1

const toneOf = ({ skin }: Looks): number => (skin === null ? 0 : 1 + skinTones.indexOf(skin))

function settingSubject(
  setting: Setting,
  time: TimeOfDay,
  pack: WorldPack,
  size: number,
  weather: WorldContent['weather'],
): Subject {
  const picturesIn = (year: Year): SubjectPictures => ({
    phrase: (random) => settingPhrase(setting, time, year, random),
    draw: (variant) => settingPicture({ setting: setting.name, time, ...year }, pack, variant, size),
    tone: null,
    shows: [
      ['settings', setting.name],
      ['seasons', year.season],
      ['weathers', year.weather],
    ],
  })
  const others = weather === 'any' ? yearsOf(setting) : []
  return {
    id: `${setting.name}/${time}`,
    kind: 'setting',
    share: commonness(worlds.first.places, setting.name),
    ...picturesIn(usualYear),
    tones: [],
    others: others.map(picturesIn),
  }
}

type Year = Pick<SettingLook, 'season' | 'weather'>

const usualYear: Year = { season: 'summer', weather: 'clear' }

/** All that a setting's year can bring, but for a clear summer. */
function yearsOf(setting: Setting): Year[] {
  return setting.seasons
    .flatMap((season) => setting.weathers.map((weather) => ({ season, weather })))
    .filter(({ season, weather }) => canBe(setting, season, weather))
    .filter(({ season, weather }) => season !== 'summer' || weather !== 'clear')
}

const nounCounts = new Map<string, number>()
for (const { noun } of actors) nounCounts.set(noun, (nounCounts.get(noun) ?? 0) + 1)

const articles = ['a', 'a', 'the', 'the', 'one', 'this'] as const
const sizes = ['small', 'big', 'little', 'large'] as const
const manners = ['cute', 'funny', 'happy', 'cartoon', 'friendly'] as const

/**
 * `a brown dog`, `the puppy`, `a man running`. Where several actors share a noun, a word that tells them apart
 * is always there: what they look like, or what they do. Coats are told; tones of skin never are.
 */
function actorPhrase(actor: Actor, { coat }: Looks, random: Random): string {
  const { looks, synonyms } = actor
  const ambiguous = (nounCounts.get(actor.noun) ?? 0) > 1
  const noun = synonyms.length > 0 && random.uniform() < 0.35 ? random.pick(synonyms) : actor.noun
  const words: string[] = []
  if (random.uniform() < 0.15) words.push(random.pick(random.uniform() < 0.5 ? sizes : manners))
  const doing = ambiguous ? poseIn(actor.id) : undefined
  if (coat !== null) words.push(coat)
  const told = coat === null && looks.length > 0 && random.uniform() < (ambiguous && !doing ? 0.9 : 0.4)
  if (told && !noun.startsWith('woman') && !noun.startsWith('man')) words.push(random.pick(looks))
  if (doing && random.uniform() < 0.4) return withArticle([...words, doing, noun].join(' '), random)
  const phrase = withArticle([...words, noun].join(' '), random)
  return doing && random.uniform() < 0.85 ? `${phrase} ${doing}` : phrase
}

/** `a green hat`, `the green glasses`, `a pair of green glasses`. */
function accessoryPhrase({ kind, color }: Accessory, random: Random): string {
  const words = `${color} ${kind}`
  if (!isPair(kind)) return withArticle(words, random)
  return random.pick([words, words, `the ${words}`, `a pair of ${words}`])
}

function withArticle(words: string, random: Random): string {
  if (random.uniform() < 0.05) return words
  const article = random.pick(articles)
  return `${article === 'a' && /^[aeio]|^u(?!ni|fo)/i.test(words) ? 'an' : article} ${words}`
}

const timeWords: { readonly [T in TimeOfDay]: readonly string[] } = {
  day: ['', '', '', 'by day', 'in the daytime', 'during the day', 'on a sunny day', 'in the morning'],
  sunset: ['at sunset', 'at sunset', 'at dusk', 'in the evening', 'at sundown'],
  night: ['at night', 'at night', 'by night', 'in the moonlight', 'in the dark', 'under the stars'],
}

/** `a beach at night`; where a place has one time only, the time is not said. */
function settingPhrase(
  { name, phrases, at, saysTime }: Setting,
  time: TimeOfDay,
  { season, weather }: Year,
  random: Random,
): string {
  const place = random.uniform() < 0.15 ? name : random.pick(phrases)
  const where = random.uniform() < 0.2 && place !== name ? `${random.pick(at)} ${place}` : place
  const when = saysTime ? random.pick(timeWords[time]) : ''
  const year = season === 'summer' ? '' : random.pick(seasonPhrases[season])
  const sky = weather === 'clear' ? '' : random.pick(weatherPhrases[weather])
  return [where, when, year, sky].filter((words) => words !== '').join(' ')
}
