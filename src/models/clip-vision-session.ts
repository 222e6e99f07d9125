import {
  compile,
  floatsOf,
  type HostTensor,
  hostTensor,
  input,
  type Runtime,
  type SessionOptions,
  type Tensor,
} from '../graph/index.ts'
import { checkWeights, type NetworkWeights, Parameters } from '../nn/index.ts'
import { type ClipVisionConfig, clipEmbeddings, clipLayer, clipTokens, clipVision } from './clip-vision.ts'

/** A picture encoder whose layers come into memory a few at a time: all of ViT-H/14's take 2.5 GB. */
export interface ClipVisionSource {
  readonly config: ClipVisionConfig
  readonly weights: NetworkWeights
  readonly runtime: Runtime
  readonly session?: SessionOptions
}

/** Layers that are opened together: 0.3 GB of ViT-H/14. */
export const clipGroupSize = 4

/**
 * Encodes pictures [B, 3, S, S], normalised as in training: tokens [B, T, width] before the last layer.
 */
export async function encodeWithClip(
  { config, weights, runtime, session = {} }: ClipVisionSource,
  pixels: HostTensor,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<HostTensor> {
  const shape = [pixels.shape[0] ?? 1, clipTokens(config), config.width]
  const run = async (x: HostTensor, network: (p: Parameters, x: Tensor) => Tensor): Promise<HostTensor> => {
    signal?.throwIfAborted()
    const y = network(new Parameters(), input('x', x.shape))
    const opened = await runtime.open(compile({ y }, { weights }), session)
    try {
      return hostTensor(floatsOf(await opened.run({ x }), 'y'), shape)
    } finally {
      await opened.close()
    }
  }
  let x = await run(pixels, (p, given) => clipEmbeddings(p, given, config))
  // What is wanted is what the last layer is given.
  const last = config.layers - 1
  for (let first = 0; first < last; first += clipGroupSize) {
    const end = Math.min(first + clipGroupSize, last)
    const layers = Array.from({ length: end - first }, (_, i) => first + i)
    x = await run(x, (p, given) => layers.reduce((y, i) => clipLayer(p, y, i, config), given))
  }
  return x
}

/**
 * Makes sure that weights are those of the picture encoder; what only its last layer and its projection have is not looked at.
 * @param source where they come from, for messages
 * @throws FramewrightError E_WEIGHTS that lists every difference
 */
export function checkClipWeights(config: ClipVisionConfig, weights: NetworkWeights, source: string): void {
  const parameters = new Parameters()
  clipVision(parameters, input('pixels', [1, 3, config.imageSize, config.imageSize]), config)
  const unused = new RegExp(
    `^(?:post_layernorm|visual_projection|encoder\\.layers\\.${config.layers - 1})\\.|^logit_scale$|position_ids$`,
  )
  const used = new Map([...weights].filter(([name]) => !unused.test(name)))
  checkWeights(parameters.list, used, source)
}

/** The published names, without what older files have before them. */
export function clipVisionName(name: string): string {
  return name.replace(/^vision_model\./, '')
}
