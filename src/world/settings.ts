import type { Actor, ActorKind } from './actor.ts'

export type SettingName =
  | 'beach'
  | 'forest'
  | 'city'
  | 'mountains'
  | 'desert'
  | 'space'
  | 'underwater'
  | 'meadow'
  | 'moon'
  | 'road'
  | 'kitchen'
  | 'bedroom'
  | 'sea'
  | 'farm'
  | 'sky'
  | 'jungle'
  | 'castle'
  | 'harbour'
  | 'village'
  | 'playground'
  | 'garden'
  | 'river'
  | 'volcano'
  | 'ice'
  | 'cave'
  | 'stage'
  | 'lounge'
  | 'classroom'

export type TimeOfDay = 'day' | 'sunset' | 'night'

export type Season = 'spring' | 'summer' | 'autumn' | 'winter'

export type Sky = 'clear' | 'overcast'

export type Weather = 'clear' | 'rain' | 'snow' | 'fog'

/** What carries an actor: it decides how an action looks. */
export type Medium = 'ground' | 'air' | 'water' | 'surface'

export interface Setting {
  readonly name: SettingName
  /** Noun phrases for captions, without a preposition: `the beach`. */
  readonly phrases: readonly string[]
  /** Prepositions for being and moving there. */
  readonly at: readonly string[]
  readonly along: readonly string[]
  /** Where feet may stand, in heights of the picture from its top: the farthest and the nearest. */
  readonly ground: readonly [far: number, near: number]
  /** Size of things at the farthest line beside the nearest. */
  readonly farScale: number
  readonly media: readonly Medium[]
  /** The largest actor that fits in. */
  readonly maxSize: number
  readonly times: readonly TimeOfDay[]
  /** False where time is never said (space). */
  readonly saysTime: boolean
  /** The year's times that are drawn; where nothing green grows there is `summer` only, and it is never said. */
  readonly seasons: readonly Season[]
  readonly weathers: readonly Weather[]
}

/** How many drawn pictures there are of each setting and time. */
export const settingVariants = 12

const year: readonly Season[] = ['summer', 'spring', 'autumn', 'winter']
const always: readonly Season[] = ['summer']
const roofed: readonly Weather[] = ['clear']
const open: readonly Weather[] = ['clear', 'rain', 'fog']
const any: readonly Weather[] = ['clear', 'rain', 'snow', 'fog']
const outdoors: readonly TimeOfDay[] = ['day', 'sunset', 'night']
const land: readonly Medium[] = ['ground', 'air']

