/** How long a shot is, and how long the one before it is still seen in it. */
export interface ShotLength {
  readonly seconds: number
  /** From the shot's first frame on; 0 for a cut. */
  readonly fadeSeconds: number
}

/** Where a shot lies in its film; all in the film's frames. */
export interface ShotSpan {
  /** Its first frame. */
  readonly start: number
  /** How many are its own. */
  readonly count: number
  /** How many of them, from the first on, still show the shot before. */
  readonly fade: number
  /** How many more it goes on for beneath the shot after it. */
  readonly tail: number
}

/**
 * Shots one after the other. A cross-fade counts inside the later shot, so that a film is as long as the sum of its
 * shots; ends are rounded, not lengths, so that no error adds up. There is nothing to fade from before the first.
 * @param fps frames a second of the film
 */
export function timeline(shots: readonly ShotLength[], fps: number): ShotSpan[] {
  let seconds = 0
  let start = 0
  const spans = shots.map((shot, i) => {
    seconds += shot.seconds
    const end = Math.round(seconds * fps)
    const count = end - start
    const fade = i === 0 || shot.fadeSeconds === 0 ? 0 : Math.max(1, Math.round(shot.fadeSeconds * fps))
    const span = { start, count, fade: Math.min(fade, count) }
    start = end
    return span
  })
  return spans.map((span, i) => ({ ...span, tail: spans[i + 1]?.fade ?? 0 }))
}

/** Frames at another rate that hold all of a shot's own and its tail. */
export function sourceFrames({ count, tail }: ShotSpan, fps: number, sourceFps: number): number {
  // A whole number must not become the next one by a rounding error.
  return Math.ceil(((count + tail) * sourceFps) / fps - 1e-6)
}
