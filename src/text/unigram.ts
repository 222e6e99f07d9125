import { FramewrightError } from '../util/errors.ts'
import { aligned, sourceOf } from './aligned-text.ts'
import type { Normaliser } from './normalisers.ts'
import type { Piece, Splitter } from './pieces.ts'
import { type PlacedPart, placeParts, rangeInText, startsWord } from './pre-tokenisers.ts'
import type { PackageTokenizer } from './tokenizers-package.ts'

/**
 * The unigram model of SentencePiece, as T5 and umT5 use it (Kudo 2018, arXiv 1804.10959). What the vocabulary cannot
 * spell becomes the unknown token, or its bytes where the vocabulary has tokens for them.
 * @param usesBytes whether the file asks for `byte_fallback`
 */
export function createUnigramSplitter(
  { model, pre_tokenizer: words }: PackageTokenizer,
  normalise: Normaliser,
  usesBytes: boolean,
): Splitter {
  const unknownId = model?.unk_token_id
  if (!model || !words || unknownId === undefined) {
    throw new FramewrightError('E_WEIGHTS', 'tokenizer.json has no model, pre_tokenizer or unk_id.')
  }
  const utf8 = new TextEncoder()
  const byteIds = (text: string): number[] =>
    [...utf8.encode(text)].map(
      (byte) => model.tokens_to_ids.get(`<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`) ?? -1,
    )
  const idsOf = (token: string, isKnown: boolean): readonly number[] => {
    if (isKnown) return [model.tokens_to_ids.get(token) ?? unknownId]
    const bytes = usesBytes ? byteIds(token) : []
    return bytes.length > 0 && !bytes.includes(-1) ? bytes : [unknownId]
  }
  const isKnown = (token: string): boolean => model.tokens_to_ids.has(token)

  const split = (placed: PlacedPart): { readonly ids: readonly number[]; readonly length: number }[] =>
    fuse(model.encode([placed.part]), isKnown).map(({ text, isKnown }) => ({
      ids: idsOf(text, isKnown),
      length: text.length,
    }))

  return {
    vocabularySize: model.vocab.length,
    unknownId,
    split(text) {
      const source = normalise(aligned(text))
      if (source.text === '') return []
      const plain = spell(source.text)
      return placeParts(words.pre_tokenize(source.text), plain, spell).flatMap((placed) => {
        let position = 0
        return split(placed).flatMap(({ ids, length }): Piece[] => {
          const isStart = position === 0 && startsWord(placed, plain)
          const range = rangeInText(placed, [position, position + length], plain)
          const [start, end] = sourceOf(source, ...range)
          position += length
          return ids.map((id, index) => ({ id, start, end, startsWord: isStart && index === 0 }))
        })
      })
    },
  }
}

const spell = (text: string): string => text.replaceAll('▁', ' ')

/** Runs of unknown characters become one. */
function fuse(tokens: readonly string[], isKnown: (token: string) => boolean) {
  const fused: { text: string; readonly isKnown: boolean }[] = []
  for (const token of tokens) {
    const last = fused.at(-1)
    if (last && !last.isKnown && !isKnown(token)) last.text += token
    else fused.push({ text: token, isKnown: isKnown(token) })
  }
  return fused
}
