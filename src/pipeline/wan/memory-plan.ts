import { sizeOf } from '../../graph/index.ts'
import { clipGroupSize } from '../../models/clip-vision-session.ts'
import { isRounded } from '../../models/wan/int8-weights.ts'
import { spatialStride } from '../../models/wan/vae.ts'
import { FramewrightError } from '../../util/errors.ts'
import type { Precision } from '../options.ts'
import { numbersIn, type WanCheckpoint, type WanPictures } from './checkpoint.ts'
import { textTokens } from './networks.ts'

/** How a transformer that is larger than memory may be will be run. */
export interface MemoryPlan {
  readonly blocks: number
  /** Of the numbers of its matrices. */
  readonly precision: Precision
  /** Blocks that stay in memory; the others are read from their files at every step. */
  readonly resident: number
  /** What may be used, and what is expected to be. */
  readonly budgetBytes: number
  readonly peakBytes: number
  /** The least that would do for a video of this size. */
  readonly leastBytes: number
  /** Read from the files at every step. */
  readonly streamedBytes: number
  /** Of the tiles that the frames are decoded in, pixels on a side. */
  readonly tile: number
  /** Operations of one step: multiplications and additions. */
  readonly stepOperations: number
  /** Expected, by products of matrices measured just before; null where none was. */
  readonly stepSeconds: number | null
}

/** Multiplications and additions a second of products of matrices. */
export interface ProductSpeed {
  /** Of linear layers, in the precision asked for. */
  readonly layers: number
  /** Of attention, in 32 bits. */
  readonly attention: number
}

export interface MemoryRequest {
  /** Frames, rows and columns of the latents. */
  readonly grid: readonly [number, number, number]
  /** Runs of the network a step: 2 with guidance. */
  readonly passes: number
  readonly budgetBytes: number
  /** @default 'f32' */
  readonly precision?: Precision
  /** Null where they were not measured. */
  readonly operationsPerSecond: ProductSpeed | null
}

/**
 * Node, its libraries, what is kept beside the networks, and what the system's allocator holds back: 180 MB were measured
 * of a tiny network, and half a gigabyte more than weights and values of the 1.3B one.
 */
const baseBytes = 500e6

/** Tiles that are tried, pixels on a side. */
const tileSizes = [256, 192, 128, 96, 64]

/**
 * What decoding a tile takes for each of its pixels and each channel at full size, in bytes: features of four frames, the
 * two before of every convolution, and what is computed from them.
 */
const decodeBytesPerPixelChannel = 190

/**
 * Shares a budget: text encoder, picture encoder, transformer and autoencoder come one after the other, so that the largest
 * of them is the peak; of the transformer as many blocks stay as there is room for.
 * @throws FramewrightError E_OPTION when not even one block at a time fits; the message says what would
 */
export function planMemory(checkpoint: WanCheckpoint, request: MemoryRequest): MemoryPlan {
  const { budgetBytes, precision = 'f32', operationsPerSecond } = request
  const need = needs(checkpoint, request)
  const tile = tileSizes.find((size) => need.decode(size) <= budgetBytes) ?? smallestTile
  const decode = need.decode(tile)
  const leastBytes = leastOf(need)
  if (leastBytes > budgetBytes) throw tooLittle(checkpoint, request, leastBytes)
  const fits = need.resident(need.blocks) <= budgetBytes
  const room = Math.floor((budgetBytes - need.streaming) / need.block)
  const resident = fits ? need.blocks : Math.max(0, Math.min(need.blocks - 1, room))
  const painting = fits ? need.resident(need.blocks) : need.streaming + resident * need.block
  return {
    blocks: need.blocks,
    precision,
    resident,
    budgetBytes,
    peakBytes: Math.max(need.text, need.pictures, decode, painting),
    leastBytes,
    streamedBytes: (need.blocks - resident) * need.blockFile,
    tile,
    stepOperations: need.layerOperations + need.attentionOperations,
    stepSeconds:
      operationsPerSecond === null
        ? null
        : need.layerOperations / operationsPerSecond.layers +
          need.attentionOperations / operationsPerSecond.attention,
  }
}

const smallestTile = tileSizes.at(-1) ?? 64

/** Of the largest part, in the smallest pieces. */
const leastOf = (need: ReturnType<typeof needs>): number =>
  Math.max(need.text, need.pictures, need.decode(smallestTile), need.streaming)

/** A group of the picture encoder's layers while it is opened: as in its file, as 32-bit numbers, and as products read it. */
function clipGroupBytes(weights: WanPictures['encoder']['weights']): number {
  const layer = [...weights].filter(([name]) => name.startsWith('encoder.layers.0.'))
  return clipGroupSize * layer.reduce((sum, [, { shape, length }]) => sum + 8 * sizeOf(shape) + length, 0)
}

