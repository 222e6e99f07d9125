import { FramewrightError } from '../util/errors.ts'
import { createBytePairSplitter } from './byte-pairs.ts'
import { createNormaliser } from './normalisers.ts'
import type { Piece, Splitter } from './pieces.ts'
import { exactPreTokeniser } from './pre-tokenisers.ts'
import {
  type ModelConfig,
  openPackageTokenizer,
  type PackageTokenizer,
  type TokenizerFile,
} from './tokenizers-package.ts'
import { createUnigramSplitter } from './unigram.ts'
import { type TextWarning, textCutWarning, unknownScriptWarnings, unknownWordWarnings } from './warnings.ts'
import { createWordPieceSplitter } from './wordpiece.ts'

/** A text as tokens of a text encoder, with its special tokens around them. Lists have one item a token. */
export interface TokenizedText {
  readonly ids: readonly number[]
  /** Where each token lies in the text: UTF-16 units, start inclusive, end exclusive; 0 and 0 for special tokens. */
  readonly offsets: readonly (readonly [start: number, end: number])[]
  /** Indices of the tokens that stand for something the vocabulary cannot spell. */
  readonly unknown: readonly number[]
  readonly warnings: readonly TextWarning[]
}

/** Names of special tokens inside a text are plain text: a prompt cannot put a `[SEP]` or `</s>` into itself. */
export interface TextTokenizer {
  readonly kind: 'WordPiece' | 'BPE' | 'Unigram'
  readonly vocabularySize: number
  /** Tokenises normalised text; what goes past the limit is cut at a word, with a warning. */
  tokenise(text: string): TokenizedText
}

export interface TokenizerOptions {
  /** How many tokens the encoder reads at a time, special ones included. */
  readonly maxTokens: number
  /** What the encoder learned: words in other scripts than these are warned of. @default 'all' */
  readonly scripts?: 'latin' | 'all'
}

/**
 * Opens the tokenizer of a published text encoder: WordPiece (BERT), byte-level BPE (GPT-2, CLIP) or
 * SentencePiece's unigram model (T5, umT5). It gives the same ids as the reference implementation.
 * @param json the bytes of a `tokenizer.json`
 * @throws FramewrightError `E_WEIGHTS` if the bytes are not such a file, or of another kind
 * @throws RangeError if special tokens alone fill the limit
 */
export function createTokenizer(json: Uint8Array, options: TokenizerOptions): TextTokenizer {
  const { maxTokens, scripts = 'all' } = options
  const { kind, splitter, before, after } = openSplitter(json)
  const limit = maxTokens - before.length - after.length
  if (!(limit >= 1)) {
    const least = before.length + after.length + 1
    throw new RangeError(
      `maxTokens must leave room for a token of the text, got ${maxTokens}: at least ${least}.`,
    )
  }

  const warningsOf = (text: string, kept: readonly Piece[], cut: Piece | undefined): TextWarning[] => {
    const unknown = kept.filter(({ id }) => id === splitter.unknownId)
    const words = new Set(unknown.map(({ start, end }) => text.slice(start, end)))
    const scriptWarnings = scripts === 'latin' ? unknownScriptWarnings(text) : []
    for (const warning of scriptWarnings) for (const word of warning.words) words.delete(word)
    return [
      ...scriptWarnings,
      ...unknownWordWarnings(words),
      ...(cut ? [textCutWarning(text.slice(cut.start), maxTokens)] : []),
    ]
  }

  return {
    kind,
    vocabularySize: splitter.vocabularySize,
    tokenise(text) {
      const all = splitter.split(text.replace(/\p{Surrogate}/gu, '\ufffd'))
      const kept = all.slice(0, wholeWords(all, limit))
      const nowhere = (ids: readonly number[]) => ids.map((): [number, number] => [0, 0])
      return {
        ids: [...before, ...kept.map(({ id }) => id), ...after],
        offsets: [
          ...nowhere(before),
          ...kept.map(({ start, end }): [number, number] => [start, end]),
          ...nowhere(after),
        ],
        unknown: kept.flatMap(({ id }, index) => (id === splitter.unknownId ? [index + before.length] : [])),
        warnings: warningsOf(text, kept, all[kept.length]),
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

interface OpenSplitter {
  readonly kind: TextTokenizer['kind']
  readonly splitter: Splitter
  /** Special tokens before and after every text. */
  readonly before: readonly number[]
  readonly after: readonly number[]
}

function openSplitter(json: Uint8Array): OpenSplitter {
  try {
    const file: TokenizerFile = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json))
    const tokenizer = openPackageTokenizer(exactFile(file))
    const around = specialTokens(tokenizer, file)
    const normalise = () => createNormaliser(tokenizer.normalizer)
    switch (file.model.type) {
      case 'WordPiece':
        return { kind: 'WordPiece', splitter: createWordPieceSplitter(tokenizer), ...around }
      case 'BPE':
        return { kind: 'BPE', splitter: createBytePairSplitter(tokenizer, normalise()), ...around }
      case 'Unigram': {
        const splitter = createUnigramSplitter(tokenizer, normalise(), file.model.byte_fallback === true)
        return { kind: 'Unigram', splitter, ...around }
      }
      default:
        throw new Error('the model is of another type')
    }
  } catch (cause) {
    if (FramewrightError.is(cause)) throw cause
    const message = 'tokenizer.json is not a WordPiece, byte-level BPE or Unigram tokenizer.'
    throw new FramewrightError('E_WEIGHTS', message, { cause })
  }
}

/** The file, changed so that the package reads it as the reference implementation does. */
function exactFile(file: TokenizerFile): TokenizerFile {
  const { pre_tokenizer: words, model } = file
  return {
    ...file,
    ...(words ? { pre_tokenizer: exactPreTokeniser(words) } : {}),
    ...(model.type === 'Unigram' ? { model: withoutAddedTokens(model, file.added_tokens ?? []) } : {}),
  }
}

/** Added tokens are in the unigram model's vocabulary, and would be found in a text: no text has half a surrogate pair. */
function withoutAddedTokens(
  model: Extract<ModelConfig, { type: 'Unigram' }>,
  added: NonNullable<TokenizerFile['added_tokens']>,
): ModelConfig {
  const names = new Set(added.map(({ content }) => content))
  const vocab = model.vocab.map(
    ([piece, score]) => [names.has(piece) ? `\ud800${piece}` : piece, score] as const,
  )
  return { ...model, vocab }
}

function specialTokens(tokenizer: PackageTokenizer, { added_tokens: added = [] }: TokenizerFile) {
  const text = '\ud800'
  const tokens = tokenizer.post_processor?.post_process([text]).tokens ?? [text]
  const ids = new Map(added.map(({ id, content }) => [content, id]))
  const idOf = (token: string): number => {
    const id = ids.get(token) ?? tokenizer.model.tokens_to_ids.get(token)
    if (id === undefined) throw new FramewrightError('E_WEIGHTS', `tokenizer.json has no token "${token}".`)
    return id
  }
  const at = tokens.indexOf(text)
  return { before: tokens.slice(0, at).map(idOf), after: tokens.slice(at + 1).map(idOf) }
}
