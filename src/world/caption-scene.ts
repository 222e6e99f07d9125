import type { Random } from '../util/random.ts'
import { join, type Marked, mark } from './caption-text.ts'
import type { Facts } from './facts.ts'
import { isIndoors, type Season, settings, type TimeOfDay, type Weather } from './settings.ts'
import type { CameraMove } from './stage.ts'

/** How captions tell where and when it is, and what the camera does. */

/** Where: nine times in ten. @param way whether they stay there or go from place to place */
export function placeWords(random: Random, facts: Facts, way: 'at' | 'along'): Marked | '' {
  if (random.uniform() < 0.1) return ''
  return mark('setting', random.pick(settings[facts.setting][way]), random.pick(phrasesOf(facts)))
}

/** When and in what weather; daylight and summer mostly go without saying. */
export function whenWords(random: Random, facts: Facts): Marked | '' {
  const { setting, time, season, weather } = facts
  const isSaid = settings[setting].saysTime && random.uniform() < (time === 'day' ? 0.3 : 0.85)
  const hour = isSaid ? mark('time', random.pick(timeWordsOf(facts))) : ''
  const when = join(
    hour,
    saysSeason(facts) && random.uniform() < (season === 'summer' ? 0.1 : 0.8)
      ? mark('season', random.pick(seasonPhrases[season]))
      : '',
    weather !== 'clear' && random.uniform() < 0.9
      ? mark('weather', random.pick(weatherPhrases[weather]))
      : '',
  )
  return when.text === '' ? '' : when
}

/** What the camera does; that it does nothing is seldom said. */
export function cameraWords(random: Random, { camera }: Facts): Marked | '' {
  if (random.uniform() >= (camera === 'still' ? 0.05 : 0.85)) return ''
  return join(random.pick([',', 'as', 'while']), mark('camera', random.pick(cameraPhrases[camera])))
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

function saysSeason({ setting, tellsSeason }: Facts): boolean {
  return tellsSeason && settings[setting].seasons.length > 1
}

const timePhrases: { readonly [T in TimeOfDay]: readonly string[] } = {
  day: ['by day', 'on a sunny day', 'during the day', 'in the sunshine', 'in the daytime'],
  sunset: ['at sunset', 'at sunset', 'in the evening', 'at dusk', 'as the sun sets'],
  night: ['at night', 'at night', 'in the moonlight', 'under the stars', 'on a dark night', 'by night'],
}

export const weatherPhrases: { readonly [W in Exclude<Weather, 'clear'>]: readonly string[] } = {
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

export const seasonPhrases: { readonly [S in Season]: readonly string[] } = {
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
