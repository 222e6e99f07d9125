import type { Actor } from './actors.ts'

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

export type TimeOfDay = 'day' | 'sunset' | 'night'

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
}

/** How many drawn pictures there are of each setting and time. */
export const settingVariants = 12

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
  },
}

export const settingNames = Object.keys(settings) as readonly SettingName[]

/** What carries this actor in this setting; null where it does not belong. */
export function mediumOf(actor: Actor, setting: Setting): Medium | null {
  if (actor.size > setting.maxSize) return null
  const { media, name } = setting
  for (const kind of actor.kinds) {
    if (kind === 'swims' && media.includes('water')) return 'water'
    if (kind === 'sails' && media.includes('surface')) return 'surface'
    if ((kind === 'flies' || kind === 'floats') && media.includes('air')) {
      const machine = actor.size > 1.06 && (name === 'kitchen' || name === 'bedroom')
      return machine ? null : 'air'
    }
    if ((kind === 'walks' || kind === 'person') && media.includes('ground')) return 'ground'
    if (kind === 'drives' && media.includes('ground') && setting.maxSize > 1.5) return 'ground'
    // In space everyone floats, except what needs its road or its water.
    if ((kind === 'walks' || kind === 'person') && name === 'space' && !actor.only) return 'air'
  }
  return null
}
