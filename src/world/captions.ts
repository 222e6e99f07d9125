import type { Random } from '../util/random.ts'
import { type ActionName, actionRules, pairActions } from './actions.ts'
import { actorOf } from './actors.ts'
import { capitalised, join, type Marked, mark, type Span, spanOf } from './caption-text.ts'
import { type Medium, type SettingName, settings, type TimeOfDay } from './settings.ts'
import type { CameraMove } from './stage.ts'
import { conjugate, type Verb, verbsOf } from './verbs.ts'

export type Build = 'small' | 'usual' | 'big'
export type Pace = 'slow' | 'usual' | 'fast'

/** The facts of one actor: who does what to whom. */
export interface Deed {
  readonly actorId: string
  readonly build: Build
  readonly action: ActionName
  readonly pace: Pace
  readonly medium: Medium
  /** Where it goes to; null where it does not travel to a side. */
  readonly direction: 'left' | 'right' | null
  /** Index of the deed's actor to whom it is done, for chase, follow, meet, jump over, pass. */
  readonly target: number | null
}

/** What a caption may tell. Deeds are in the order of the script's actors. */
export interface Facts {
  readonly deeds: readonly Deed[]
  readonly setting: SettingName
  readonly time: TimeOfDay
  readonly camera: CameraMove
}

/** A caption and where in it things are said; null for what is left out. */
export interface Caption {
  readonly text: string
  readonly actors: readonly { readonly phrase: string; readonly span: Span; readonly action: Span | null }[]
  readonly setting: Span | null
  readonly time: Span | null
  readonly camera: Span | null
}

/** Tells the facts in one of many ways; leaves some out now and then, and never tells what is not so. */
export function writeCaption(random: Random, facts: Facts): Caption {
  const words = createWords(random, facts)
  const text = capitalised(random.pick(templates)(words))
  return {
    text: text.text,
    actors: facts.deeds.map((_, i) => {
      const span = spanOf(text, `actor:${i}`) ?? { start: 0, end: 0 }
      const phrase = text.text.slice(span.start, span.end)
      return {
        phrase: span.start === 0 ? lowered(phrase) : phrase,
        span,
        action: spanOf(text, `action:${i}`),
      }
    }),
    setting: spanOf(text, 'setting'),
    time: spanOf(text, 'time'),
    camera: spanOf(text, 'camera'),
  }
}

type Tense = 'present' | 'progressive' | 'past' | 'participle'

/** The choices of one caption, ready to be put in an order. */
interface Words {
  /** Who and what, with directions: `a dog runs to the left`. */
  clause(tense: Tense): Marked
  /** Names only: `a dog and a cat`. */
  readonly cast: Marked
  readonly place: Marked | ''
  readonly time: Marked | ''
  readonly camera: Marked | ''
  readonly tense: Tense
  readonly number: 'one' | 'many'
}

const templates: readonly ((w: Words) => Marked)[] = [
  (w) => sentence(w.clause(w.tense), w.place, w.time, w.camera),
  (w) => sentence(w.clause(w.tense), w.place, w.time, w.camera),
  (w) => sentence(w.clause('present'), w.place, w.time, w.camera),
  (w) => sentence(w.clause('progressive'), w.place, w.time, w.camera),
  (w) => sentence(w.clause('progressive'), w.time, w.place, w.camera),
  (w) => join(w.clause('participle'), w.place, w.time),
  (w) => sentence(w.clause('participle'), w.place, w.time, w.camera),
  (w) => sentence(comma(w.time), w.clause(w.tense), w.place, w.camera),
  (w) => sentence(comma(w.place), w.clause(w.tense), w.time, w.camera),
  (w) => sentence(comma(join(w.place, w.time)), w.clause(w.tense), w.camera),
  (w) =>
    sentence(
      w.number === 'many' ? 'there are' : 'there is',
      w.clause('participle'),
      w.place,
      w.time,
      w.camera,
    ),
  (w) => sentence('we see', w.clause('participle'), w.place, w.time, w.camera),
  (w) => join('a video of', w.clause('participle'), w.place, w.time),
  (w) => join('a short clip of', w.clause('participle'), w.place, w.time),
  (w) => sentence('show', w.clause('participle'), w.place, w.time, w.camera),
  (w) => join(w.clause('participle'), prefixed(',', w.place), prefixed(',', w.time)),
  (w) => join(sentence(w.clause(w.tense), w.place), w.time === '' ? '' : sentence('It happens', w.time)),
  (w) => sentence('a scene', w.place, w.time, ':', w.clause(w.tense)),
]

