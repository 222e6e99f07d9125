import {
  add,
  at,
  attention,
  attentionWeights,
  concat,
  constant,
  cos,
  gelu,
  mean,
  mul,
  pad,
  pixelShuffle,
  pixelUnshuffle,
  reshape,
  silu,
  sin,
  slice,
  split,
  splitHeads,
  type Tensor,
  transpose,
} from '../graph/index.ts'
import { convolution, linear, type Parameters, rmsNorm } from '../nn/index.ts'

/**
 * The body of the denoiser: convolutions look at cells closely,
 * a transformer between them relates all cells of all frames with each other and with the words.
 */
export interface SpaceTimeConfig {
  /** Latent frames of a chunk; 1 for a picture. */
  readonly frames: number
  /** Cells on a side of the latent picture; even. */
  readonly size: number
  /** Channels of the convolutions. */
  readonly cellWidth: number
  /** Residual convolution blocks before and after the transformer. */
  readonly cellBlocks: readonly [before: number, after: number]
  /** Channels of the transformer, whose tokens are 2×2 cells. */
  readonly width: number
  readonly layers: number
  readonly heads: number
  /** Numbers of a word's vector. */
  readonly textWidth: number
  /** Words, padding counted. */
  readonly textTokens: number
}

/** What the body is told beside the cells. */
export interface SpaceTimeConditions {
  /** How clean each frame is, [B, frames]: 0 noise, 1 clean. */
  readonly times: Tensor
  /** Vectors of the words, [B, textTokens, textWidth]. */
  readonly text: Tensor
  /** Added to the attention's logits, [B, 1, 1, textTokens]: 0 for a word, very negative for padding. */
  readonly textBias: Tensor
}

/** The words as each layer looks at them: the same at every time. */
export interface ReadText extends Pick<SpaceTimeConditions, 'textBias'> {
  /** One a layer. */
  readonly words: readonly WordVectors[]
}

/** Keys and values of the words, [B, textTokens, width] each. */
export interface WordVectors {
  readonly keys: Tensor
  readonly values: Tensor
}

/** Reads the words for every layer of the body with these parameters. */
export function readText(
  p: Parameters,
  { layers, width }: SpaceTimeConfig,
  { text, textBias }: Pick<SpaceTimeConditions, 'text' | 'textBias'>,
): ReadText {
  const read = linear(p.at('text'), rmsNorm(p.at('text_norm'), text), width)
  const words = Array.from({ length: layers }, (_, i): WordVectors => {
    const own = p.at(`blocks.${i}.cross`)
    return {
      keys: rmsNorm(own.at('norm_k'), linear(own.at('k'), read, width, { bias: false })),
      values: linear(own.at('v'), read, width, { bias: false }),
    }
  })
  return { words, textBias }
}

const timeFrequencies = 32

/** Sines and cosines of times [B, F] at growing frequencies → [B, F, 64]. */
function timeFeatures(times: Tensor): Tensor {
  const frequencies = Array.from({ length: timeFrequencies }, (_, i) => Math.PI * 64 ** (i / timeFrequencies))
  const angles = mul(reshape(times, [...times.shape, 1]), constant(frequencies, [timeFrequencies]))
  return concat([sin(angles), cos(angles)], -1)
}

/** x·(1 + scale) + shift, where both come from the time of each frame: x [B, F, N, W], time [B, F, C]. */
function modulate(p: Parameters, x: Tensor, time: Tensor): Tensor {
  const [b, f, width] = [at(x.shape, 0), at(x.shape, 1), at(x.shape, 3)]
  const both = linear(p, time, 2 * width, { initial: { deviation: 0.02 } })
  const [scale, shift] = split(reshape(both, [b, f, 1, 2 * width]), 3, [width, width]) as [Tensor, Tensor]
  return add(mul(x, add(scale, 1)), shift)
}

function selfAttention(p: Parameters, x: Tensor, heads: number): Tensor {
  const width = at(x.shape, 2)
  const [q, k, v] = split(linear(p.at('qkv'), x, 3 * width, { bias: false }), 2, [width, width, width]) as [
    Tensor,
    Tensor,
    Tensor,
  ]
  const normal = (name: string, t: Tensor): Tensor => rmsNorm(p.at(name), t)
  return linear(p.at('out'), attention(normal('q', q), normal('k', k), v, heads), width, {
    initial: { deviation: 0.02 },
  })
}

/** Where words are looked at, [B, tokens, textTokens], averaged over heads: one a layer, in the layers' order. */
export type Looks = Tensor[]

function crossAttention(
  p: Parameters,
  x: Tensor,
  { keys, values }: WordVectors,
  bias: Tensor,
  heads: number,
  looks: Looks | null,
): Tensor {
  const width = at(x.shape, 2)
  const q = rmsNorm(p.at('norm_q'), linear(p.at('q'), x, width, { bias: false }))
  if (looks) {
    const scaled = splitHeads(mul(q, (width / heads) ** -0.5), heads)
    looks.push(mean(attentionWeights(scaled, splitHeads(keys, heads), bias), [1]))
  }
  return linear(p.at('out'), attention(q, keys, values, heads, bias), width, { initial: { deviation: 0.02 } })
}

