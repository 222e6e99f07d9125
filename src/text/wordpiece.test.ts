import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createTokenizer } from './tokenizer.ts'

const root = new URL('../../', import.meta.url)
const json = readFileSync(new URL('weights/minilm/tokenizer.json', root))
const open = (maxTokens: number) => createTokenizer(json, { maxTokens, scripts: 'latin' })
const wordPiece = open(256)

interface Golden {
  readonly encodings: readonly { text: string; ids: number[]; offsets: [number, number][] }[]
}

describe('WordPiece', () => {
  // By the reference implementation, tokenizers 0.23.3 (Rust): see reference/README.md.
  const golden = JSON.parse(readFileSync(new URL('reference/golden/minilm.json', root), 'utf8')) as Golden

  it.each(golden.encodings)('agrees with the reference on $text', ({ text, ids, offsets }) => {
    const tokens = wordPiece.tokenise(text)
    expect(tokens.ids).toEqual(ids)
    expect(tokens.offsets).toEqual(offsets)
    expect(tokens.unknown).toEqual(ids.flatMap((id, index) => (id === 100 ? [index] : [])))
  })

  it('takes the names of special tokens as plain text', () => {
    const { ids } = wordPiece.tokenise('a [SEP] b [CLS] [MASK]')
    expect(ids.filter((id) => id === 102)).toHaveLength(1)
    expect(ids.filter((id) => id === 101)).toHaveLength(1)
    expect(ids).not.toContain(103)
  })

  it('warns of scripts that it did not learn, once a script', () => {
    const { warnings } = wordPiece.tokenise('A кот and a собака meet 猫 in a café')
    expect(warnings).toMatchObject([
      { type: 'unknown-script', script: 'Cyrillic', words: ['кот', 'собака'] },
      { type: 'unknown-script', script: 'Han', words: ['猫'] },
    ])
  })

  it('warns of words without a token, by name', () => {
    const { warnings } = wordPiece.tokenise('A 🦊 runs')
    expect(warnings).toMatchObject([{ type: 'unknown-word', words: ['🦊'] }])
    expect(warnings[0]?.message).toContain('🦊')
  })

  it('has nothing to say about plain English', () => {
    expect(wordPiece.tokenise('A naïve fox runs.').warnings).toEqual([])
  })

  it('cuts long text at a word, and says what it cut', () => {
    const short = open(8)
    const text = 'one two three four antidisestablishmentarianism six'
    const { ids, offsets, warnings } = short.tokenise(text)
    expect(ids).toHaveLength(6)
    expect(text.slice(...(offsets[4] ?? [0, 0]))).toBe('four')
    expect(warnings).toMatchObject([{ type: 'text-cut', cut: 'antidisestablishmentarianism six' }])
    expect(warnings[0]?.message).toMatch(/reads 8 tokens.*"antidisestablishmentarianism six"/)
    // Exactly as many as fit.
    expect(short.tokenise('one two three four five six').warnings).toEqual([])
    // A first word too long for the limit is cut inside rather than dropped.
    expect(open(4).tokenise('antidisestablishmentarianism').ids).toHaveLength(4)
  })
})
