import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { FramewrightError } from '../util/errors.ts'
import type { MotionPlan, State } from '../video/motion-plan.ts'
import { type MotionDocument, motionJsonSchema, parseMotion } from './motion-document.ts'

const state: State = {
  centerX: 0.3,
  centerY: 0.6,
  width: 0.5,
  height: 0.5,
  facing: -1,
  phase: 0.25,
  presence: 1,
}
const plan: MotionPlan = {
  fps: 12,
  actors: [{ id: 'dog-1', phrase: 'a dog', states: [state, state] }],
  camera: [state, state],
}
const withStates = (...states: readonly object[]): object => ({
  shots: [{ actors: [{ id: 'dog-1', states }] }],
})

test('plans as the networks make them are a document, also as text, and come through as they are', () => {
  const motion: MotionDocument = { shots: [plan, null] }
  expect(parseMotion(motion)).toEqual(motion)
  expect(parseMotion(JSON.stringify(motion))).toEqual(motion)
  // A run is known again by its options' text.
  expect(JSON.stringify(parseMotion(JSON.parse(JSON.stringify(motion))))).toBe(JSON.stringify(motion))
})

test('nearly everything may be left out', () => {
  for (const motion of [
    { shots: [] },
    { shots: [null, {}] },
    withStates(),
    withStates({}),
    withStates({ seconds: 0, centerX: -0.5 }, { seconds: 1.5, phase: 3 }),
  ]) {
    expect(parseMotion(motion)).toEqual(motion)
  }
})

test.each<readonly [name: string, written: unknown, sentence: RegExp]>([
  ['no JSON', '{', /^the motion plan is no JSON: /],
  ['a list', [plan], /^a motion plan is a JSON object, got a list$/],
  ['no shots', {}, /`shots` must be a list, got nothing/],
  ['another format', { format: 2, shots: [] }, /`format` must be 1, got 2/],
  ['another rate', { shots: [{ ...plan, fps: 24 }] }, /`shots\[0\]\.fps` must be 12, got 24/],
  [
    'a misspelt name',
    withStates({ centreX: 1 }),
    /no `shots\[0\]\.actors\[0\]\.states\[0\]\.centreX`; allowed are seconds, centerX,/,
  ],
  ['a place in words', withStates({ centerX: 'left' }), /states\[0\]\.centerX` must be a number, got "left"/],
  [
    'a place far off',
    withStates({}, { centerY: 10.1 }),
    /states\[1\]\.centerY` must be at most 10, got 10\.1/,
  ],
  ['no size', withStates({ height: 0 }), /states\[0\]\.height` must be at least 0\.0001, got 0/],
  ['no number', withStates({ width: Number.NaN }), /states\[0\]\.width` must be a number, got/],
  ['facing', withStates({ facing: -1.5 }), /states\[0\]\.facing` must be at least -1, got -1\.5/],
  ['presence', withStates({ presence: 2 }), /states\[0\]\.presence` must be at most 1, got 2/],
  ['after a shot’s end', withStates({ seconds: 61 }), /states\[0\]\.seconds` must be at most 60, got 61/],
  [
    'an actor without states',
    { shots: [{ actors: [{ id: 'dog-1' }] }] },
    /actors\[0\]\.states` must be a list/,
  ],
  [
    'an actor twice',
    { shots: [{ actors: [...plan.actors, ...plan.actors] }] },
    /`shots\[0\]\.actors\[1\]\.id` must be another id than those before it, got "dog-1"/,
  ],
  [
    'times that go back',
    withStates({ seconds: 1 }, { seconds: 1 }),
    /states\[1\]\.seconds` must be above the 1 before it, got 1/,
  ],
  ['a time missing', withStates({ seconds: 1 }, {}), /states\[1\]\.seconds` must be a number.*got nothing/],
  [
    'a time too many',
    { shots: [{ camera: [{}, { seconds: 1 }] }] },
    /camera\[1\]\.seconds` must be left out.*got 1/,
  ],
])('%s is refused in one sentence', (_name, written, sentence) => {
  let thrown: unknown = null
  try {
    parseMotion(written)
  } catch (error) {
    thrown = error
  }
  if (!FramewrightError.is(thrown)) throw new Error('it was taken')
  expect(thrown.code).toBe('E_OPTION')
  expect(thrown.message).toMatch(sentence)
})

test('the JSON Schema in docs/ is current', async () => {
  const file = new URL('../../docs/motion.schema.json', import.meta.url)
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(motionJsonSchema())))
})
