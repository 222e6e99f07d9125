import { Tokenizer } from '@huggingface/tokenizers'
import { FramewrightError } from '../util/errors.ts'
import { type TextWarning, textCutWarning, unknownScriptWarnings, unknownWordWarnings } from './warnings.ts'

/** A text as tokens of BERT, with `[CLS]` first and `[SEP]` last. Lists have one item a token. */
export interface TokenizedText {
  readonly ids: readonly number[]
  /** Where each token lies in the text: UTF-16 units, start inclusive, end exclusive; 0 and 0 for `[CLS]`, `[SEP]`. */
  readonly offsets: readonly (readonly [start: number, end: number])[]
  /** Indices of the tokens that stand for a word the vocabulary cannot spell. */
  readonly unknown: readonly number[]
  readonly warnings: readonly TextWarning[]
}

/**
 * WordPiece as BERT uses it (Devlin et al. 2019, arXiv 1810.04805; Wu et al. 2016, arXiv 1609.08144).
 * Names of special tokens inside a text are plain text here: a prompt cannot put a `[SEP]` into itself.
 */
export interface WordPiece {
  readonly vocabularySize: number
  /** Tokenises normalised text; what goes past the limit is cut at a word, with a warning. */
  tokenise(text: string): TokenizedText
}

interface Piece {
  readonly id: number
  readonly start: number
  readonly end: number
  /** The first piece of its word: cutting before it leaves whole words. */
  readonly startsWord: boolean
}

/**
 * @param json the bytes of a `tokenizer.json` with a WordPiece model
 * @param maxTokens how many tokens the encoder reads at a time, `[CLS]` and `[SEP]` included
 * @throws FramewrightError `E_WEIGHTS` if the bytes are not such a file
 */
export function createWordPiece(json: Uint8Array, maxTokens: number): WordPiece {
  const { normalizer, pre_tokenizer: splitter, model } = parseTokenizer(json)
  const idOf = (token: string): number => {
    const id = model?.tokens_to_ids.get(token)
    if (id === undefined) throw new FramewrightError('E_WEIGHTS', `tokenizer.json has no token "${token}".`)
    return id
  }
  if (!normalizer || !splitter || !model) {
    throw new FramewrightError('E_WEIGHTS', 'tokenizer.json has no normalizer, pre_tokenizer or model.')
  }
  const [classId, endId, unknownId] = [idOf('[CLS]'), idOf('[SEP]'), idOf('[UNK]')]

  const splitIntoPieces = (text: string): Piece[] => {
    const pieces: Piece[] = []
    for (const { word, starts, ends } of normalisedWords(text, (character) =>
      normalizer.normalize(character),
    )) {
      let position = 0
      for (const part of splitter.pre_tokenize(word)) {
        const partStart = position
        for (const [index, token] of model.encode([part]).entries()) {
          const id = idOf(token)
          // An unknown token stands for its whole part; any other for as many characters as it has.
          const length = id === unknownId ? part.length : token.length - (index > 0 ? 2 : 0)
          const start = starts[position] ?? 0
          position += length
          pieces.push({
            id,
            start,
            end: ends[position - 1] ?? start,
            startsWord: index === 0 && partStart === 0,
          })
        }
        position = partStart + part.length
      }
    }
    return pieces
  }

  return {
    vocabularySize: model.tokens_to_ids.size,
    tokenise(text) {
      const all = splitIntoPieces(text)
      const kept = all.slice(0, wholeWords(all, maxTokens - 2))
      const unknown = kept.flatMap(({ id }, index) => (id === unknownId ? [index + 1] : []))
      const unknownWords = new Set(
        kept.filter(({ id }) => id === unknownId).map(({ start, end }) => text.slice(start, end)),
      )
      const scriptWarnings = unknownScriptWarnings(text)
      for (const { words } of scriptWarnings) for (const word of words) unknownWords.delete(word)
      const cut = all[kept.length]
      return {
        ids: [classId, ...kept.map(({ id }) => id), endId],
        offsets: [[0, 0], ...kept.map(({ start, end }): [number, number] => [start, end]), [0, 0]],
        unknown,
        warnings: [
          ...scriptWarnings,
          ...unknownWordWarnings(unknownWords),
          ...(cut ? [textCutWarning(text.slice(cut.start), maxTokens)] : []),
        ],
      }
    },
  }
}

/** How many pieces, at most `limit`, make whole words; `limit` if the first word alone is longer. */
function wholeWords(pieces: readonly Piece[], limit: number): number {
  if (pieces.length <= limit) return pieces.length
  for (let count = limit; count > 0; count--) if (pieces[count]?.startsWord) return count
  return limit
}

interface NormalisedWord {
  readonly word: string
  /** For each UTF-16 unit of the word: where the character that it came from starts and ends in the text. */
  readonly starts: readonly number[]
  readonly ends: readonly number[]
}

/**
 * The words between white space after normalisation, with where they came from.
 * BERT's normaliser maps each character by itself (lower case, no accents, spaces around Chinese characters, control
 * characters to nothing), so that mapping them one by one gives the whole text's result and keeps the offsets.
 */
function* normalisedWords(text: string, normalise: (character: string) => string): Generator<NormalisedWord> {
  let word = ''
  let starts: number[] = []
  let ends: number[] = []
  let start = 0
  for (const character of text) {
    const end = start + character.length
    for (const unit of normalise(character)) {
      if (unit.trim() !== '') {
        word += unit
        for (let i = 0; i < unit.length; i++) {
          starts.push(start)
          ends.push(end)
        }
      } else if (word !== '') {
        yield { word, starts, ends }
        word = ''
        starts = []
        ends = []
      }
    }
    start = end
  }
  if (word !== '') yield { word, starts, ends }
}

function parseTokenizer(json: Uint8Array): Tokenizer {
  try {
    const parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json))
    if (parsed?.model?.type !== 'WordPiece') throw new Error(`the model's type is ${parsed?.model?.type}`)
    return new Tokenizer(parsed, {})
  } catch (cause) {
    throw new FramewrightError('E_WEIGHTS', 'tokenizer.json is not a WordPiece tokenizer.', { cause })
  }
}
