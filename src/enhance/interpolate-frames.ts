import {
  bytesOf,
  compile,
  hostTensor,
  input,
  pictureBytes,
  type Runtime,
  type Session,
} from '../graph/index.ts'
import { type NetworkWeights, Parameters } from '../nn/index.ts'
import { createFrames, type Frames } from '../video/frames.ts'
import type { FrameSize } from '../video/resample.ts'
import { type InterpolatorConfig, interpolate, interpolatorMargin } from './interpolator.ts'
import { planesOf, writeTile } from './planes.ts'
import { type Tiling, tilesOf } from './tiling.ts'

/** Draws the frames between frames. */
export interface FrameInterpolator {
  /** Begins to load what frames of this size need. */
  prepare(size: FrameSize): void
  /**
   * @param frames RGB, n of them
   * @returns the n − 1 that lie halfway between neighbours
   */
  between(frames: Frames, signal?: AbortSignal): Promise<Frames>
  close(): Promise<void>
}

/** Opens the interpolator; on tiles, as `openUpscaler`. */
export function openInterpolator(
  runtime: Runtime,
  config: InterpolatorConfig,
  weights: NetworkWeights,
  { tile = 128, threads }: { readonly tile?: number; readonly threads?: number } = {},
): FrameInterpolator {
  const margin = interpolatorMargin(config)
  const sessions = new Map<string, Promise<Session>>()
  const shapeOf = (columns: Tiling, rows: Tiling): number[] => [
    1,
    3,
    rows.side + 2 * margin,
    columns.side + 2 * margin,
  ]
  const sessionFor = (shape: readonly number[]): Promise<Session> => {
    const key = shape.join()
    const known = sessions.get(key)
    if (known) return known
    const middle = interpolate(new Parameters(), config, input('before', shape), input('after', shape))
    const pixels = pictureBytes(middle.pixels)
    const opened = runtime.open(compile({ pixels }, { weights }), threads === undefined ? {} : { threads })
    sessions.set(key, opened)
    return opened
  }
  return {
    prepare: ({ width, height }) => {
      const shape = shapeOf(tilesOf(width, tile, config.cell), tilesOf(height, tile, config.cell))
      // Whoever asks for frames gets its failure.
      sessionFor(shape).catch(() => {})
    },
    between: async (frames, signal) => {
      if (frames.channels !== 3)
        throw new RangeError(`the interpolator takes RGB frames, got ${frames.channels} channels`)
      const { width, height } = frames
      const count = Math.max(0, frames.count - 1)
      const out = createFrames({ ...frames, count, data: new Uint8Array(count * width * height * 3) })
      const columns = tilesOf(width, tile, config.cell)
      const rows = tilesOf(height, tile, config.cell)
      const shape = shapeOf(columns, rows)
      const session = await sessionFor(shape)
      const size = (shape[1] ?? 0) * (shape[2] ?? 0) * (shape[3] ?? 0)
      for (let index = 0; index < count; index++) {
        for (const top of rows.starts) {
          for (const left of columns.starts) {
            signal?.throwIfAborted()
            const region = {
              left: left - margin,
              top: top - margin,
              width: columns.side + 2 * margin,
              height: rows.side + 2 * margin,
            }
            const feed = (frame: number) =>
              hostTensor(planesOf(frames, frame, region, new Float32Array(size)), shape)
            const outputs = await session.run({ before: feed(index), after: feed(index + 1) })
            const pixels = { data: bytesOf(outputs, 'pixels'), width: columns.side }
            writeTile(pixels, out, index, { left, top })
          }
        }
      }
      return out
    },
    close: async () => {
      for (const session of sessions.values()) await (await session).close()
      sessions.clear()
    },
  }
}
