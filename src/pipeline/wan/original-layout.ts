import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { MappedWeight } from '../../graph/compile.ts'
import { clipVitH14 } from '../../models/clip-vision.ts'
import { clipPreparation } from '../../models/clip-vision-config.ts'
import { clipVisionName } from '../../models/clip-vision-session.ts'
import {
  type WanTransformerConfig,
  type WanVaeConfig,
  wanEnds14B,
  wanImage14B,
  wanText1B,
  wanText14B,
  wanVae,
} from '../../models/index.ts'
import { textEncoderName, transformerName, vaeName } from '../../models/wan/original-names.ts'
import { parseOriginalTransformerConfig } from '../../models/wan/published-config.ts'
import type { WeightFile } from '../../runtime/mapped-weights.ts'
import {
  indexEnding,
  isPickle,
  kindOf,
  mapNetworkFile,
  mapNetworkIndex,
  pickleError,
  readJson,
} from '../../runtime/network-folder.ts'
import type { T5Config } from '../../text/index.ts'
import { FramewrightError } from '../../util/errors.ts'
import type { MappedNetwork, WanPictures } from './checkpoint.ts'

type Mapped = ReadonlyMap<string, MappedWeight>

/** The networks of a folder in the layout of Wan's own code: one file each, whatever its name, or several with an index. */
export interface OriginalNetworks {
  readonly transformer: MappedNetwork<WanTransformerConfig>
  readonly vae: MappedNetwork<WanVaeConfig>
  readonly text: MappedNetwork<T5Config>
  /** Null where the transformer looks at none. */
  readonly pictures: WanPictures | null
  /** The path of `tokenizer.json`. */
  readonly tokenizer: string
}

/** Tensors that only one of the networks has; the first is the original name, the others are of packed files. */
const marks = {
  transformer: /^(?:(?:model\.)?diffusion_model\.)?blocks\.\d+\.self_attn\.q\.weight$/,
  vae: /^decoder\.middle\.0\.residual\.0\.gamma$/,
  text: /^(?:token_embedding\.weight|shared\.weight)$/,
  pictures: /^(?:vision_model\.)?pre_layrnorm\.weight$/,
} as const

type Part = keyof typeof marks

/**
 * Reads a folder with a transformer, an autoencoder and a text encoder, each in one safetensors file or in several with an
 * index, and `tokenizer.json` beside them, in `tokenizer/` or in `google/umt5-xxl/`.
 * @throws FramewrightError E_WEIGHTS when one is missing, there twice, or a pickle file
 */
export async function mapOriginalLayout(folder: string): Promise<OriginalNetworks> {
  const names = (await readdir(folder)).sort()
  const found = new Map<Part, MappedNetwork<null>>()
  for (const [path, file] of await mapFiles(folder, names)) {
    const part = partOf(file.weights)
    if (part === null) continue
    const known = found.get(part)
    if (known) {
      throw new FramewrightError(
        'E_WEIGHTS',
        `${known.source} and ${path} are both a ${titles[part]}: leave one of them in the folder`,
      )
    }
    found.set(part, { ...file, source: path, config: null })
  }
  const take = (part: Part): MappedNetwork<null> => {
    const network = found.get(part)
    if (network) return network
    const pickle = names.find((name) => isPickle(name) && pickleNames[part].test(name))
    if (pickle !== undefined) throw pickleError(join(folder, pickle))
    throw new FramewrightError(
      'E_WEIGHTS',
      `${folder} has no model_index.json, and none of its files is Wan’s ${titles[part]}: give a folder as diffusers saves it, or one with transformer, autoencoder and text encoder as .safetensors`,
    )
  }
  const transformer = await readTransformer(folder, take('transformer'))
  return {
    transformer,
    vae: readVae(take('vae')),
    text: readText(take('text')),
    pictures: transformer.config.picture === null ? null : readPictures(take('pictures')),
    tokenizer: await tokenizerIn(folder),
  }
}

/** The weights of every network of the folder, by its file or its index. */
async function mapFiles(
  folder: string,
  names: readonly string[],
): Promise<(readonly [string, WeightFile])[]> {
  const files: (readonly [string, WeightFile])[] = []
  const shards = new Set<string>()
  for (const name of names.filter((one) => one.endsWith(indexEnding))) {
    const file = await mapNetworkIndex(join(folder, name))
    files.push([join(folder, name), file])
    for (const { location } of file.weights.values()) shards.add(location)
  }
  for (const name of names.filter((one) => one.endsWith('.safetensors') && !shards.has(one))) {
    files.push([join(folder, name), await mapNetworkFile(join(folder, name))])
  }
  return files
}

