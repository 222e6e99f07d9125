import { FramewrightError } from '../util/errors.ts'
import type { Piece, Splitter } from './pieces.ts'
import type { PackageTokenizer } from './tokenizers-package.ts'

/** WordPiece as BERT uses it (Devlin et al. 2019, arXiv 1810.04805; Wu et al. 2016, arXiv 1609.08144). */
export function createWordPieceSplitter(tokenizer: PackageTokenizer): Splitter {
  const { normalizer, pre_tokenizer: splitter, model } = tokenizer
  const unknownId = model?.unk_token_id
  if (!normalizer || !splitter || !model || unknownId === undefined) {
    throw new FramewrightError(
      'E_WEIGHTS',
      'tokenizer.json has no normalizer, pre_tokenizer, model or unknown token.',
    )
  }

  const split = (text: string): Piece[] => {
    const pieces: Piece[] = []
    for (const { word, starts, ends } of normalisedWords(text, (character) =>
      normalizer.normalize(character),
    )) {
      let position = 0
      for (const part of splitter.pre_tokenize(word)) {
        const partStart = position
        for (const [index, token] of model.encode([part]).entries()) {
          const id = model.tokens_to_ids.get(token) ?? unknownId
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

  return { vocabularySize: model.tokens_to_ids.size, unknownId, split }
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
