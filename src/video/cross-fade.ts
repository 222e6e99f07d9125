import { type Frames, sliceFrames } from './frames.ts'
import { mixPictures } from './mix.ts'

/** Which frames of a cross-fade these are. */
export interface FadePart {
  /** The first one's index in the cross-fade. */
  readonly start: number
  /** Frames of the whole cross-fade. */
  readonly length: number
}

/**
 * One shot turning into the next: frame i of a cross-fade of n shows (i + ½) / n of the later one, as much as in the
 * middle of the time that the frame is seen. Both have the same size, channels and rate, and as many frames.
 */
export function crossFade(before: Frames, after: Frames, { start, length }: FadePart): Frames {
  const data = new Uint8Array(after.data.length)
  const pictureOf = (frames: Frames, i: number): Uint8Array => sliceFrames(frames, i, i + 1).data
  for (let i = 0; i < after.count; i++) {
    const out = pictureOf({ ...after, data }, i)
    mixPictures(out, pictureOf(before, i), pictureOf(after, i), (start + i + 0.5) / length, after.channels)
  }
  return { ...after, data }
}
