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

test('a picture is a member’s by its word, one of its phrase, or its id; never a setting’s', () => {
  const member = { id: 'car-1', kind: 'actor', lemma: 'car', phrase: 'a red car' } as const
  expect(['car', 'Car', 'RED', 'car-1', 'ca', 'bus'].map((word) => isPictureOf(member, word))).toEqual([
    true,
    true,
    true,
    true,
    false,
    false,
  ])
  expect(isPictureOf({ ...member, kind: 'setting' }, 'car')).toBe(false)
})
