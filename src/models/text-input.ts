import type { EncodedText } from '../text/encoder.ts'

/** Added to the attention's logits of padding: e to this power is nothing beside a word's. */
const paddingBias = -1e4

/** The words of a batch as the networks take them. */
export interface TextInput {
  /** [B, tokens, width]; zeros where there is no word. */
  readonly vectors: Float32Array
  /** [B, 1, 1, tokens]: 0 for a word, very negative for padding. */
  readonly bias: Float32Array
}

/**
 * Puts encoded lines beside each other, `tokens` words each: longer ones are cut, shorter ones padded.
 * A line that is null says nothing: one word of zeros, what the networks learn as "no text" for guidance.
 */
export function packText(lines: readonly (EncodedText | null)[], tokens: number, width: number): TextInput {
  const vectors = new Float32Array(lines.length * tokens * width)
  const bias = new Float32Array(lines.length * tokens).fill(paddingBias)
  for (const [item, line] of lines.entries()) {
    const count = Math.min(tokens, line?.count ?? 1)
    if (line) vectors.set(line.vectors.subarray(0, count * width), item * tokens * width)
    bias.fill(0, item * tokens, item * tokens + count)
  }
  return { vectors, bias }
}