export const settings: { readonly [Name in SettingName]: Setting } = {
  beach: {
    name: 'beach',
    phrases: ['the beach', 'a beach', 'a sandy beach', 'the seashore'],
    at: ['on', 'at'],
    along: ['along', 'on', 'across'],
    ground: [0.7, 0.94],
    farScale: 0.72,
    media: land,
    maxSize: 2,
    times: outdoors,
    saysTime: true,
    seasons: always,
    weathers: open,
  },
  forest: {
    name: 'forest',
    phrases: ['the forest', 'a forest', 'the woods', 'a green forest'],
    at: ['in'],
    along: ['through', 'in'],
    ground: [0.74, 0.94],
    farScale: 0.75,
    media: land,
    maxSize: 2,
    times: outdoors,
    saysTime: true,
    seasons: year,
    weathers: any,
  },
  city: {
    name: 'city',
    phrases: ['the city', 'a city', 'a city street', 'the street'],
    at: ['in'],
    along: ['through', 'down', 'along'],
    ground: [0.8, 0.94],
    farScale: 0.8,
    media: land,
    maxSize: 2,
    times: outdoors,
    saysTime: true,
    seasons: year,
    weathers: any,
  },
  mountains: {
    name: 'mountains',
    phrases: ['the snowy mountains', 'the mountains', 'the snow'],
    at: ['in'],
    along: ['through', 'across', 'in'],
    ground: [0.72, 0.94],
    farScale: 0.7,
    media: land,
    maxSize: 2,
    times: outdoors,
    saysTime: true,
    seasons: always,
    weathers: ['clear', 'snow', 'fog'],
  },
  desert: {
    name: 'desert',
    phrases: ['the desert', 'a desert', 'a sandy desert'],
    at: ['in'],
    along: ['through', 'across', 'in'],
    ground: [0.7, 0.94],
    farScale: 0.7,
    media: land,
    maxSize: 2,
    times: outdoors,
    saysTime: true,
    seasons: always,
    weathers: ['clear', 'fog'],
  },
  space: {
    name: 'space',
    phrases: ['space', 'outer space', 'deep space'],
    at: ['in'],
    along: ['through', 'in'],
    ground: [0.8, 0.95],
    farScale: 0.8,
    media: ['air'],
    maxSize: 2,
    times: ['night'],
    saysTime: false,
    seasons: always,
    weathers: roofed,
  },
  underwater: {
    name: 'underwater',
    phrases: ['the ocean', 'the deep sea', 'a coral reef'],
    at: ['in'],
    along: ['through', 'in'],
    ground: [0.84, 0.95],
    farScale: 0.85,
    media: ['water'],
    maxSize: 2,
    times: ['day', 'night'],
    saysTime: true,
    seasons: always,
    weathers: roofed,
  },
  meadow: {
    name: 'meadow',
    phrases: ['a meadow', 'the meadow', 'a green field', 'the grass'],
    at: ['in'],
    along: ['through', 'across', 'in'],
    ground: [0.7, 0.94],
    farScale: 0.7,
    media: land,
    maxSize: 2,
    times: outdoors,
    saysTime: true,
    seasons: year,
    weathers: any,
  },
  moon: {
    name: 'moon',
    phrases: ['the moon', "the moon's surface"],
    at: ['on'],
    along: ['across', 'on', 'over'],
    ground: [0.7, 0.94],
    farScale: 0.72,
    media: land,
    maxSize: 2,
    times: ['night'],
    saysTime: false,
    seasons: always,
    weathers: roofed,
  },
  road: {
    name: 'road',
    phrases: ['a country road', 'the road', 'a road'],
    at: ['on'],
    along: ['along', 'down', 'on'],
    ground: [0.8, 0.93],
    farScale: 0.85,
    media: land,
    maxSize: 2,
    times: outdoors,
    saysTime: true,
    seasons: year,
    weathers: any,
  },
  kitchen: {
    name: 'kitchen',
    phrases: ['the kitchen', 'a kitchen'],
    at: ['in'],
    along: ['through', 'across', 'in'],
    ground: [0.8, 0.94],
    farScale: 0.85,
    media: land,
    maxSize: 1.26,
    times: ['day', 'night'],
    saysTime: true,
    seasons: always,
    weathers: roofed,
  },
  bedroom: {
    name: 'bedroom',
    phrases: ['the bedroom', 'a bedroom'],
    at: ['in'],
    along: ['through', 'across', 'in'],
    ground: [0.82, 0.94],
    farScale: 0.88,
    media: land,
    maxSize: 1.26,
    times: ['day', 'night'],
    saysTime: true,
    seasons: always,
    weathers: roofed,
  },
  sea: {
    name: 'sea',
    phrases: ['the sea', 'the open sea', 'the water', 'the waves'],
    at: ['on'],
    along: ['across', 'over', 'on'],
    ground: [0.66, 0.9],
    farScale: 0.65,
    media: ['surface', 'air'],
    maxSize: 2,
    times: outdoors,
    saysTime: true,
    seasons: always,
    weathers: open,
  },
  farm: {
    name: 'farm',
    phrases: ['a farm', 'the farm', 'the farmyard'],
    at: ['on', 'at'],
    along: ['across', 'around', 'on'],
    ground: [0.74, 0.94],
    farScale: 0.75,
    media: land,
    maxSize: 2,
    times: outdoors,
    saysTime: true,
    seasons: year,
    weathers: any,
  },
  sky: {
    name: 'sky',
    phrases: ['the sky', 'the clouds', 'a cloudy sky'],
    at: ['in'],
    along: ['through', 'across'],
    ground: [0.8, 0.95],
    farScale: 0.8,
    media: ['air'],
    maxSize: 2,
    times: outdoors,
    saysTime: true,
    seasons: always,
    weathers: ['clear', 'rain'],
  },
  jungle: {
    name: 'jungle',
    phrases: ['the jungle', 'a jungle', 'the rainforest'],
    at: ['in'],
    along: ['through', 'in'],
    ground: [0.76, 0.94],
    farScale: 0.76,
    media: land,
    maxSize: 2,
    times: outdoors,
    saysTime: true,
    seasons: always,
    weathers: open,
  },
  castle: {
    name: 'castle',
    phrases: ['a castle', 'the castle', 'the castle yard', 'an old castle'],
    at: ['at', 'in front of'],
    along: ['past', 'around'],
    ground: [0.76, 0.94],
    farScale: 0.76,
    media: land,
    maxSize: 2,
    times: outdoors,
    saysTime: true,
    seasons: year,
    weathers: any,
  },
  harbour: {
    name: 'harbour',
    phrases: ['the harbour', 'a harbour', 'the docks', 'a port'],
    at: ['in', 'at'],
    along: ['through', 'across', 'in'],
    ground: [0.7, 0.92],
    farScale: 0.7,
    media: ['surface', 'air'],
    maxSize: 2,
    times: outdoors,
    saysTime: true,
    seasons: always,
    weathers: open,
  },
  village: {
    name: 'village',
    phrases: ['a village', 'the village', 'a small town'],
    at: ['in'],
    along: ['through', 'in'],
    ground: [0.78, 0.94],
    farScale: 0.78,
    media: land,
    maxSize: 2,
    times: outdoors,
    saysTime: true,
    seasons: year,
    weathers: any,
  },
  playground: {
    name: 'playground',
    phrases: ['a playground', 'the playground', 'the school playground'],
    at: ['on', 'at'],
    along: ['across', 'over'],
    ground: [0.75, 0.94],
    farScale: 0.76,
    media: land,
    maxSize: 2,
    times: outdoors,
    saysTime: true,
    seasons: year,
    weathers: any,
  },
  garden: {
    name: 'garden',
    phrases: ['a garden', 'the garden', 'the backyard', 'a flower garden'],
    at: ['in'],
    along: ['through', 'across', 'in'],
    ground: [0.74, 0.94],
    farScale: 0.76,
    media: land,
    maxSize: 2,
    times: outdoors,
    saysTime: true,
    seasons: year,
    weathers: any,
  },
  river: {
    name: 'river',
    phrases: ['a river', 'the river', 'a wide river'],
    at: ['on'],
    along: ['down', 'along', 'across'],
    ground: [0.72, 0.9],
    farScale: 0.72,
    media: ['surface', 'air'],
    maxSize: 2,
    times: outdoors,
    saysTime: true,
    seasons: year,
    weathers: any,
  },
  volcano: {
    name: 'volcano',
    phrases: ['a volcano', 'the volcano', 'a land of lava'],
    at: ['at', 'near'],
    along: ['past', 'across'],
    ground: [0.74, 0.94],
    farScale: 0.74,
    media: land,
    maxSize: 2,
    times: ['day', 'night'],
    saysTime: true,
    seasons: always,
    weathers: ['clear', 'fog'],
  },
  ice: {
    name: 'ice',
    phrases: ['the ice', 'the polar ice', 'the Arctic ice', 'the frozen sea'],
    at: ['on'],
    along: ['across', 'over'],
    ground: [0.7, 0.94],
    farScale: 0.7,
    media: land,
    maxSize: 2,
    times: outdoors,
    saysTime: true,
    seasons: always,
    weathers: ['clear', 'snow', 'fog'],
  },
  cave: {
    name: 'cave',
    phrases: ['a cave', 'the cave', 'a dark cave', 'a cavern'],
    at: ['in'],
    along: ['through', 'in'],
    ground: [0.76, 0.94],
    farScale: 0.8,
    media: land,
    maxSize: 1.5,
    times: ['night'],
    saysTime: false,
    seasons: always,
    weathers: roofed,
  },
  stage: {
    name: 'stage',
    phrases: ['a stage', 'the stage', 'a theatre stage'],
    at: ['on'],
    along: ['across', 'over', 'on'],
    ground: [0.76, 0.93],
    farScale: 0.85,
    media: land,
    maxSize: 1.36,
    times: ['night'],
    saysTime: false,
    seasons: always,
    weathers: roofed,
  },
  lounge: {
    name: 'lounge',
    phrases: ['the living room', 'a living room', 'the lounge'],
    at: ['in'],
    along: ['through', 'across', 'in'],
    ground: [0.8, 0.94],
    farScale: 0.86,
    media: land,
    maxSize: 1.26,
    times: ['day', 'night'],
    saysTime: true,
    seasons: always,
    weathers: roofed,
  },
  classroom: {
    name: 'classroom',
    phrases: ['a classroom', 'the classroom', 'a school'],
    at: ['in'],
    along: ['through', 'across', 'in'],
    ground: [0.8, 0.94],
    farScale: 0.86,
    media: land,
    maxSize: 1.26,
    times: ['day', 'night'],
    saysTime: true,
    seasons: always,
    weathers: roofed,
  },
}

