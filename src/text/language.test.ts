import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openLanguage } from './language.ts'
import { normaliseText } from './normalise.ts'

const language = await openLanguage()

describe('readSentences', () => {
  it('finds sentences, words, lemmas and parts of speech', () => {
    const sentences = language.readSentences('Two dogs ran. A cat is sleeping!')
    expect(sentences.map(({ text }) => text)).toEqual(['Two dogs ran.', 'A cat is sleeping!'])
    expect(sentences[0]?.tokens).toEqual([
      { text: 'Two', lemma: 'two', pos: 'NUM', start: 0, end: 3 },
      { text: 'dogs', lemma: 'dog', pos: 'NOUN', start: 4, end: 8 },
      { text: 'ran', lemma: 'run', pos: 'VERB', start: 9, end: 12 },
      { text: '.', lemma: '.', pos: 'PUNCT', start: 12, end: 13 },
    ])
    expect(sentences[1]).toMatchObject({ start: 14, end: 32 })
    expect(sentences[1]?.tokens.map(({ lemma }) => lemma)).toEqual(['a', 'cat', 'be', 'sleep', '!'])
  })

  it('ends a sentence at a line break', () => {
    const sentences = language.readSentences('A dog runs\nA cat sleeps')
    expect(sentences.map(({ text, start }) => [text, start])).toEqual([
      ['A dog runs', 0],
      ['A cat sleeps', 11],
    ])
  })

  it('splits contractions, with offsets', () => {
    const [sentence] = language.readSentences("The bird can't fly.")
    expect(sentence?.tokens.map(({ text, start, end }) => [text, start, end])).toEqual([
      ['The', 0, 3],
      ['bird', 4, 8],
      ['ca', 9, 11],
      ["n't", 11, 14],
      ['fly', 15, 18],
      ['.', 18, 19],
    ])
  })

  it('has offsets that cut the tokens out of any text, without overlap', () => {
    const word = fc.constantFrom(
      'a',
      'dog',
      "can't",
      '🦊',
      '3.5',
      'www.a.com',
      '#tag',
      '猫',
      '…',
      '"',
      '-',
      'e.g.',
    )
    const piece = fc.oneof(word, fc.string({ unit: 'binary', maxLength: 6 }))
    const space = fc.constantFrom('', ' ', '\n', '. ')
    fc.assert(
      fc.property(fc.array(fc.tuple(piece, space), { maxLength: 8 }), (parts) => {
        const text = normaliseText(`x${parts.flat().join('')}`)
        let position = 0
        for (const { tokens, start, end, text: whole } of language.readSentences(text)) {
          expect(text.slice(start, end)).toBe(whole)
          for (const token of tokens) {
            expect(text.slice(token.start, token.end)).toBe(token.text)
            expect(text.slice(position, token.start).trim()).toBe('')
            position = token.end
          }
        }
        expect(text.slice(position).trim()).toBe('')
      }),
      { numRuns: 500 },
    )
  })
})
