import type { PreTokeniserConfig } from './tokenizers-package.ts'

/** GPT-2's words (Radford et al. 2019): a contraction, or letters, digits or signs with one space before them. */
const gpt2Words = "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+"

/**
 * The same pre-tokeniser in steps that the package takes as the reference implementation does: it would find white
 * space by JavaScript's `\s` in three places (which lacks U+0085 and adds U+FEFF), and not split at `▁`.
 */
export function exactPreTokeniser(config: PreTokeniserConfig): PreTokeniserConfig {
  switch (config.type) {
    case 'Sequence':
      return { type: 'Sequence', pretokenizers: config.pretokenizers.map(exactPreTokeniser) }
    case 'WhitespaceSplit':
      return { type: 'Split', pattern: { Regex: '\\s+' }, behavior: 'Removed' }
    case 'Metaspace': {
      const isSplit = config.split !== false
      const isBare = config.add_prefix_space === false
      const spaces: PreTokeniserConfig = isBare ? { ...config, prepend_scheme: 'never' } : config
      return isSplit ? { type: 'Sequence', pretokenizers: [spaces, splitBefore('▁')] } : spaces
    }
    case 'ByteLevel': {
      const bytes: PreTokeniserConfig = { ...config, add_prefix_space: false, use_regex: false }
      const prefix = config.add_prefix_space === true ? [spaceAtStart] : []
      const words = config.use_regex === false ? [] : [matches(gpt2Words)]
      return { type: 'Sequence', pretokenizers: [...prefix, ...words, bytes] }
    }
    default:
      return config
  }
}

const matches = (pattern: string): PreTokeniserConfig => ({
  type: 'Split',
  pattern: { Regex: pattern },
  behavior: 'Removed',
  invert: true,
})

const splitBefore = (sign: string): PreTokeniserConfig => matches(`${sign}[^${sign}]*|[^${sign}]+`)

const spaceAtStart: PreTokeniserConfig = { type: 'Replace', pattern: { Regex: '\\A(?! )' }, content: ' ' }

/** A pre-token in a text; its first character may be a space that the text does not have. */
export interface PlacedPart {
  readonly part: string
  /** The characters that the pre-token stands for. */
  readonly spelt: string
  /** Where in the text `spelt` starts, without the added space. */
  readonly from: number
  readonly addedSpaces: 0 | 1
}

/**
 * Finds pre-tokens in the text that they were made from; they come in its order, and only white space is left out.
 * @param spell the characters that a pre-token stands for
 */
export function placeParts(
  parts: readonly string[],
  text: string,
  spell: (part: string) => string,
): readonly PlacedPart[] {
  let cursor = 0
  return parts.map((part) => {
    const spelt = spell(part)
    const at = text.indexOf(spelt, cursor)
    const bare = spelt.startsWith(' ') ? text.indexOf(spelt.slice(1), cursor) : -1
    const isAdded = bare >= 0 && (at < 0 || bare < at)
    const from = isAdded ? bare : Math.max(at, cursor)
    cursor = from + spelt.length - (isAdded ? 1 : 0)
    return { part, spelt, from, addedSpaces: isAdded ? 1 : 0 }
  })
}

/** The units `from` to `to` of a placed part, as a range of the text, without white space around them. */
export function rangeInText(
  { from, addedSpaces }: PlacedPart,
  [start, end]: readonly [start: number, end: number],
  text: string,
): [start: number, end: number] {
  let first = from + Math.max(start - addedSpaces, 0)
  let last = from + Math.max(end - addedSpaces, 0)
  while (first < last && isWhiteSpace(text[first])) first++
  while (last > first && isWhiteSpace(text[last - 1])) last--
  return [first, last]
}

/** Whether a part begins a word: at the text's start, at white space, or behind it. */
export function startsWord({ from, addedSpaces }: PlacedPart, text: string): boolean {
  return addedSpaces === 1 || from === 0 || isWhiteSpace(text[from]) || isWhiteSpace(text[from - 1])
}

const isWhiteSpace = (unit: string | undefined): boolean =>
  unit !== undefined && /\p{White_Space}/u.test(unit)