/** Kinds that stand on the ground by themselves. */
const standing: readonly ActorKind[] = ['walks', 'person', 'thing', 'face']

export const settingNames = Object.keys(settings) as readonly SettingName[]

/** What carries this actor in this setting; null where it does not belong. */
export function mediumOf(actor: Actor, setting: Setting): Medium | null {
  if (actor.size > setting.maxSize) return null
  const { media, name } = setting
  for (const kind of actor.kinds) {
    if (kind === 'swims' && media.includes('water')) return 'water'
    if (kind === 'sails' && media.includes('surface')) return 'surface'
    if ((kind === 'flies' || kind === 'floats') && media.includes('air')) {
      return actor.size > 1.06 && isIndoors(name) ? null : 'air'
    }
    if (standing.includes(kind) && media.includes('ground')) return 'ground'
    if (kind === 'drives' && media.includes('ground') && setting.maxSize > 1.5) return 'ground'
    // In space everyone floats, except what needs its road or its water.
    if (standing.includes(kind) && name === 'space' && !actor.only) return 'air'
  }
  return null
}

/** Rooms, and what has a roof. */
export function isIndoors(name: SettingName): boolean {
  return indoors.includes(name)
}

const indoors: readonly SettingName[] = ['kitchen', 'bedroom', 'lounge', 'classroom', 'stage', 'cave']

/** A look of a setting: the keys of its pictures. */
export interface SettingLook {
  readonly setting: SettingName
  readonly time: TimeOfDay
  readonly season: Season
  readonly weather: Weather
}

/** The sky under which that weather happens. */
export function skyOf(weather: Weather): Sky {
  return weather === 'clear' ? 'clear' : 'overcast'
}

/** True where the setting is drawn in that weather at that time of the year: snow falls in winter, rain does not. */
export function canBe({ seasons, weathers }: Setting, season: Season, weather: Weather): boolean {
  if (!seasons.includes(season) || !weathers.includes(weather)) return false
  if (weather === 'clear' || !seasons.includes('winter')) return true
  return weather === 'snow'
    ? season === 'winter'
    : weather === 'rain'
      ? season === 'summer' || season === 'autumn'
      : season !== 'spring'
}
