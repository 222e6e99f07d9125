import { createShotJoiner, type Frames } from '../../video/index.ts'
import type { LineWork } from '../line.ts'
import type { WanShot } from './shots.ts'

/** One video's frames on their way out: joined to a film, and handed over. */
export interface Reel {
  begin(shot: WanShot): void
  /** The shot's next frames, as they are decoded. */
  add(frames: Frames): Promise<void>
}

/** @param fps of the film */
export function openReel({ emit, taken }: LineWork, video: number, fps: number): Reel {
  const joiner = createShotJoiner(fps)
  let shot = 0
  let decoded = 0
  let start = 0
  return {
    begin: ({ index, span }) => {
      shot = index
      decoded = 0
      joiner.begin(span)
    },
    add: async (run) => {
      emit({ type: 'frames-decoded', video, shot, start: decoded, frames: run })
      decoded += run.count
      const frames = joiner.add(run)
      if (frames === null) return
      emit({ type: 'frames-ready', video, shot, start, frames })
      start += frames.count
      await taken()
    },
  }
}
