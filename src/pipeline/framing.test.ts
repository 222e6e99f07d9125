import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { MotionPlan, State } from '../video/motion-plan.ts'
import { framed } from './framing.ts'

const state = (centerX: number, centerY: number, side: number): State => ({
  centerX,
  centerY,
  width: side,
  height: side,
  facing: 1,
  phase: 0,
  presence: 1,
})

/** Actors at these places, each for two frames, before a setting of this size. */
function planOf(
  places: readonly (readonly [x: number, y: number])[],
  side: number,
  setting = 1.2,
): MotionPlan {
  const camera = { ...state(0.5, 0.5, setting), width: (setting * 4) / 3 }
  const actors = places.map(([x, y], i) => ({
    id: `dog-${i}`,
    phrase: 'a dog',
    states: [state(x, y, side), state(x, y, side)],
  }))
  return { fps: 12, actors, camera: [camera, camera] }
}

const left = ({ centerX, width }: State): number => centerX - width / 2
const right = ({ centerX, width }: State): number => centerX + width / 2

describe('framed', () => {
  test('wide and aerial are as planned', () => {
    const plan = planOf([[0.3, 0.7]], 0.4)
    expect(framed(plan, 'wide')).toBe(plan)
    expect(framed(plan, 'aerial')).toBe(plan)
  })

  test('nearer is larger, with the actor in the middle where the setting reaches so far', () => {
    const plan = planOf([[0.45, 0.55]], 0.3)
    const [actor] = framed(plan, 'close-up').actors[0]?.states ?? []
    expect(actor?.width).toBeCloseTo(0.48)
    expect([actor?.centerX, actor?.centerY]).toEqual([expect.closeTo(0.5), expect.closeTo(0.5)])
    const [medium] = framed(plan, 'medium').actors[0]?.states ?? []
    expect(medium?.width).toBeCloseTo(0.375)
  })

  test('never cuts off two who fit in', () => {
    const plan = planOf(
      [
        [0.2, 0.5],
        [0.8, 0.5],
      ],
      0.2,
      1.5,
    )
    const [a, b] = framed(plan, 'close-up').actors.map(({ states }) => states[0])
    if (!a || !b) throw new Error('there are two actors')
    expect([left(a), right(b)]).toEqual([expect.closeTo(0), expect.closeTo(1)])
  })

  test('wherever the actors are, the setting covers the frame, and sizes keep their ratio', () => {
    const place = fc.tuple(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
    )
    fc.assert(
      fc.property(
        fc.array(place, { minLength: 1, maxLength: 2 }),
        fc.double({ min: 0.1, max: 0.9, noNaN: true }),
        fc.double({ min: 1, max: 1.3, noNaN: true }),
        (places, side, setting) => {
          const plan = planOf(places, side, setting)
          const { actors, camera } = framed(plan, 'close-up')
          const scale = (camera[0]?.height ?? 0) / setting
          expect(scale).toBeGreaterThanOrEqual(1)
          for (const box of camera) {
            expect(left(box)).toBeLessThanOrEqual(1e-9)
            expect(right(box)).toBeGreaterThanOrEqual(1 - 1e-9)
          }
          for (const { states } of actors) {
            for (const box of states) {
              expect(box.width).toBeCloseTo(side * scale)
              expect(box.presence).toBeGreaterThanOrEqual(0)
              expect(box.presence).toBeLessThanOrEqual(1)
            }
          }
        },
      ),
    )
  })

  test('a plan with nobody in it stays', () => {
    const plan = planOf([], 0.2)
    expect(framed(plan, 'close-up')).toBe(plan)
  })
})
