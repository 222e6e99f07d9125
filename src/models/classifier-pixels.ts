import type { Frames } from '../video/frames.ts'

/**
 * The first frame of each moment's pair: moments are evenly spread, two frames each, and lie in groups of four, so that
 * a codec that works on such groups can be put before them.
 * @param count frames of the clip, at least 4
 */
export function momentStarts(count: number, moments: number): number[] {
  if (count < 4) throw new RangeError(`the classifier reads clips of 4 frames or more, got ${count}`)
  return Array.from({ length: moments }, (_, k) => Math.round((k * (count - 4)) / (moments - 1)) + 1)
}

/**
 * RGB frames made smaller by means of whole blocks of pixels.
 * @throws RangeError where their sides are no multiples of `side`
 */
export function shrinkFrames(frames: Frames, side: number): Frames {
  const [stepX, stepY] = [frames.width / side, frames.height / side]
  if (!Number.isInteger(stepX) || !Number.isInteger(stepY)) {
    throw new RangeError(`${frames.width}×${frames.height} is not made of blocks for ${side}×${side}`)
  }
  if (stepX === 1 && stepY === 1 && frames.channels === 3) return frames
  const { count, channels } = frames
  const data = new Uint8Array(count * side * side * 3)
  const row = frames.width * channels
  for (let f = 0, to = 0; f < count; f++) {
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        const from = (f * frames.height + y * stepY) * row + x * stepX * channels
        for (let c = 0; c < 3; c++) {
          let sum = 0
          for (let dy = 0; dy < stepY; dy++)
            for (let dx = 0; dx < stepX; dx++) sum += frames.data[from + dy * row + dx * channels + c] ?? 0
          data[to++] = Math.round(sum / (stepX * stepY))
        }
      }
    }
  }
  return { ...frames, data, width: side, height: side, channels: 3 }
}

/**
 * Writes a look at two frames of RGB bytes [side, side, 3] as numbers [6, side, side] at `out[at…]`: the first in
 * [−1, 1], and how the second differs from it.
 */
export function writeMoment(
  out: Float32Array,
  at: number,
  first: Uint8Array,
  second: Uint8Array,
  side: number,
): void {
  const area = side * side
  for (let c = 0; c < 3; c++) {
    for (let i = 0; i < area; i++) {
      const value = first[i * 3 + c] ?? 0
      out[at + c * area + i] = value / 127.5 - 1
      out[at + (3 + c) * area + i] = ((second[i * 3 + c] ?? 0) - value) / 127.5
    }
  }
}
