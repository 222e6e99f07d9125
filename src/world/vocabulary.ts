import type { Actor } from './actor.ts'
import { actors } from './actors.ts'
import type { Learned } from './learned.ts'
import { type Season, settings, type Weather } from './settings.ts'
import { poseIn, whoIs } from './who-is.ts'

/** The words for what networks have learned of the world. */
export interface Vocabulary {
  /** True when a noun phrase names someone: its last words are an actor's noun. */
  knowsActor(phrase: string): boolean
  /** Whose picture a noun phrase asks for; null where it names nobody. */
  whoIs(phrase: string): Actor | null
  /** True when a noun phrase names someone of whom only the head is known. */
  isFaceOnly(phrase: string): boolean
  /** True when a noun phrase names a setting. */
  knowsPlace(phrase: string): boolean
  /** A place's own phrase, with its article: `the moon` for `moon`; null for what no setting is called. */
  placePhrase(place: string): string | null
  /** True for a place where no weather is ever seen: a room, under water, space. */
  isWithoutWeather(place: string): boolean
  /** True for a colour of a coat, an accessory or a tone of skin: `hat`, `blue coat`. */
  knowsLook(look: string): boolean
  /** True for what someone is seen to wear: an accessory, or clothes that an actor is named with: `dress`. */
  knowsClothes(word: string): boolean
  knowsWeather(weather: Weather): boolean
  knowsSeason(season: Season): boolean
  /** What those do who share a noun with others, as gerunds: `running` and `walking` of `man`; none for `dog`. */
  posesOf(noun: string): readonly string[]
  /** All of it in plain words: what a story can be told with. */
  readonly words: {
    readonly subjects: readonly string[]
    readonly actions: readonly string[]
    readonly places: readonly string[]
    readonly times: readonly string[]
  }
}

export function createVocabulary(learned: Learned): Vocabulary {
  const cast = actors.filter(({ id }) => learned.subjects?.includes(id))
  const places = Object.values(settings).filter(({ name }) => learned.settings.includes(name))
  const actorNouns = cast.flatMap(({ noun, synonyms }) => [noun, ...synonyms])
  const placeNouns = places.flatMap(({ phrases }) => phrases.map(withoutArticle))
  const plain = (name: string): string => name.replaceAll('-', ' ')
  return {
    knowsActor: (phrase) => actorNouns.some((noun) => endsWithWords(phrase, noun)),
    whoIs: (phrase) => whoIs(phrase, cast),
    isFaceOnly: (phrase) => {
      const named = cast.filter(({ noun, synonyms }) =>
        [noun, ...synonyms].some((one) => endsWithWords(phrase, one)),
      )
      return named.length > 0 && named.every(({ shows }) => shows === 'head')
    },
    knowsPlace: (phrase) =>
      placeNouns.some((noun) => endsWithWords(phrase, noun) || endsWithWords(noun, phrase)),
    placePhrase: (place) => {
      const bare = withoutArticle(place).toLowerCase()
      const phrases = places.flatMap((one) => [...one.phrases, one.name])
      const own = phrases.filter((phrase) => withoutArticle(phrase).toLowerCase() === bare)
      const isSaid = (phrase: string): boolean =>
        / /.test(phrase) && phrase.toLowerCase() === place.toLowerCase()
      return own.find(isSaid) ?? own.find((phrase) => /^an? /.test(phrase)) ?? own[0] ?? null
    },
    isWithoutWeather: (place) => {
      const bare = withoutArticle(place).toLowerCase()
      const named = places.filter(({ phrases, name }) =>
        [...phrases.map(withoutArticle), name].some((noun) => endsWithWords(bare, noun)),
      )
      return named.length > 0 && named.every(({ weathers }) => weathers.every((one) => one === 'clear'))
    },
    knowsLook: (look) => learned.looks?.includes(look) ?? false,
    knowsClothes: (word) =>
      (learned.looks?.includes(word) ?? false) ||
      cast.some(({ noun, synonyms, looks }) =>
        [noun, ...synonyms, ...looks].some((words) => words.split(/[ -]/).includes(word)),
      ),
    knowsWeather: (weather) => learned.weathers.includes(weather),
    knowsSeason: (season) => learned.seasons.includes(season),
    posesOf: (noun) =>
      cast
        .filter((actor) => [actor.noun, ...actor.synonyms].includes(noun))
        .flatMap(({ id }) => poseIn(id) ?? []),
    words: {
      subjects: [...new Set(cast.map(({ noun }) => noun))],
      actions: (learned.actions ?? []).map(plain),
      places: places.map(({ name }) => plain(name)),
      times: [...new Set(places.flatMap(({ times }) => times))],
    },
  }
}

const withoutArticle = (phrase: string): string => phrase.replace(/^(?:a|an|the) /i, '')

function endsWithWords(phrase: string, words: string): boolean {
  const [whole, end] = [phrase.toLowerCase(), words.toLowerCase()]
  return whole === end || whole.endsWith(` ${end}`)
}
