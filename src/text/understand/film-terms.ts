import type { Token } from '../scene-graph.ts'
import { filmPatterns, oneSpace, type Pattern } from './film-patterns.ts'

/** What a sentence says of the film itself, and the words that are left for the scene. */
export interface FilmTerms {
  readonly camera: readonly string[]
  readonly style: readonly string[]
  readonly rest: readonly Token[]
}

/**
 * Takes the language of film out of a sentence, so that the camera is no character and a style no object.
 * @param text the normalised text that the tokens' offsets count in
 */
export function findFilmTerms(text: string, tokens: readonly Token[]): FilmTerms {
  const start = tokens[0]?.start ?? 0
  const sentence = text.slice(start, tokens.at(-1)?.end ?? 0)
  const found: {
    readonly from: number
    readonly to: number
    readonly kind: Pattern['kind']
    readonly name: string
  }[] = []
  const lower = sentence.toLowerCase()
  for (const { needs, pattern, kind, name } of filmPatterns) {
    if (!needs.some((part) => lower.includes(part))) continue
    for (const match of sentence.matchAll(pattern)) {
      const [from, to] = [start + match.index, start + match.index + match[0].length]
      const isTaken = found.some((other) => from < other.to && to > other.from)
      // "A realistic photo of": what tells nothing goes out with what stands before it.
      if (isTaken && kind !== 'nothing') continue
      const groups = match.groups ?? {}
      found.push({ from, to, kind, name: name ? name(groups) : oneSpace(groups.term) })
    }
  }
  found.sort((a, b) => a.from - b.from)
  const named = (wanted: Pattern['kind']): string[] =>
    found.filter(({ kind }) => kind === wanted).map(({ name }) => name)
  // A comma that stood before what is taken out stays: what is left and right of it does not belong together.
  const isTaken = ({ start, end, text: word }: Token): boolean =>
    word !== ',' && word !== ':' && found.some(({ from, to }) => start < to && end > from)
  return { camera: named('camera'), style: named('style'), rest: tokens.filter((token) => !isTaken(token)) }
}
