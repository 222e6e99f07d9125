import { startMotion } from '../models/motion-sampler.ts'
import { sourceFrames } from '../video/index.ts'
import type { MotionPlan } from '../video/motion-plan.ts'
import { bestTake } from './best-take.ts'
import type { FilmShot } from './film.ts'
import { framed } from './framing.ts'
import { visible } from './least-size.ts'
import { stage, type Work } from './line.ts'
import { shotSeeds } from './shot-seed.ts'
import { nativeRate } from './toybox.ts'

/** Frames of a shot as the networks make them: its own, and what the next one fades from. */
export function nativeFrames({ span }: FilmShot, fps: number): number {
  return sourceFrames(span, fps, nativeRate)
}

/** Plans who moves how in a shot, for every video. */
export async function moveShot(work: Work, shot: FilmShot): Promise<MotionPlan[]> {
  const { toybox, options, signal, emit } = work
  const { index, text, actors, staging, framing, precipitation } = shot
  const job = async (): Promise<MotionPlan[]> => {
    const network = await toybox.motion()
    const frames = nativeFrames(shot, options.fps)
    const cast = actors.map(({ id, picture, span }) => ({ id, phrase: picture.phrase, span }))
    const plans: MotionPlan[] = []
    for (const [video, seed] of shotSeeds(options, shot).entries()) {
      const start = await startMotion(network, { text, actors: cast, frames, seed })
      const moved = await bestTake(network, start, { frames, asks: staging, signal })
      const placed = framed(visible(moved), framing)
      const plan = precipitation
        ? { ...placed, precipitation: { kind: precipitation, seed, seconds: 0 } }
        : placed
      plans.push(plan)
      emit({ type: 'motion-planned', video, shot: index, plan })
    }
    return plans
  }
  return stage(work, 'move', job, index)
}
