import { Tokenizer } from '@huggingface/tokenizers'

/*
 * What is used of `@huggingface/tokenizers`, and of the files it reads: its own declarations import each other without
 * file extensions, so that TypeScript sees nothing but `any` in an ES module.
 */

export type NormaliserConfig =
  | { readonly type: 'Sequence' }
  | { readonly type: 'NFC' | 'NFD' | 'NFKC' | 'NFKD' }
  | { readonly type: 'Lowercase' }
  | { readonly type: 'Strip'; readonly strip_left?: boolean; readonly strip_right?: boolean }
  | { readonly type: 'Replace'; readonly content?: string }
  | { readonly type: 'Precompiled'; readonly precompiled_charsmap: string }
  | { readonly type: 'BertNormalizer' | 'Prepend' | 'StripAccents' }

export type PreTokeniserConfig =
  | { readonly type: 'Sequence'; readonly pretokenizers: readonly PreTokeniserConfig[] }
  | { readonly type: 'WhitespaceSplit' | 'BertPreTokenizer' | 'Whitespace' | 'Punctuation' | 'Digits' }
  | {
      readonly type: 'Metaspace'
      readonly prepend_scheme?: 'always' | 'first' | 'never'
      /** Of older files: `false` is `prepend_scheme: 'never'`. */
      readonly add_prefix_space?: boolean
      /** @default true */
      readonly split?: boolean
    }
  | {
      readonly type: 'ByteLevel'
      readonly add_prefix_space?: boolean
      /** Whether to split into GPT-2's words. @default true */
      readonly use_regex?: boolean
    }
  | {
      readonly type: 'Split'
      readonly pattern: Pattern
      readonly behavior: string
      readonly invert?: boolean
    }
  | { readonly type: 'Replace'; readonly pattern: Pattern; readonly content: string }

interface Pattern {
  readonly Regex?: string
  readonly String?: string
}

export type ModelConfig =
  | { readonly type: 'WordPiece' | 'BPE' }
  | {
      readonly type: 'Unigram'
      readonly vocab: readonly (readonly [piece: string, score: number])[]
      readonly byte_fallback?: boolean
    }

/** The parts of a `tokenizer.json` that are read here. */
export interface TokenizerFile {
  readonly added_tokens?: readonly { readonly id: number; readonly content: string }[]
  readonly pre_tokenizer?: PreTokeniserConfig | null
  readonly model: ModelConfig
}

export interface PackageNormaliser {
  readonly config: NormaliserConfig
  /** Of a `Sequence`. */
  readonly normalizers?: readonly PackageNormaliser[]
  /** Of a `Replace`: Oniguruma's syntax in JavaScript's. */
  readonly pattern?: RegExp | null
  normalize(text: string): string
}

export interface PackageTokenizer {
  readonly normalizer: PackageNormaliser | null
  readonly pre_tokenizer: { pre_tokenize(text: string): string[] } | null
  readonly model: {
    readonly vocab: readonly string[]
    readonly tokens_to_ids: ReadonlyMap<string, number>
    readonly unk_token_id?: number
    readonly end_of_word_suffix?: string
    encode(words: readonly string[]): string[]
  }
  readonly post_processor: { post_process(tokens: readonly string[]): { readonly tokens: string[] } } | null
}

/** @throws Error if the package cannot read the file */
export function openPackageTokenizer(file: TokenizerFile): PackageTokenizer {
  return new Tokenizer(file, {})
}
