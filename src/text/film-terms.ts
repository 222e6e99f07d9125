import type { Token } from './scene-graph.ts'

/** What a sentence says of the film itself, and the words that are left for the scene. */
export interface FilmTerms {
  readonly camera: readonly string[]
  readonly style: readonly string[]
  readonly rest: readonly Token[]
}

interface Pattern {
  readonly pattern: RegExp
  readonly kind: 'camera' | 'style' | 'nothing'
  /** How the term is called in the graph. */
  name(groups: Readonly<Record<string, string | undefined>>): string
}

const moves =
  'pan|zoom|tilt|dolly|track|truck|move|follow|orbit|rotate|push|pull|circle|crane|fly|rise|sweep|shake'
const ways = 'left|right|upwards?|downwards?|up|down|in|out|back|forwards?|away|closer|around'
const slowly = '(?:(?:slow|fast|quick)(?:ly)?\\s+)?'

// `\w*` after a verb takes its endings: pans, panning. What follows ("across a desert") stays with the scene.
const patterns: readonly Pattern[] = [
  {
    pattern: new RegExp(
      `\\b(?:the\\s+)?camera\\s+${slowly}(?:is\\s+)?(?<move>${moves})\\w*(?:\\s+slowly|\\s+quickly)?(?:\\s+(?<way>${ways})\\b)?(?:\\s+(?:on|to|towards?)\\b)?`,
      'gi',
    ),
    kind: 'camera',
    name: ({ move = '', way }) => [move, way].filter(Boolean).join(' ').toLowerCase(),
  },
  {
    pattern: new RegExp(
      `(?:^|[,;:.]\\s*)${slowly}(?<move>pan|zoom|tilt|dolly|track)(?:s|ning|ming|ing)?\\s+(?<way>${ways})\\b(?:\\s+(?:on|to)\\b)?`,
      'gi',
    ),
    kind: 'camera',
    name: ({ move = '', way }) => [move, way].filter(Boolean).join(' ').toLowerCase(),
  },
  {
    pattern: /(?:\b(?:an?|the)\s+)?(?:extreme\s+)?close-?\s?up(?:\s+(?:shot|view))?(?:\s+of\b)?/gi,
    kind: 'camera',
    name: () => 'close-up',
  },
  {
    pattern:
      /(?:\b(?:an?|the)\s+)?\b(?<view>wide|aerial|drone|tracking|low[- ]angle|high[- ]angle|overhead|establishing|bird's[- ]eye|first[- ]person|long|medium|static)\s+(?:shot|view|footage)(?:\s+of\b)?/gi,
    kind: 'camera',
    name: ({ view = '' }) => `${view.toLowerCase().replace('-', ' ')} shot`,
  },
  {
    pattern:
      /(?:\bin\s+)?(?:\b(?:an?|the)\s+)?\b(?<style>watercolou?r|oil[- ]painting|pixel[- ]art|anime|cartoon|claymation|pencil|sketch|comic|noir|ukiyo-e|low[- ]poly|stop[- ]motion|photorealistic|realistic|cinematic|vintage|3d)\s+(?:style|animation|look|render(?:ing)?)\b/gi,
    kind: 'style',
    name: ({ style = '' }) => style.toLowerCase().replace('-', ' '),
  },
  {
    pattern:
      /,\s*(?<style>watercolou?r|oil painting|pixel art|anime|claymation|cinematic|photorealistic|low poly|stop motion)\b/gi,
    kind: 'style',
    name: ({ style = '' }) => style.toLowerCase(),
  },
  {
    pattern:
      /(?:\b(?:an?|in)\s+)?\b(?<style>slow[- ]motion|time-?lapse)\b(?:\s+(?:shot|video|footage|clip))?(?:\s+of\b)?/gi,
    kind: 'style',
    name: ({ style = '' }) => style.toLowerCase().replace('slow-', 'slow '),
  },
  {
    pattern:
      /^(?:an?\s+|the\s+)?(?:short\s+)?(?:video|clip|film|movie|animation|footage|scene|shot|picture)\s+of\b/gi,
    kind: 'nothing',
    name: () => '',
  },
]

/**
 * Takes the language of film out of a sentence, so that the camera is no character and a style no object.
 * @param text the normalised text that the tokens' offsets count in
 */
export function findFilmTerms(text: string, tokens: readonly Token[]): FilmTerms {
  const start = tokens[0]?.start ?? 0
  const sentence = text.slice(start, tokens.at(-1)?.end ?? 0)
  const camera: string[] = []
  const style: string[] = []
  const taken: (readonly [number, number])[] = []
  for (const { pattern, kind, name } of patterns) {
    for (const match of sentence.matchAll(pattern)) {
      const [from, to] = [start + match.index, start + match.index + match[0].length]
      if (taken.some(([begin, end]) => from < end && to > begin)) continue
      taken.push([from, to])
      if (kind === 'camera') camera.push(name(match.groups ?? {}))
      if (kind === 'style') style.push(name(match.groups ?? {}))
    }
  }
  const rest = tokens.filter((token) => !taken.some(([from, to]) => token.start < to && token.end > from))
  return { camera, style, rest }
}
