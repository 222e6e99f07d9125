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

/**
 * Frames of one colour, to draw on.
 * @param color - 0 to 255 a channel.
 */
export function solidFrames(shape: Omit<Frames, 'data'>, color: readonly number[]): Frames {
  const { count, height, width, channels } = shape
  const data = new Uint8Array(count * height * width * channels)
  for (let at = 0; at < data.length; at++) data[at] = color[at % channels] ?? 255
  return { ...shape, data }
}

/**
 * Frames of several runs, one after the other.
 * @throws FramewrightError E_SHAPE when there are none, or they differ in size, channels or rate.
 */
export function joinFrames(runs: readonly Frames[]): Frames {
  const [first] = runs
  if (first === undefined) throw new FramewrightError('E_SHAPE', 'there are no frames to join')
  for (const run of runs) {
    for (const key of ['width', 'height', 'channels', 'fps'] as const) {
      if (run[key] !== first[key]) {
        throw new FramewrightError(
          'E_SHAPE',
          `frames to join need the same ${key}, got ${first[key]} and ${run[key]}`,
        )
      }
    }
  }
  const data = new Uint8Array(runs.reduce((total, run) => total + run.data.length, 0))
  let at = 0
  for (const run of runs) {
    data.set(run.data, at)
    at += run.data.length
  }
  return { ...first, data, count: runs.reduce((total, run) => total + run.count, 0) }
}