const titles = {
  transformer: 'transformer',
  vae: 'autoencoder',
  text: 'text encoder',
  pictures: 'picture encoder',
} as const

const pickleNames = {
  transformer: /diffusion|wan.*(?:t2v|i2v)/i,
  vae: /vae/i,
  text: /t5/i,
  pictures: /clip/i,
} as const

function partOf(weights: Mapped): Part | null {
  for (const part of ['transformer', 'vae', 'text', 'pictures'] as const) {
    for (const name of weights.keys()) if (marks[part].test(name)) return part
  }
  return null
}

/** Weights under published names. @throws FramewrightError E_WEIGHTS when two get one name */
function renamed(
  { weights, source }: MappedNetwork<unknown>,
  rename: (name: string) => string,
): Map<string, MappedWeight> {
  const result = new Map<string, MappedWeight>()
  for (const [name, weight] of weights) {
    const published = rename(name)
    if (result.has(published)) {
      throw new FramewrightError('E_WEIGHTS', `${source} holds ${published} twice, under different names`)
    }
    result.set(published, weight)
  }
  return result
}

const published = [wanText1B, wanText14B, wanImage14B, wanEnds14B]

/** By `config.json` beside it, where there is one; else as a published one of the same width and inputs. */
async function readTransformer(
  folder: string,
  network: MappedNetwork<null>,
): Promise<MappedNetwork<WanTransformerConfig>> {
  const weights = renamed(network, transformerName)
  const sizes = (name: string): readonly number[] => weights.get(name)?.shape ?? []
  const positions = sizes('condition_embedder.image_embedder.pos_embed')[1] ?? null
  const path = join(folder, 'config.json')
  if ((await kindOf(path)) === 'file') {
    const pictureWidth = sizes('condition_embedder.image_embedder.ff.net.0.proj.weight')[1]
    const picture = pictureWidth === undefined ? null : { width: pictureWidth, positions }
    const textWidth = sizes('condition_embedder.text_embedder.linear_1.weight')[1] ?? 0
    const config = { ...parseOriginalTransformerConfig(await readJson(path), path), textWidth, picture }
    return { ...network, weights, config }
  }
  const [width = 0, channels = 0] = sizes('patch_embedding.weight')
  const config = published.find(
    (one: WanTransformerConfig) =>
      one.heads * one.headWidth === width &&
      one.channelsIn === channels &&
      (one.picture?.positions ?? null) === positions,
  )
  if (config) return { ...network, weights, config }
  throw new FramewrightError(
    'E_WEIGHTS',
    `${network.source} is no published Wan 2.1 transformer (${width} wide, ${channels} channels go in), and there is no config.json beside it that describes another`,
  )
}

/** The autoencoder's sizes, as its shapes tell them; means and deviations are those of Wan 2.1. */
function readVae(network: MappedNetwork<null>): MappedNetwork<WanVaeConfig> {
  const { weights: original, source } = network
  const width = original.get('encoder.conv1.weight')?.shape[0] ?? 0
  const latentChannels = original.get('conv2.weight')?.shape[0] ?? 0
  if (latentChannels !== wanVae.latentChannels || width === 0) {
    throw new FramewrightError(
      'E_WEIGHTS',
      `${source} is no autoencoder of Wan 2.1 (its latents have ${latentChannels} channels, not ${wanVae.latentChannels})`,
    )
  }
  const steps = [...original.keys()].flatMap((name) => {
    const step = /^encoder\.downsamples\.(\d+)\.resample\.1\.weight$/.exec(name)
    return step ? [Number(step[1])] : []
  })
  const ends = steps.sort((a, b) => a - b)
  const blocks = ends[0] ?? 0
  const sizes = Array.from({ length: ends.length + 1 }, (_, size) => {
    const last = size * (blocks + 1) + blocks - 1
    return (original.get(`encoder.downsamples.${last}.residual.6.weight`)?.shape[0] ?? 0) / width
  })
  const config: WanVaeConfig = {
    ...wanVae,
    width,
    widths: sizes,
    blocks,
    halvesTime: ends.map((index) => original.has(`encoder.downsamples.${index}.time_conv.weight`)),
  }
  return { ...network, weights: renamed(network, (name) => vaeName(name, blocks)), config }
}

