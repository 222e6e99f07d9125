/** Text vectors as the networks take them: [count, width]. */
export interface TextVectors {
  readonly vectors: Float32Array
  readonly count: number
}

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
export function packText(
  lines: readonly (TextVectors | null)[],
  { textTokens, textWidth }: { readonly textTokens: number; readonly textWidth: number },
): TextInput {
  const vectors = new Float32Array(lines.length * textTokens * textWidth)
  const bias = new Float32Array(lines.length * textTokens).fill(paddingBias)
  for (const [item, line] of lines.entries()) {
    const count = Math.min(textTokens, Math.max(1, line?.count ?? 1))
    if (line) vectors.set(line.vectors.subarray(0, count * textWidth), item * textTokens * textWidth)
    bias.fill(0, item * textTokens, item * textTokens + count)
  }
  return { vectors, bias }
}
