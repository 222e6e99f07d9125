import type { SceneGraph, Season, TimeOfDay, Weather } from '../text/scene-graph.ts'
import { type ActorKind, actors } from '../world/actors.ts'
import { settings } from '../world/settings.ts'
import { barePlaces, headOf, pronouns } from './word-lists.ts'

/** Where and when a sentence's shots play: what it says itself, and what carries over from before. */
export interface CarriedSetting {
  readonly place: string
  readonly time: TimeOfDay | null
  readonly weather: Weather | null
  readonly season: Season | null
  /** False for a place that the text never names. */
  readonly isPlaceTold: boolean
}

/** A contradiction, or a place that the planner had to assume. */
export interface SettingNote {
  readonly type: 'contradiction' | 'assumed'
  /** The sentence that it is about. */
  readonly sentence: number
  readonly message: string
}

/** The setting of every sentence, and what does not fit together. */
export function carrySettings(graph: SceneGraph): {
  readonly settings: readonly CarriedSetting[]
  readonly notes: readonly SettingNote[]
} {
  const notes: SettingNote[] = []
  const first = graph.settings.find(({ place }) => placeName(place, graph) !== null)
  const firstPlace = first ? placeName(first.place, graph) : null
  const isNamedLater = first !== undefined && first.sentence > 0
  let now: CarriedSetting = {
    place: firstPlace ?? likelyPlace(graph),
    time: null,
    weather: null,
    season: null,
    isPlaceTold: firstPlace !== null,
  }
  if (firstPlace === null) {
    const message = `The text names no place: the shots play in ${withThe(now.place)}.`
    notes.push({ type: 'assumed', sentence: 0, message })
  } else if (isNamedLater) {
    const message = `The text names its first place, ${withThe(firstPlace)}, in sentence ${first.sentence + 1}: the shots before play there too.`
    notes.push({ type: 'assumed', sentence: 0, message })
  }
  const count = Math.max(1, graph.sentences.length)
  const carried = Array.from({ length: count }, (_, sentence) => {
    const told = graph.settings.find((one) => one.sentence === sentence)
    if (told) {
      const place = placeName(told.place, graph) ?? now.place
      const next = {
        place,
        time: told.time ?? now.time,
        weather: told.weather ?? now.weather,
        season: told.season ?? now.season,
        isPlaceTold: now.isPlaceTold,
      }
      const before = now
      const words = graph.sentences[sentence]?.text ?? ''
      const problems = [...timeJump(before.time, told.time, words), ...impossible(next, told)]
      notes.push(...problems.map((message) => ({ type: 'contradiction' as const, sentence, message })))
      now = next
    }
    return now
  })
  return { settings: carried, notes: [...notes, ...twoPlaces(graph)] }
}

