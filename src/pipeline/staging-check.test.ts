import { describe, expect, test } from 'vitest'
import type { CameraAsk, PairAsk, SoloAsk, StagingAsk } from '../story/index.ts'
import type { MotionPlan, State } from '../video/motion-plan.ts'
import { allOf, fulfilled } from './staging-check.ts'

const state = (centerX: number, more: Partial<State> = {}): State => ({
  centerX,
  centerY: 0.6,
  width: 0.3,
  height: 0.3,
  facing: 1,
  phase: 0,
  presence: 1,
  ...more,
})

const still = [0, 1, 2].map(() => state(0.5, { width: 1.6, height: 1.2 }))

function planOf(tracks: readonly (readonly State[])[], camera: readonly State[] = still): MotionPlan {
  return { fps: 12, actors: tracks.map((states, i) => ({ id: `${i}`, phrase: 'it', states })), camera }
}

const one = (ask: SoloAsk): StagingAsk<number> => ({ of: 'one', ask, who: 0 })
const two = (ask: PairAsk): StagingAsk<number> => ({ of: 'two', ask, who: 0, whom: 1 })
const ofCamera = (ask: CameraAsk): StagingAsk<number> => ({ of: 'camera', ask })

/** Three moments, from the first number to the last. */
const way = (from: number, to: number, more: Partial<State> = {}): State[] =>
  [0, 0.5, 1].map((t) => state(from + (to - from) * t, more))

const isDone = (plan: MotionPlan, ask: StagingAsk<number>): boolean => fulfilled(plan, [ask]) === allOf([ask])

describe('fulfilled', () => {
  test('who goes right goes far enough, and forwards', () => {
    expect(isDone(planOf([way(0.3, 0.7)]), one('goes right'))).toBe(true)
    expect(isDone(planOf([way(0.3, 0.35)]), one('goes right'))).toBe(false)
    expect(isDone(planOf([way(0.3, 0.7, { facing: -1 })]), one('goes right'))).toBe(false)
    expect(isDone(planOf([way(0.7, 0.3, { facing: -1 })]), one('goes left'))).toBe(true)
    expect(isDone(planOf([way(0.7, 0.3, { facing: -1 })]), one('goes right'))).toBe(false)
  })

  test('with a camera that follows, ways are seen from the setting', () => {
    const followed = [0, 1, 2].map((i) => state(0.6 - 0.1 * i, { width: 1.6, height: 1.2 }))
    const plan = planOf([way(0.5, 0.5)], followed)
    expect(isDone(plan, one('goes right'))).toBe(true)
    expect(isDone(plan, one('stays'))).toBe(false)
    expect(isDone(plan, ofCamera('pans right'))).toBe(true)
    expect(isDone(plan, ofCamera('pans left'))).toBe(false)
  })

  test('sizes, presence and zooms', () => {
    const growing = [0.2, 0.3, 0.4].map((height) => state(0.5, { height, width: height }))
    expect(isDone(planOf([growing]), one('grows'))).toBe(true)
    expect(isDone(planOf([growing]), one('shrinks'))).toBe(false)
    const coming = [0, 0.8, 1].map((presence) => state(0.5, { presence }))
    expect(isDone(planOf([coming]), one('comes in'))).toBe(true)
    expect(isDone(planOf([coming]), one('leaves'))).toBe(false)
    expect(isDone(planOf([way(0.5, 0.5)], growing), ofCamera('zooms in'))).toBe(true)
  })

  test('who circles goes round, and who spins faces both sides', () => {
    const five = [0, 1, 2, 3, 4]
    const camera = five.map(() => state(0.5, { width: 1.6, height: 1.2 }))
    const around = (turns: number, wide: number): State[] =>
      five.map((i) => {
        const angle = (2 * Math.PI * turns * i) / 4
        return state(0.5 + wide * Math.cos(angle), { centerY: 0.6 + 0.1 * Math.sin(angle) })
      })
    expect(isDone(planOf([around(1, 0.2)], camera), one('circles'))).toBe(true)
    expect(isDone(planOf([around(-0.8, 0.2)], camera), one('circles'))).toBe(true)
    expect(isDone(planOf([around(1, 0.05)], camera), one('circles'))).toBe(false)
    expect(isDone(planOf([way(0.2, 0.8)]), one('circles'))).toBe(false)
    const facing = (sides: readonly number[]): State[] => sides.map((side) => state(0.5, { facing: side }))
    expect(isDone(planOf([facing([1, 0, -1])]), one('spins'))).toBe(true)
    expect(isDone(planOf([facing([1, 0.1, 1])]), one('spins'))).toBe(false)
  })

  test('one beside another', () => {
    const plan = planOf([way(0.2, 0.4), way(0.5, 0.8)])
    expect(isDone(plan, two('left of'))).toBe(true)
    expect(isDone(plan, two('right of'))).toBe(false)
    expect(isDone(plan, two('goes after'))).toBe(true)
    expect(isDone(planOf([way(0.5, 0.8), way(0.2, 0.4)]), two('goes after'))).toBe(false)
    expect(isDone(planOf([way(0.2, 0.4), way(0.8, 0.6)]), two('comes to'))).toBe(true)
    expect(isDone(plan, two('comes to'))).toBe(false)
  })

  test('of every plan: everybody is there, and nobody over another, but who is to be behind', () => {
    expect(fulfilled(planOf([way(0.3, 0.7)]), [])).toBe(1)
    expect(fulfilled(planOf([way(0.3, 0.7, { presence: 0 })]), [])).toBe(0)
    const over = planOf([way(0.5, 0.5, { centerY: 0.58 }), way(0.5, 0.5)])
    expect(fulfilled(over, [])).toBe(0)
    expect(isDone(over, two('behind'))).toBe(true)
  })

  test('who has no room in the shot is asked nothing', () => {
    expect(isDone(planOf([way(0.3, 0.7)]), { of: 'two', ask: 'above', who: 0, whom: 4 })).toBe(true)
  })
})
