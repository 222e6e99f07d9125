import { pairActions, soloActions } from './actions.ts'
import { actors } from './actors.ts'
import { settings } from './settings.ts'

/** Nouns of everyone the world can show, in small letters. */
const actorNouns = actors.flatMap(({ noun, synonyms }) => [noun, ...synonyms])

/** Noun phrases of every setting, without articles. */
const placeNouns = Object.values(settings).flatMap(({ phrases }) =>
  phrases.map((phrase) => phrase.replace(/^(a|an|the) /, '')),
)

/** True when a noun phrase names someone of the world: its last words are an actor's noun. */
export function knowsActor(phrase: string): boolean {
  return actorNouns.some((noun) => endsWithWords(phrase, noun))
}

/** True when a noun phrase names a setting of the world. */
export function knowsPlace(phrase: string): boolean {
  return placeNouns.some((noun) => endsWithWords(phrase, noun) || endsWithWords(noun, phrase))
}

function endsWithWords(phrase: string, words: string): boolean {
  const [whole, end] = [phrase.toLowerCase(), words.toLowerCase()]
  return whole === end || whole.endsWith(` ${end}`)
}

/** Everything the world shows, in plain words: what a story can be told with. */
export function worldWords(): {
  readonly subjects: readonly string[]
  readonly actions: readonly string[]
  readonly places: readonly string[]
  readonly times: readonly string[]
} {
  const plain = (name: string): string => name.replaceAll('-', ' ')
  return {
    subjects: [...new Set(actors.map(({ noun }) => noun))],
    actions: [...soloActions, ...pairActions].map(plain),
    places: Object.keys(settings).map(plain),
    times: [...new Set(Object.values(settings).flatMap(({ times }) => times))],
  }
}
