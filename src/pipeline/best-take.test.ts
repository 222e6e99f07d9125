import { expect, test } from 'vitest'
import type { MotionConfig } from '../models/motion.ts'
import { continueMotion, openMotionNetwork, startMotion } from '../models/motion-sampler.ts'
import { initialise } from '../nn/index.ts'
import { mainThreadRuntime } from '../runtime/node.ts'
import type { StagingAsk } from '../story/index.ts'
import { motionLoss } from '../train/motion-task.ts'
import { normalArray } from '../util/random.ts'
import { bestTake } from './best-take.ts'
import { fulfilled } from './staging-check.ts'

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

const actor = (id: string, start: number) => ({ id, phrase: id, span: { start, end: start + 3 } })

/** As many as are looked at: every one is. */
const frames = 5

test('a take is the shot of its own seed where that does what is asked, and never one that does less', async () => {
  const weights = initialise(motionLoss(tiny, 1).parameters.list, 7)
  const network = await openMotionNetwork(await mainThreadRuntime(), tiny, weights, { threads: 1 })
  const offsets = [
    [0, 3],
    [4, 7],
  ] as const
  const asks: readonly StagingAsk<number>[] = [
    { of: 'two', ask: 'left of', who: 0, whom: 1 },
    { of: 'one', ask: 'goes right', who: 1 },
  ]
  const gains: number[] = []
  for (let seed = 0; seed < 12; seed++) {
    const start = await startMotion(network, {
      text: { vectors: normalArray(2, 0, 2 * 8), count: 2, offsets },
      actors: [actor('dog', 0), actor('cat', 4)],
      frames,
      seed,
      temperature: 1,
    })
    const { plan } = await continueMotion(network, start, frames)
    const take = await bestTake(network, start, { frames, asks })
    expect(await bestTake(network, start, { frames, asks })).toEqual(take)
    const gain = fulfilled(take, asks) - fulfilled(plan, asks)
    if (gain === 0) expect(take).toEqual(plan)
    gains.push(gain)
  }
  expect(Math.min(...gains)).toBe(0)
  expect(Math.max(...gains)).toBeGreaterThan(0)
  await network.close()
})
