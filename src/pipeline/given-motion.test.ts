import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import type { MotionPlan, State } from '../video/motion-plan.ts'
import { checkMotion, type ShotToMove, shotMotion, steered } from './given-motion.ts'
import { type MotionTrack, parseMotion } from './motion-document.ts'
import { motionText } from './motion-text.ts'

const frames = 13
const rest: State = {
  centerX: 0.5,
  centerY: 0.6,
  width: 0.4,
  height: 0.5,
  facing: -1,
  phase: 0.25,
  presence: 0.9,
}
const repeated = (state: State): State[] => Array.from({ length: frames }, () => state)
const cameraBox: State = { ...rest, width: 1.6, height: 1.2, facing: 1, phase: 0, presence: 1 }
/** As the networks would plan it. */
const planned: MotionPlan = {
  fps: 12,
  actors: [
    { id: 'dog-1', phrase: 'a dog', states: repeated(rest) },
    { id: 'cat-1', phrase: 'a cat', states: repeated({ ...rest, centerX: 0.2 }) },
  ],
  camera: repeated(cameraBox),
}
const actors = planned.actors.map(({ id, phrase }) => ({ id, phrase }))
const shot: ShotToMove = { id: 'shot-1', index: 0, actors, frames }

/** The dog's states where these are given. */
async function dog(states: MotionTrack): Promise<readonly State[]> {
  const plan = await steered({ actors: [{ id: 'dog-1', states }] }, shot, async () => planned)
  return plan.actors[0]?.states ?? []
}

describe('a plan that is given', () => {
  test('is made as it is, and nothing is planned, in whatever order its actors are', async () => {
    const usual = vi.fn(async () => planned)
    const given = { ...planned, actors: planned.actors.toReversed() }
    expect(await steered(given, shot, usual)).toEqual(planned)
    expect(usual).not.toHaveBeenCalled()
  })

  test('is cut where the shot ends, and stays where it ends itself', async () => {
    const states = Array.from({ length: frames }, (_, i) => ({ ...rest, centerX: i / 100 }))
    const at = async (given: MotionTrack) =>
      (await dog(given)).map(({ centerX }) => Math.round(100 * centerX))
    expect(await at([...states, rest])).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
    expect(await at(states.slice(0, 3))).toEqual([0, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2])
  })

  test('leaves who is not in it, and the camera, as they are planned', async () => {
    const plan = await steered(
      { actors: [{ id: 'cat-1', states: [{ centerX: 0.9 }] }] },
      shot,
      async () => planned,
    )
    expect(plan.actors[0]).toEqual(planned.actors[0])
    expect(plan.actors[1]?.states[5]?.centerX).toBe(0.9)
    expect(plan.camera).toEqual(planned.camera)
    expect(await steered({}, shot, async () => planned)).toEqual(planned)
  })

  test('has a camera that keeps its proportions and everything else', async () => {
    const camera = [
      { seconds: 0, height: 1.2 },
      { seconds: 1, height: 1.8 },
    ]
    const plan = await steered({ camera }, shot, async () => planned)
    expect(plan.camera[0]).toEqual(cameraBox)
    expect(plan.camera[12]).toEqual({ ...cameraBox, width: expect.closeTo(2.4), height: expect.closeTo(1.8) })
  })
})

describe('states at moments', () => {
  test('everything goes evenly between those that say it, and stays before and after', async () => {
    const states = await dog([
      { seconds: 0.25, centerX: 0.4, height: 0.2 },
      { seconds: 0.5, height: 0.5 },
      { seconds: 0.75, centerX: 0.7 },
    ])
    const told = (name: keyof State) => [0, 3, 5, 6, 9, 12].map((frame) => states[frame]?.[name])
    expect(told('centerX')).toEqual([0.4, 0.4, expect.closeTo(0.5), expect.closeTo(0.55), 0.7, 0.7])
    expect(told('height')).toEqual([0.2, 0.2, expect.closeTo(0.4), 0.5, 0.5, 0.5])
    expect(told('width')).toEqual([0.16, 0.16, 0.32, 0.4, 0.4, 0.4].map((n) => expect.closeTo(n)))
    expect(told('phase')).toEqual([0.25, 0.25, 0.25, 0.25, 0.25, 0.25])
  })

  test('a phase above 1 goes round', async () => {
    const states = await dog([
      { seconds: 0, phase: 0 },
      { seconds: 1, phase: 3 },
    ])
    expect([1, 2, 4, 5].map((frame) => states[frame]?.phase)).toEqual([0.25, 0.5, 0, 0.25])
  })

  test('who goes somewhere faces there, unless it is said', async () => {
    const ways = async (...places: readonly number[]) => {
      const track = places.map((centerX, i) => ({ seconds: i / 4, centerX }))
      return [0, 3, 6, 9].map(async (frame) => (await dog(track))[frame]?.facing)
    }
    expect(await Promise.all(await ways(0.2, 0.2, 0.5, 0.2))).toEqual([1, 1, -1, -1])
    expect(await Promise.all(await ways(0.5, 0.5, 0.501))).toEqual([-1, -1, -1, -1])
    const backwards = await dog([
      { seconds: 0, centerX: 0.2, facing: -1 },
      { seconds: 1, centerX: 0.8 },
    ])
    expect(backwards.map(({ facing }) => facing)).toEqual(new Array(frames).fill(-1))
  })

  test('who is moved is there as far as it lies in the picture, unless it is said', async () => {
    const [inside] = await dog([{ centerX: 0.5 }])
    const [half] = await dog([{ centerX: 0 }])
    const [told] = await dog([{ centerX: 0, presence: 1 }])
    const [left] = await dog([{ phase: 0.5 }])
    expect([inside, half, told, left].map((state) => state?.presence)).toEqual(
      [1, 0.5, 1, 0.9].map((n) => expect.closeTo(n, 9)),
    )
  })
})

