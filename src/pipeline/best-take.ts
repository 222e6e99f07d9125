import {
  continueMotion,
  keyPlan,
  type MotionNetwork,
  type MotionState,
  otherTake,
} from '../models/motion-sampler.ts'
import type { StagingAsk } from '../story/index.ts'
import { createRandom } from '../util/random.ts'
import type { MotionPlan, State } from '../video/motion-plan.ts'
import { allOf, fulfilled } from './staging-check.ts'

/** Takes of a shot that are looked at: a first frame and key poses each, some milliseconds. */
const mostTakes = 8

/** Stream of the seeds of a shot's further takes. */
const takeStream = 8_000

/** Moments of a plan that are looked at. */
const moments = 5

export interface TakeOptions {
  readonly frames: number
  readonly asks: readonly StagingAsk<number>[]
  readonly signal?: AbortSignal
}

/**
 * Of several takes of a shot the first that does all that is asked of it, or else the one that does the most: chance may
 * send to the left whom the words send to the right (docs/decisions/025-best-take.md). Only takes whose key poses promise
 * more than the best so far are moved to their end.
 * @param start of the shot; its own seed is the first take's
 */
export async function bestTake(
  network: MotionNetwork,
  start: MotionState,
  { frames, asks, signal }: TakeOptions,
): Promise<MotionPlan> {
  const options = signal ? { signal } : {}
  const random = createRandom(start.scene.seed, takeStream)
  const move = async (take: MotionState): Promise<MotionPlan> =>
    (await continueMotion(network, take, frames, options)).plan
  let best = await move(start)
  let most = fulfilled(seenAt(best), asks)
  for (let i = 1; i < mostTakes && most < allOf(asks); i++) {
    const take = otherTake(start, random.integer(2 ** 32))
    const { state } = await continueMotion(network, take, 1, options)
    if (fulfilled(keyPlan(state), asks) <= most) continue
    const plan = await move(take)
    const done = fulfilled(seenAt(plan), asks)
    if (done <= most) continue
    best = plan
    most = done
  }
  return best
}

/** A plan at some moments, evenly spread from its first frame to its last. */
function seenAt(plan: MotionPlan): MotionPlan {
  const some = (states: readonly State[]): State[] =>
    Array.from(
      { length: moments },
      (_, i) => states[Math.round((i * (states.length - 1)) / (moments - 1))] ?? [],
    ).flat()
  return {
    ...plan,
    actors: plan.actors.map((track) => ({ ...track, states: some(track.states) })),
    camera: some(plan.camera),
  }
}
