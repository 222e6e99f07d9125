import type { SceneGraph, Season, TimeOfDay, Weather } from '../text/scene-graph.ts'
import type { Description } from './cast-descriptions.ts'
import { withoutArticle } from './cast-descriptions.ts'
import type { Clause } from './clauses.ts'
import { denied, passive, present } from './inflect.ts'
import { atPlace, type CarriedSetting, withThe } from './setting-carry.ts'
import { classOf } from './verb-classes.ts'
import { headOf, indoorPlaces, pronouns, skyNouns } from './word-lists.ts'

/** A shot in words, and whom it names, in order. */
export interface WrittenShot {
  readonly prompt: string
  readonly cast: readonly string[]
}

export interface PromptParts {
  readonly graph: SceneGraph
  /** What happens in the shot, in order; states and events together. */
  readonly clauses: readonly Clause[]
  /** Who is only seen, beside what happens. */
  readonly seen: readonly string[]
  readonly descriptions: ReadonlyMap<string, Description>
  /** Things that are in someone's description already. */
  readonly parts: ReadonlyMap<string, readonly string[]>
  readonly setting: CarriedSetting
}

/** Only those who are in the cast, and nothing that their description says. */
function known(
  clause: Clause,
  descriptions: ReadonlyMap<string, Description>,
  looks: ReadonlyMap<string, readonly string[]>,
): Clause {
  const { action, complements } = clause
  const agents = [...new Set(action.agents)].filter((id) => descriptions.has(id))
  const patients = [...new Set(action.patients)].filter((id) => descriptions.has(id))
  const worn = agents.flatMap((id) => looks.get(id) ?? [])
  return {
    ...clause,
    action: { ...action, agents, patients },
    complements: complements.filter(({ id }) => descriptions.has(id) && !worn.includes(id)),
  }
}

/**
 * A shot's events as a caption in the present tense, complete in itself: every name is a description, and place, time
 * and weather are said. Null where the clauses name nobody.
 */
export function writeEvents({
  graph,
  clauses,
  seen,
  descriptions,
  parts: looks,
  setting,
}: PromptParts): WrittenShot | null {
  const namer = new Namer(descriptions)
  const parts: string[] = []
  let lastAgents = ''
  let isPlaceSaid = false
  for (const clause of clauses) {
    const said = sayClause(graph, known(clause, descriptions, looks), setting, namer)
    if (said === null) continue
    const isSame = clause.action.agents.join() === lastAgents && lastAgents !== ''
    parts.push(
      isSame
        ? `and ${said.predicate}`
        : `${parts.length > 0 ? 'while ' : ''}${said.subject} ${said.predicate}`,
    )
    lastAgents = clause.action.agents.join()
    isPlaceSaid ||= said.isPlaceSaid
  }
  if (parts.length === 0) return null
  const others = seen.filter((id) => !namer.ids.includes(id))
  if (others.length > 0) parts.push(`near ${namer.list(others)}`)
  return {
    prompt: finished([...parts, ...circumstances(setting, isPlaceSaid, parts.join(' '), namer.isSky)]),
    cast: namer.ids,
  }
}

/** A shot in which somebody or something is only seen. */
export function writeView(
  ids: readonly string[],
  descriptions: ReadonlyMap<string, Description>,
  setting: CarriedSetting,
  pose = '',
): WrittenShot {
  const namer = new Namer(descriptions)
  const subject = namer.list(ids)
  return {
    prompt: finished([subject, pose, ...circumstances(setting, false, subject, namer.isSky)]),
    cast: namer.ids,
  }
}

/** Names members of the cast: whole at first, "the …" after that. */
class Namer {
  readonly ids: string[] = []
  readonly #descriptions: ReadonlyMap<string, Description>

  constructor(descriptions: ReadonlyMap<string, Description>) {
    this.#descriptions = descriptions
  }

  name(id: string): string {
    const phrase = this.#descriptions.get(id)?.phrase ?? ''
    if (this.ids.includes(id)) return /^\p{Lu}/u.test(phrase) ? phrase : `the ${withoutArticle(phrase)}`
    this.ids.push(id)
    return phrase
  }

