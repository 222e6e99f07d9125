import { add, at, conv, reshape, slice, type Tensor, transpose } from '../../graph/index.ts'
import { linear, type Parameters } from '../../nn/index.ts'
import { FramewrightError } from '../../util/errors.ts'
import { modulatedNorm, wanBlock } from './block.ts'
import { type WanConditions, type WanInputs, wanConditions } from './conditions.ts'
import type { WanTransformerConfig } from './config.ts'
import { type RotaryTable, rotaryTable } from './rotary-table.ts'

/** Frames, rows and columns of tokens. */
export type TokenGrid = readonly [number, number, number]

/** How many tokens latents [B, C, F, H, W] become in time, height and width. */
export function tokenGrid(shape: readonly number[], { patch }: WanTransformerConfig): TokenGrid {
  const sizes = shape.slice(2)
  if (sizes.length !== 3 || sizes.some((n, i) => n < 1 || n % at(patch, i) !== 0)) {
    throw new FramewrightError(
      'E_SHAPE',
      `latents of ${shape.join('×')} are not made of patches of ${patch.join('×')}`,
    )
  }
  return sizes.map((n, i) => n / at(patch, i)) as unknown as TokenGrid
}

/** Patches of latents [B, C, F, H, W] as tokens [B, T, width]. */
function patchify(p: Parameters, x: Tensor, { patch, heads, headWidth }: WanTransformerConfig): Tensor {
  const [width, channels] = [heads * headWidth, at(x.shape, 1)]
  const weight = p.declare('weight', [width, channels, ...patch], { deviation: channels ** -0.5 })
  const bias = p.declare('bias', [width], { value: 0 })
  const patches = conv(x, weight, { strides: patch }) // [B, width, f, h, w]
  return add(transpose(reshape(patches, [at(x.shape, 0), width, -1])), bias)
}

/** Tokens [B, T, patch·channels] back to latents [B, C, F, H, W]. */
function unpatchify(
  tokens: Tensor,
  [f, h, w]: TokenGrid,
  { patch, channelsOut }: WanTransformerConfig,
): Tensor {
  const batch = at(tokens.shape, 0)
  const [pf, ph, pw] = patch
  const apart = transpose(
    reshape(tokens, [batch, f, h, w, pf, ph, pw, channelsOut]),
    [0, 7, 1, 4, 2, 5, 3, 6],
  )
  return reshape(apart, [batch, channelsOut, f * pf, h * ph, w * pw])
}

/** The last norm and projection: tokens [B, T, width] → [B, T, patch·channels]. */
function head(
  p: Parameters,
  x: Tensor,
  time: Tensor,
  { patch, channelsOut, epsilon }: WanTransformerConfig,
): Tensor {
  const [batch, , width] = x.shape as readonly [number, number, number]
  const own = p.declare('scale_shift_table', [1, 2, width], { deviation: width ** -0.5 })
  const modulation = add(reshape(time, [batch, 1, width]), own)
  const normal = modulatedNorm(x, slice(modulation, 1, 0, 1), slice(modulation, 1, 1, 2), epsilon)
  return linear(p.at('proj_out'), normal, channelsOut * patch.reduce((a, b) => a * b, 1))
}

/** What comes before the blocks: patches of noisy latents as tokens, and what every block is told. */
export function wanOpening(
  p: Parameters,
  inputs: WanInputs,
  config: WanTransformerConfig,
): { readonly tokens: Tensor; readonly conditions: WanConditions } {
  if ((inputs.picture === null) !== (config.picture === null)) {
    const needs = config.picture ? 'looks at the features of a picture' : 'looks at no picture'
    throw new FramewrightError('E_SHAPE', `the network ${needs}: give ${config.picture ? 'them' : 'none'}`)
  }
  tokenGrid(inputs.x.shape, config)
  const conditions = wanConditions(p.at('condition_embedder'), inputs, config)
  return { tokens: patchify(p.at('patch_embedding'), inputs.x, config), conditions }
}

/** What comes behind the blocks: tokens [B, T, width] → the velocity [B, channelsOut, F, H, W]. */
export function wanClosing(
  p: Parameters,
  tokens: Tensor,
  time: Tensor,
  grid: TokenGrid,
  config: WanTransformerConfig,
): Tensor {
  return unpatchify(head(p, tokens, time, config), grid, config)
}

/** Block `i` of the transformer, its weights under their published names. */
export function wanBlockAt(
  p: Parameters,
  i: number,
  tokens: Tensor,
  conditions: WanConditions,
  table: RotaryTable,
  config: WanTransformerConfig,
): Tensor {
  return wanBlock(p.at(`blocks.${i}`), tokens, conditions, table, config)
}

/**
 * Wan's transformer (Wan Team 2025, arXiv 2503.20314): noisy latents [B, channelsIn, F, H, W] → the velocity from clean
 * to noise [B, channelsOut, F, H, W]. Weights have the published names of `WanTransformer3DModel`.
 * @throws FramewrightError E_SHAPE when the latents are not made of whole patches, or a picture is missing or too many
 */
export function wanTransformer(p: Parameters, inputs: WanInputs, config: WanTransformerConfig): Tensor {
  const { tokens, conditions } = wanOpening(p, inputs, config)
  const grid = tokenGrid(inputs.x.shape, config)
  const table = rotaryTable(grid, config.headWidth)
  let x = tokens
  for (let i = 0; i < config.layers; i++) x = wanBlockAt(p, i, x, conditions, table, config)
  return wanClosing(p, x, conditions.time, grid, config)
}
