import {
  add,
  at,
  concat,
  div,
  matmul,
  mul,
  reshape,
  silu,
  slice,
  sqrt,
  square,
  sub,
  type Tensor,
  transpose,
} from '../graph/index.ts'
import { convolution, linear, type Parameters } from '../nn/index.ts'
import {
  type Looks,
  type ReadText,
  readText,
  type SpaceTimeConditions,
  type SpaceTimeConfig,
  spaceTimeTransformer,
} from './space-time-transformer.ts'

/**
 * The painter: a space-time diffusion transformer that turns noise into the latents of a chunk,
 * told the words, who is where, what they look like, and the frames before.
 */
export interface DenoiserConfig extends SpaceTimeConfig {
  readonly latentChannels: number
  /** Frames of video in one latent frame. */
  readonly framesPerLatent: number
  /** References at most: actors, the setting last. */
  readonly slots: number
  /** Pixels on a side of a reference picture. */
  readonly referenceSize: number
  /** Samples of a warped reference on a side of the frame: a multiple of `size`. */
  readonly warpSize: number
  /** Numbers painted onto every cell of every slot: see `layout.ts`. */
  readonly layoutChannels: number
  /** Channels of a reference's features in a cell. */
  readonly referenceWidth: number
}

export const toyboxDenoiser = {
  frames: 4,
  size: 16,
  cellWidth: 192,
  cellBlocks: [1, 2],
  width: 256,
  layers: 6,
  heads: 4,
  textWidth: 384,
  textTokens: 32,
  latentChannels: 64,
  framesPerLatent: 4,
  slots: 4,
  referenceSize: 64,
  warpSize: 64,
  layoutChannels: 24,
  referenceWidth: 256,
} as const satisfies DenoiserConfig

/** What the painter is given beside the noise. R = references' side, V = video frames of a chunk, G = warp size. */
export interface DenoiserConditions extends SpaceTimeConditions {
  /** 1 for latent frames that are given clean, [B, frames]. */
  readonly given: Tensor
  /** Latents of the references laid where the plan says, [B, frames, C, S, S]: see `draft.ts`; zeros where not told. */
  readonly draft: Tensor
  /** Reference pictures, premultiplied RGBA in [0, 1], [B, slots, 4, R, R]. */
  readonly references: Tensor
  /** How each frame's rows take from the reference's rows, [B, slots, V, G, R]. */
  readonly warpRows: Tensor
  /** How each frame's columns take from the reference's columns, [B, slots, V, G, R]. */
  readonly warpColumns: Tensor
  /** Where in its box every cell lies, facing and phase, [B, slots, frames, layoutChannels, S, S]. */
  readonly layout: Tensor
}

type LaidReferences = Pick<DenoiserConditions, 'references' | 'warpRows' | 'warpColumns' | 'layout'>

/**
 * Every reference as it lies in every frame, cut into cells: [B·slots·frames, 4·framesPerLatent·(G/S)², S, S].
 * Boxes are upright, so that the warp is a product by rows and one by columns.
 */
function warpReferences(config: DenoiserConfig, conditions: LaidReferences): Tensor {
  const { slots, frames, framesPerLatent, size, referenceSize: r, warpSize: g } = config
  const b = at(conditions.references.shape, 0)
  const video = frames * framesPerLatent
  // Rows first in memory: [B, slots, 1, R·4, R] with (row, channel) together.
  const rowsFirst = transpose(conditions.references, [0, 1, 3, 2, 4])
  const wide = reshape(rowsFirst, [b, slots, 1, r * 4, r])
  const columns = matmul(wide, transpose(conditions.warpColumns)) // [B, slots, V, R·4, G]
  const rows = matmul(conditions.warpRows, reshape(columns, [b, slots, video, r, 4 * g])) // [B, slots, V, G, 4·G]
  const k = g / size
  // (row cell, row in cell, channel, column cell, column in cell) → channels first.
  const cut = reshape(rows, [b * slots * frames, framesPerLatent, size, k, 4, size, k])
  const ordered = transpose(cut, [0, 1, 4, 3, 6, 2, 5])
  return reshape(ordered, [b * slots * frames, framesPerLatent * 4 * k * k, size, size])
}

/**
 * The references and their layout, as one picture of cells: [B·frames, cellWidth, S, S].
 * Features of each slot by itself, then what is seen of all of them together: who is nearer hides who is farther.
 */
