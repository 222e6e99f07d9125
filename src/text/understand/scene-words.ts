import type { Season, TimeOfDay, Weather } from '../scene-graph.ts'

type Row<T> = readonly (readonly [value: T, words: string])[]

function lookup<T>(rows: Row<T>): (word: string) => T | null {
  const table = new Map(
    rows.flatMap(([value, words]) => words.split(/,\s*/).map((word): [string, T] => [word, value])),
  )
  return (word) => table.get(word) ?? null
}

/** The time of day that a noun, adjective or adverb tells: `daybreak` → `dawn`. Null for none. */
export const timeOf = lookup<TimeOfDay>([
  ['dawn', 'dawn, daybreak, first light, break of day, crack of dawn'],
  ['sunrise', 'sunrise, sunup'],
  ['morning', 'morning, mid-morning, early morning'],
  ['day', 'day, daytime, daylight, broad daylight'],
  ['noon', 'noon, midday, high noon, noontime, noonday'],
  ['afternoon', 'afternoon, mid-afternoon, late afternoon'],
  ['golden hour', 'golden hour, magic hour'],
  ['sunset', 'sunset, sundown, setting sun'],
  ['dusk', 'dusk, twilight, nightfall, gloaming, blue hour'],
  ['evening', 'evening, eve'],
  [
    'night',
    'night, nighttime, night-time, night time, darkness, moonlight, moonlit, starlight, starlit, starry, tonight, midnight hour, dead of night, overnight',
  ],
  ['midnight', 'midnight'],
])

/** The weather that a noun tells: `downpour` → `rain`. Null for none. */
export const weatherOf = lookup<Weather>([
  ['sunny', 'sunshine, sunlight'],
  ['rain', 'rain, downpour, rainfall, raindrop, rainstorm, shower, rain shower, cloudburst'],
  ['drizzle', 'drizzle'],
  ['storm', 'storm, gale, tempest'],
  ['thunderstorm', 'thunderstorm, thunder'],
  ['lightning', 'lightning, lightning storm'],
  ['snow', 'snow, snowfall, snowflake, snowstorm, flurry, sleet'],
  ['blizzard', 'blizzard'],
  ['hail', 'hail, hailstorm, hailstone'],
  ['frost', 'frost'],
  ['fog', 'fog'],
  ['mist', 'mist, haze'],
  ['wind', 'wind, breeze, gust'],
  ['sandstorm', 'sandstorm, dust storm, duststorm'],
  ['tornado', 'tornado, twister, cyclone, hurricane, typhoon'],
  ['rainbow', 'rainbow'],
])

/** The weather that an adjective tells: `snowy` → `snow`. Null for none. */
export const weatherOfAdjective = lookup<Weather>([
  ['sunny', 'sunny, sunlit, sun-drenched, sun-soaked, sun-kissed, sunbathed'],
  ['clear', 'cloudless'],
  ['cloudy', 'cloudy, clouded'],
  ['overcast', 'overcast'],
  ['rain', 'rainy, raining, rain-soaked, rain-swept, rainswept, showery, rain-slicked, rain-drenched'],
  ['drizzle', 'drizzly, drizzling'],
  ['storm', 'stormy, storm-tossed, tempestuous'],
  ['thunderstorm', 'thundery'],
  ['snow', 'snowy, snowing, snow-covered, snow-filled, snowbound'],
  ['hail', 'hailing'],
  ['frost', 'frosty, frost-covered'],
  ['fog', 'foggy, fogbound, fog-shrouded, fog-covered'],
  ['mist', 'misty, hazy, mist-covered, mist-shrouded'],
  ['wind', 'windy, breezy, windswept, gusty, blustery, wind-swept'],
])

/** What `it does`: `it rains`. Null for verbs that tell no weather. */
export const weatherOfVerb = lookup<Weather>([
  ['rain', 'rain, pour, pour down'],
  ['drizzle', 'drizzle'],
  ['snow', 'snow'],
  ['hail', 'hail'],
  ['thunderstorm', 'thunder'],
  ['storm', 'storm'],
])

/** The season that a noun or adjective tells. Null for none. */
export const seasonOf = lookup<Season>([
  ['spring', 'spring, springtime'],
  ['summer', 'summer, summertime, midsummer, summery'],
  ['autumn', 'autumn, autumnal, autumntime'],
  ['winter', 'winter, wintertime, midwinter, wintry'],
])