/** Words with a full stop. */
function sentence(...parts: readonly (Marked | string)[]): Marked {
  return join(...parts, '.')
}

function comma(part: Marked | ''): Marked | '' {
  return part === '' || part.text === '' ? '' : join(part, ',')
}

function prefixed(before: string, part: Marked | ''): Marked | '' {
  return part === '' ? '' : join(before, part)
}

function createWords(random: Random, facts: Facts): Words {
  const chance = (p: number): boolean => random.uniform() < p
  const { deeds } = facts
  const setting = settings[facts.setting]
  const names = deeds.map((deed, i) => mark(`actor:${i}`, nounPhrase(random, deed)))
  const verbs = deeds.map((deed) => random.pick(verbsOf(deed.action, deed.medium, wheels(deed))))
  const tails = deeds.map((deed, i) => tailOf(random, deed, verbs[i]))
  const first = deeds[0]
  const goes = first
    ? actionRules[first.action].speed[1] > 0 && first.action !== 'rise' && first.action !== 'fall'
    : false
  const minimal = chance(0.08)
  const place =
    minimal || chance(0.1)
      ? ''
      : mark('setting', random.pick(goes ? setting.along : setting.at), random.pick(setting.phrases))
  const saysTime = setting.saysTime && !minimal && chance(facts.time === 'day' ? 0.3 : 0.85)
  const indoors = facts.setting === 'kitchen' || facts.setting === 'bedroom' || facts.setting === 'underwater'
  const time = saysTime
    ? mark('time', random.pick(indoors ? indoorTimes[facts.time] : timePhrases[facts.time]))
    : ''
  const says = minimal ? false : chance(facts.camera === 'still' ? 0.05 : 0.85)
  const camera = says
    ? join(random.pick([',', 'as', 'while']), mark('camera', random.pick(cameraPhrases[facts.camera])))
    : ''
  const together = deeds.length === 2 && isTogether(deeds)
  const link = random.pick(['while', 'and', 'as'])
  const clause = (tense: Tense): Marked => {
    const one = (i: number, number: 'one' | 'many' = 'one'): Marked =>
      verbPhrase(i, verbs[i], tense, number, tails[i] ?? '')
    const [a, b] = names
    if (!a) return join('')
    if (!b) return join(a, one(0))
    const target = first?.target ?? null
    if (target !== null) return join(a, verbPhrase(0, verbs[0], tense, 'one', ''), b, tails[0] ?? '')
    if (together) return join(a, 'and', b, one(0, 'many'))
    return join(a, one(0), tense === 'participle' && link !== 'and' ? 'and' : link, b, one(1))
  }
  return {
    clause,
    cast: join(...names),
    place,
    time,
    camera,
    tense: random.pick(['present', 'present', 'progressive', 'progressive', 'past']),
    number: together ? 'many' : 'one',
  }
}

function verbPhrase(
  i: number,
  verb: Verb | undefined,
  tense: Tense,
  number: 'one' | 'many',
  tail: string,
): Marked {
  if (!verb) return join('')
  const be = number === 'many' ? 'are' : 'is'
  // `is parked`, not `is being parked`; `a car parked`.
  const still = verb.base === 'be'
  const word =
    tense === 'past'
      ? conjugate(verb.base, 'past', number)
      : tense === 'present'
        ? conjugate(verb.base, number === 'many' ? 'base' : 'third', number)
        : still
          ? tense === 'progressive'
            ? be
            : ''
          : join(tense === 'progressive' ? be : '', conjugate(verb.base, 'participle')).text
  const said = mark(`action:${i}`, word, verb.rest)
  return join(number === 'many' ? mark('action:1', said) : said, tail)
}

/** True where one verb tells both: `a dog and a cat dance`. */
export function isTogether(deeds: readonly Deed[]): boolean {
  const [a, b] = deeds
  return (
    !!a &&
    !!b &&
    a.target === null &&
    b.target === null &&
    a.action === b.action &&
    a.direction === b.direction &&
    a.pace === b.pace &&
    a.medium === b.medium &&
    wheels(a) === wheels(b)
  )
}