/**
 * Moves an eighth of the channels of [B, F, H, W, C] one step along each direction of time and space:
 * the feed-forward layer then sees a cell's six neighbours at no cost (Shift, Wu et al. 2017, arXiv 1711.08141).
 */
function shiftNeighbours(x: Tensor): Tensor {
  const channels = at(x.shape, 4)
  const eighth = channels / 8
  const parts = split(x, 4, [...new Array<number>(6).fill(eighth), channels - 6 * eighth])
  const moved = parts.map((part, i) => {
    const axis = 1 + Math.floor(i / 2)
    const size = x.shape[axis] ?? 1
    if (i >= 6 || size === 1) return part
    return i % 2 === 0
      ? pad(slice(part, axis, 0, size - 1), axis, 1, 0)
      : pad(slice(part, axis, 1, size), axis, 0, 1)
  })
  return concat(moved, 4)
}

function feedForward(p: Parameters, x: Tensor, grid: readonly number[]): Tensor {
  const width = at(x.shape, 2)
  const inner = gelu(linear(p.at('in'), x, 4 * width))
  const mixed = reshape(shiftNeighbours(reshape(inner, [...grid, 4 * width])), inner.shape)
  return linear(p.at('out'), mixed, width, { initial: { deviation: 0.02 * 0.5 } })
}

function transformerBlock(
  p: Parameters,
  config: SpaceTimeConfig,
  x: Tensor,
  time: Tensor,
  words: WordVectors,
  textBias: Tensor,
  looks: Looks | null,
): Tensor {
  const [b, tokens, width] = [at(x.shape, 0), at(x.shape, 1), at(x.shape, 2)]
  const side = config.size / 2
  const byFrame = [b, config.frames, side * side, width]
  const timed = (name: string, t: Tensor): Tensor => {
    const normal = rmsNorm(p.at(`norm_${name}`), t)
    return reshape(modulate(p.at(`time_${name}`), reshape(normal, byFrame), time), [b, tokens, width])
  }
  let y = add(x, selfAttention(p.at('self'), timed('self', x), config.heads))
  const asking = rmsNorm(p.at('norm_cross'), y)
  y = add(y, crossAttention(p.at('cross'), asking, words, textBias, config.heads, looks))
  return add(y, feedForward(p.at('ffn'), timed('ffn', y), [b, config.frames, side, side]))
}

/** Residual convolutions of cells [N, C, S, S], each frame by itself. */
function cellBlock(p: Parameters, x: Tensor): Tensor {
  const width = at(x.shape, 1)
  const inner = silu(convolution(p.at('conv1'), silu(x), width, 3))
  return add(
    x,
    convolution(p.at('conv2'), inner, width, 3, { initial: { deviation: 0.2 * (9 * width) ** -0.5 } }),
  )
}

const cellBlocks = (p: Parameters, x: Tensor, count: number): Tensor =>
  Array.from({ length: count }, (_, i) => i).reduce((y, i) => cellBlock(p.at(`${i}`), y), x)

/**
 * Cells [B·frames, cellWidth, S, S] at times [B, frames] → cells of the same shape.
 * `looks` collects where each layer looks in the text.
 */
export function spaceTimeTransformer(
  p: Parameters,
  config: SpaceTimeConfig,
  cells: Tensor,
  times: Tensor,
  { words, textBias }: ReadText,
  looks: Looks | null = null,
): Tensor {
  const { frames, size, cellWidth, width } = config
  const b = at(cells.shape, 0) / frames
  const side = size / 2
  const time = silu(linear(p.at('time'), timeFeatures(times), 128))
  // [B, F, C] → a bias of every frame's cells.
  const timeOfCells = reshape(linear(p.at('time_cells'), time, cellWidth), [b * frames, cellWidth, 1, 1])
  const before = cellBlocks(p.at('before'), add(cells, timeOfCells), config.cellBlocks[0])

  // [B·F, 4C, S/2, S/2] → [B, F·(S/2)², width]
  const grouped = transpose(reshape(pixelUnshuffle(before, 2), [b * frames, 4 * cellWidth, side * side]))
  let x = reshape(linear(p.at('tokens_in'), grouped, width), [b, frames, side * side, width])
  x = add(x, p.declare('position.space', [1, 1, side * side, width], { deviation: 0.02 }))
  x = add(x, p.declare('position.time', [1, frames, 1, width], { deviation: 0.02 }))
  x = reshape(x, [b, frames * side * side, width])
  for (const [i, own] of words.entries()) {
    x = transformerBlock(p.at(`blocks.${i}`), config, x, time, own, textBias, looks)
  }
  const tokens = linear(p.at('tokens_out'), rmsNorm(p.at('norm_out'), x), 4 * cellWidth)
  const spread = transpose(reshape(tokens, [b * frames, side * side, 4 * cellWidth]))
  const back = pixelShuffle(reshape(spread, [b * frames, 4 * cellWidth, side, side]), 2)
  return cellBlocks(p.at('after'), add(before, back), config.cellBlocks[1])
}
