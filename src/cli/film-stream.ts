import type { GenerateEvent, GenerateResult, PlannedShot } from '../pipeline/events.ts'
import type { Storyboard } from '../story/index.ts'
import type { Frames } from '../video/index.ts'
import { showEvent } from './follow.ts'
import type { Progress } from './progress.ts'

/** A film on its way from the networks to the encoder. */
export interface FilmStream {
  readonly shots: readonly PlannedShot[]
  /** What the prompt was planned as; null where nothing was planned. */
  readonly storyboard: Storyboard | null
  /** Of the whole film. */
  readonly frameCount: number
  /** Once, in order; the networks wait while a run is being written. */
  readonly frames: AsyncIterable<FilmRun>
  /** What was made, when the last frame has been read. */
  result(): GenerateResult
  /** How long the networks waited for the reader of the frames, and since they have ended, in milliseconds. */
  waited(): number
}

export interface FilmRun {
  readonly shot: number
  /** The first frame's index in the film. */
  readonly start: number
  readonly frames: Frames
}

/** Reads until the film's length is known; shows everything as progress. */
export async function openFilm(
  events: AsyncGenerator<GenerateEvent, GenerateResult>,
  progress: Progress,
): Promise<FilmStream> {
  let result: GenerateResult | null = null
  let waited = 0
  let ended: number | null = null
  let shots: readonly PlannedShot[] = []
  let storyboard: Storyboard | null = null
  let frameCount = 0
  while (frameCount === 0) {
    const next = await events.next()
    if (next.done) throw new RangeError('the film ended before its shots were planned')
    showEvent(next.value, progress, shots.length)
    if (next.value.type === 'story-planned') storyboard = next.value.storyboard
    if (next.value.type !== 'shots-planned') continue
    shots = next.value.shots
    frameCount = next.value.frames
  }
  async function* frames(): AsyncGenerator<FilmRun> {
    while (true) {
      const next = await events.next()
      if (next.done) {
        result = next.value
        ended = performance.now()
        return
      }
      showEvent(next.value, progress, shots.length)
      if (next.value.type !== 'frames-ready') continue
      const given = performance.now()
      yield next.value
      waited += performance.now() - given
    }
  }
  return {
    shots,
    storyboard,
    frameCount,
    frames: frames(),
    waited: () => waited + (ended === null ? 0 : performance.now() - ended),
    result: () => {
      if (result === null) throw new RangeError('the film’s frames have not been read to their end')
      return result
    },
  }
}

/** Ends a generator that is not read to its end: what it has opened is closed. */
export async function closeFilm(events: AsyncGenerator<unknown, unknown>): Promise<void> {
  await events.return(undefined)
}
