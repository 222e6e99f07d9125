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

/** A dark square in the middle of a border of the given greys. */
const framed = (greys: readonly number[]): Frames => {
  const isInside = (i: number): boolean => i % 8 > 1 && i % 8 < 6 && i > 15 && i < 48
  const data = Uint8Array.from({ length: 64 }, (_, i) => (isInside(i) ? 20 : (greys[i % greys.length] ?? 0)))
  return {
    data: Uint8Array.from([...data].flatMap((n) => [n, n, n])),
    count: 1,
    height: 8,
    width: 8,
    channels: 3,
    fps: 1,
  }
}

test('pictures with their background are warned of: taken off, or not', () => {
  const warnings = pictureWarnings({
    dog: framed([240]),
    cat: rgba(255, 0),
    cow: framed([0, 90, 180, 255, 30]),
  })
  expect(warnings).toEqual([
    expect.objectContaining({ type: 'cut-out', words: ['dog'] }),
    expect.objectContaining({ type: 'opaque-picture', words: ['cow'] }),
  ])
})

test('a picture is a member’s by its word, one of its phrase, or its id; never a setting’s', () => {
  const member = { id: 'car-1', kind: 'actor', lemma: 'car', phrase: 'a red car', wears: [] } as const
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
