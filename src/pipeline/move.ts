import { startMotion } from '../models/motion-sampler.ts'
import { sourceFrames } from '../video/index.ts'
import type { MotionPlan } from '../video/motion-plan.ts'
import { bestTake } from './best-take.ts'
import type { FilmShot } from './film.ts'
import { framed } from './framing.ts'
import { type ShotToMove, shotMotion, steered } from './given-motion.ts'
import { visible } from './least-size.ts'
import { stage, type Work } from './line.ts'
import { shotSeeds } from './shot-seed.ts'
import { nativeRate } from './toybox.ts'
import { wholePhrase } from './worn.ts'

/** Frames of a shot as the networks make them: its own, and what the next one fades from. */
export function nativeFrames({ span }: FilmShot, fps: number): number {
  return sourceFrames(span, fps, nativeRate)
}

/** What a given plan has to fit. */
export function shotToMove(shot: FilmShot, fps: number): ShotToMove {
  const { id, index, actors } = shot
  const cast = actors.map((actor) => ({ id: actor.id, phrase: wholePhrase(actor.picture) }))
  return { id, index, actors: cast, frames: nativeFrames(shot, fps) }
}

/** Plans who moves how in a shot, for every video; what is given stays as it is given. */
export async function moveShot(work: Work, shot: FilmShot): Promise<MotionPlan[]> {
  const { toybox, options, signal, emit } = work
  const { index, text, actors, staging, framing, precipitation } = shot
  const job = async (): Promise<MotionPlan[]> => {
    const toMove = shotToMove(shot, options.fps)
    const { frames } = toMove
    const given = options.motion && shotMotion(options.motion, shot)
    const cast = actors.map(({ id, picture, span }) => ({ id, phrase: wholePhrase(picture), span }))
    const plans: MotionPlan[] = []
    const planned = async (seed: number): Promise<MotionPlan> => {
      const network = await toybox.motion()
      const start = await startMotion(network, { text, actors: cast, frames, seed })
      const moved = await bestTake(network, start, { frames, asks: staging, signal })
      return framed(visible(moved), framing)
    }
    for (const [video, seed] of shotSeeds(options, shot).entries()) {
      const placed = await (given ? steered(given, toMove, () => planned(seed)) : planned(seed))
      const told = precipitation ? { kind: precipitation, seed, seconds: 0 } : null
      const falls = given?.precipitation === undefined ? told : given.precipitation
      const plan = falls ? { ...placed, precipitation: falls } : placed
      plans.push(plan)
      emit({ type: 'motion-planned', video, shot: index, plan })
    }
    return plans
  }
  return stage(work, 'move', job, index)
}
