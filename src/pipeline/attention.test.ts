import { describe, expect, it } from 'vitest'
import { wordAttention } from './attention.ts'

const text = {
  text: 'snowboarders jump.',
  ids: [],
  unknown: [],
  warnings: [],
  count: 6,
  vectors: new Float32Array(0),
  // [CLS] snowboard ##ers jump . [SEP]
  offsets: [
    [0, 0],
    [0, 9],
    [9, 12],
    [13, 17],
    [17, 18],
    [0, 0],
  ] as const,
}
const shape = { side: 1, textTokens: 6, framesPerMap: 4, fps: 12 }

describe('wordAttention', () => {
  it('adds the pieces of a word and joins chunks in order', () => {
    const chunks = [
      { firstLatent: 0, maps: [Float32Array.of(0.1, 0.2, 0.3, 0.15, 0.05, 0.2)] },
      { firstLatent: 1, maps: [Float32Array.of(0, 0.5, 0.25, 0.25, 0, 0)] },
    ]
    const { words, count } = wordAttention(text, chunks, 0, shape)
    expect(words.map((word) => [word.text, word.start, word.end])).toEqual([
      ['snowboarders', 0, 12],
      ['jump', 13, 17],
    ])
    expect(count).toBe(2)
    expect(words[0]?.map[0]).toBeCloseTo(0.5)
    expect(words[0]?.map[1]).toBeCloseTo(0.75)
    expect(words[1]?.map[1]).toBeCloseTo(0.25)
  })

  it('knows nothing of words beyond the tokens that the painter reads', () => {
    const chunks = [{ firstLatent: 0, maps: [Float32Array.of(0.2, 0.8)] }]
    const { words } = wordAttention(text, chunks, 0, { ...shape, textTokens: 2 })
    expect(words.map((word) => word.text)).toEqual(['snowboard'])
  })
})