/** umT5's sizes, as its shapes tell them. */
function readText(network: MappedNetwork<null>): MappedNetwork<T5Config> {
  const weights = renamed(withoutSecondTable(network), textEncoderName)
  const attention = 'encoder.block.0.layer.0.SelfAttention'
  const [vocabulary = 0, width = 0] = weights.get('shared.weight')?.shape ?? []
  const [buckets = 0, heads = 0] = weights.get(`${attention}.relative_attention_bias.weight`)?.shape ?? []
  const [inner = 0] = weights.get(`${attention}.q.weight`)?.shape ?? []
  const [hidden = 0] = weights.get('encoder.block.0.layer.1.DenseReluDense.wi_0.weight')?.shape ?? []
  const layers = [...weights.keys()].filter((name) => /^encoder\.block\.\d+\.layer\.0\.layer_norm/.test(name))
  if (heads === 0 || hidden === 0) {
    throw new FramewrightError('E_WEIGHTS', `${network.source} is no text encoder like umT5`)
  }
  const config: T5Config = {
    vocabulary,
    width,
    layers: layers.length,
    heads,
    headWidth: inner / heads,
    hidden,
    positions: weights.has('encoder.block.1.layer.0.SelfAttention.relative_attention_bias.weight')
      ? 'each-layer'
      : 'shared',
    buckets,
    maxDistance: 128,
    feedForward: 'gated-gelu',
    epsilon: 1e-6,
  }
  return { ...network, weights, config }
}

/** CLIP's picture encoder, its sizes as its shapes tell them; pictures are made ready as published with diffusers. */
function readPictures(network: MappedNetwork<null>): WanPictures {
  const { weights, source } = withClipNames(network)
  const sizes = (name: string): readonly number[] => weights.get(name)?.shape ?? []
  const [width = 0, , patchSize = 0] = sizes('embeddings.patch_embedding.weight')
  const [positions = 0] = sizes('embeddings.position_embedding.weight')
  const [hidden = 0] = sizes('encoder.layers.0.mlp.fc1.weight')
  const layers = [...weights.keys()].filter((name) =>
    /^encoder\.layers\.\d+\.layer_norm1\.weight$/.test(name),
  )
  const imageSize = Math.round(Math.sqrt(Math.max(0, positions - 1))) * patchSize
  // ViT-H/14's heads are 80 wide, which no shape tells.
  const heads = width / (clipVitH14.width / clipVitH14.heads)
  if (!Number.isInteger(heads) || heads === 0 || layers.length < 2) {
    throw new FramewrightError(
      'E_WEIGHTS',
      `${source} is no picture encoder of Wan 2.1 (it is ${width} wide, not ${clipVitH14.width})`,
    )
  }
  const { activation, epsilon } = clipVitH14
  const config = { imageSize, patchSize, width, layers: layers.length, heads, hidden, activation, epsilon }
  const crop = { width: imageSize, height: imageSize }
  return {
    encoder: { ...network, weights, config },
    preparation: { ...clipPreparation, size: { shorter: imageSize }, crop },
  }
}

/** Older files have the names of CLIP's picture encoder one level deeper; some hold its projection, which is not used. */
export function withClipNames<T>(network: MappedNetwork<T>): MappedNetwork<T> {
  const weights = renamed(network, clipVisionName)
  weights.delete('visual_projection.weight')
  return { ...network, weights }
}

/** transformers ties the encoder's table to the shared one; a file may hold both. */
export function withoutSecondTable<T>(network: MappedNetwork<T>): MappedNetwork<T> {
  if (!network.weights.has('shared.weight')) return network
  const weights = new Map(network.weights)
  weights.delete('encoder.embed_tokens.weight')
  return { ...network, weights }
}

async function tokenizerIn(folder: string): Promise<string> {
  const places = ['tokenizer.json', 'tokenizer/tokenizer.json', 'google/umt5-xxl/tokenizer.json']
  for (const place of places) {
    const path = join(folder, place)
    if ((await kindOf(path)) === 'file') return path
  }
  throw new FramewrightError(
    'E_WEIGHTS',
    `${folder} has no tokenizer.json: put that of google/umt5-xxl beside the weights`,
  )
}
