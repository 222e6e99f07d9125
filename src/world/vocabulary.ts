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
