import { describe, expect, test } from 'vitest'
import type { MotionPlan, State } from '../video/motion-plan.ts'
import { leastSize, visible } from './least-size.ts'

const state = (centerY: number, side: number): State => ({
  centerX: 0.4,
  centerY,
  width: side,
  height: side,
  facing: 1,
  phase: 0,
  presence: 1,
})

const planOf = (...tracks: readonly (readonly State[])[]): MotionPlan => ({
  fps: 12,
  actors: tracks.map((states, i) => ({ id: `mouse-${i}`, phrase: 'a mouse', states })),
  camera: [state(0.5, 1.2), state(0.5, 1.2)],
})

describe('visible', () => {
  test('who is large enough at any moment stays as planned, also one that shrinks to nothing', () => {
    const plan = planOf([state(0.6, 0.5), state(0.8, 0.02)], [state(0.6, leastSize), state(0.6, 0.1)])
    expect(visible(plan)).toEqual(plan)
  })

  test('who is too small gets larger on its feet, by as much in every frame', () => {
    const [track] = visible(planOf([state(0.7, 0.1), state(0.8, 0.05)])).actors
    const [first, second] = track?.states ?? []
    expect(first?.height).toBeCloseTo(leastSize)
    expect(second?.height).toBeCloseTo(leastSize / 2)
    expect(second?.width).toBeCloseTo(leastSize / 2)
    for (const [one, feet] of [[first, 0.75] as const, [second, 0.825] as const]) {
      expect((one?.centerY ?? 0) + (one?.height ?? 0) / 2).toBeCloseTo(feet)
    }
  })
})
