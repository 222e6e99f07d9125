/** A token of the vocabulary at a place in a text. */
export interface Piece {
  readonly id: number
  /** UTF-16 units of the text: start inclusive, end exclusive; white space around the token is left out. */
  readonly start: number
  readonly end: number
  /** The first piece of its word: cutting before it leaves whole words. */
  readonly startsWord: boolean
}

/** What one kind of tokenizer makes of a text, before special tokens and limits. */
export interface Splitter {
  readonly vocabularySize: number
  /** The token for what the vocabulary cannot spell; `null` if it can spell anything. */
  readonly unknownId: number | null
  split(text: string): readonly Piece[]
}
