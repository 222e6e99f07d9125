/**
 * Names of weights in the files that Wan's own code reads (github.com/Wan-Video/Wan2.1, `wan/modules`), and in those
 * that single-file programs pack from them, as the published names of diffusers and transformers. A name that is not
 * known stays as it is, and is then reported as unexpected.
 */

type Rule = readonly [RegExp, string]

const rename = (name: string, rules: readonly Rule[]): string =>
  rules.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), name)

const transformerRules: readonly Rule[] = [
  [/^(?:model\.)?diffusion_model\./, ''],
  [/^time_embedding\.0\./, 'condition_embedder.time_embedder.linear_1.'],
  [/^time_embedding\.2\./, 'condition_embedder.time_embedder.linear_2.'],
  [/^text_embedding\.0\./, 'condition_embedder.text_embedder.linear_1.'],
  [/^text_embedding\.2\./, 'condition_embedder.text_embedder.linear_2.'],
  [/^time_projection\.1\./, 'condition_embedder.time_proj.'],
  [/^img_emb\.emb_pos$/, 'condition_embedder.image_embedder.pos_embed'],
  [/^img_emb\.proj\.0\./, 'condition_embedder.image_embedder.norm1.'],
  [/^img_emb\.proj\.1\./, 'condition_embedder.image_embedder.ff.net.0.proj.'],
  [/^img_emb\.proj\.3\./, 'condition_embedder.image_embedder.ff.net.2.'],
  [/^img_emb\.proj\.4\./, 'condition_embedder.image_embedder.norm2.'],
  [/^head\.modulation$/, 'scale_shift_table'],
  [/^head\.head\./, 'proj_out.'],
  [/^(blocks\.\d+\.)modulation$/, '$1scale_shift_table'],
  [/^(blocks\.\d+\.)self_attn\./, '$1attn1.'],
  [/^(blocks\.\d+\.)cross_attn\./, '$1attn2.'],
  [/^(blocks\.\d+\.attn[12]\.)([qkv])\./, '$1to_$2.'],
  [/^(blocks\.\d+\.attn[12]\.)o\./, '$1to_out.0.'],
  [/^(blocks\.\d+\.attn2\.)([kv])_img\./, '$1add_$2_proj.'],
  [/^(blocks\.\d+\.attn2\.)norm_k_img\./, '$1norm_added_k.'],
  [/^(blocks\.\d+\.)ffn\.0\./, '$1ffn.net.0.proj.'],
  [/^(blocks\.\d+\.)ffn\.2\./, '$1ffn.net.2.'],
  // Wan counts its norms in another order: the third is the one before the text. The other two have no weights.
  [/^(blocks\.\d+\.)norm3\./, '$1norm2.'],
]

/** Names of a transformer's weights, as `WanTransformer3DModel` has them. */
export const transformerName = (original: string): string => rename(original, transformerRules)

const residualRules: readonly Rule[] = [
  [/\.residual\.0\.gamma$/, '.norm1.gamma'],
  [/\.residual\.2\.(weight|bias)$/, '.conv1.$1'],
  [/\.residual\.3\.gamma$/, '.norm2.gamma'],
  [/\.residual\.6\.(weight|bias)$/, '.conv2.$1'],
  [/\.shortcut\.(weight|bias)$/, '.conv_shortcut.$1'],
]

const vaeRules: readonly Rule[] = [
  [/^conv1\./, 'quant_conv.'],
  [/^conv2\./, 'post_quant_conv.'],
  [/^(encoder|decoder)\.conv1\./, '$1.conv_in.'],
  [/^(encoder|decoder)\.head\.0\./, '$1.norm_out.'],
  [/^(encoder|decoder)\.head\.2\./, '$1.conv_out.'],
  [/^(encoder|decoder)\.middle\.0\./, '$1.mid_block.resnets.0.'],
  [/^(encoder|decoder)\.middle\.1\./, '$1.mid_block.attentions.0.'],
  [/^(encoder|decoder)\.middle\.2\./, '$1.mid_block.resnets.1.'],
  [/^encoder\.downsamples\./, 'encoder.down_blocks.'],
  ...residualRules,
]

/**
 * Names of an autoencoder's weights, as `AutoencoderKLWan` has them.
 * @param blocks residual blocks of the encoder at each size; in the decoder, one list holds one more, and a step up
 */
export function vaeName(original: string, blocks: number): string {
  const name = rename(original, vaeRules)
  const place = /^decoder\.upsamples\.(\d+)\.(.*)$/.exec(name)
  if (!place) return name
  const [index, rest] = [Number(place[1]), place[2]]
  const inSize = index % (blocks + 2)
  const block = `decoder.up_blocks.${Math.floor(index / (blocks + 2))}`
  return inSize > blocks ? `${block}.upsamplers.0.${rest}` : `${block}.resnets.${inSize}.${rest}`
}

const textRules: readonly Rule[] = [
  [/^encoder\.embed_tokens\.weight$/, 'shared.weight'],
  [/^token_embedding\./, 'shared.'],
  [/^norm\.weight$/, 'encoder.final_layer_norm.weight'],
  [/^blocks\.(\d+)\.norm1\./, 'encoder.block.$1.layer.0.layer_norm.'],
  [/^blocks\.(\d+)\.attn\./, 'encoder.block.$1.layer.0.SelfAttention.'],
  [
    /^blocks\.(\d+)\.pos_embedding\.embedding\./,
    'encoder.block.$1.layer.0.SelfAttention.relative_attention_bias.',
  ],
  [/^blocks\.(\d+)\.norm2\./, 'encoder.block.$1.layer.1.layer_norm.'],
  [/^blocks\.(\d+)\.ffn\.gate\.0\./, 'encoder.block.$1.layer.1.DenseReluDense.wi_0.'],
  [/^blocks\.(\d+)\.ffn\.fc1\./, 'encoder.block.$1.layer.1.DenseReluDense.wi_1.'],
  [/^blocks\.(\d+)\.ffn\.fc2\./, 'encoder.block.$1.layer.1.DenseReluDense.wo.'],
]

/** Names of umT5's weights, as `UMT5EncoderModel` has them; its table of tokens has two names there. */
export const textEncoderName = (original: string): string => rename(original, textRules)
