import type { Season, TimeOfDay, Weather } from '../text/scene-graph.ts'
import { atPlace, type CarriedSetting, withThe } from './setting-carry.ts'
import { headOf, indoorPlaces } from './word-lists.ts'

/** Place, time, weather and season, where the words before do not say them already. */
export function circumstances(
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
