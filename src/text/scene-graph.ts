/**
 * What a text says: who, what, does what to whom, where and when. Ids name the members of `characters` and `objects`;
 * sentence numbers are indices of `sentences`. Offsets are UTF-16 code units of the normalised text; starts are inclusive, ends exclusive.
 */
export interface SceneGraph {
  /** The normalised text: what all offsets count in. */
  readonly text: string
  /** In the order of the text. */
  readonly sentences: readonly Sentence[]
  /**
   * Those who can act of their own will (people, animals, robots, imaginary beings), and things that act here: a car
   * that drives, a moon that smiles.
   */
  readonly characters: readonly Entity[]
  /** Things that could be drawn and that are not characters; a place that the scene is set in is a setting instead. */
  readonly objects: readonly Entity[]
  /** In the order of the text; one verb with its subject and objects each. */
  readonly actions: readonly Action[]
  /**
   * In order. A sentence has one, or none where it tells nothing of place and time; a further one for each further place,
   * time or weather that it tells.
   */
  readonly settings: readonly Setting[]
  readonly relations: readonly Relation[]
  readonly camera: readonly CameraMove[]
  /** How it should look: `watercolor`, `van gogh`, `black and white`. Small letters, in the order of the text. */
  readonly style: readonly string[]
}

/** A sentence, or a line of its own. */
export interface Sentence {
  readonly text: string
  readonly start: number
  readonly end: number
  readonly tokens: readonly Token[]
}

export interface Token {
  readonly text: string
  /** Dictionary form in small letters: `ran` → `run`. */
  readonly lemma: string
  /** Universal part-of-speech tag: `NOUN`, `VERB`, `ADP` … */
  readonly pos: string
  readonly start: number
  readonly end: number
}

/** Someone or something, once for the whole text however often it is mentioned. */
export interface Entity {
  /** Unique in the graph: lemma, hyphen, number from 1 (`dog-1`, `traffic-light-2`). */
  readonly id: string
  /** The words as first said, without an article: `small red dog`. */
  readonly name: string
  /** The head noun in the singular, in small letters, compounds whole: `dog`, `traffic light`, `mary`. */
  readonly lemma: string
  /**
   * How many. What the text tells by a number or a quantity word (`a dozen` is 12); a plural that tells no number
   * counts as 2, `several` and `a few` as 3, `many` and groups (`a flock of`) as 5.
   */
  readonly count: number
  /** Colours, sizes, materials, moods, in small letters: before the noun (`red`) or said of it (`the dog is happy`). */
  readonly attributes: readonly string[]
  /** Every time the text names it, pronouns included, in order. */
  readonly mentions: readonly Mention[]
}

/** Where an entity is named: a noun phrase with its article and adjectives, or a pronoun. */
export interface Mention {
  readonly sentence: number
  readonly start: number
  readonly end: number
}

export interface Action {
  /**
   * The verb's dictionary form: `chase`. A particle belongs to it where it changes what is done (`pick up`,
   * `put on`); where it only tells which way, it is the direction (`looks up`: `look`, `up`).
   */
  readonly lemma: string
  /** Ids of those who do it, in a passive too; empty where the text does not say. */
  readonly agents: readonly string[]
  /** Ids of those it is done to, at or with: direct and indirect objects, and whom a preposition of the verb names. */
  readonly patients: readonly string[]
  readonly direction: Direction | null
  /** An adverb: `slowly`, `happily`, `together`. */
  readonly manner: string | null
  readonly negated: boolean
  readonly sentence: number
}

/** Which way an action goes, in the picture or from where it takes place. */
export const directions = [
  'left',
  'right',
  'up',
  'down',
  'forward',
  'backward',
  'away',
  'toward',
  'around',
  'in',
  'out',
  'across',
  'along',
  'through',
  'over',
  'under',
  'past',
  'off',
] as const
export type Direction = (typeof directions)[number]

export interface Setting {
  /** A noun phrase without its article: `snowy forest`, `kitchen`, `paris`; `outdoors` or `underwater` as said. */
  readonly place: string | null
  readonly time: TimeOfDay | null
  readonly weather: Weather | null
  readonly season: Season | null
  readonly sentence: number
}

/** Times of day, in the order of the day; other words are mapped to them (`daybreak` → `dawn`, `twilight` → `dusk`). */
export const timesOfDay = [
  'dawn',
  'sunrise',
  'morning',
  'day',
  'noon',
  'afternoon',
  'golden hour',
  'sunset',
  'dusk',
  'evening',
  'night',
  'midnight',
] as const
export type TimeOfDay = (typeof timesOfDay)[number]

/** Kinds of weather; adjectives are mapped to them (`snowy` → `snow`, `sunlit` → `sunny`, `breezy` → `wind`). */
export const weathers = [
  'sunny',
  'clear',
  'cloudy',
  'overcast',
  'rain',
  'drizzle',
  'storm',
  'thunderstorm',
  'lightning',
  'snow',
  'blizzard',
  'hail',
  'frost',
  'fog',
  'mist',
  'wind',
  'sandstorm',
  'tornado',
  'rainbow',
] as const
export type Weather = (typeof weathers)[number]

/** Seasons; `fall` is `autumn`. */
export const seasons = ['spring', 'summer', 'autumn', 'winter'] as const
export type Season = (typeof seasons)[number]

export interface Relation {
  /** An entity's id. */
  readonly subject: string
  /**
   * A preposition as said, in small letters (`on`, `next to`, `in front of`, `left of`); for what someone has with
   * them `wear` (clothes), `with` or `have`.
   */
  readonly relation: string
  /** An entity's id, or the name of a place as in `Setting.place`. */
  readonly object: string
}

export interface CameraMove {
  /** Small letters: `pan left`, `zoom in`, `close-up`, `aerial shot`, `slow motion`. */
  readonly move: string
  readonly sentence: number
}
