import {
  at,
  type CompiledProgram,
  compile,
  type HostTensor,
  input,
  type Runtime,
  type Session,
  type SessionOptions,
  type Tensor,
} from '../../graph/index.ts'
import { checkWeights, type NetworkWeights, Parameters } from '../../nn/index.ts'
import { FramewrightError } from '../../util/errors.ts'
import { type Chunk, FrameCache } from './frame-cache.ts'
import { cut, join, placesOf, type Tiles } from './tiles.ts'
import { spatialStride, temporalStride, type WanVaeConfig, wanDecode, wanEncode } from './vae.ts'

export interface WanVaeOptions {
  /**
   * Tiles in pixels, multiples of the frame pixels of a latent cell. @default 256 pixels, 192 apart
   */
  readonly tiles?: Tiles
  readonly session?: SessionOptions
}

/** A video that is made as it is read: all of it would not fit. */
export interface VideoSource {
  /** [1, 3, F, H, W]. */
  readonly shape: readonly number[]
  /** Frames [start, end): [1, 3, end − start, H, W] in −1…1. They are asked for in order, each once. */
  frames(start: number, end: number): HostTensor
}

/** Wan's autoencoder, a latent frame at a time: memory does not grow with the number of frames. */
export interface WanVae {
  /**
   * A video [1, 3, F, H, W] in −1…1 → the latents' means [1, latentChannels, f, h, w]; F is 4f − 3 where
   * `temporalStride` is 4, H and W are multiples of `spatialStride`.
   * @throws FramewrightError E_SHAPE
   */
  encode(video: HostTensor | VideoSource, options?: { readonly signal?: AbortSignal }): Promise<HostTensor>
  /**
   * Latents [1, latentChannels, f, h, w] → their frames in −1…1, [1, 3, 1, H, W] for the first latent frame and
   * [1, 3, 4, H, W] for each further one where `temporalStride` is 4.
   */
  decode(latents: HostTensor, options?: { readonly signal?: AbortSignal }): AsyncGenerator<HostTensor, void>
  /** Frees the sessions; the runtime stays open. */
  close(): Promise<void>
}

const defaultTiles: Tiles = { size: 256, stride: 192 }

/**
 * Opens Wan's autoencoder.
 * @throws FramewrightError E_WEIGHTS when the weights are not the network's; RangeError when tiles do not fit cells
 */
