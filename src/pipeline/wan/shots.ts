import type { Shot, Storyboard } from '../../story/index.ts'
import { FramewrightError } from '../../util/errors.ts'
import { type ShotSpan, sourceFrames, timeline } from '../../video/index.ts'
import type { PlannedShot, Warning } from '../events.ts'
import { plannerWarnings } from '../storyboard-warnings.ts'
import { cleanPrompt } from './clean-prompt.ts'

/** Frames a second of Wan 2.1's videos. */
export const wanRate = 16

/** Frames of a latent one behind the first. */
export const latentGroup = 4

/** The most frames that the networks are asked for at once: 16 seconds. */
export const mostFrames = 257

/** One shot of a film, as the networks are to make it. */
export interface WanShot {
  readonly id: string
  readonly index: number
  /** As `cleanPrompt` gives it. */
  readonly prompt: string
  /** Its own; undefined for one that follows from the film's. */
  readonly seed: number | undefined
  readonly span: ShotSpan
  /** What the networks make, 4k + 1, and at what rate; there may be more than the span needs. */
  readonly frames: number
  readonly sourceFps: number
}

/** A prompt is one shot; its frames are those of the video. */
export function promptShot(prompt: string, frames: number, fps: number): WanShot {
  const span = { start: 0, count: frames, fade: 0, tail: 0 }
  return {
    id: 'shot-1',
    index: 0,
    prompt: cleanPrompt(prompt),
    seed: undefined,
    span,
    frames,
    sourceFps: fps,
  }
}

/**
 * A storyboard's shots: each as many frames as its own and what the next one fades from need, rounded up to 4k + 1.
 * @throws FramewrightError E_STORY for a prompt that is no text; E_OPTION for a shot that is too long, or no frame
 */
export function storyboardShots(storyboard: Storyboard, fps: number): WanShot[] {
  const { shots, style } = storyboard
  const lengths = shots.map(({ durationSeconds, transition }) => ({
    seconds: durationSeconds,
    fadeSeconds: transition.type === 'crossfade' ? transition.seconds : 0,
  }))
  return timeline(lengths, fps).flatMap((span, index) => {
    const shot = shots[index]
    if (!shot) return []
    if (span.count < 1)
      throw refused(shot, `is no whole frame at ${fps} \`fps\`: make the rate higher, or the shot longer`)
    const needed = sourceFrames(span, fps, wanRate)
    const frames = Math.ceil((needed - 1) / latentGroup) * latentGroup + 1
    if (frames > mostFrames) {
      throw refused(
        shot,
        `takes ${frames} frames of the networks, which make ${mostFrames} at most: divide it`,
      )
    }
    const { id, seed } = shot
    return [{ id, index, prompt: shotPrompt(shot, style), seed, span, frames, sourceFps: wanRate }]
  })
}

function refused({ id, durationSeconds }: Shot, why: string): FramewrightError {
  return new FramewrightError('E_OPTION', `${id} is ${durationSeconds} s long, which ${why}`)
}

/** The shot's words, what its camera does where they do not tell, and the style of the whole. */
function shotPrompt({ prompt, camera, id }: Shot, style: readonly string[]): string {
  const told = prompt.trim().replace(/[.\s]+$/, '')
  const { framing, move } = camera
  const looks = /\bcamera\b/i.test(told) ? null : `${framings[framing]}${moves[move]}`
  try {
    return cleanPrompt(
      [told, ...(looks === null ? [] : [looks]), ...style].map((part) => `${part}.`).join(' '),
    )
  } catch (cause) {
    if (!FramewrightError.is(cause)) throw cause
    throw new FramewrightError('E_STORY', `the prompt of ${id} cannot be read: ${cause.message}`, { cause })
  }
}

const framings: { readonly [Framing in Shot['camera']['framing']]: string } = {
  wide: 'Wide shot',
  medium: 'Medium shot',
  'close-up': 'Close-up',
  aerial: 'Aerial shot',
}

const moves: { readonly [Move in Shot['camera']['move']]: string } = {
  still: ', static camera',
  'pan left': ', the camera pans left',
  'pan right': ', the camera pans right',
  'tilt up': ', the camera tilts up',
  'tilt down': ', the camera tilts down',
  'zoom in': ', the camera zooms in',
  'zoom out': ', the camera zooms out',
  follow: ', the camera follows',
}

/** What a storyboard's planner had to tell, and what a film of separate shots cannot have. */
export function storyboardWarnings(storyboard: Storyboard): Warning[] {
  const [first] = storyboard.shots
  const fades: Warning[] =
    first?.transition.type === 'crossfade'
      ? [
          {
            type: 'left-out',
            words: ['crossfade'],
            message: `${first.id} begins with a cross-fade, but there is no shot before it: it begins at once.`,
          },
        ]
      : []
  return [...plannerWarnings(storyboard), ...fades]
}

export const plannedShot = ({ id, prompt, span: { start, count } }: WanShot): PlannedShot => ({
  ...{ id, prompt, start, count },
})
