import type { ChunkAttention } from '../models/painter.ts'
import type { EncodedText } from '../text/index.ts'

/** Where the painter looked while it painted a word: one map a word and latent frame. */
export interface WordAttention {
  readonly words: readonly AttendedWord[]
  /** Cells on a side of a map. */
  readonly side: number
  /** Latent frames; each stands for `framesPerMap` frames as the network makes them. */
  readonly count: number
  readonly framesPerMap: number
  /** Frames a second as the network makes them. */
  readonly fps: number
}

export interface AttendedWord {
  readonly text: string
  /** Where it lies in the normalised prompt: UTF-16 units, end exclusive. */
  readonly start: number
  readonly end: number
  /**
   * [count, side, side]: the share of its attention that a cell gave to the word, 0 to 1; means over layers, heads and
   * steps (as DAAM, Tang et al. 2022, arXiv 2210.04885, but of a cell's own share instead of a sum).
   */
  readonly map: Float32Array
}

/** The maps of one video, out of its chunks', in order. */
export function wordAttention(
  text: EncodedText,
  chunks: readonly ChunkAttention[],
  video: number,
  shape: {
    readonly side: number
    readonly textTokens: number
    readonly framesPerMap: number
    readonly fps: number
  },
): WordAttention {
  const { side, textTokens, framesPerMap, fps } = shape
  const maps = chunks.map((chunk) => chunk.maps[video] ?? new Float32Array(0))
  const all = new Float32Array(maps.reduce((n, map) => n + map.length, 0))
  let at = 0
  for (const map of maps) {
    all.set(map, at)
    at += map.length
  }
  const cells = all.length / textTokens
  const words = wordsOf(text, textTokens).map(({ tokens, ...word }) => ({
    ...word,
    map: Float32Array.from({ length: cells }, (_, cell) =>
      tokens.reduce((sum, token) => sum + (all[cell * textTokens + token] ?? 0), 0),
    ),
  }))
  return { words, side, count: cells / side ** 2, framesPerMap, fps }
}

interface Word {
  readonly text: string
  readonly start: number
  readonly end: number
  readonly tokens: readonly number[]
}

/** Tokens that touch make a word; punctuation and the marks around the text are left out, and what was cut. */
function wordsOf({ text, offsets }: EncodedText, textTokens: number): Word[] {
  const words: Word[] = []
  for (const [token, [start, end]] of offsets.slice(0, textTokens).entries()) {
    if (end === start || !/[\p{L}\p{N}]/u.test(text.slice(start, end))) continue
    const last = words.at(-1)
    if (last && last.end === start) {
      words[words.length - 1] = {
        text: text.slice(last.start, end),
        start: last.start,
        end,
        tokens: [...last.tokens, token],
      }
    } else words.push({ text: text.slice(start, end), start, end, tokens: [token] })
  }
  return words
}
