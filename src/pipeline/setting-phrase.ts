import type { SceneGraph } from '../text/scene-graph.ts'
import type { PrecipitationKind } from '../video/precipitation.ts'
import type { Season, Weather } from '../world/settings.ts'
import type { Vocabulary } from '../world/vocabulary.ts'
import { precipitationOf } from '../world/weather.ts'
import type { Warning } from './events.ts'
import { withArticle } from './noun-phrase.ts'

/** Where and when a shot plays, in words of the text. */
export interface Circumstances {
  /** With or without its article. */
  readonly place: string
  readonly time: string | null
  readonly weather: string | null
  readonly season: string | null
}

/**
 * What a setting's picture is asked for with, as its training says it: `a forest at night in winter in the snow`. Weather
 * and seasons are said that the weights have learned to draw; snow lies in winter.
 */
export function settingPhrase(
  { place, time, weather, season }: Circumstances,
  vocabulary: Vocabulary | null,
): string {
  const where = vocabulary?.placePhrase(place) ?? (isWhole.test(place) ? place : withArticle(place))
  const sky = weatherOf(weather)
  const isSky = sky !== null && sky !== 'clear' && vocabulary?.knowsWeather(sky)
  const year = seasonOf(season) ?? (isSky && sky === 'snow' ? 'winter' : null)
  const isYear = year !== null && year !== 'summer' && vocabulary?.knowsSeason(year)
  return [
    where,
    time === null ? '' : timePhrase(time),
    isYear ? `in ${year}` : '',
    isSky ? `in the ${sky}` : '',
  ]
    .filter((words) => words !== '')
    .join(' ')
}

/** Of several kinds of weather the first that the world has: `under a cloudy sky in the rain` is rain. */
export function toldWeather(settings: readonly Pick<Circumstances, 'weather'>[]): string | null {
  const told = settings.flatMap(({ weather }) => weather ?? [])
  return told.find((words) => weatherOf(words) !== null) ?? told[0] ?? null
}

/** What falls in a shot: under the open sky, where the weights have learned to draw it. */
export function precipitationIn(
  { place, weather }: Circumstances,
  vocabulary: Vocabulary | null,
): PrecipitationKind | null {
  const sky = weatherOf(weather)
  const isSeen = sky !== null && vocabulary?.knowsWeather(sky) && !vocabulary.isWithoutWeather(place)
  return isSeen ? precipitationOf(sky) : null
}

const waters = /\b(?:water|sea|ocean|waves|surface|lake|river)$/i

/** The place as it is seen: who swims under the sea is underwater, not on it. */
export function seenPlace(place: string, { relations }: Pick<SceneGraph, 'relations'>): string {
  const isUnder = relations.some(
    ({ relation, object }) => /^(?:under|below|beneath|underneath)$/.test(relation) && object === place,
  )
  return isUnder && waters.test(place) ? 'underwater' : place
}

/** Weather and seasons that will not be seen. @param vocabulary of the weights; null where they do not say */
export function unseenWarnings(
  circumstances: readonly Pick<Circumstances, 'weather' | 'season'>[],
  vocabulary: Vocabulary | null,
): Warning[] {
  if (vocabulary === null) return []
  const unseen = circumstances.flatMap(({ weather, season }) => {
    const [sky, year] = [weatherOf(weather), seasonOf(season)]
    const isSeen = sky !== null && vocabulary.knowsWeather(sky)
    return [
      ...(weather === null || isSeen ? [] : [weather]),
      ...(year === null || vocabulary.knowsSeason(year) ? [] : [year]),
    ]
  })
  const words = [...new Set(unseen)]
  if (words.length === 0) return []
  const list = words.map((word) => `"${word}"`).join(' and ')
  const message = `Toybox has not learned to draw ${list}: it is left out.`
  return [{ type: 'left-out', words, message }]
}

/** Places without an article. */
const isWhole = /^(?:out|in)doors$|^underwater$|\bspace$/i

const skies: readonly (readonly [Weather, RegExp])[] = [
  ['clear', /\b(?:sun|sunny|clear)\b/i],
  ['snow', /\b(?:snow\w*|blizzard)\b/i],
  ['rain', /\b(?:rain|rainy|drizzle|storm|thunderstorm)\b/i],
  ['fog', /\b(?:fog\w*|mist\w*|haz[ey]\w*)\b/i],
]

/** The world's weather for the text's; null for what it has nothing like. */
function weatherOf(words: string | null): Weather | null {
  return skies.find(([, pattern]) => words !== null && pattern.test(words))?.[0] ?? null
}

const seasonWords: readonly (readonly [Season, RegExp])[] = [
  ['spring', /\bspring/i],
  ['summer', /\bsummer/i],
  ['autumn', /\b(?:autumn|fall)/i],
  ['winter', /\bwinter/i],
]

function seasonOf(words: string | null): Season | null {
  return seasonWords.find(([, pattern]) => words !== null && pattern.test(words))?.[0] ?? null
}

function timePhrase(time: string): string {
  if (/^(?:at|in|on|by|during|under)\b/i.test(time)) return time
  if (/^day(?:time)?$/i.test(time)) return 'by day'
  return /(?:morning|afternoon|evening)$/i.test(time) ? `in the ${time}` : `at ${time}`
}