describe('a plan of another film', () => {
  const cast = [{ id: 'dog-1', phrase: 'a dog' }]
  const shots: ShotToMove[] = ['shot-1', 'shot-2'].map((id, index) => ({ id, index, actors: cast, frames }))
  test.each<readonly [name: string, written: object, sentence: RegExp]>([
    [
      'another cast',
      { shots: [{ actors: [{ id: 'cat-1', phrase: 'a cat', states: [] }] }] },
      /moves "cat-1" \(a cat\) in shot-1, where "dog-1" \(a dog\) can be moved: take it out/,
    ],
    ['more shots', { shots: [null, {}, {}] }, /has 3 shots, and the film 2 \(shot-1, shot-2\): take out/],
    [
      'a shot that is not there',
      { shots: [{ id: 'shot-7' }] },
      /of a shot "shot-7", and the film has shot-1, shot-2/,
    ],
    ['a shot twice', { shots: [{ id: 'shot-2' }, {}] }, /has two plans for shot-2: take one of them out/],
  ])('%s is refused', (_name, written, sentence) => {
    expect(() => checkMotion(parseMotion(written), shots)).toThrow(sentence)
  })

  test('a shot is found by its id, else by its place', () => {
    const named = parseMotion({ shots: [{ id: 'shot-2' }] })
    expect(checkMotion(named, shots)).toEqual([])
    expect(shots.map((one) => shotMotion(named, one))).toEqual([undefined, { id: 'shot-2' }])
    const second = { camera: [] }
    const inPlace = parseMotion({ shots: [null, second] })
    expect(shots.map((one) => shotMotion(inPlace, one))).toEqual([undefined, second])
  })

  test('states that end a while before their shot are told of, moments are not', () => {
    const warnings = (states: MotionTrack) =>
      checkMotion({ shots: [{ actors: [{ id: 'dog-1', states }] }] }, shots).map(({ message }) => message)
    expect(warnings(repeated(rest).slice(0, 6))).toEqual([
      'The motion plan of shot-1 ends after 0.5 s of 1.08 s: from there on its last state stays.',
    ])
    expect(warnings(repeated(rest).slice(1))).toEqual([])
    expect(
      warnings([
        { seconds: 0, centerX: 0 },
        { seconds: 0.5, centerX: 1 },
      ]),
    ).toEqual([])
    expect(warnings([{ centerX: 1 }])).toEqual([])
  })
})

describe('motionText', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true })
  const place = fc.double({ min: -1, max: 2, noNaN: true })
  const side = fc.double({ min: 0.01, max: 3, noNaN: true })
  const stateAt = fc.record<State>({
    centerX: place,
    centerY: place,
    width: side,
    height: side,
    facing: fc.double({ min: -1, max: 1, noNaN: true }),
    phase: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
    presence: share,
  })
  const states = fc.array(stateAt, { minLength: frames, maxLength: frames })

  test('is read as the plan that it was written from, to four decimals', async () => {
    const rounded = (plan: MotionPlan): MotionPlan =>
      JSON.parse(
        JSON.stringify(plan, (key, value) => {
          if (typeof value !== 'number') return value
          const near = Number(value.toFixed(4))
          return key === 'phase' && near === 1 ? 0 : near
        }),
      ) as MotionPlan
    await fc.assert(
      fc.asyncProperty(states, states, fc.string(), async (own, camera, phrase) => {
        // A seed is whole, however large, and stays.
        const precipitation = { kind: 'snow', seed: Number.MAX_SAFE_INTEGER, seconds: 0.25 } as const
        const plan: MotionPlan = { fps: 12, actors: [{ id: 'dog-1', phrase, states: own }], camera }
        const text = motionText([{ id: 'shot-1', prompt: phrase, plan: { ...plan, precipitation } }])
        const [given] = parseMotion(text).shots
        const one = { actors: [{ id: 'dog-1', phrase }], frames }
        const made = await steered(given ?? {}, one, () => Promise.reject(new Error('it is whole')))
        expect(made).toEqual(rounded(plan))
        expect(given?.precipitation).toEqual(precipitation)
      }),
      { numRuns: 50 },
    )
  })

  test('has a line a state, and null for a shot without a plan', () => {
    const text = motionText([
      { id: 'shot-1', prompt: 'A "dog": { "a": 1 }.', plan: planned },
      { id: 'shot-2', prompt: 'Nobody.', plan: null },
    ])
    const line =
      '{ "centerX": 0.2, "centerY": 0.6, "width": 0.4, "height": 0.5, "facing": -1, "phase": 0.25, "presence": 0.9 }'
    expect(text.split('\n').filter((one) => one.includes(line))).toHaveLength(frames)
    expect(JSON.parse(text)).toMatchObject({ format: 1, shots: [{ prompt: 'A "dog": { "a": 1 }.' }, null] })
  })

  test('of a few moments says when, where and how large', () => {
    const [track] =
      parseMotion(motionText([{ id: 'a', prompt: '', plan: planned }], { keys: 3 })).shots[0]?.actors ?? []
    const box = { centerX: 0.5, centerY: 0.6, height: 0.5 }
    expect(track?.states).toEqual([0, 0.5, 1].map((seconds) => ({ seconds, ...box })))
  })
})
