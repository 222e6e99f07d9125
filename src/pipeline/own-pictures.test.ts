import { expect, test } from 'vitest'
import type { Frames } from '../video/frames.ts'
import { isPictureOf, pictureWarnings, transparencyOf } from './own-pictures.ts'

const rgba = (...alphas: readonly number[]): Frames => ({
  data: Uint8Array.from(alphas.flatMap((alpha) => [1, 2, 3, alpha])),
  count: 1,
  height: 1,
  width: alphas.length,
  channels: 4,
  fps: 1,
})

test('transparency is none, some or all', () => {
  expect(transparencyOf(rgba(255, 255))).toBe('none')
  expect(transparencyOf({ ...rgba(255), data: new Uint8Array(3), channels: 3 })).toBe('none')
  expect(transparencyOf(rgba(0, 0))).toBe('all')
  expect(transparencyOf(rgba(255, 254))).toBe('some')
  expect(transparencyOf(rgba(0, 1))).toBe('some')
})

test('only pictures with their background are warned of', () => {
  const warnings = pictureWarnings({ dog: rgba(255), cat: rgba(255, 0) })
  expect(warnings).toEqual([expect.objectContaining({ type: 'opaque-picture', words: ['dog'] })])
})

test('a picture is a member’s by its word, or one of its phrase', () => {
  const member = { id: 'car-1', lemma: 'car', phrase: 'a red car', span: { start: 0, end: 9 } }
  expect(['car', 'Car', 'RED', 'ca', 'bus'].map((word) => isPictureOf(member, word))).toEqual([
    true,
    true,
    true,
    false,
    false,
  ])
})
