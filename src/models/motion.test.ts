import { describe, expect, it } from 'vitest'
import { initialise } from '../nn/index.ts'
import { mainThreadRuntime } from '../runtime/node.ts'
import { motionLoss } from '../train/motion-task.ts'
import { normalArray } from '../util/random.ts'
import type { MotionConfig } from './motion.ts'
import {
  changed,
  changeTarget,
  motionFeatureCount,
  motionFeatures,
  numbersOf,
  startNumbers,
  startTarget,
  stateOf,
} from './motion-numbers.ts'
import { continueMotion, type MotionScene, openMotionNetwork, startMotion } from './motion-sampler.ts'

const tiny: MotionConfig = {
  width: 16,
  components: 3,
  sceneComponents: 4,
  readWidth: 16,
  readHeads: 2,
  conditionWidth: 8,
  textWidth: 8,
  textTokens: 6,
}

const state = (phase: number) => ({
  centerX: 0.3,
  centerY: 0.7,
  width: 0.4,
  height: 0.4,
  facing: -0.5,
  phase,
  presence: 0.8,
})

const scene = (actors: number): MotionScene => ({
  text: {
    vectors: normalArray(2, 0, 5 * 8),
    count: 5,
    offsets: [
      [0, 0],
      [0, 3],
      [4, 7],
      [8, 12],
      [0, 0],
    ],
  },
  actors: [
    { id: 'dog-1', phrase: 'dog', span: { start: 0, end: 3 } },
    { id: 'cat-1', phrase: 'cat', span: { start: 8, end: 12 } },
  ].slice(0, actors),
  frames: 20,
  seed: 5,
})

describe('numbers of states', () => {
  it('come back as they went', () => {
    for (const slot of [0, 1]) {
      const numbers = numbersOf(state(0.25))
      const back = stateOf(startNumbers(slot, startTarget(slot, numbers)), 1)
      for (const [key, value] of Object.entries(state(0.25))) {
        expect(back[key as keyof typeof back]).toBeCloseTo(value, 9)
      }
    }
  })

  it('change across the end of a loop the short way', () => {
    const [from, to] = [numbersOf(state(0.98)), numbersOf(state(0.02))]
    expect(changeTarget(0, from, to)[4]).toBeCloseTo(0.04 * 40, 9)
    expect(changed(0, from, changeTarget(0, from, to))[4]).toBeCloseTo(0.02, 9)
  })

  it('are features of a fixed count, none of them from the future', () => {
    const now = [numbersOf(state(0.1)), null, numbersOf(state(0))]
    const time = { frame: 3, frames: 20 }
    expect(motionFeatures(time, null, null)).toHaveLength(motionFeatureCount)
    expect(motionFeatures(time, now, null)).toHaveLength(motionFeatureCount)
    expect(motionFeatures(time, now, now)).toHaveLength(motionFeatureCount)
  })
})

describe('the mover', () => {
  const weights = initialise(motionLoss(tiny, 1).parameters.list, 7)

  it('goes on from chunk to chunk as if there had been no break', async () => {
    const network = await openMotionNetwork(await mainThreadRuntime(), tiny, weights, { threads: 1 })
    const start = await startMotion(network, scene(2))
    const whole = await continueMotion(network, start, 12)
    const first = await continueMotion(network, start, 5)
    const second = await continueMotion(network, first.state, 7)
    expect([...first.plan.camera, ...second.plan.camera]).toEqual(whole.plan.camera)
    for (const slot of [0, 1]) {
      const joined = [first, second].flatMap(({ plan }) => plan.actors[slot]?.states ?? [])
      expect(joined).toEqual(whole.plan.actors[slot]?.states)
    }
    await network.close()
  })

  it('gives plans that hold what plans promise', async () => {
    const network = await openMotionNetwork(await mainThreadRuntime(), tiny, weights, { threads: 1 })
    const { plan } = await continueMotion(network, await startMotion(network, scene(1)), 20)
    expect(plan.actors.map(({ id }) => id)).toEqual(['dog-1'])
    expect(plan.camera).toHaveLength(20)
    for (const { width, height, phase, presence, facing } of plan.actors[0]?.states ?? []) {
      expect(width).toBe(height)
      expect(height).toBeGreaterThan(0)
      expect(phase >= 0 && phase < 1 && presence >= 0 && presence <= 1 && Math.abs(facing) <= 1).toBe(true)
    }
    for (const { width, height } of plan.camera) expect(width).toBeCloseTo((height * 4) / 3, 9)
    await network.close()
  })

  it('draws another plan for another seed, and the same for the same', async () => {
    const network = await openMotionNetwork(await mainThreadRuntime(), tiny, weights, { threads: 1 })
    const plan = async (seed: number) =>
      (await continueMotion(network, await startMotion(network, { ...scene(2), seed }), 4)).plan
    expect(await plan(1)).toEqual(await plan(1))
    expect(await plan(1)).not.toEqual(await plan(2))
    await network.close()
  })
})
