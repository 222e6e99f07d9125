import { toyboxDenoiser } from '../models/denoiser.ts'
import { createTaskQueue } from '../util/task-queue.ts'
import { createShotJoiner, type Frames, type ShotJoiner, sliceFrames } from '../video/index.ts'
import { openEnhancer } from './enhance.ts'
import type { FilmShot } from './film.ts'
import type { Work } from './line.ts'
import { nativeFrames } from './move.ts'

/**
 * Turns latents into the film's frames and hands them over, shot after shot, beside the painting: what comes faster than
 * it can be developed has to wait.
 */
export interface Developer {
  begin(shot: FilmShot): Promise<void>
  /** Shows what the shot's first latent frame is expected to become, one a video. */
  show(expected: readonly Float32Array[]): void
  /** @param latents the shot's next latent frame, one a video; resolves when there is room for another */
  add(latents: readonly Float32Array[]): Promise<void>
  /** The shot has no more. */
  end(): Promise<void>
  /** Resolves when every frame has been handed over. */
  finish(): Promise<void>
}

/** Latent frames that wait: a chunk's, so that the next can be painted while all of them are developed. */
const mostWaiting = toyboxDenoiser.frames

/** @param videos made beside each other */
export function openDeveloper(work: Work, videos: number): Developer {
  const { toybox, emit, options } = work
  const decoder = toybox.decoder()
  // Whoever decodes gets its failure.
  decoder.catch(() => {})
  const reels = Array.from({ length: videos }, (_, video) => createReel(work, video))
  const tasks = createTaskQueue(mostWaiting)
  let shot: FilmShot | null = null
  let before: readonly Float32Array[] = []
  let start = 0

  const decode = async (latents: readonly Float32Array[]): Promise<void> => {
    const left = shot === null ? 0 : nativeFrames(shot, options.fps) - start
    // The last chunk may hold more than the shot needs.
    if (shot === null || left <= 0) return
    let count = 0
    for (const [video, one] of latents.entries()) {
      const decoded = await (await decoder).decode(one, before[video] ?? one)
      const frames = sliceFrames(decoded, 0, Math.min(decoded.count, left))
      emit({ type: 'frames-decoded', video, shot: shot.index, start, frames })
      await reels[video]?.add(frames)
      count = frames.count
    }
    before = latents
    start += count
  }

  const decodeExpected = async (latents: readonly Float32Array[]): Promise<void> => {
    if (shot === null) return
    for (const [video, one] of latents.entries()) {
      const frames = await (await decoder).decode(one, one)
      emit({ type: 'frames-expected', video, shot: shot.index, frames })
    }
  }

  return {
    begin: (next) =>
      tasks.add(async () => {
        shot = next
        before = []
        start = 0
        for (const reel of reels) reel.begin(next)
      }),
    show: (expected) => {
      // Nothing waits for it; what goes wrong shows with the frames themselves.
      tasks.add(() => decodeExpected(expected)).catch(() => {})
    },
    add: (latents) => tasks.add(() => decode(latents)),
    end: () =>
      tasks.add(async () => {
        for (const reel of reels) await reel.end()
      }),
    finish: () => tasks.finish(),
  }
}

/** One video's frames on their way out: joined, enlarged, and handed over. */
interface Reel {
  begin(shot: FilmShot): void
  add(frames: Frames): Promise<void>
  /** The shot has no more frames. */
  end(): Promise<void>
}

function createReel(work: Work, video: number): Reel {
  const { options, emit, taken } = work
  const joiner: ShotJoiner = createShotJoiner(options.fps)
  const enhancer = openEnhancer(work)
  let shot = 0
  let start = 0
  const handOn = async (run: Frames | null): Promise<void> => {
    const joined = run === null ? null : joiner.add(run)
    if (joined === null) return
    const frames = await enhancer.enlarge(joined)
    emit({ type: 'frames-ready', video, shot, start, frames })
    start += frames.count
    await taken()
  }
  return {
    begin: ({ index, span }) => {
      shot = index
      enhancer.begin()
      joiner.begin(span)
    },
    add: async (run) => handOn(await enhancer.fill(run)),
    end: async () => handOn(enhancer.end()),
  }
}
