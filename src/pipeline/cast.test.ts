import { describe, expect, test } from 'vitest'
import { hostTensor } from '../graph/index.ts'
import { toyboxReference } from '../models/reference.ts'
import { createFrames, type Frames } from '../video/index.ts'
import { createVocabulary } from '../world/vocabulary.ts'
import type { PictureBrief } from './brief.ts'
import { type Cast, type CastPicture, drawCast, pictureFrames, referenceSize, withoutActors } from './cast.ts'

const drawn = (id: string): CastPicture => {
  const picture = new Float32Array(4 * referenceSize ** 2).fill(1)
  return { picture, reference: { id, phrase: id, source: 'drawn', picture: pictureFrames(picture) } }
}

test('without actors the painter is shown the setting alone', () => {
  const dog: PictureBrief = { id: 'dog', kind: 'actor', phrase: 'a dog', lemma: 'dog', wears: [] }
  const beach: PictureBrief = { id: 'setting', kind: 'setting', phrase: 'a beach', lemma: 'beach', wears: [] }
  const cast: Cast = new Map([
    [dog, drawn('dog')],
    [beach, drawn('setting')],
  ])
  const shown = withoutActors(cast)
  expect([...shown.keys()]).toEqual([dog, beach])
  expect(shown.get(dog)?.picture).toEqual(new Float32Array(4 * referenceSize ** 2))
  expect(shown.get(beach)).toBe(cast.get(beach))
  expect(cast.get(dog)?.picture.every((value) => value === 1)).toBe(true)
})

describe('a dressed picture', () => {
  const vocabulary = createVocabulary({
    subjects: ['panda', 'dog'],
    settings: ['beach'],
    weathers: [],
    seasons: [],
    looks: ['hat'],
  })
  const panda: PictureBrief = {
    id: 'panda-1',
    kind: 'actor',
    lemma: 'panda',
    phrase: 'a panda',
    wears: [{ kind: 'hat', color: 'green', words: 'a green hat' }],
  }
  const beach: PictureBrief = { id: 'setting', kind: 'setting', phrase: 'a beach', lemma: 'beach', wears: [] }
  const area = referenceSize ** 2

  /** Draws each phrase in one grey of its own, solid: the place of its word in this list. */
  const phrases = ['a panda', 'a green hat', 'a beach']
  const level = (phrase: string): number => 0.2 + 0.2 * phrases.indexOf(phrase)

  async function draw(pictures: readonly PictureBrief[], own: Readonly<Record<string, Frames>> = {}) {
    const read: string[] = []
    const asked: (readonly number[])[] = []
    const casts = await drawCast(
      {
        encoder: async () => ({
          width: toyboxReference.textWidth,
          encode: async (text) => {
            read.push(text)
            const vectors = new Float32Array(toyboxReference.textWidth).fill(level(text))
            return { text, ids: [], offsets: [], unknown: [], warnings: [], vectors, count: 1 }
          },
          close: async () => {},
        }),
        references: async (batch) => ({
          config: toyboxReference,
          batch,
          close: async () => {},
          session: {
            run: async ({ text }) => {
              const { textTokens, textWidth } = toyboxReference
              const levels = Array.from(
                { length: batch },
                (_, i) => (text?.data[i * textTokens * textWidth] as number | undefined) ?? 0,
              )
              asked.push(levels)
              const data = Float32Array.from({ length: batch * 4 * area }, (_, i) =>
                Math.floor(i / area) % 4 === 3 ? 1 : 2 * (levels[Math.floor(i / area / 4)] ?? 0) - 1,
              )
              return { pictures: hostTensor(data, [batch, 4, referenceSize, referenceSize]) }
            },
            setState: async () => {},
            getState: async () => ({}),
            close: async () => {},
          },
        }),
      },
      pictures,
      [1, 2],
      own,
      { signal: new AbortController().signal, vocabulary, onStep: () => {} },
    )
    return { casts, read, asked }
  }

  test('is drawn from who it is, and what is worn put on; the whole phrase is told', async () => {
    const { casts, read, asked } = await draw([panda, beach])
    expect(read).toEqual(phrases)
    expect(asked.map(({ length }) => length)).toEqual([6])
    for (const cast of casts) {
      const { picture, reference } = cast.get(panda) ?? drawn('')
      expect(reference).toMatchObject({ phrase: 'a panda with a green hat', source: 'drawn' })
      // The hat in the middle above, the panda at the bottom, nothing beside the hat.
      expect(picture[4 * referenceSize + referenceSize / 2]).toBeCloseTo(level('a green hat'), 5)
      expect(picture[62 * referenceSize + referenceSize / 2]).toBeCloseTo(level('a panda'), 5)
      expect(picture[3 * area + 2 * referenceSize]).toBe(0)
      expect(cast.get(beach)?.picture[0]).toBeCloseTo(level('a beach'), 5)
    }
  })

  test('of the user’s own is as it is given', async () => {
    const data = new Uint8Array(4 * area).fill(255)
    data.fill(0, 0, 4)
    const own = createFrames({
      data,
      count: 1,
      height: referenceSize,
      width: referenceSize,
      channels: 4,
      fps: 1,
    })
    const { casts, asked } = await draw([panda, beach], { panda: own })
    expect(asked.flat().map((one) => one.toFixed(1))).toEqual(['0.6', '0.6'])
    const { picture, reference } = casts[0]?.get(panda) ?? drawn('')
    expect(reference).toMatchObject({ phrase: 'a panda with a green hat', source: 'given' })
    expect(picture.subarray(1, area).every((value) => value === 1)).toBe(true)
  })
})
