import { createFrames, type Frames } from '../video/frames.ts'

/** RGB frames → [count / perLatent, perLatent·3, H, W] in [−1, 1], as the codec takes them. */
export function groupedFrames(frames: Frames, perLatent: number): Float32Array {
  if (frames.count % perLatent !== 0 || frames.channels !== 3) {
    throw new RangeError(`the codec takes RGB frames in groups of ${perLatent}, got ${frames.count}`)
  }
  const area = frames.height * frames.width
  const out = new Float32Array(frames.count * 3 * area)
  for (let f = 0; f < frames.count; f++) {
    for (let c = 0; c < 3; c++) {
      const to = (f * 3 + c) * area
      for (let i = 0; i < area; i++) out[to + i] = (frames.data[(f * area + i) * 3 + c] ?? 0) / 127.5 - 1
    }
  }
  return out
}

/** Numbers in [−1, 1] of [count·3, side, side] → 8-bit RGB frames. */
export function framesOf(pixels: Float32Array, count: number, side: number, fps: number): Frames {
  const area = side * side
  const data = new Uint8Array(count * area * 3)
  for (let f = 0; f < count; f++) {
    for (let c = 0; c < 3; c++) {
      const from = (f * 3 + c) * area
      for (let i = 0; i < area; i++) {
        const value = ((pixels[from + i] ?? 0) + 1) * 127.5
        data[(f * area + i) * 3 + c] = Math.max(0, Math.min(255, Math.round(value)))
      }
    }
  }
  return createFrames({ data, count, height: side, width: side, channels: 3, fps })
}
