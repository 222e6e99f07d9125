import { z } from 'zod'
import { FramewrightError } from '../util/errors.ts'
import type { ClipVisionConfig } from './clip-vision.ts'
import { parseConfig } from './parse-config.ts'

const count = z.int().min(1)

/** What `image_encoder/config.json` says; other fields are about training, and the projection that is not used. */
const visionSchema = z.object({
  model_type: z.literal('clip_vision_model'),
  hidden_size: count,
  intermediate_size: count,
  num_hidden_layers: z.int().min(2),
  num_attention_heads: count,
  num_channels: z.literal(3).default(3),
  image_size: count,
  patch_size: count,
  hidden_act: z.enum(['gelu', 'quick_gelu']).default('quick_gelu'),
  layer_norm_eps: z.number().min(0).default(1e-5),
})

/**
 * The picture encoder that a published `config.json` describes.
 * @param source the file's name, for messages
 * @throws FramewrightError E_WEIGHTS when it describes something else
 */
export function parseClipVisionConfig(json: unknown, source: string): ClipVisionConfig {
  const published = parseConfig(visionSchema, json, source, 'picture encoder of CLIP')
  if (published.hidden_size % published.num_attention_heads !== 0) {
    throw new FramewrightError(
      'E_WEIGHTS',
      `${source} describes no picture encoder of CLIP that can be read (hidden_size ${published.hidden_size} is not shared evenly by ${published.num_attention_heads} heads)`,
    )
  }
  return {
    imageSize: published.image_size,
    patchSize: published.patch_size,
    width: published.hidden_size,
    layers: published.num_hidden_layers,
    heads: published.num_attention_heads,
    hidden: published.intermediate_size,
    activation: published.hidden_act === 'gelu' ? 'gelu' : 'quick-gelu',
    epsilon: published.layer_norm_eps,
  }
}

/** How a picture is made ready for the encoder. */
export interface ClipPreparation {
  /** Pixels: of the shorter side, the longer in proportion; or of both. */
  readonly size: { readonly shorter: number } | { readonly width: number; readonly height: number }
  readonly filter: 'lanczos' | 'bilinear' | 'bicubic'
  /** What is cut out of the middle then, in pixels; null for all. */
  readonly crop: { readonly width: number; readonly height: number } | null
  /** Of red, green and blue, in 0…1: they are (value − mean) / deviation for the network. */
  readonly mean: readonly number[]
  readonly deviation: readonly number[]
}

/** As CLIP was trained, and published with Wan. */
export const clipPreparation: ClipPreparation = {
  size: { shorter: 224 },
  filter: 'bicubic',
  crop: { width: 224, height: 224 },
  mean: [0.48145466, 0.4578275, 0.40821073],
  deviation: [0.26862954, 0.26130258, 0.27577711],
}

/** By the numbers that Pillow gives them. */
const filters = { 1: 'lanczos', 2: 'bilinear', 3: 'bicubic' } as const

const sides = z.object({ height: count, width: count })
const colors = z.array(z.number()).length(3)

/** What `image_processor/preprocessor_config.json` says. */
const preparationSchema = z.object({
  image_processor_type: z.string().regex(/^CLIP/).optional(),
  feature_extractor_type: z.string().regex(/^CLIP/).optional(),
  size: z.union([z.object({ shortest_edge: count }), sides, count]),
  crop_size: z.union([sides, count]).default(224),
  resample: z.union([z.literal(1), z.literal(2), z.literal(3)]).default(3),
  do_resize: z.literal(true).default(true),
  do_center_crop: z.boolean().default(true),
  do_rescale: z.literal(true).default(true),
  rescale_factor: z
    .number()
    .refine((factor) => Math.abs(factor - 1 / 255) < 1e-6)
    .default(1 / 255),
  do_normalize: z.literal(true).default(true),
  image_mean: colors,
  image_std: colors,
})

/**
 * The preparation that a published `preprocessor_config.json` describes.
 * @param source the file's name, for messages
 * @throws FramewrightError E_WEIGHTS when it describes something else
 */
export function parseClipPreparation(json: unknown, source: string): ClipPreparation {
  const published = parseConfig(preparationSchema, json, source, 'preparation of pictures for CLIP')
  const { size, crop_size: crop, do_center_crop: isCropped } = published
  return {
    size:
      typeof size === 'number'
        ? { shorter: size }
        : 'height' in size
          ? size
          : { shorter: size.shortest_edge },
    filter: filters[published.resample],
    crop: isCropped ? (typeof crop === 'number' ? { width: crop, height: crop } : crop) : null,
    mean: published.image_mean,
    deviation: published.image_std,
  }
}