function paintReferences(p: Parameters, config: DenoiserConfig, conditions: LaidReferences): Tensor {
  const { slots, frames, size, cellWidth, referenceWidth: width } = config
  const b = at(conditions.references.shape, 0)
  const warped = warpReferences(config, conditions)
  const layout = reshape(conditions.layout, [b * slots * frames, config.layoutChannels, size, size])
  const joined = concat([warped, layout], 1)
  const channels = at(joined.shape, 1)
  const bySlot = reshape(joined, [b, slots, frames, channels, size, size])
  const features = (name: string, from: number, to: number): Tensor => {
    const part = reshape(slice(bySlot, 1, from, to), [b * (to - from) * frames, channels, size, size])
    const inner = silu(convolution(p.at(`${name}.in`), part, width, 1))
    const own = silu(convolution(p.at(`${name}.out`), inner, width, 1))
    return reshape(own, [b, to - from, frames, width, size, size])
  }
  const actors = features('actors', 0, slots - 1)
  const each = [
    ...Array.from({ length: slots - 1 }, (_, i) => slice(actors, 1, i, i + 1)),
    features('setting', slots - 1, slots),
  ].map((own, i) => convolution(p.at(`joined.${i}`), reshape(own, [b * frames, width, size, size]), width, 1))
  const seen = silu(each.reduce((x, y) => add(x, y)))
  return convolution(p.at('seen'), seen, cellWidth, 1)
}

/** Share of the latents' variance that the draft leaves open, as measured on drafts and their clips. */
const openVariance = 0.35

/**
 * How much of the noisy latents a prediction keeps, and how much the network adds, at times [N, 1, 1, 1]: what a
 * linear estimate would keep, and that estimate's error (Karras et al. 2022, arXiv 2206.00364, table 1, for straight
 * paths). Near clean the network has little to say, and says it exactly; a frame that is given stays as it is.
 */
function keptAndAdded(t: Tensor): { kept: Tensor; added: Tensor; drafted: Tensor } {
  const noise = square(sub(1, t))
  const whole = add(noise, mul(square(t), openVariance))
  return {
    kept: div(mul(t, openVariance), whole),
    added: div(sub(1, t), sqrt(whole)),
    drafted: div(noise, whole),
  }
}

/** What the painter makes of its conditions: the same at every time, so that a chunk's steps share it. */
export interface ToldConditions extends ReadText {
  /** The references, the draft and which frames are given, added to the cells, [B·frames, cellWidth, S, S]. */
  readonly cells: Tensor
  /** The draft on its way around the body, [B·frames, C, S, S]. */
  readonly around: Tensor
}

/** Everything that the painter is told but the time, as its steps use it. */
export function tell(
  p: Parameters,
  config: DenoiserConfig,
  conditions: Omit<DenoiserConditions, 'times'>,
): ToldConditions {
  const { frames, size, cellWidth, latentChannels } = config
  const b = at(conditions.draft.shape, 0)
  const draft = reshape(conditions.draft, [b * frames, latentChannels, size, size])
  const given = linear(p.at('given'), reshape(conditions.given, [b * frames, 1]), cellWidth)
  const cells = [
    convolution(p.at('draft_in'), draft, cellWidth, 3, { initial: { deviation: 0.01 } }),
    reshape(given, [b * frames, cellWidth, 1, 1]),
    paintReferences(p.at('references'), config, conditions),
  ].reduce((x, y) => add(x, y))
  // Around the body, which is too narrow to carry it exactly; learned from nothing.
  const around = convolution(p.at('draft_around'), draft, latentChannels, 1, { initial: { value: 0 } })
  return { cells, around, ...readText(p.at('body'), config, conditions) }
}

/** As `denoise`, with what `tell` has made of the conditions. */
export function denoiseTold(
  p: Parameters,
  config: DenoiserConfig,
  latents: Tensor,
  times: Tensor,
  told: ToldConditions,
  looks: Looks | null = null,
): Tensor {
  const { frames, size, cellWidth, latentChannels } = config
  const b = at(latents.shape, 0)
  const flat = reshape(latents, [b * frames, latentChannels, size, size])
  const cells = add(convolution(p.at('latents_in'), flat, cellWidth, 3), told.cells)
  const body = spaceTimeTransformer(p.at('body'), config, cells, times, told, looks)
  const { kept, added, drafted } = keptAndAdded(reshape(times, [b * frames, 1, 1, 1]))
  const drawn = convolution(p.at('latents_out'), silu(body), latentChannels, 3, {
    initial: { deviation: 0.005 },
  })
  // The draft counts the less the clearer the latents are.
  const out = add(mul(flat, kept), mul(add(drawn, mul(told.around, drafted)), added))
  return reshape(out, latents.shape)
}

/**
 * Noisy latents [B, frames, C, S, S] → what the clean ones are expected to be, of the same shape.
 * Frames that are given are to be clean in the input and have time 1.
 * `looks` collects where each layer looks in the text, [B, frames·(S/2)², textTokens].
 */
export function denoise(
  p: Parameters,
  config: DenoiserConfig,
  latents: Tensor,
  conditions: DenoiserConditions,
  looks: Looks | null = null,
): Tensor {
  return denoiseTold(p, config, latents, conditions.times, tell(p, config, conditions), looks)
}
