import { FramewrightError } from '../util/errors.ts'
import { aligned, sourceOf } from './aligned-text.ts'
import type { Normaliser } from './normalisers.ts'
import type { Piece, Splitter } from './pieces.ts'
import { placeParts, rangeInText, startsWord } from './pre-tokenisers.ts'
import type { PackageTokenizer } from './tokenizers-package.ts'

/**
 * Byte-level byte-pair encoding, as GPT-2 and CLIP use it (Sennrich et al. 2016, arXiv 1508.07909; Radford et al.
 * 2019): every byte has a token, so that no text is unknown.
 * @throws FramewrightError `E_WEIGHTS` if a byte has no token: the vocabulary is of another kind
 */
export function createBytePairSplitter(
  { model, pre_tokenizer: words }: PackageTokenizer,
  normalise: Normaliser,
): Splitter {
  if (!model || !words)
    throw new FramewrightError('E_WEIGHTS', 'tokenizer.json has no model or pre_tokenizer.')
  const suffix = model.end_of_word_suffix ?? ''
  const missing = [...byteOf.keys()].find(
    (sign) => !model.tokens_to_ids.has(sign) || !model.tokens_to_ids.has(sign + suffix),
  )
  if (missing !== undefined) {
    throw new FramewrightError(
      'E_WEIGHTS',
      `tokenizer.json has no token for the byte ${byteOf.get(missing)}, and only byte-level BPE is known.`,
    )
  }

  return {
    vocabularySize: model.tokens_to_ids.size,
    unknownId: null,
    split(text) {
      const source = normalise(aligned(text))
      if (source.text === '') return []
      const parts = placeParts(words.pre_tokenize(source.text), source.text, spellBytes)
      return parts.flatMap((placed): Piece[] => {
        const unitOf = unitsOfBytes(placed.spelt)
        const isStart = startsWord(placed, source.text)
        let position = 0
        return model.encode([placed.part]).map((token, index) => {
          const id = model.tokens_to_ids.get(token) ?? 0
          const isLast = position + token.length - suffix.length === placed.part.length
          const length = token.length - (isLast && token.endsWith(suffix) ? suffix.length : 0)
          const from = unitOf[position]?.start ?? 0
          position += length
          const to = unitOf[position - 1]?.end ?? from
          const [start, end] = sourceOf(source, ...rangeInText(placed, [from, to], source.text))
          return { id, start, end, startsWord: isStart && index === 0 }
        })
      })
    },
  }
}

/** The signs that stand for bytes in vocabularies: printable Latin-1 for itself, the rest from U+0100 on. */
const byteOf: ReadonlyMap<string, number> = (() => {
  const isPrintable = (byte: number) =>
    (byte > 0x20 && byte < 0x7f) || (byte > 0xa0 && byte < 0x100 && byte !== 0xad)
  let next = 0x100
  return new Map(
    Array.from({ length: 256 }, (_, byte) => [String.fromCharCode(isPrintable(byte) ? byte : next++), byte]),
  )
})()

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

const spellBytes = (part: string): string =>
  decoder.decode(Uint8Array.from(part, (sign) => byteOf.get(sign) ?? 0))

/** For each byte of the UTF-8 form, the units of the character that it belongs to. */
function unitsOfBytes(text: string): { readonly start: number; readonly end: number }[] {
  const units: { start: number; end: number }[] = []
  let start = 0
  for (const character of text) {
    const end = start + character.length
    const code = character.codePointAt(0) ?? 0
    const bytes = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
    for (let i = 0; i < bytes; i++) units.push({ start, end })
    start = end
  }
  return units
}
