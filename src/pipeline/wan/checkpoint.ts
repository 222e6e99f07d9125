import { readFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { type Shape, sizeOf } from '../../graph/index.ts'
import { type ClipVisionConfig, clipTokens } from '../../models/clip-vision.ts'
import {
  type ClipPreparation,
  parseClipPreparation,
  parseClipVisionConfig,
} from '../../models/clip-vision-config.ts'
import { checkClipWeights } from '../../models/clip-vision-session.ts'
import {
  parseWanTransformerConfig,
  parseWanVaeConfig,
  type WanTransformerConfig,
  type WanVaeConfig,
} from '../../models/index.ts'
import { wanParameters } from '../../models/wan/transformer-session.ts'
import { temporalStride } from '../../models/wan/vae.ts'
import { checkVaeWeights } from '../../models/wan/vae-session.ts'
import { checkWeights } from '../../nn/index.ts'
import type { WeightFile } from '../../runtime/mapped-weights.ts'
import { isPickle, kindOf, mapNetworkFolder, pickleError, readJson } from '../../runtime/network-folder.ts'
import { createTokenizer, parseT5Config, type T5Config } from '../../text/index.ts'
import { t5Parameters } from '../../text/t5-session.ts'
import { FramewrightError } from '../../util/errors.ts'
import { textTokens } from './networks.ts'
import { mapOriginalLayout, withClipNames, withoutSecondTable } from './original-layout.ts'
import { defaultScheduler, parseScheduler, type WanScheduler } from './scheduler.ts'

/** A network of a checkpoint: its weights lie in files, and are mapped from there. */
export interface MappedNetwork<Config> extends WeightFile {
  readonly config: Config
  /** The file or folder that it was read from, for messages. */
  readonly source: string
}

/** CLIP's picture encoder, and how pictures are made ready for it. */
export interface WanPictures {
  readonly encoder: MappedNetwork<ClipVisionConfig>
  readonly preparation: ClipPreparation
}

/** A Wan 2.1 on a disk: everything that a video needs, checked, and none of it in memory. */
export interface WanCheckpoint {
  readonly name: string
  readonly transformer: MappedNetwork<WanTransformerConfig>
  readonly vae: MappedNetwork<WanVaeConfig>
  readonly text: MappedNetwork<T5Config>
  /** What looks at given pictures; null of a text-to-video checkpoint. */
  readonly pictures: WanPictures | null
  /** The bytes of `tokenizer.json`. */
  readonly tokenizer: Uint8Array
  readonly scheduler: WanScheduler
}

/**
 * Reads a folder of weights: as diffusers saves a WanPipeline (`model_index.json` beside a folder for each network), or
 * in the layout of Wan's own code, one file a network (see `mapOriginalLayout`). Every name and every shape is compared
 * with the networks.
 * @throws FramewrightError E_WEIGHTS when something is missing, too much, of another shape, cut short, or a pickle file
 */
export async function openWanCheckpoint(path: string): Promise<WanCheckpoint> {
  const kind = await kindOf(path)
  if (isPickle(path)) throw pickleError(path)
  if (kind !== 'folder') {
    throw new FramewrightError(
      'E_WEIGHTS',
      kind === 'nothing'
        ? `there is no model and no folder "${path}": see "framewright models list", or give a folder of weights`
        : `${path} is one file, and a model is a folder with transformer, autoencoder, text encoder and tokenizer.json: give that`,
    )
  }
  const isDiffusers = (await kindOf(join(path, 'model_index.json'))) === 'file'
  const checkpoint = await (isDiffusers ? readDiffusersLayout(path) : readOriginalLayout(path))
  checkCheckpoint(checkpoint)
  return checkpoint
}

async function readDiffusersLayout(folder: string): Promise<WanCheckpoint> {
  const index = (await readJson(join(folder, 'model_index.json'))) as Record<string, unknown> | null
  const kind = index?._class_name
  if (kind !== 'WanPipeline' && kind !== 'WanImageToVideoPipeline') {
    throw new FramewrightError(
      'E_WEIGHTS',
      `${join(folder, 'model_index.json')} describes ${kind === undefined ? 'no pipeline' : `a ${JSON.stringify(kind)}`}, and only a "WanPipeline" or a "WanImageToVideoPipeline" of Wan 2.1 can be run`,
    )
  }
  if (index?.boundary_ratio != null || index?.expand_timesteps === true) {
    throw new FramewrightError('E_WEIGHTS', `${folder} holds a Wan 2.2, and only Wan 2.1 can be run`)
  }
  const network = async <Config>(
    part: string,
    parse: (json: unknown, source: string) => Config,
  ): Promise<MappedNetwork<Config>> => {
    const source = join(folder, part)
    const config = parse(await readJson(join(source, 'config.json')), join(source, 'config.json'))
    return { ...(await mapNetworkFolder(source)), config, source }
  }
  const scheduler = join(folder, 'scheduler', 'scheduler_config.json')
  const preparation = join(folder, 'image_processor', 'preprocessor_config.json')
  const text = withoutSecondTable(withSharedTable(await network('text_encoder', parseT5Config)))
  return {
    name: basename(resolve(folder)),
    transformer: withoutUnusedNorm(await network('transformer', parseWanTransformerConfig)),
    vae: await network('vae', parseWanVaeConfig),
    text,
    pictures:
      kind === 'WanPipeline'
        ? null
        : {
            encoder: withClipNames(await network('image_encoder', parseClipVisionConfig)),
            preparation: parseClipPreparation(await readJson(preparation), preparation),
          },
    tokenizer: await readTokenizer(join(folder, 'tokenizer', 'tokenizer.json'), text.config),
    scheduler: parseScheduler(await readJson(scheduler), scheduler),
  }
}

async function readOriginalLayout(folder: string): Promise<WanCheckpoint> {
  const { transformer, vae, text, pictures, tokenizer } = await mapOriginalLayout(folder)
  return {
    name: basename(resolve(folder)),
    transformer,
    vae,
    text,
    pictures,
    tokenizer: await readTokenizer(tokenizer, text.config),
    scheduler: defaultScheduler,
  }
}

/** The table of tokens is one tensor with two names, of which a file may have either. */
function withSharedTable(network: MappedNetwork<T5Config>): MappedNetwork<T5Config> {
  const table = network.weights.get('encoder.embed_tokens.weight')
  if (network.weights.has('shared.weight') || !table) return network
  return { ...network, weights: new Map(network.weights).set('shared.weight', table) }
}

/** The first published image-to-video files hold a norm that no network has; diffusers passes over it too. */
function withoutUnusedNorm<T>(network: MappedNetwork<T>): MappedNetwork<T> {
  const used = [...network.weights].filter(([name]) => !name.endsWith('.attn2.norm_added_q.weight'))
  return { ...network, weights: new Map(used) }
}

/** Compares every network with its weights, and the networks with each other. */
function checkCheckpoint({ transformer, vae, text, pictures }: WanCheckpoint): void {
  checkWeights(wanParameters(transformer.config), transformer.weights, transformer.source)
  checkVaeWeights(vae.config, vae.weights, vae.source)
  checkWeights(t5Parameters(text.config), text.weights, text.source)
  if (pictures) checkClipWeights(pictures.encoder.config, pictures.encoder.weights, pictures.encoder.source)
  const problem =
    text.config.width !== transformer.config.textWidth
      ? `its text encoder gives ${text.config.width} numbers a token, and its transformer reads ${transformer.config.textWidth}`
      : vae.config.latentChannels !== transformer.config.channelsOut
        ? `its autoencoder’s latents have ${vae.config.latentChannels} channels, and its transformer makes ${transformer.config.channelsOut}`
        : pictureProblem(transformer.config, vae.config, pictures)
  if (problem !== null) {
    throw new FramewrightError(
      'E_WEIGHTS',
      `${transformer.source} is not of the other networks’ model: ${problem}`,
    )
  }
}

/** What does not fit between a transformer and what looks at pictures for it; null where all does. */
function pictureProblem(
  { picture, channelsIn }: WanTransformerConfig,
  vae: WanVaeConfig,
  pictures: WanPictures | null,
): string | null {
  if (pictures === null || picture === null) {
    if (pictures !== null) return 'it looks at no picture, and the checkpoint is for image-to-video'
    if (picture !== null) return 'it looks at a picture, and the checkpoint has no encoder for one'
    return channelsIn === vae.latentChannels
      ? null
      : `it reads ${channelsIn} channels, and the latents have ${vae.latentChannels}`
  }
  const { config } = pictures.encoder
  const channels = 2 * vae.latentChannels + temporalStride(vae)
  const tokens = clipTokens(config)
  if (config.width !== picture.width) {
    return `the picture encoder gives ${config.width} numbers a token, and it reads ${picture.width}`
  }
  if (picture.positions !== null && picture.positions !== 2 * tokens) {
    return `two pictures are ${2 * tokens} tokens, and it has places for ${picture.positions}`
  }
  return channelsIn === channels
    ? null
    : `it reads ${channelsIn} channels, and latents, mask and those of the picture are ${channels}`
}

/** Numbers in networks whose weights have these shapes. */
export function numbersIn(weights: ReadonlyMap<string, { readonly shape: Shape }>): number {
  return [...weights.values()].reduce((sum, { shape }) => sum + sizeOf(shape), 0)
}

/** The bytes of a text encoder's `tokenizer.json`: opened once to see that they are one, as it takes long until they are needed. */
async function readTokenizer(path: string, { vocabulary }: T5Config): Promise<Uint8Array> {
  const json = await readFile(path).catch((cause: unknown) => {
    throw new FramewrightError('E_WEIGHTS', `${path} cannot be read`, { cause })
  })
  const problem = tokenizerProblem(json, vocabulary)
  if (problem === null) return json
  throw new FramewrightError(
    'E_WEIGHTS',
    `${path} is damaged, or of another model: ${problem.message.replace(/\.$/, '')}: bring it again from where the weights come from`,
    { cause: problem },
  )
}

function tokenizerProblem(json: Uint8Array, vocabulary: number): Error | null {
  try {
    const { vocabularySize } = createTokenizer(json, { maxTokens: textTokens })
    if (vocabularySize <= vocabulary) return null
    return new RangeError(`it has ${vocabularySize} tokens, and the text encoder ${vocabulary}`)
  } catch (error) {
    if (FramewrightError.is(error)) return error
    throw error
  }
}
