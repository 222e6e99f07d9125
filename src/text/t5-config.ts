import { z } from 'zod'
import { FramewrightError } from '../util/errors.ts'
import { type T5Config, t5FeedForwards } from './t5.ts'

const count = z.int().min(1)

/** What `config.json` beside the weights of a T5 or umT5 says; other fields are about its decoder or its training. */
const publishedSchema = z.object({
  model_type: z.enum(['t5', 'umt5', 'mt5']),
  vocab_size: count,
  d_model: count,
  d_kv: count,
  d_ff: count,
  num_layers: count,
  num_heads: count,
  relative_attention_num_buckets: z.int().min(4),
  relative_attention_max_distance: count.default(128),
  feed_forward_proj: z.enum(Object.keys(t5FeedForwards) as T5Config['feedForward'][]),
  layer_norm_epsilon: z.number().min(0).default(1e-6),
})

/**
 * The encoder that a published `config.json` describes.
 * @param source the file's name, for messages
 * @throws FramewrightError E_WEIGHTS when it describes something else
 */
export function parseT5Config(json: unknown, source: string): T5Config {
  const parsed = publishedSchema.safeParse(json)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new FramewrightError(
      'E_WEIGHTS',
      `${source} describes no T5 or umT5 encoder that can be read (${issue?.path.join('.')}: ${issue?.message})`,
      { cause: parsed.error },
    )
  }
  const published = parsed.data
  return {
    vocabulary: published.vocab_size,
    width: published.d_model,
    layers: published.num_layers,
    heads: published.num_heads,
    headWidth: published.d_kv,
    hidden: published.d_ff,
    positions: published.model_type === 'umt5' ? 'each-layer' : 'shared',
    buckets: published.relative_attention_num_buckets,
    maxDistance: published.relative_attention_max_distance,
    feedForward: published.feed_forward_proj,
    epsilon: published.layer_norm_epsilon,
  }
}
