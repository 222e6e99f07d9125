import { FramewrightError } from '../util/errors.ts'
import type { Frames } from './frames.ts'
import { mixPictures } from './mix.ts'

/** Sides in pixels. */
export interface FrameSize {
  readonly width: number
  readonly height: number
}

/**
 * Frames of another size, the whole picture stretched to it: Lanczos with three lobes, alpha taken into account.
 * @throws FramewrightError E_OPTION when a side is not a whole number from 1 to 16384.
 */
export async function resizeFrames(frames: Frames, size: FrameSize, signal?: AbortSignal): Promise<Frames> {
  for (const side of ['width', 'height'] as const) {
    if (!Number.isInteger(size[side]) || size[side] < 1 || size[side] > 16384) {
      throw new FramewrightError(
        'E_OPTION',
        `\`${side}\` must be a whole number from 1 to 16384, got ${size[side]}`,
      )
    }
  }
  if (size.width === frames.width && size.height === frames.height) return frames
  const { default: sharp } = await import('sharp')
  const { width, height, channels, count } = frames
  const data = new Uint8Array(count * size.height * size.width * channels)
  for (let index = 0; index < count; index++) {
    signal?.throwIfAborted()
    const picture = frames.data.subarray(
      index * height * width * channels,
      (index + 1) * height * width * channels,
    )
    const resized = await sharp(picture, { raw: { width, height, channels } })
      .resize(size.width, size.height, { fit: 'fill', kernel: 'lanczos3' })
      .raw()
      .toBuffer()
    data.set(resized, index * resized.length)
  }
  return { ...frames, ...size, data }
}

export interface RetimeOptions {
  /**
   * What is shown between two frames: the earlier one (`hold`), or a mix of both (`blend`: softer, with ghosts).
   * @default 'hold'
   */
  readonly between?: 'hold' | 'blend' | undefined
}

/**
 * The same motion at another rate: 12 to 24 frames a second shows each twice, 24 to 12 every other.
 * The length in seconds stays, to the nearest frame.
 * @param fps - Frames a second, above 0.
 * @throws FramewrightError E_OPTION when `fps` is not above 0.
 */
export function retimeFrames(frames: Frames, fps: number, { between = 'hold' }: RetimeOptions = {}): Frames {
  if (!(fps > 0 && Number.isFinite(fps)))
    throw new FramewrightError('E_OPTION', `\`fps\` must be above 0, got ${fps}`)
  if (fps === frames.fps || frames.count === 0) return { ...frames, fps }
  const size = frames.height * frames.width * frames.channels
  const last = frames.count - 1
  const count = Math.max(1, Math.round((frames.count * fps) / frames.fps))
  const data = new Uint8Array(count * size)
  for (let index = 0; index < count; index++) {
    const time = Math.min((index * frames.fps) / fps, last)
    // A frame that begins at this very time must not be missed by a rounding error.
    const from = Math.floor(time + 1e-6)
    const share = between === 'blend' ? Math.max(0, time - from) : 0
    const picture = data.subarray(index * size, (index + 1) * size)
    const before = frames.data.subarray(from * size, (from + 1) * size)
    if (share < 1e-6) picture.set(before)
    else
      mixPictures(
        picture,
        before,
        frames.data.subarray((from + 1) * size, (from + 2) * size),
        share,
        frames.channels,
      )
  }
  return { ...frames, data, count, fps }
}
