import { crossFade } from './cross-fade.ts'
import { createFrames, type Frames, joinFrames, sliceFrames } from './frames.ts'
import type { ShotSpan } from './timeline.ts'

/** Puts shots together to a film as they come: what has been given out is not kept. */
export interface ShotJoiner {
  /** Begins the next shot. */
  begin(span: ShotSpan): void
  /**
   * Takes the next run of the shot that has begun, at any rate, always the same.
   * @returns the film's next frames; none while the run only holds what the next shot fades from
   */
  add(run: Frames): Frames | null
}

/**
 * A film of `fps` frames a second out of shots in order. Between two frames of a run the earlier one is shown. In memory
 * is no more than the tail of a shot: what the next one fades from.
 */
export function createShotJoiner(fps: number): ShotJoiner {
  let span: ShotSpan = { start: 0, count: 0, fade: 0, tail: 0 }
  /** Frames of the shot so far: that came, and that they gave. */
  let came = 0
  let given = 0
  /** What the shot fades from; and the runs of what the next one will. */
  let before: Frames | null = null
  let tail: Frames[] = []

  const fadeIn = (frames: Frames): Frames => {
    if (before === null) return frames
    const count = Math.min(frames.count, span.fade - given)
    const old = sliceFrames(before, given, given + count)
    const mixed = crossFade(old, sliceFrames(frames, 0, count), { start: given, length: span.fade })
    if (given + count === span.fade) before = null
    return joinFrames([mixed, sliceFrames(frames, count, frames.count)])
  }

  return {
    begin(next) {
      before = next.fade > 0 ? joinFrames(tail) : null
      tail = []
      span = next
      came = 0
      given = 0
    },
    add(run) {
      const frames = atRate(run, came, given, span.count + span.tail, fps)
      came += run.count
      const own = Math.min(frames.count, Math.max(0, span.count - given))
      if (own < frames.count) tail.push(sliceFrames(frames, own, frames.count))
      const shown = own === 0 ? null : fadeIn(sliceFrames(frames, 0, own))
      given += frames.count
      return shown
    },
  }
}

/** The frames [first, end) of a shot at `fps` that a run holds, whose own first is the shot's `came`th. */
function atRate(run: Frames, came: number, first: number, end: number, fps: number): Frames {
  const size = run.height * run.width * run.channels
  // A frame that begins at this very time must not be missed by a rounding error.
  const sourceOf = (frame: number): number => Math.floor((frame * run.fps) / fps + 1e-6) - came
  let count = 0
  while (first + count < end && sourceOf(first + count) < run.count) count++
  const data = new Uint8Array(count * size)
  for (let i = 0; i < count; i++) {
    const source = sourceOf(first + i)
    data.set(run.data.subarray(source * size, (source + 1) * size), i * size)
  }
  return createFrames({ ...run, data, count, fps })
}