export function openWanVae(
  runtime: Runtime,
  config: WanVaeConfig,
  weights: NetworkWeights,
  { tiles = defaultTiles, session = {} }: WanVaeOptions = {},
): WanVae {
  const [side, length] = [spatialStride(config), temporalStride(config)]
  const fits = [tiles.size, tiles.stride].every((n) => n > 0 && n % side === 0) && tiles.stride <= tiles.size
  if (!fits) {
    throw new RangeError(
      `tiles of ${tiles.size} pixels, ${tiles.stride} apart, are not multiples of ${side}, or do not touch`,
    )
  }
  checkVaeWeights(config, weights)
  const cells: Tiles = { size: tiles.size / side, stride: tiles.stride / side }
  const encoder = new ChunkPrograms(runtime, session, weights, (p, x, cache) =>
    wanEncode(p, x, cache, config),
  )
  const decoder = new ChunkPrograms(runtime, session, weights, (p, x, cache) =>
    wanDecode(p, x, cache, config),
  )

  /** Runs a video or latents through one half, a chunk at a time, and each chunk tile by tile. */
  async function* walk(
    { programs, chunkFrames, from, to }: Walk,
    x: HostTensor | VideoSource,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<HostTensor, void> {
    const scale = to.size / from.size
    const [, , frames, height, width] = x.shape as readonly [number, number, number, number, number]
    const places = placesOf(height, width, from)
    const caches = places.map((row) => row.map((): Cached => null))
    for (let start = 0; start < frames; start += start === 0 ? 1 : chunkFrames) {
      const end = start === 0 ? 1 : start + chunkFrames
      const chunk =
        'data' in x ? cut(x, { top: 0, left: 0, height, width }, start, end) : x.frames(start, end)
      const rows: HostTensor[][] = []
      for (const [i, row] of places.entries()) {
        const done: HostTensor[] = []
        for (const [j, place] of row.entries()) {
          signal?.throwIfAborted()
          const { y, cached } = await programs.run(cut(chunk, place, 0, end - start), at(at(caches, i), j))
          at(caches, i)[j] = cached
          done.push(y)
        }
        rows.push(done)
      }
      yield join(rows, [height * scale, width * scale], to.stride, to.size - to.stride)
    }
  }

  const encoding: Walk = { programs: encoder, chunkFrames: length, from: tiles, to: cells }
  const decoding: Walk = { programs: decoder, chunkFrames: 1, from: cells, to: tiles }
  return {
    encode: async (video, { signal } = {}) => {
      checkVideo(video, side, length)
      const parts: HostTensor[] = []
      for await (const part of walk(encoding, video, signal)) parts.push(part)
      return concatFrames(parts)
    },
    decode: async function* (latents, { signal } = {}) {
      for await (const part of walk(decoding, latents, signal)) {
        const data = (part.data as Float32Array).map((value) => Math.min(1, Math.max(-1, value)))
        yield { ...part, data }
      }
    },
    close: async () => {
      await encoder.close()
      await decoder.close()
    },
  }
}

/** The caches of a tile after its last chunk; null before its first. */
type Cached = Readonly<Record<string, HostTensor>> | null

type Half = (p: Parameters, x: Tensor, cache: FrameCache) => Tensor

/** The programs of one half of the network: one for each size of a tile, and for first and further chunks. */
class ChunkPrograms {
  readonly #runtime: Runtime
  readonly #options: SessionOptions
  readonly #weights: NetworkWeights
  readonly #half: Half
  readonly #sessions = new Map<string, Promise<Session>>()

  constructor(runtime: Runtime, options: SessionOptions, weights: NetworkWeights, half: Half) {
    this.#runtime = runtime
    this.#options = options
    this.#weights = weights
    this.#half = half
  }

  async run(x: HostTensor, cached: Cached): Promise<{ y: HostTensor; cached: Cached }> {
    const key = `${cached ? 'next' : 'first'} ${x.shape.join('×')}`
    const session =
      this.#sessions.get(key) ??
      this.#runtime.open(this.#program(x, cached ? 'next' : 'first'), this.#options)
    this.#sessions.set(key, session)
    const { y, ...kept } = await (await session).run({ x, ...cached })
    if (!y) throw new TypeError('the program has no output y')
    const next = Object.entries(kept).map(([name, value]) => [name.slice(keptPrefix.length), value] as const)
    return { y, cached: Object.fromEntries(next) }
  }

  #program(x: HostTensor, chunk: Chunk): CompiledProgram {
    const cache = new FrameCache(chunk)
    const y = this.#half(new Parameters(), input('x', x.shape), cache)
    const kept = Object.entries(cache.kept).map(([name, tensor]) => [`${keptPrefix}${name}`, tensor])
    return compile({ y, ...Object.fromEntries(kept) }, { weights: this.#weights })
  }

  async close(): Promise<void> {
    await Promise.all([...this.#sessions.values()].map(async (session) => (await session).close()))
    this.#sessions.clear()
  }
}

/** Of outputs that are inputs of the next chunk. */
const keptPrefix = 'kept.'

/** One way through the network: its programs, and the tiles that go in and come out. */
interface Walk {
  readonly programs: ChunkPrograms
  /** Of a chunk after the first; the first is one frame. */
  readonly chunkFrames: number
  readonly from: Tiles
  readonly to: Tiles
}

/**
 * Makes sure that weights are those of the autoencoder.
 * @param source where they come from, for messages
 * @throws FramewrightError E_WEIGHTS that lists every difference
 */
export function checkVaeWeights(
  config: WanVaeConfig,
  weights: NetworkWeights,
  source = 'the file of the autoencoder',
): void {
  const parameters = new Parameters()
  const side = spatialStride(config)
  // A further chunk uses weights that a first one does not.
  const frames = input('frames', [1, 3, temporalStride(config), side, side])
  wanEncode(parameters, frames, new FrameCache('next'), config)
  wanDecode(parameters, input('latents', [1, config.latentChannels, 1, 1, 1]), new FrameCache('next'), config)
  checkWeights(parameters.list, weights, source)
}

function checkVideo({ shape }: Pick<HostTensor, 'shape'>, side: number, length: number): void {
  const [batch = 0, channels, frames = 0, height = 0, width = 0] = shape
  const isWhole = frames > 0 && (frames - 1) % length === 0 && height % side === 0 && width % side === 0
  if (shape.length === 5 && batch === 1 && channels === 3 && isWhole && height > 0 && width > 0) return
  throw new FramewrightError(
    'E_SHAPE',
    `a video to encode is 1×3×frames×height×width with ${length}·k + 1 frames and sides that are multiples of ${side}, got ${shape.join('×')}`,
  )
}

/** Latents of one frame each as those of a video. */
function concatFrames(parts: readonly HostTensor[]): HostTensor {
  const [, channels, , height, width] = at(parts, 0).shape as readonly [
    number,
    number,
    number,
    number,
    number,
  ]
  const plane = height * width
  const data = new Float32Array(channels * parts.length * plane)
  for (const [f, part] of parts.entries()) {
    for (let c = 0; c < channels; c++) {
      data.set(
        (part.data as Float32Array).subarray(c * plane, (c + 1) * plane),
        (c * parts.length + f) * plane,
      )
    }
  }
  return { data, shape: [1, channels, parts.length, height, width], dtype: 'f32' }
}
