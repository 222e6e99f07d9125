import {
  bytesOf,
  compile,
  hostTensor,
  input,
  pictureBytes,
  type Runtime,
  type Session,
  type Tensor,
} from '../graph/index.ts'
import type { NetworkWeights } from '../nn/index.ts'
import { createFrames, type Frames } from '../video/frames.ts'
import type { FrameSize } from '../video/resample.ts'
import { planesOf, writeTile } from './planes.ts'
import { tilesOf } from './tiling.ts'

/** A network that makes pictures larger, as it is run: on tiles that overlap. */
export interface TileNetwork {
  /** How many times as wide and high. */
  readonly factor: number
  /** Pixels around a tile that it needs to see; its output is without them. */
  readonly margin: number
  /** Sides of tiles are multiples of it. */
  readonly cell: number
  /** [1, 3, h + 2 margin, w + 2 margin] in [−1, 1] → [1, 3, factor·h, factor·w]. */
  readonly forward: (pictures: Tensor) => Tensor
  readonly weights: NetworkWeights
}

/** Makes frames larger. */
export interface FrameUpscaler {
  readonly factor: number
  /** Begins to load what frames of this size need. */
  prepare(size: FrameSize): void
  /**
   * @param frames RGB of any size
   * @returns as many, `factor` times as wide and high
   */
  upscale(frames: Frames, signal?: AbortSignal): Promise<Frames>
  close(): Promise<void>
}

/** Sides of a tile at most, in pixels: what the painter gives goes in one, and 1 024 × 1 024 in 64. */
const defaultTile = 128

/**
 * Opens an upscaler. Memory is that of a tile, however large the frames: every tile is computed from all pixels that it
 * depends on, so that there are no seams.
 */
export function openUpscaler(
  runtime: Runtime,
  network: TileNetwork,
  { tile = defaultTile, threads }: { readonly tile?: number; readonly threads?: number } = {},
): FrameUpscaler {
  const { factor, cell } = network
  const sessions = new Map<string, Promise<TileSession>>()
  const sessionFor = (width: number, height: number): Promise<TileSession> => {
    const key = `${width}x${height}`
    const open = sessions.get(key) ?? openTile(runtime, network, { width, height }, threads)
    sessions.set(key, open)
    return open
  }
  return {
    factor,
    prepare: ({ width, height }) => {
      const [columns, rows] = [tilesOf(width, tile, cell), tilesOf(height, tile, cell)]
      // Whoever enlarges gets its failure.
      sessionFor(columns.side, rows.side).catch(() => {})
    },
    upscale: async (frames, signal) => {
      if (frames.channels !== 3)
        throw new RangeError(`the upscaler takes RGB frames, got ${frames.channels} channels`)
      const columns = tilesOf(frames.width, tile, cell)
      const rows = tilesOf(frames.height, tile, cell)
      const session = await sessionFor(columns.side, rows.side)
      const [width, height] = [frames.width * factor, frames.height * factor]
      const out = createFrames({
        ...frames,
        width,
        height,
        data: new Uint8Array(frames.count * width * height * 3),
      })
      const places = Array.from({ length: frames.count }, (_, index) => index).flatMap((index) =>
        rows.starts.flatMap((top) => columns.starts.map((left) => ({ index, left, top }))),
      )
      let last: (() => void) | null = null
      for (const { index, left, top } of places) {
        signal?.throwIfAborted()
        const running = session.run(frames, index, left, top)
        // The thread computes while this one writes the tile before.
        last?.()
        const data = await running
        const place = { left: left * factor, top: top * factor }
        last = () => writeTile({ data, width: columns.side * factor }, out, index, place)
      }
      last?.()
      return out
    },
    close: async () => {
      for (const session of sessions.values()) await (await session).close()
      sessions.clear()
    },
  }
}

interface TileSession {
  run(frames: Frames, index: number, left: number, top: number): Promise<Uint8Array>
  close(): Promise<void>
}

async function openTile(
  runtime: Runtime,
  { margin, forward, weights }: TileNetwork,
  { width, height }: { readonly width: number; readonly height: number },
  threads: number | undefined,
): Promise<TileSession> {
  const shape = [1, 3, height + 2 * margin, width + 2 * margin]
  const pixels = pictureBytes(forward(input('pictures', shape)))
  const session: Session = await runtime.open(
    compile({ pixels }, { weights }),
    threads === undefined ? {} : { threads },
  )
  return {
    run: async (frames, index, left, top) => {
      const region = {
        left: left - margin,
        top: top - margin,
        width: width + 2 * margin,
        height: height + 2 * margin,
      }
      const pictures = planesOf(frames, index, region, new Float32Array(3 * region.width * region.height))
      return bytesOf(await session.run({ pictures: hostTensor(pictures, shape) }), 'pixels')
    },
    close: () => session.close(),
  }
}
