import type { HostTensor, Runtime, SessionOptions } from '../../graph/index.ts'
import { openWanVae, type WanVae } from '../../models/index.ts'
import type { WeightAdditions } from '../../models/wan/additions.ts'
import type { Tiles } from '../../models/wan/tiles.ts'
import { openWanTransformer, type WanNetwork } from '../../models/wan/transformer-session.ts'
import { readRows } from '../../runtime/read-rows.ts'
import { createTokenizer, encodeWithT5, type TextWarning } from '../../text/index.ts'
import { FramewrightError } from '../../util/errors.ts'
import type { WanCheckpoint } from './checkpoint.ts'

/** Vectors of a text that the transformer looks at: shorter ones have zeros behind them. */
export const textTokens = 512

/** A prompt as the transformer reads it. */
export interface EncodedPrompt {
  /** [textTokens, width]. */
  readonly vectors: Float32Array
  readonly warnings: readonly TextWarning[]
}

interface EncodeOptions {
  readonly session: SessionOptions
  readonly signal?: AbortSignal
  readonly onLayer?: (layer: number, layers: number) => void
}

/**
 * Tokenises and encodes texts with the checkpoint's umT5.
 * @param prompts cleaned, as by `cleanPrompt`
 */
export async function encodePrompts(
  { text, tokenizer: json }: WanCheckpoint,
  runtime: Runtime,
  prompts: readonly string[],
  { session, ...options }: EncodeOptions,
): Promise<EncodedPrompt[]> {
  const tokenizer = createTokenizer(json, { maxTokens: textTokens })
  const { width } = text.config
  const table = text.weights.get('shared.weight')
  if (!table) throw new FramewrightError('E_WEIGHTS', `${text.source} has no table of tokens`)
  const tokenised = prompts.map((prompt) => tokenizer.tokenise(prompt))
  const vectors = await encodeWithT5(
    {
      config: text.config,
      weights: text.weights,
      runtime,
      session: { ...session, weightFolder: text.weightFolder },
      readRows: (ids) => readRows(text.weightFolder, table, ids),
    },
    tokenised.map(({ ids }) => ids),
    options,
  )
  return vectors.map(({ data }, i) => {
    const padded = new Float32Array(textTokens * width)
    padded.set(data)
    return { vectors: padded, warnings: tokenised[i]?.warnings ?? [] }
  })
}

/** Opens the checkpoint's transformer for latents of a size. @param resident blocks that stay in memory */
export function openTransformer(
  { transformer }: WanCheckpoint,
  runtime: Runtime,
  grid: readonly [number, number, number],
  {
    resident,
    session,
    additions = new Map(),
    features = null,
  }: {
    readonly resident: number
    readonly session: SessionOptions
    readonly additions?: WeightAdditions
    /** Of the pictures, for image-to-video: [pictures, tokens, width]. */
    readonly features?: HostTensor | null
  },
): WanNetwork {
  const { config, weights, weightFolder } = transformer
  return openWanTransformer(runtime, config, weights, {
    grid,
    textTokens,
    resident,
    additions,
    picture: features,
    session: { ...session, weightFolder },
  })
}

/** Opens the checkpoint's autoencoder. */
export function openVae(
  { vae }: WanCheckpoint,
  runtime: Runtime,
  session: SessionOptions,
  tiles?: Tiles,
): WanVae {
  const { config, weights, weightFolder } = vae
  return openWanVae(runtime, config, weights, {
    ...(tiles ? { tiles } : {}),
    session: { ...session, weightFolder },
  })
}

/** What the transformer works on, as the autoencoder has it: latent · deviation + mean, channel by channel. */
export function toVaeLatents(checkpoint: WanCheckpoint, x: Float32Array): Float32Array {
  return byChannel(checkpoint, x, (value, mean, deviation) => value * deviation + mean)
}

/** The autoencoder's latents as the transformer works on them: the inverse of `toVaeLatents`. */
export function toTransformerLatents(checkpoint: WanCheckpoint, x: Float32Array): Float32Array {
  return byChannel(checkpoint, x, (value, mean, deviation) => (value - mean) / deviation)
}

/** @param x [channels, …] */
function byChannel(
  { vae }: WanCheckpoint,
  x: Float32Array,
  change: (value: number, mean: number, deviation: number) => number,
): Float32Array {
  const { mean, deviation, latentChannels } = vae.config
  const plane = x.length / latentChannels
  return x.map((value, i) => {
    const channel = Math.floor(i / plane)
    return change(value, mean[channel] ?? 0, deviation[channel] ?? 1)
  })
}
