import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { FramewrightError } from '../util/errors.ts'
import { parseStoryboard } from './parse-storyboard.ts'
import { storyboardJsonSchema, storyboardText } from './storyboard.ts'

/** As a person writes it: only what has no default. */
function written() {
  return {
    format: 1,
    cast: [{ id: 'fox-1', kind: 'character', description: 'a small red fox' }],
    shots: ['shot-1', 'shot-2'].map((id) => ({
      id,
      prompt: 'a small red fox runs in the forest',
      cast: ['fox-1'],
      setting: { place: 'forest' },
      camera: { framing: 'wide', move: 'still' },
      durationSeconds: 2,
      arc: { position: 0.5, tension: 0.4, valence: 0, beat: 'rising' },
    })),
  }
}

test('what is left out gets its default, and text reads back as the same storyboard', () => {
  const storyboard = parseStoryboard(written())
  expect(storyboard.cast[0]).toMatchObject({ count: 1, changes: [] })
  expect(storyboard.shots[0]).toMatchObject({ transition: { type: 'cut' }, origin: 'text', actions: [] })
  expect(parseStoryboard(storyboardText(storyboard))).toEqual(storyboard)
})

describe('a mistake is told in one sentence, with its path and what is allowed', () => {
  const cases: readonly (readonly [name: string, path: string, value: unknown, sentence: RegExp])[] = [
    ['format', 'format', 2, /`format` must be 1, got 2/],
    [
      'framing',
      'shots.1.camera.framing',
      'huge',
      /`shots\[1\]\.camera\.framing`.*"wide", "medium".*got "huge"/,
    ],
    ['length', 'shots.0.durationSeconds', 0, /`shots\[0\]\.durationSeconds` must be at least 0\.25, got 0/],
    ['length of words', 'shots.0.durationSeconds', 'two', /durationSeconds` must be a number, got "two"/],
    ['nobody', 'shots.0.cast', [], /`shots\[0\]\.cast` must not be an empty list/],
    [
      'a stranger',
      'shots.0.cast',
      ['wolf-1'],
      /`shots\[0\]\.cast\[0\]` must be one of "fox-1", got "wolf-1"/,
    ],
    ['an id twice', 'shots.1.id', 'shot-1', /`shots\[1\]\.id`.*"shot-1"/],
    ['no place', 'shots.0.setting', {}, /`shots\[0\]\.setting\.place` must be text, got nothing/],
    ['an unknown key', 'shots.0.camera.zoom', 2, /no `shots\[0\]\.camera\.zoom`; allowed are framing, move/],
    [
      'a fade too long',
      'shots.1.transition',
      { type: 'crossfade', seconds: 3 },
      /at most the shot’s 2 s, got 3/,
    ],
  ]
  test.each(cases)('%s', (_name, path, value, sentence) => {
    const document = written()
    const keys = path.split('.')
    const last = keys.pop() ?? ''
    const parent = keys.reduce<object>((node, key) => Reflect.get(node, key) as object, document)
    Reflect.set(parent, last, value)
    let thrown: unknown = null
    try {
      parseStoryboard(document)
    } catch (error) {
      thrown = error
    }
    expect(FramewrightError.is(thrown) && thrown.code).toBe('E_STORY')
    expect(String(thrown)).toMatch(sentence)
    expect(String(thrown)).toMatch(/^[^\n]+$/)
  })
})

test.each([['{'], [null], [3], [[]]])('%j is no storyboard', (value) => {
  expect(() => parseStoryboard(value)).toThrow(/storyboard/)
})

test('the JSON Schema in docs/ is current', async () => {
  const file = new URL('../../docs/storyboard.schema.json', import.meta.url)
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(storyboardJsonSchema())))
})
