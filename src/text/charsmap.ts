import { FramewrightError } from '../util/errors.ts'

/**
 * SentencePiece's compiled normalisation rules (Kudo and Richardson 2018, arXiv 1808.06226): a double-array trie
 * (Aoe 1989; the layout of Darts-clone) from byte strings to positions in a table of NUL-terminated replacements.
 * Given a byte string, returns the replacement of its shortest prefix that has one; `null` if none has.
 * The shortest, and though more may follow it: so does the reference implementation.
 */
export type Charsmap = (text: string) => string | null

/**
 * @param base64 `precompiled_charsmap` of a `tokenizer.json`: the trie's size in bytes, the trie, the replacements
 * @throws FramewrightError `E_WEIGHTS` if the sizes do not fit
 */
export function readCharsmap(base64: string): Charsmap {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
  const view = new DataView(bytes.buffer)
  const trieBytes = bytes.length >= 4 ? view.getUint32(0, true) : 0
  if (trieBytes === 0 || trieBytes % 4 !== 0 || 4 + trieBytes > bytes.length) {
    throw new FramewrightError('E_WEIGHTS', 'tokenizer.json has a precompiled_charsmap that is cut off.')
  }
  const unitAt = (index: number): number => (index < trieBytes / 4 ? view.getUint32(4 + 4 * index, true) : 0)
  const replacements = bytes.subarray(4 + trieBytes)
  const encoder = new TextEncoder()
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

  return (text) => {
    let index = childrenOf(unitAt(0))
    for (const byte of encoder.encode(text)) {
      if (byte === 0) return null
      index ^= byte
      const unit = unitAt(index)
      if (labelOf(unit) !== byte) return null
      index ^= childrenOf(unit)
      if (hasLeaf(unit)) {
        const start = unitAt(index) & 0x7fffffff
        return decoder.decode(replacements.subarray(start, replacements.indexOf(0, start)))
      }
    }
    return null
  }
}

// A unit of Darts-clone: bits 0–7 its label, 8 whether a value hangs below, 9 and 10–30 where its children are.
const hasLeaf = (unit: number): boolean => (unit & 0x100) !== 0
const labelOf = (unit: number): number => (unit & 0x800000ff) >>> 0
const childrenOf = (unit: number): number => (unit >>> 10) << ((unit & 0x200) >>> 6)
