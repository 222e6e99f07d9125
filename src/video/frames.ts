import { FramewrightError } from '../util/errors.ts'

/**
 * A run of pictures, 8-bit sRGB.
 * `data` is [count, height, width, channels] row-major; channels is 3 (RGB) or 4 (RGB and straight alpha).
 */
export interface Frames {
  readonly data: Uint8Array
  readonly count: number
  readonly height: number
  readonly width: number
  readonly channels: 3 | 4
  /** Frames a second. */
  readonly fps: number
}

/**
 * Makes frames of bytes that are already there.
 * @throws FramewrightError E_SHAPE when the bytes do not fill the shape.
 */
export function createFrames(frames: Frames): Frames {
  const expected = frames.count * frames.height * frames.width * frames.channels
  if (frames.data.length !== expected) {
    throw new FramewrightError(
      'E_SHAPE',
      `frames of ${frames.count}×${frames.height}×${frames.width}×${frames.channels} need ${expected} bytes, got ${frames.data.length}`,
    )
  }
  return frames
}

/** Frames [start, end) as a view: no copy. */
export function sliceFrames(frames: Frames, start: number, end: number): Frames {
  const size = frames.height * frames.width * frames.channels
  return { ...frames, count: end - start, data: frames.data.subarray(start * size, end * size) }
}
