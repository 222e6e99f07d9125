import { type HostTensor, hostTensor, type Runtime, type SessionOptions } from '../../graph/index.ts'
import type { Tiles } from '../../models/wan/tiles.ts'
import { spatialStride, type WanVaeConfig } from '../../models/wan/vae.ts'
import { createFrames, type Frames, sliceFrames } from '../../video/index.ts'
import type { WanCheckpoint } from './checkpoint.ts'
import type { LatentGrid } from './job.ts'
import { openVae, toVaeLatents } from './networks.ts'

export interface DecodeOptions {
  /** [1, channels, F, H, W], as the transformer has them. */
  readonly latents: Float32Array
  readonly grid: LatentGrid
  /** Frames a second that the networks make. */
  readonly fps: number
  /** Takes the next frames of the shot; the next are decoded when it has. */
  readonly onFrames: (frames: Frames) => Promise<void>
  /** Pixels on a side of a tile. */
  readonly tile: number
  readonly session: SessionOptions
  readonly signal?: AbortSignal
}

/**
 * Decodes a shot and hands its frames on as they are ready. When the memory is not enough, it is tried again with tiles
 * of half the size; frames that were handed on already are not handed on twice.
 */
export async function decodeShot(
  checkpoint: WanCheckpoint,
  runtime: Runtime,
  options: DecodeOptions,
): Promise<void> {
  const stride = spatialStride(checkpoint.vae.config)
  let given = 0
  let tile = roundedTo(options.tile, stride)
  while (true) {
    try {
      await decodeFrom(given, tile)
      return
    } catch (error) {
      const half = roundedTo(tile / 2, stride)
      if (!isOutOfMemory(error) || half >= tile) throw error
      tile = half
    }
  }

  /** Frames from `start` on. */
  async function decodeFrom(start: number, size: number): Promise<void> {
    const vae = openVae(checkpoint, runtime, options.session, tilesOf(size, checkpoint.vae.config))
    const shape = [1, checkpoint.vae.config.latentChannels, ...options.grid]
    const latents = hostTensor(toVaeLatents(checkpoint, options.latents), shape)
    let index = 0
    try {
      for await (const chunk of vae.decode(latents, options.signal ? { signal: options.signal } : {})) {
        const frames = chunkFrames(chunk, options.fps)
        const first = Math.max(0, start - index)
        index += frames.count
        if (first >= frames.count) continue
        const fresh = sliceFrames(frames, first, frames.count)
        given = index
        await options.onFrames(fresh)
      }
    } finally {
      await vae.close().catch(() => {})
    }
  }
}

/** Tiles of about `size` pixels on a side; a quarter overlaps with the neighbour, as in the published pipeline. */
export function tilesOf(size: number, config: WanVaeConfig): Tiles {
  const stride = spatialStride(config)
  return { size: roundedTo(size, stride), stride: roundedTo((size * 3) / 4, stride) }
}

const roundedTo = (size: number, stride: number): number =>
  Math.max(stride, Math.floor(size / stride) * stride)

/** The runtime has no code for it: it says so in these words. */
function isOutOfMemory(error: unknown): boolean {
  const message = error instanceof Error ? error.message : String(error)
  return /bad[_ ]alloc|failed to allocate memory|out of memory|allocation failed/i.test(message)
}

/** Numbers [1, 3, F, H, W] in −1…1 as pictures. */
export function chunkFrames({ data, shape }: HostTensor, fps: number): Frames {
  const [, , count = 0, height = 0, width = 0] = shape
  const area = height * width
  const pixels = new Uint8Array(count * area * 3)
  for (let f = 0; f < count; f++) {
    for (let i = 0; i < area; i++) {
      for (let c = 0; c < 3; c++) {
        const value = Number(data[(c * count + f) * area + i])
        pixels[(f * area + i) * 3 + c] = Math.round((value / 2 + 0.5) * 255)
      }
    }
  }
  return createFrames({ data: pixels, count, height, width, channels: 3, fps })
}