  /** Whether all that was named is in the sky. */
  get isSky(): boolean {
    return this.ids.every((id) => skyNouns.has(headOf(this.#descriptions.get(id)?.phrase ?? '')))
  }

  list(ids: readonly string[]): string {
    return joined(ids.map((id) => this.name(id)))
  }

  isPlural(ids: readonly string[]): boolean {
    return ids.length > 1 || ids.some((id) => this.#descriptions.get(id)?.isPlural === true)
  }
}

function joined(words: readonly string[]): string {
  if (words.length < 2) return words.join('')
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

interface SaidClause {
  readonly subject: string
  readonly predicate: string
  readonly isPlaceSaid: boolean
}

function sayClause(
  graph: SceneGraph,
  { action, start, end, prepositions, complements }: Clause,
  setting: CarriedSetting,
  namer: Namer,
): SaidClause | null {
  const { negated, agents, patients } = action
  const lemma = patients.length === 0 && speaking.has(action.lemma) ? 'speak' : action.lemma
  if (agents.length === 0) {
    if (patients.length === 0) return null
    const subject = namer.list(patients)
    return { subject, predicate: passive(lemma, namer.isPlural(patients), negated), isPlaceSaid: false }
  }
  const subject = namer.list(agents)
  const isPlural = namer.isPlural(agents)
  const verb = negated ? denied(lemma, isPlural) : present(lemma, isPlural)
  const others = patients.filter((id) => !agents.includes(id))
  const objects = sayPatients(graph, lemma, others, prepositions, namer)
  const moving = movingPlace(graph.text.slice(start, end), setting.place, lemma)
  const further = complements.map(({ preposition, id }) => `${preposition} ${namer.name(id)}`)
  const rest = [objects, ...further, moving ?? ''].join(' ')
  const isInto = action.direction === 'in' && moving === null && atPlace(setting.place).startsWith('in ')
  const direction = sayDirection(isInto ? null : action.direction, rest)
  const into = isInto ? `into ${withThe(setting.place)}` : moving
  const manner = action.manner !== null && !pronouns.has(action.manner) ? action.manner : ''
  const predicate = [verb, direction.before, objects, direction.after, ...further, manner, into ?? '']
    .filter((part) => part !== '')
    .join(' ')
  return { subject, predicate, isPlaceSaid: into !== null }
}

/** Verbs whose words the shot does not hold. */
const speaking: ReadonlySet<string> = new Set(['say', 'tell', 'ask', 'reply', 'answer', 'explain'])

const giving: ReadonlySet<string> = new Set(
  'give show tell bring send hand offer teach throw feed pass buy lend'.split(' '),
)

const usualPrepositions: ReadonlyMap<string, string> = new Map(
  `look:at wave:at laugh:at smile:at bark:at point:at stare:at gaze:at shout:at roar:at growl:at wink:at nod:at bow:to talk:to
  listen:to speak:to sing:to whisper:to walk:to run:to go:to swim:to fly:to crawl:to tiptoe:to shuffle:to come:to
  land:on knock:on arrive:at wait:for beg:for play:with dance:with jump:at turn:to crash:into`
    .split(/\s+/)
    .map((pair) => {
      const [verb = '', preposition = ''] = pair.split(':')
      return [verb, preposition] as const
    }),
)

function sayPatients(
  graph: SceneGraph,
  lemma: string,
  patients: readonly string[],
  prepositions: ReadonlyMap<string, string>,
  namer: Namer,
): string {
  const bare = patients.filter((id) => !prepositions.has(id))
  const isCharacter = (id: string): boolean => graph.characters.some((one) => one.id === id)
  const gives = giving.has(lemma) && bare.length === 2 && bare.some(isCharacter) && !bare.every(isCharacter)
  const inOrder = gives ? [...bare].sort((a, b) => Number(isCharacter(b)) - Number(isCharacter(a))) : bare
  const usual = lemma.includes(' ') ? '' : (usualPrepositions.get(lemma) ?? '')
  const first = gives ? inOrder.map((id) => namer.name(id)).join(' ') : namer.list(inOrder)
  const rest = patients
    .filter((id) => prepositions.has(id))
    .map((id) => `${prepositions.get(id) ?? ''} ${namer.name(id)}`.trim())
  const direct = first === '' || usual === '' || rest.length > 0 ? first : `${usual} ${first}`
  return [direct, ...rest].filter((part) => part !== '').join(' ')
}

/** "Up the green hill": how the clause itself gets to the place; null where it does not. */
function movingPlace(words: string, place: string, lemma: string): string | null {
  if (!words.toLowerCase().includes(place.toLowerCase())) return null
  const escaped = place.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const way =
    '(?:out of|up to|down to|away from|into|onto|through|across|along|over|under|around|past|up|down|toward|towards|to|from)'
  const found = new RegExp(
    `\\b(${way})\\s+(?:(?:an?|the|his|her|its|their)\\s+)?${escaped}(?![\\p{L}])`,
    'iu',
  ).exec(words)
  if (found?.[1] !== undefined) return `${found[1].toLowerCase()} ${withThe(place)}`
  const goesHome = place.toLowerCase() === 'home' && /\bhome\b/i.test(words)
  return goesHome && ['go', 'hurry'].includes(classOf(lemma, 'nobody')) ? 'home' : null
}

/** A way that needs nothing behind it is said where the text says it; "through" without a place is not. */
function sayDirection(
  direction: string | null,
  rest: string,
): { readonly before: string; readonly after: string } {
  const none = { before: '', after: '' }
  if (direction === null || new RegExp(`\\b${direction}s?\\b`, 'i').test(rest)) return none
  if (direction === 'left' || direction === 'right') return { before: '', after: `to the ${direction}` }
  const stands = ['up', 'down', 'away', 'forward', 'backward', 'around', 'in', 'out', 'off'].includes(
    direction,
  )
  return stands ? { before: '', after: direction } : none
}

const timePhrases: { readonly [Time in TimeOfDay]: string } = {
  dawn: 'at dawn',
  sunrise: 'at sunrise',
  morning: 'in the morning',
  day: 'during the day',
  noon: 'at noon',
  afternoon: 'in the afternoon',
  'golden hour': 'at golden hour',
  sunset: 'at sunset',
  dusk: 'at dusk',
  evening: 'in the evening',
  night: 'at night',
  midnight: 'at midnight',
}

const weatherPhrases: { readonly [Kind in Weather]: string } = {
  sunny: 'in the sunshine',
  clear: 'under a clear sky',
  cloudy: 'under a cloudy sky',
  overcast: 'under a grey sky',
  rain: 'in the rain',
  drizzle: 'in light rain',
  storm: 'in a storm',
  thunderstorm: 'in a thunderstorm',
  lightning: 'under flashes of lightning',
  snow: 'in the snow',
  blizzard: 'in a blizzard',
  hail: 'in the hail',
  frost: 'in the frost',
  fog: 'in the fog',
  mist: 'in the mist',
  wind: 'in the wind',
  sandstorm: 'in a sandstorm',
  tornado: 'near a tornado',
  rainbow: 'under a rainbow',
}

const seasonPhrases: { readonly [Name in Season]: string } = {
  spring: 'in spring',
  summer: 'in summer',
  autumn: 'in autumn',
  winter: 'in winter',
}

/** Place, time, weather and season, where the words before do not say them already. */
function circumstances(
  setting: CarriedSetting,
  isPlaceSaid: boolean,
  before: string,
  isSky: boolean,
): string[] {
  const { place, time, weather, season } = setting
  const said = `${before} ${place}`.toLowerCase()
  const isOutdoors = !indoorPlaces.has(headOf(place))
  return [
    isPlaceSaid || before.toLowerCase().endsWith(` ${place.toLowerCase()}`)
      ? ''
      : isSky
        ? `over ${withThe(place)}`
        : atPlace(place),
    time === null || headOf(place) === 'space' ? '' : timePhrases[time],
    weather === null || !isOutdoors || said.includes(weather) ? '' : weatherPhrases[weather],
    season === null || !isOutdoors || said.includes(season) ? '' : seasonPhrases[season],
  ]
}

/** One sentence with a capital and a full stop; whatever pronoun a name has brought in is left out. */
function finished(parts: readonly string[]): string {
  const words = parts
    .join(' ')
    .split(/\s+/)
    .filter((word) => word !== '' && !pronouns.has(word.toLowerCase()))
    .join(' ')
    .slice(0, 1900)
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}.`
}
