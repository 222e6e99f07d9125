import { FramewrightError } from '../util/errors.ts'
import { type AlignedText, mapParts } from './aligned-text.ts'
import { readCharsmap } from './charsmap.ts'
import type { PackageNormaliser } from './tokenizers-package.ts'

export type Normaliser = (text: AlignedText) => AlignedText

/**
 * The normaliser of a `tokenizer.json`, keeping track of where everything came from.
 * The package's own ones do not tell that, read a compiled character map as if it were NFKC, and write a final sigma
 * where the reference implementation lowers letters one by one.
 * @throws FramewrightError `E_WEIGHTS` for a kind that no supported text encoder uses
 */
export function createNormaliser(source: PackageNormaliser | null): Normaliser {
  if (!source) return (text) => text
  const { config } = source
  switch (config.type) {
    case 'Sequence': {
      const steps = (source.normalizers ?? []).map(createNormaliser)
      return (text) => steps.reduce((done, step) => step(done), text)
    }
    case 'NFC':
    case 'NFD':
    case 'NFKD':
      return normalForm(config.type)
    case 'NFKC': {
      // In two steps: half-width Hangul letters are characters of their own until they are whole ones.
      const [take, join] = [normalForm('NFKD'), normalForm('NFC')]
      return (text) => join(take(text))
    }
    case 'Lowercase':
      return (text) => mapParts(text, text.text, (character) => character.toLowerCase())
    case 'Strip':
      return strip(config.strip_left ?? false, config.strip_right ?? false)
    case 'Replace':
      return replaceAll(source.pattern, config.content ?? '')
    case 'Precompiled':
      return precompiled(config.precompiled_charsmap)
    default:
      throw new FramewrightError(
        'E_WEIGHTS',
        `tokenizer.json has the normaliser ${config.type}, and only those of CLIP, GPT-2 and T5 are known.`,
      )
  }
}

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' })

function* graphemes(text: string): Generator<string> {
  for (const { segment } of segmenter.segment(text)) yield segment
}

function normalForm(form: 'NFC' | 'NFD' | 'NFKD'): Normaliser {
  return (text) => mapParts(text, graphemes(text.text), (part) => part.normalize(form))
}

function strip(left: boolean, right: boolean): Normaliser {
  return ({ text, starts, ends }) => {
    const from = left ? (text.match(/^\p{White_Space}+/u)?.[0].length ?? 0) : 0
    const to = right ? text.search(/\p{White_Space}*$/u) : text.length
    const range: [number, number] = [from, Math.max(from, to)]
    return { text: text.slice(...range), starts: starts.slice(...range), ends: ends.slice(...range) }
  }
}

function replaceAll(pattern: RegExp | null | undefined, content: string): Normaliser {
  if (!pattern) throw new FramewrightError('E_WEIGHTS', 'tokenizer.json has a Replace without a pattern.')
  return (text) => {
    const matches = new Set<number>()
    const parts: string[] = []
    let position = 0
    for (const { 0: match, index } of text.text.matchAll(pattern)) {
      parts.push(text.text.slice(position, index))
      matches.add(parts.push(match) - 1)
      position = index + match.length
    }
    parts.push(text.text.slice(position))
    let part = 0
    return mapParts(text, parts, (own) => (matches.has(part++) ? content : own))
  }
}

/**
 * The rules are asked for what a reader sees as one character if it is short (less than 6 bytes), and otherwise, or if
 * there is no rule for it, for each of its code points.
 */
function precompiled(base64: string): Normaliser {
  const rules = readCharsmap(base64)
  const utf8 = new TextEncoder()
  const whole = (grapheme: string) => (utf8.encode(grapheme).length < 6 ? rules(grapheme) : null)
  function* parts(text: string): Generator<string> {
    for (const grapheme of graphemes(text)) {
      if (whole(grapheme) === null) yield* grapheme
      else yield grapheme
    }
  }
  return (text) => mapParts(text, parts(text.text), (part) => rules(part) ?? part)
}
