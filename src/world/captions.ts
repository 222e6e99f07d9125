import type { Random } from '../util/random.ts'
import { type ActionName, actionRules, pairActions } from './actions.ts'
import { actorOf } from './actors.ts'
import { capitalised, join, type Marked, mark, type Span, spanOf } from './caption-text.ts'
import { accessoryWords, type Looks } from './looks.ts'
import { hasPlural, pluralOf } from './plural.ts'
import {
  isIndoors,
  type Medium,
  type Season,
  type SettingName,
  settings,
  type TimeOfDay,
  type Weather,
} from './settings.ts'
import type { CameraMove } from './stage.ts'
import { conjugate, type Verb, verbsOf } from './verbs.ts'

export type Build = 'small' | 'usual' | 'big'
export type Pace = 'slow' | 'usual' | 'fast'

/** The facts of one actor: who does what to whom. */
export interface Deed {
  readonly actorId: string
  /** With `looks`: what it is like whatever it does. */
  readonly build: Build
  readonly looks: Looks
  readonly action: ActionName
  readonly pace: Pace
  readonly medium: Medium
  /** Where it goes to; null where it does not travel to a side. */
  readonly direction: 'left' | 'right' | null
  /** Index of the deed's actor to whom it is done, for chase, follow, meet, jump over, pass. */
  readonly target: number | null
}

/** Where the first actor is, seen from the second. */
export const relationNames = ['left-of', 'right-of', 'above', 'behind', 'in-front-of'] as const
export type RelationName = (typeof relationNames)[number]

/** What a caption may tell. Deeds are in the order of the script's actors. */
export interface Facts {
  readonly deeds: readonly Deed[]
  readonly setting: SettingName
  readonly time: TimeOfDay
  readonly season: Season
  readonly weather: Weather
  readonly camera: CameraMove
  /** Of the first to the second. */
  readonly relation?: RelationName | undefined
  /** All deeds are one: `three birds fly`. */
  readonly isGroup?: boolean | undefined
  /** Indices of those who were told of before: `the dog`. */
  readonly known?: readonly number[] | undefined
}