/** A place's name as the text writes it, without pronouns; null for none. */
function placeName(place: string | null, { text }: SceneGraph): string | null {
  const words = (place ?? '')
    .split(/\s+/)
    .filter((word) => !pronouns.has(word.toLowerCase()))
    .join(' ')
    .replace(/^(?:an?|the)\s+/i, '')
    .trim()
    .slice(0, 100)
  if (!/[\p{L}\p{N}]/u.test(words)) return null
  const at = text.toLowerCase().indexOf(words.toLowerCase())
  const said = at < 0 ? words : text.slice(at, at + words.length)
  // A capital inside a sentence is a name's: London.
  const isName = at > 1 && !/[.!?]\s*["“]?$/.test(text.slice(0, at)) && /^\p{Lu}/u.test(said)
  return isName ? said : words
}

/** Where such a cast belongs, when the text does not say. */
function likelyPlace({ characters, objects }: SceneGraph): string {
  const heads = [...characters, ...objects].map(({ lemma }) => headOf(lemma))
  const byThing = heads.map((head) => placesOfThings.get(head)).find((place) => place !== undefined)
  if (byThing !== undefined) return byThing
  const kinds = heads.map(
    (head) => actors.find(({ noun, synonyms }) => [noun, ...synonyms].includes(head))?.kinds[0],
  )
  const kind = kinds.find((one) => one !== undefined)
  return kind === undefined ? 'meadow' : placesOfKinds[kind]
}

const placesOfKinds = {
  walks: 'meadow',
  person: 'meadow',
  swims: 'ocean',
  flies: 'sky',
  floats: 'sky',
  drives: 'road',
  sails: 'sea',
  thing: 'meadow',
  face: 'meadow',
} as const satisfies Readonly<Record<ActorKind, string>>

const placesOfThings: ReadonlyMap<string, string> = new Map(
  Object.entries({
    bed: 'bedroom',
    pillow: 'bedroom',
    blanket: 'bedroom',
    stove: 'kitchen',
    oven: 'kitchen',
    fridge: 'kitchen',
    pan: 'kitchen',
    counter: 'kitchen',
    tree: 'forest',
    wave: 'sea',
    planet: 'space',
    spaceship: 'space',
    tractor: 'farm',
    barn: 'farm',
    traffic: 'city',
    skyscraper: 'city',
    sandcastle: 'beach',
    desk: 'office',
    sofa: 'living room',
  }),
)

/** Hours of the day of each time, for what comes after what. */
const hours: { readonly [Time in TimeOfDay]: number } = {
  dawn: 6,
  sunrise: 6,
  morning: 8,
  day: 12,
  noon: 12,
  afternoon: 15,
  'golden hour': 18,
  sunset: 19,
  dusk: 19,
  evening: 20,
  night: 23,
  midnight: 24,
}

const passing =
  /\b(?:later|then|next|after(?:wards)?|until|till|when|soon|finally|tomorrow|yesterday|meanwhile|following|before|by|every|each|one (?:day|night|morning|evening|afternoon)|days?|weeks?|months?|years?|hours?|again|once|at last|all (?:day|night)|wakes?|woke)\b/i

/** A time that cannot follow on another: "night", then "noon", and nothing says that time has passed. */
function timeJump(from: TimeOfDay | null, to: TimeOfDay | null, words: string): string[] {
  if (from === null || to === null || from === to) return []
  const isLater = hours[to] >= hours[from]
  const isNextDay = hours[from] >= 18 && hours[to] <= 8
  const isUnclear = from === 'day' || to === 'day' ? hours[from] <= 15 && hours[to] <= 15 : false
  if (isLater || isNextDay || isUnclear || passing.test(words)) return []
  return [`It was ${from}, and now it is ${to}, though the text tells of no time that passes.`]
}

const cold: ReadonlySet<string> = new Set(['snow', 'blizzard', 'frost', 'hail'])
const dark: ReadonlySet<string> = new Set(['night', 'midnight'])

/** Weather that such a season or such an hour does not have; told only where this sentence says one of the two. */
function impossible(
  { time, weather, season }: CarriedSetting,
  told: { readonly time: string | null; readonly weather: string | null; readonly season: string | null },
): string[] {
  const problems: string[] = []
  const isColdSaid = told.weather !== null || told.season !== null
  if (isColdSaid && season === 'summer' && weather !== null && cold.has(weather)) {
    problems.push(`There is ${weather} in summer.`)
  }
  const isDarkSaid = told.weather !== null && told.time !== null
  if (isDarkSaid && time !== null && dark.has(time) && weather === 'sunny') {
    problems.push(`The sun shines at ${time}.`)
  }
  return problems
}

const staying: ReadonlySet<string> = new Set(['in', 'on', 'at', 'inside', 'under', 'above'])

/** Someone who is in two places within one sentence, with "and" between them and no way from one to the other. */
function twoPlaces(graph: SceneGraph): SettingNote[] {
  const ids = new Set([...graph.characters, ...graph.objects].map(({ id }) => id))
  const stays = graph.relations.filter(({ relation, object }) => staying.has(relation) && !ids.has(object))
  return stays.flatMap(({ subject, object }, i) => {
    const other = stays.slice(i + 1).find((one) => one.subject === subject && one.object !== object)
    const sentence = other ? sentenceOfBoth(graph, object, other.object) : null
    if (!other || sentence === null) return []
    const message = `${capitalised(subjectName(graph, subject))} is in two places at once: ${withThe(object)} and ${withThe(other.object)}.`
    return [{ type: 'contradiction' as const, sentence, message }]
  })
}

/** The sentence that names both places with "and", "while" or the like between them. */
function sentenceOfBoth({ sentences }: SceneGraph, one: string, other: string): number | null {
  const found = sentences.findIndex(({ text }) => {
    const [a, b] = [text.indexOf(one), text.indexOf(other)]
    const between = a >= 0 && b >= 0 ? text.slice(Math.min(a, b), Math.max(a, b)) : ''
    return /\b(?:and|while|as|but)\b/i.test(between)
  })
  return found < 0 ? null : found
}

function subjectName({ characters, objects }: SceneGraph, id: string): string {
  const entity = [...characters, ...objects].find((one) => one.id === id)
  return `the ${entity?.lemma ?? id}`
}

const capitalised = (words: string): string => words.slice(0, 1).toUpperCase() + words.slice(1)

/** A place with the article that it is said with. */
export function withThe(place: string): string {
  return isBare(place) ? place : `the ${place}`
}

function isBare(place: string): boolean {
  return barePlaces.has(place.toLowerCase()) || /^\p{Lu}/u.test(place) || /^\p{L}+['’]s\s/u.test(place)
}

/** "in the forest", "on the moon", "at home". */
export function atPlace(place: string): string {
  const lower = place.toLowerCase()
  if (lower === 'home') return 'at home'
  if (barePlaces.has(lower) && lower !== 'space' && lower !== 'heaven') return place
  const head = headOf(place)
  const known = Object.values(settings).find(({ phrases }) =>
    phrases.some((phrase) => phrase.endsWith(` ${head}`)),
  )
  const preposition = onPlaces.has(head) ? 'on' : atPlaces.has(head) ? 'at' : (known?.at[0] ?? 'in')
  return `${preposition} ${withThe(place)}`
}

const onPlaces: ReadonlySet<string> = new Set(
  `beach hill hillside moon mars earth planet farm roof bridge coast shore seashore island stage deck ice cliff riverbank
  lawn mountain mountaintop road highway path trail track runway ship boat raft stairs balcony terrace porch platform
  horizon pier iceberg ridge slope surface`.split(/\s+/),
)
const atPlaces: ReadonlySet<string> = new Set(
  'pond lake harbour harbor airport station seaside edge waterfall crossroads market door gate window party'.split(
    ' ',
  ),
)
