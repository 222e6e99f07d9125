import { expect, test } from 'vitest'
import type { PictureBrief } from './brief.ts'
import { type Cast, type CastPicture, pictureFrames, referenceSize, withoutActors } from './cast.ts'

const drawn = (id: string): CastPicture => {
  const picture = new Float32Array(4 * referenceSize ** 2).fill(1)
  return { picture, reference: { id, phrase: id, source: 'drawn', picture: pictureFrames(picture) } }
}

test('without actors the painter is shown the setting alone', () => {
  const dog: PictureBrief = { id: 'dog', kind: 'actor', phrase: 'a dog', lemma: 'dog' }
  const beach: PictureBrief = { id: 'setting', kind: 'setting', phrase: 'a beach', lemma: 'beach' }
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