function wheels(deed: Deed): 'drives' | 'moves' {
  return actorOf(deed.actorId).kinds[0] === 'drives' ? 'drives' : 'moves'
}

function nounPhrase(random: Random, deed: Deed): string {
  const actor = actorOf(deed.actorId)
  const noun = actor.synonyms.length > 0 && random.uniform() < 0.3 ? random.pick(actor.synonyms) : actor.noun
  const size = deed.build === 'usual' || random.uniform() < 0.12 ? '' : random.pick(buildWords[deed.build])
  const shared = actor.looks.length > 0 && (random.uniform() < 0.35 || actor.id === 'black-cat')
  const looks = shared && !noun.includes(' in ') ? random.pick(actor.looks) : ''
  const words = join(size, looks, noun).text
  const article = random.uniform() < 0.84 ? (/^([aeio]|u(?!ni|fo)|suv)/i.test(words) ? 'an' : 'a') : 'the'
  return `${article} ${words}`
}

/** Direction and pace, in either order. */
function tailOf(random: Random, deed: Deed, verb: Verb | undefined): string {
  const direction = deed.direction && random.uniform() < 0.7 ? random.pick(directionPhrases(deed)) : ''
  const pace =
    deed.pace === 'usual' || random.uniform() < 0.2 || verb?.base === 'be'
      ? ''
      : random.pick(paceWords[deed.pace])
  const said = pace.includes(verb?.base ?? '-') ? '' : pace
  return random.uniform() < 0.5 ? join(direction, said).text : join(said, direction).text
}

function directionPhrases(deed: Deed): readonly string[] {
  const to = deed.direction === 'left' ? 'left' : 'right'
  const from = to === 'left' ? 'right' : 'left'
  if (deed.action === 'enter') return [`from the ${from}`, `from the ${from} side`]
  if (deed.action === 'leave') return [`to the ${to}`, `on the ${to}`, `on the ${to} side`]
  return [`to the ${to}`, `to the ${to}`, `from ${from} to ${to}`, `towards the ${to}`, `${to}wards`]
}

const buildWords: { readonly [B in Build]: readonly string[] } = {
  small: ['small', 'little', 'tiny'],
  usual: [],
  big: ['big', 'large', 'huge'],
}

const paceWords: { readonly [P in Pace]: readonly string[] } = {
  slow: ['slowly', 'slowly', 'gently', 'at a slow pace'],
  usual: [],
  fast: ['quickly', 'fast', 'very fast', 'at high speed'],
}

const timePhrases: { readonly [T in TimeOfDay]: readonly string[] } = {
  day: ['by day', 'on a sunny day', 'during the day', 'in the sunshine', 'in the daytime'],
  sunset: ['at sunset', 'at sunset', 'in the evening', 'at dusk', 'as the sun sets'],
  night: ['at night', 'at night', 'in the moonlight', 'under the stars', 'on a dark night', 'by night'],
}

const indoorTimes: { readonly [T in TimeOfDay]: readonly string[] } = {
  day: ['by day', 'during the day', 'in the daytime', 'in the morning'],
  sunset: ['in the evening'],
  night: ['at night', 'late at night', 'in the dark', 'by night'],
}

const cameraPhrases: { readonly [Move in CameraMove]: readonly string[] } = {
  still: ['the camera stays still', 'the camera does not move'],
  'pan-left': ['the camera pans left', 'the camera pans to the left', 'the camera moves left'],
  'pan-right': ['the camera pans right', 'the camera pans to the right', 'the camera moves right'],
  'zoom-in': ['the camera zooms in', 'the camera slowly zooms in', 'the camera moves closer'],
  'zoom-out': ['the camera zooms out', 'the camera slowly zooms out', 'the camera pulls back'],
  follow: ['the camera follows', 'the camera moves along', 'the camera goes with them'],
}

function lowered(phrase: string): string {
  return phrase.slice(0, 1).toLowerCase() + phrase.slice(1)
}

/** True for what needs two. */
export function isPair(action: ActionName): boolean {
  return (pairActions as readonly string[]).includes(action)
}
