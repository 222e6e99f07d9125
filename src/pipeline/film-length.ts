import { type Storyboard, storyLimits } from '../story/storyboard.ts'
import { FramewrightError } from '../util/errors.ts'
import { timeline } from '../video/timeline.ts'
import type { ValidOptions } from './validate.ts'

/** Frames of each video, where they are known before the prompt is read. */
export function frameCountOf(options: ValidOptions): number | undefined {
  const { prompt, storyboard, shots, director, fps } = options
  if (prompt !== undefined) {
    return shots === 1 && director === undefined ? Math.round(oneShotSeconds(options) * fps) : undefined
  }
  return framesOf(storyboard?.shots ?? [], fps).reduce((sum, count) => sum + count, 0)
}

/** Of a video, in seconds: less would be a picture. */
export const shortestSeconds = 0.1

/** Length of a single shot where none is asked for. */
const usualSeconds = 2

/**
 * How long a prompt of one shot is.
 * @throws FramewrightError E_OPTION when that is longer than a shot may be, or no frame
 */
export function oneShotSeconds({
  seconds = usualSeconds,
  fps,
}: Pick<ValidOptions, 'seconds' | 'fps'>): number {
  const { longestSeconds } = storyLimits
  if (seconds > longestSeconds) {
    throw new FramewrightError(
      'E_OPTION',
      `\`seconds\` of one shot must be ${shortestSeconds} to ${longestSeconds}, got ${seconds}: ask for more \`shots\`, or tell of more that happens`,
    )
  }
  checkLength(seconds, fps)
  return seconds
}

/** @throws FramewrightError E_OPTION for less than a frame */
export function checkLength(seconds: number | undefined, fps: number): void {
  if (seconds === undefined || Math.round(seconds * fps) >= 1) return
  throw new FramewrightError(
    'E_OPTION',
    `${seconds} \`seconds\` at ${fps} \`fps\` are no whole frame: make it longer, or the rate higher`,
  )
}

/** Every shot is seen. @throws FramewrightError E_OPTION where one has no frame */
export function checkShots({ shots }: Storyboard, fps: number): void {
  const unseen = shots[framesOf(shots, fps).findIndex((count) => count < 1)]
  if (unseen === undefined) return
  throw new FramewrightError(
    'E_OPTION',
    `${unseen.id} is ${unseen.durationSeconds} s long, which is no whole frame at ${fps} \`fps\`: make the rate higher, or the shot longer`,
  )
}

function framesOf(shots: Storyboard['shots'], fps: number): number[] {
  const lengths = shots.map(({ durationSeconds }) => ({ seconds: durationSeconds, fadeSeconds: 0 }))
  return timeline(lengths, fps).map(({ count }) => count)
}