/** What each part takes, in bytes. */
function needs(
  { transformer, vae, text, pictures }: WanCheckpoint,
  { grid, passes, precision }: MemoryRequest,
) {
  const { heads, headWidth, hidden, layers, patch } = transformer.config
  const width = heads * headWidth
  const tokens = sizeOf(grid) / sizeOf(patch)
  const all = [...transformer.weights].map(([name, weight]) => ({ name, weight }))
  const first = all.filter(({ name }) => name.startsWith('blocks.0.'))
  const rest = all.filter(({ name }) => !name.startsWith('blocks.'))
  const numbers = (list: typeof all): number =>
    list.reduce((sum, { weight }) => sum + sizeOf(weight.shape), 0)
  const isInt8 = ({ name, weight }: (typeof all)[number]): boolean =>
    precision === 'int8' && isRounded(name, weight.shape)
  const int8Bytes = numbers(first.filter(isInt8))
  const others = first.filter((one) => !isInt8(one))
  const block = int8Bytes + 4 * numbers(others)
  const blockFile = int8Bytes + others.reduce((sum, { weight }) => sum + weight.length, 0)
  const edges = 4 * numbers(rest)
  // Tokens on both sides of the worker thread, what a block keeps of them at once, and what it looks at.
  const streams = 4 * tokens * width * (2 * passes + 2)
  const inside = 4 * tokens * (8 * width + 2 * hidden)
  const looking = 4 * textTokens * (2 * width * passes + transformer.config.textWidth)
  const working = baseBytes + edges + streams + inside + looking
  const textNumbers = [...text.weights].filter(([name]) => name.startsWith('encoder.block.0.'))
  // While it is opened a layer is there as in its file, as 32-bit numbers, and as the products read it.
  const textLayer = textNumbers.reduce((sum, [, { shape, length }]) => sum + 8 * sizeOf(shape) + length, 0)
  // Four matrices of the self-attention, two of the other one, and the feed-forward part's two; then both attentions.
  const perToken = 2 * (6 * width * width + 2 * width * hidden)
  const attention = 4 * width * (tokens + textTokens)
  return {
    blocks: layers,
    block,
    blockFile,
    resident: (count: number) => working + count * block,
    // The block before may still be there, the next one as in its file, as 32-bit numbers and as the products read it.
    streaming: working + 3 * block + blockFile,
    // Of texts that wait there are only the vectors, which are small beside what one is worked on in.
    text: baseBytes + textLayer + 4 * 2 * textTokens * (8 * text.config.width + 3 * text.config.hidden),
    // Layers are opened in groups, each as the text encoder's; pictures are encoded in the tiles that frames are decoded in.
    pictures: pictures === null ? 0 : baseBytes + clipGroupBytes(pictures.encoder.weights),
    decode: (tile: number) => {
      const [, rows, columns] = grid
      const stride = spatialStride(vae.config)
      const [high, wide] = [rows, columns].map((n) => Math.min(tile, n * stride)) as [number, number]
      const tiles = Math.ceil((rows * stride) / tile) * Math.ceil((columns * stride) / tile)
      const oneTile = high * wide * vae.config.width * decodeBytesPerPixelChannel
      return baseBytes + 8 * numbersIn(vae.weights) + oneTile * (1 + 0.15 * (tiles - 1))
    },
    layerOperations: passes * layers * tokens * perToken,
    attentionOperations: passes * layers * tokens * attention,
  }
}

function tooLittle(checkpoint: WanCheckpoint, request: MemoryRequest, least: number): FramewrightError {
  const [frames, rows, columns] = request.grid
  const fewer = Array.from({ length: frames - 1 }, (_, i) => frames - 1 - i).find((count) => {
    const need = needs(checkpoint, { ...request, grid: [count, rows, columns] })
    return leastOf(need) <= request.budgetBytes
  })
  const instead = fewer === undefined ? '' : `, or make ${4 * (fewer - 1) + 1} frames`
  return new FramewrightError(
    'E_OPTION',
    `a \`memory\` of ${gigabytes(request.budgetBytes)} is too little for this video, whose least is ${gigabytes(least)}: give that much${instead}`,
  )
}

/** `3.4 GB`; tenths are rounded up, so that what is said is enough. */
export function gigabytes(bytes: number): string {
  return bytes < 1e8 ? `${Math.ceil(bytes / 1e6)} MB` : `${(Math.ceil(bytes / 1e8) / 10).toFixed(1)} GB`
}
