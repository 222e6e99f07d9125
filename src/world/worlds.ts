import { type ActionName, pairActions, soloActions } from './actions.ts'
import type { FactsOptions } from './choose-facts.ts'
import type { SettingName } from './settings.ts'

/** What a training draws its clips from. */
export type WorldContent = Pick<FactsOptions, 'cast' | 'places' | 'actions' | 'weather' | 'looks'>

/** Everyone named in the text, in its order. */
const listed = (text: string): string[] => text.trim().split(/\s+/)

const firstCast = listed(`
dog cat black-cat poodle mouse ox cow tiger leopard rabbit snail snake horse goat sheep monkey
rooster pig elephant turtle chick penguin camel squirrel spider crab turkey duck swan deer gorilla
rhino giraffe zebra hedgehog long-necked-dinosaur dinosaur kangaroo llama peacock hippo mammoth
flamingo bison seal ladybug ant dragon teddy-bear snowman whale octopus fish tropical-fish
pufferfish dolphin shark squid lobster mermaid bee butterfly eagle bat dove parrot owl bird fairy
helicopter airplane small-plane rocket flying-saucer parachute ghost star space-invader car bus taxi
police-car fire-truck ambulance truck tractor jeep motorcycle racing-car train tram rickshaw
sailboat ship speedboat canoe man-running woman-running man-walking woman-walking woman-dancing
man-dancing cyclist rider cartwheeling-woman juggler man woman basketball-player lion bear panda fox
wolf frog koala raccoon unicorn hamster chicken robot alien
`)

const firstPlaces: readonly SettingName[] = [
  'beach',
  'forest',
  'city',
  'mountains',
  'desert',
  'space',
  'underwater',
  'meadow',
  'moon',
  'road',
  'kitchen',
  'bedroom',
  'sea',
  'farm',
  'sky',
  'jungle',
]

/** These came with the whole world. */
const laterActions: readonly ActionName[] = [
  'appear',
  'disappear',
  'sleep',
  'surf',
  'row',
  'ski',
  'lift',
  'meditate',
]

/**
 * Worlds that a training may name. `first`: the 122 subjects, 16 settings and 31 actions that toybox began with, each
 * subject as often as the others, plain and in clear weather; seeds give the clips that they gave then. `whole`:
 * everything.
 */
export const worlds = {
  first: {
    cast: firstCast,
    places: firstPlaces,
    actions: [...soloActions, ...pairActions].filter((action) => !laterActions.includes(action)),
    weather: 'clear',
    looks: 'plain',
  },
  whole: { weather: 'any', looks: 'varied' },
} as const satisfies Readonly<Record<string, WorldContent>>
