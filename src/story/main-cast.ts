import type { Entity, SceneGraph, Weather } from '../text/scene-graph.ts'
import type { Description } from './cast-descriptions.ts'
import { type CarriedSetting, withThe } from './setting-carry.ts'

/** Characters and objects, the most often named first; of two alike the first named. */
export function mainCastOf({ characters, objects }: SceneGraph): string[] {
  const first = ({ mentions }: Entity): number => mentions[0]?.start ?? Number.POSITIVE_INFINITY
  const ranked = (entities: readonly Entity[]): string[] =>
    [...entities]
      .sort((a, b) => b.mentions.length - a.mentions.length || first(a) - first(b))
      .map(({ id }) => id)
  return [...ranked(characters), ...ranked(objects)]
}

/** The id of what a story shows that names nobody and nothing. */
export const viewId = 'view-1'

const skies: { readonly [Kind in Weather]: string } = {
  sunny: 'the bright sun',
  clear: 'the clear sky',
  cloudy: 'white clouds',
  overcast: 'grey clouds',
  rain: 'falling rain',
  drizzle: 'falling rain',
  storm: 'dark storm clouds',
  thunderstorm: 'dark storm clouds',
  lightning: 'flashes of lightning',
  snow: 'falling snow',
  blizzard: 'driving snow',
  hail: 'falling hail',
  frost: 'glittering frost',
  fog: 'drifting fog',
  mist: 'drifting mist',
  wind: 'drifting clouds',
  sandstorm: 'driving sand',
  tornado: 'a dark tornado',
  rainbow: 'a bright rainbow',
}

/** What is to be seen where nobody is: the weather, the sky of the hour, or the place itself. */
export function viewOfPlace({ place, time, weather }: CarriedSetting): Description {
  const isNight = time === 'night' || time === 'midnight'
  const sky = weather === null ? (isNight ? 'the moon and the stars' : null) : skies[weather]
  return { phrase: sky ?? withThe(place), isPlural: false, guess: null }
}
