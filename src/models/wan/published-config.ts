import { z } from 'zod'
import { FramewrightError } from '../../util/errors.ts'
import { parseConfig } from '../parse-config.ts'
import type { WanTransformerConfig } from './config.ts'
import type { WanVaeConfig } from './vae.ts'

const count = z.int().min(1)

/** What `transformer/config.json` says. Its `qk_norm` is passed over: diffusers makes the same norms, whatever it is. */
const transformerSchema = z.object({
  _class_name: z.literal('WanTransformer3DModel'),
  patch_size: z.tuple([count, count, count]),
  num_attention_heads: count,
  attention_head_dim: z.int().min(6).multipleOf(2),
  in_channels: count,
  out_channels: count.nullable(),
  text_dim: count,
  freq_dim: z.int().min(2).multipleOf(2),
  ffn_dim: count,
  num_layers: count,
  cross_attn_norm: z.boolean(),
  eps: z.number().min(0),
  image_dim: count.nullish(),
  added_kv_proj_dim: count.nullish(),
  pos_embed_seq_len: count.nullish(),
})

/**
 * The transformer that a published `config.json` describes.
 * @param source the file's name, for messages
 * @throws FramewrightError E_WEIGHTS when it describes something else
 */
export function parseWanTransformerConfig(json: unknown, source: string): WanTransformerConfig {
  const published = parseConfig(transformerSchema, json, source, 'Wan transformer')
  const width = published.num_attention_heads * published.attention_head_dim
  const { image_dim: pictureWidth, added_kv_proj_dim: seenWidth } = published
  if ((pictureWidth == null) !== (seenWidth == null) || (seenWidth != null && seenWidth !== width)) {
    throw new FramewrightError(
      'E_WEIGHTS',
      `${source} describes no Wan transformer that can be read (added_kv_proj_dim is ${seenWidth}, and beside image_dim ${pictureWidth} it must be ${pictureWidth == null ? 'null' : width})`,
    )
  }
  return {
    patch: published.patch_size,
    heads: published.num_attention_heads,
    headWidth: published.attention_head_dim,
    channelsIn: published.in_channels,
    channelsOut: published.out_channels ?? published.in_channels,
    textWidth: published.text_dim,
    timeFeatures: published.freq_dim,
    hidden: published.ffn_dim,
    layers: published.num_layers,
    normalisesBeforeText: published.cross_attn_norm,
    epsilon: published.eps,
    picture:
      pictureWidth == null ? null : { width: pictureWidth, positions: published.pos_embed_seq_len ?? null },
  }
}

/** What `config.json` beside a transformer in the original layout says. */
const originalSchema = z.object({
  _class_name: z.literal('WanModel'),
  dim: count,
  num_heads: count,
  num_layers: count,
  ffn_dim: count,
  freq_dim: z.int().min(2).multipleOf(2),
  in_dim: count,
  out_dim: count,
  eps: z.number().min(0).default(1e-6),
  patch_size: z.tuple([count, count, count]).default([1, 2, 2]),
  cross_attn_norm: z.boolean().default(true),
  qk_norm: z.literal(true).default(true),
})

/**
 * The transformer that `config.json` of Wan's own code describes, but for what its file leaves to the weights' shapes.
 * @param source the file's name, for messages
 * @throws FramewrightError E_WEIGHTS when it describes something else
 */
export function parseOriginalTransformerConfig(
  json: unknown,
  source: string,
): Omit<WanTransformerConfig, 'textWidth' | 'picture'> {
  const original = parseConfig(originalSchema, json, source, 'Wan transformer')
  if (original.dim % (2 * original.num_heads) !== 0) {
    throw new FramewrightError(
      'E_WEIGHTS',
      `${source} describes no Wan transformer that can be read (dim ${original.dim} is not shared evenly by ${original.num_heads} heads)`,
    )
  }
  return {
    patch: original.patch_size,
    heads: original.num_heads,
    headWidth: original.dim / original.num_heads,
    channelsIn: original.in_dim,
    channelsOut: original.out_dim,
    timeFeatures: original.freq_dim,
    hidden: original.ffn_dim,
    layers: original.num_layers,
    normalisesBeforeText: original.cross_attn_norm,
    epsilon: original.eps,
  }
}

/** What `vae/config.json` says; what is not Wan 2.1's design is refused. */
const vaeSchema = z.object({
  _class_name: z.literal('AutoencoderKLWan'),
  base_dim: count,
  decoder_base_dim: count.nullish(),
  z_dim: count,
  dim_mult: z.array(count).min(2),
  num_res_blocks: count,
  attn_scales: z.array(z.number()).max(0).default([]),
  temperal_downsample: z.array(z.boolean()),
  latents_mean: z.array(z.number()),
  latents_std: z.array(z.number().positive()),
  is_residual: z.literal(false).default(false),
  patch_size: z.null().default(null),
})

/**
 * The autoencoder that a published `config.json` describes.
 * @param source the file's name, for messages
 * @throws FramewrightError E_WEIGHTS when it describes something else
 */
export function parseWanVaeConfig(json: unknown, source: string): WanVaeConfig {
  const published = parseConfig(vaeSchema, json, source, 'Wan 2.1 autoencoder')
  const fits =
    published.temperal_downsample.length === published.dim_mult.length - 1 &&
    published.latents_mean.length === published.z_dim &&
    published.latents_std.length === published.z_dim &&
    (published.decoder_base_dim ?? published.base_dim) === published.base_dim
  if (!fits) {
    throw new FramewrightError(
      'E_WEIGHTS',
      `${source} describes no Wan 2.1 autoencoder that can be read (its lists do not fit dim_mult and z_dim, or its decoder is wider)`,
    )
  }
  return {
    width: published.base_dim,
    latentChannels: published.z_dim,
    widths: published.dim_mult,
    blocks: published.num_res_blocks,
    halvesTime: published.temperal_downsample,
    mean: published.latents_mean,
    deviation: published.latents_std,
  }
}