/** A caption and where in it things are said; null for what is left out. */
export interface Caption {
  readonly text: string
  readonly actors: readonly { readonly phrase: string; readonly span: Span; readonly action: Span | null }[]
  readonly setting: Span | null
  readonly time: Span | null
  readonly season: Span | null
  readonly weather: Span | null
  readonly relation: Span | null
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
      const single = facts.isGroup ? singular(phrase, facts.deeds[0]) : phrase
      return {
        phrase: span.start === 0 ? lowered(single) : single,
        span,
        action: spanOf(text, `action:${i}`),
      }
    }),
    setting: spanOf(text, 'setting'),
    time: spanOf(text, 'time'),
    season: spanOf(text, 'season'),
    weather: spanOf(text, 'weather'),
    relation: spanOf(text, 'relation'),
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
  const names = facts.isGroup
    ? [groupName(random, deeds)]
    : deeds.map((deed, i) =>
        mark(`actor:${i}`, nounPhrase(random, deed, facts.known?.includes(i) ? 'known' : 'new')),
      )
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
      : mark('setting', random.pick(goes ? setting.along : setting.at), random.pick(phrasesOf(facts)))
  const saysTime = setting.saysTime && !minimal && chance(facts.time === 'day' ? 0.3 : 0.85)
  const when = join(
    saysTime ? mark('time', random.pick(timeWordsOf(facts))) : '',
    minimal || !saysSeason(facts) || !chance(facts.season === 'summer' ? 0.1 : 0.8)
      ? ''
      : mark('season', random.pick(seasonPhrases[facts.season])),
    minimal || !chance(0.9) ? '' : weatherMark(random, facts.weather),
  )
  const time = when.text === '' ? '' : when
  const says = minimal ? false : chance(facts.camera === 'still' ? 0.05 : 0.85)
  const camera = says
    ? join(random.pick([',', 'as', 'while']), mark('camera', random.pick(cameraPhrases[facts.camera])))
    : ''
  const together = facts.isGroup === true || (deeds.length === 2 && isTogether(deeds))
  const link = random.pick(['while', 'and', 'as'])
  const stance = random.pick(['be', 'be', verbs[0]?.base ?? 'be'])
  const where = random.pick(relationPhrases[facts.relation ?? 'behind'])
  const clause = (tense: Tense): Marked => {
    const one = (i: number, number: 'one' | 'many' = 'one'): Marked =>
      verbPhrase(i, verbs[i], tense, number, tails[i] ?? '')
    const [a, b, ...more] = names
    if (!a) return join('')
    if (facts.isGroup) return join(a, one(0, 'many'))
    if (!b) return join(a, one(0))
    const others = more.map((name, i) => join('and', name, one(i + 2)))
    if (facts.relation) return join(a, relationPhrase(stance, where, tense), b, ...others)
    const target = first?.target ?? null
    if (target !== null)
      return join(a, verbPhrase(0, verbs[0], tense, 'one', ''), b, tails[0] ?? '', ...others)
    if (together) return join(a, 'and', b, one(0, 'many'))
    if (more.length > 0) return join(a, one(0), ',', b, one(1), ...others)
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
  return join(number === 'many' ? mark('action:2', mark('action:1', said)) : said, tail)
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

/** `be` or the first one's own verb, and the relation. */
function relationPhrase(stance: string, where: string, tense: Tense): Marked {
  const words = mark('relation', where)
  if (stance === 'be') return join(tense === 'participle' ? '' : tense === 'past' ? 'was' : 'is', words)
  const form = tense === 'past' ? 'past' : tense === 'present' ? 'third' : 'participle'
  const verb = mark('action:0', conjugate(stance, form))
  return join(tense === 'progressive' ? 'is' : '', verb, words)
}

/** Some looks are told, some are left out: those who were told of before are told apart by their noun. */
function nounPhrase(random: Random, deed: Deed, told: 'new' | 'known'): string {
  const actor = actorOf(deed.actorId)
  const noun = actor.synonyms.length > 0 && random.uniform() < 0.3 ? random.pick(actor.synonyms) : actor.noun
  const words = join(adjectives(random, deed, noun, told), noun).text
  const article =
    told === 'new' && random.uniform() < 0.84 ? (/^([aeio]|u(?!ni|fo)|suv)/i.test(words) ? 'an' : 'a') : 'the'
  const wears = deed.looks.wears
  const worn =
    wears && random.uniform() < (told === 'new' ? 0.85 : 0.2) ? random.pick(accessoryWords(wears)) : ''
  return join(/^[A-Z]/.test(noun) ? '' : article, words, worn).text
}

function adjectives(random: Random, deed: Deed, noun: string, told: 'new' | 'known'): string {
  const actor = actorOf(deed.actorId)
  const { coat } = deed.looks
  const size =
    deed.build === 'usual' || random.uniform() < (told === 'new' ? 0.12 : 0.85)
      ? ''
      : random.pick(buildWords[deed.build])
  if (coat !== null) return join(size, random.uniform() < (told === 'new' ? 0.9 : 0.25) ? coat : '').text
  const shared = actor.looks.length > 0 && (random.uniform() < 0.35 || actor.id === 'black-cat')
  const looks = shared && told === 'new' && !noun.includes(' in ') ? random.pick(actor.looks) : ''
  return join(size, repeats(noun, looks) ? '' : looks).text
}

/** True where the noun tells of these looks already: `bearded`, of `man with a beard`. */
function repeats(noun: string, looks: string): boolean {
  const plain = (text: string): string => text.replaceAll('-', ' ')
  return / with(out)? /.test(noun) || (looks !== '' && plain(noun).includes(plain(looks)))
}

/** `three small birds`, which marks them all. */
function groupName(random: Random, deeds: readonly Deed[]): Marked {
  const [first] = deeds
  if (!first) return join('')
  const { noun, synonyms } = actorOf(first.actorId)
  const said = random.pick([noun, noun, ...synonyms.filter(hasPlural)])
  const words = join(adjectives(random, first, said, 'new'), pluralOf(said)).text
  const worn =
    first.looks.wears && random.uniform() < 0.85 ? random.pick(accessoryWords(first.looks.wears, 'many')) : ''
  const number = deeds.length === 2 ? random.pick(['two', 'two', 'a pair of']) : 'three'
  return deeds.reduce<Marked>((words, _, i) => mark(`actor:${i}`, words), join(number, words, worn))
}

/** `a small bird` of `three small birds`. */
function singular(phrase: string, deed: Deed | undefined): string {
  if (!deed) return phrase
  const { noun, synonyms } = actorOf(deed.actorId)
  const said = [noun, ...synonyms].find((word) => phrase.includes(pluralOf(word))) ?? noun
  const one = phrase.replace(/^(two|three|a pair of) /i, '').replace(pluralOf(said), said)
  const wears = deed.looks.wears
  const bare = wears
    ? accessoryWords(wears, 'many').reduce(
        (text, words, i) => text.replace(words, accessoryWords(wears)[i] ?? words),
        one,
      )
    : one
  return `${/^[aeiou]/i.test(bare) ? 'an' : 'a'} ${bare}`
}

const relationPhrases: { readonly [R in RelationName]: readonly string[] } = {
  'left-of': ['to the left of', 'left of', 'on the left of'],
  'right-of': ['to the right of', 'right of', 'on the right of'],
  above: ['above', 'over', 'high above'],
  behind: ['behind', 'behind'],
  'in-front-of': ['in front of', 'in front of', 'before'],
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

/** A forest in autumn is not a green forest. */
function phrasesOf({ setting, season }: Facts): readonly string[] {
  const { phrases } = settings[setting]
  return season === 'autumn' || season === 'winter'
    ? phrases.filter((phrase) => !/green|grass|flower/.test(phrase))
    : phrases
}

/** Without a sun under clouds, and without weather in rooms. */
function timeWordsOf({ setting, time, weather }: Facts): readonly string[] {
  if (isIndoors(setting) || setting === 'underwater') return indoorTimes[time]
  const words = timePhrases[time]
  return weather === 'clear' ? words : words.filter((phrase) => !/sun(ny|shine| sets)|moon|star/.test(phrase))
}

function saysSeason({ setting }: Facts): boolean {
  return settings[setting].seasons.length > 1
}

function weatherMark(random: Random, weather: Weather): Marked | '' {
  return weather === 'clear' ? '' : mark('weather', random.pick(weatherPhrases[weather]))
}

const weatherPhrases: { readonly [W in Exclude<Weather, 'clear'>]: readonly string[] } = {
  rain: ['in the rain', 'in the rain', 'in rainy weather', 'in pouring rain', 'while it rains'],
  snow: [
    'in falling snow',
    'in the snow',
    'while it snows',
    'as snow falls',
    'in snowy weather',
    'in a snowfall',
  ],
  fog: ['in the fog', 'in thick fog', 'in foggy weather', 'in the mist', 'in a misty haze'],
}

const seasonPhrases: { readonly [S in Season]: readonly string[] } = {
  spring: ['in spring', 'in springtime', 'among spring blossoms'],
  summer: ['in summer', 'in summertime'],
  autumn: ['in autumn', 'in the fall', 'among autumn leaves', 'in autumn colours'],
  winter: ['in winter', 'in wintertime', 'in the cold of winter'],
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

/** Without the capital of a sentence's start, unless it is a name's. */
function lowered(phrase: string): string {
  return /^(A|An|The|One|Two|Three) /.test(phrase)
    ? phrase.slice(0, 1).toLowerCase() + phrase.slice(1)
    : phrase
}

/** True for what needs two. */
export function isPair(action: ActionName): boolean {
  return (pairActions as readonly string[]).includes(action)
}
