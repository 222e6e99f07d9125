import type { FrameInterpolator } from '../enhance/interpolate-frames.ts'
import { createFrames, type Frames, joinFrames, resizeFrames, sliceFrames } from '../video/index.ts'
import type { Work } from './line.ts'
import { nativeRate, nativeSize } from './toybox.ts'

/** One video's frames on their way to the rate and size that were asked for. */
export interface Enhancer {
  /** Begins a shot: what was before it is forgotten. */
  begin(): void
  /** The shot's next frames, with those between them: at the painter's rate, or twice that, or four times … */
  fill(run: Frames): Promise<Frames>
  /** What is shown after the shot's last frame until its time is over; null where that is nothing. */
  end(): Frames | null
  /** Frames at the size asked for. */
  enlarge(frames: Frames): Promise<Frames>
}

/** Begins to load what the frames asked for need. */
export function openEnhancer({ toybox, options, signal }: Work): Enhancer {
  const { enhance, fps, width, height } = options
  const times = enhance === 'none' ? 0 : doublings(fps)
  const levels = Array.from({ length: times }, () => createDoubling())
  let last: Frames | null = null
  const isLarger = width > nativeSize || height > nativeSize
  const painted = { width: nativeSize, height: nativeSize }
  const interpolator = times > 0 ? toybox.interpolator() : null
  const upscaler = isLarger && enhance !== 'none' ? toybox.upscaler(enhance) : null
  // Whoever enhances gets their failures.
  interpolator?.then((one) => one.prepare(painted)).catch(() => {})
  upscaler?.then((one) => one.prepare(painted)).catch(() => {})
  return {
    begin() {
      for (const level of levels) level.begin()
      last = null
    },
    async fill(run) {
      let frames = run
      if (interpolator !== null) {
        for (const level of levels) frames = await level.add(frames, await interpolator, signal)
      }
      last = sliceFrames(frames, frames.count - 1, frames.count)
      return frames
    },
    end() {
      // Each doubling left out what would lie behind its last frame.
      const missing = 2 ** times - 1
      if (last === null || missing === 0) return null
      return joinFrames(new Array<Frames>(missing).fill(last))
    },
    async enlarge(frames) {
      let large = frames
      if (upscaler !== null) {
        const { factor, upscale } = await upscaler
        // In steps where one is not enough, but for the last bit: twice for a picture of twice the size is too much.
        do large = await upscale(large, signal)
        while (large.width * factor <= width && large.height * factor <= height)
      }
      return resizeFrames(large, { width, height }, signal)
    },
  }
}

/** How often the painter's rate must be doubled to give at least `fps`. */
export function doublings(fps: number): number {
  return Math.max(0, Math.ceil(Math.log2(fps / nativeRate)))
}

/** Twice the rate, run by run. */
interface Doubling {
  begin(): void
  add(run: Frames, interpolator: FrameInterpolator, signal: AbortSignal): Promise<Frames>
}

function createDoubling(): Doubling {
  let last: Frames | null = null
  return {
    begin() {
      last = null
    },
    async add(run, interpolator, signal) {
      const known = last === null ? run : joinFrames([last, run])
      const between = await interpolator.between(known, signal)
      last = sliceFrames(run, run.count - 1, run.count)
      return alternating(run, between)
    },
  }
}

/** Frames and those between them, in turn; as many between as frames, or one less: then a frame is the first. */
function alternating(run: Frames, between: Frames): Frames {
  const size = run.width * run.height * run.channels
  const data = new Uint8Array((run.count + between.count) * size)
  const first = run.count - between.count
  for (let i = 0; i < run.count + between.count; i++) {
    const isBetween = (i + first) % 2 === 0
    const from = isBetween ? between : run
    const index = i >> 1
    data.set(from.data.subarray(index * size, (index + 1) * size), i * size)
  }
  return createFrames({ ...run, count: run.count + between.count, data, fps: run.fps * 2 })
}
