import { join } from 'node:path'
import { type FrameInterpolator, openInterpolator } from '../enhance/interpolate-frames.ts'
import { toyboxInterpolator } from '../enhance/interpolator.ts'
import { type FrameUpscaler, openUpscaler } from '../enhance/tiles.ts'
import { toyboxUpscaler, upscalerNetwork } from '../enhance/upscaler.ts'
import type { Runtime, SessionOptions } from '../graph/index.ts'
import { toyboxArc } from '../models/arc.ts'
import { type ArcNetwork, openArcNetwork } from '../models/arc-sampler.ts'
import { toyboxCodec } from '../models/codec.ts'
import { type Decoder, openDecoder } from '../models/codec-decoder.ts'
import { openEncoder } from '../models/codec-encoder.ts'
import { toyboxDenoiser } from '../models/denoiser.ts'
import { type OpenPainterOptions, openPainter, type Painter } from '../models/denoiser-sampler.ts'
import { type LatentProjection, parseProjection } from '../models/latent-projection.ts'
import { toyboxMotion } from '../models/motion.ts'
import { type MotionNetwork, openMotionNetwork } from '../models/motion-sampler.ts'
import { toyboxReference } from '../models/reference.ts'
import { openReferenceSampler, type ReferenceSampler } from '../models/reference-sampler.ts'
import { workerRuntime } from '../runtime/node.ts'
import { readManifest } from '../runtime/weight-folder.ts'
import { createTextEncoder, type Language, miniLm, openLanguage, type TokenEncoder } from '../text/index.ts'
import { loadUpscalerJs } from './upscalerjs-files.ts'
import { loadTextEncoderFiles, loadWeights, type Part, weightFolder } from './weights.ts'

/** The model that ships: its networks, each loaded when it is first needed, all in one worker thread. */
export interface Toybox {
  readonly name: string
  language(): Promise<Language>
  encoder(): Promise<TokenEncoder>
  arc(): Promise<ArcNetwork>
  /** @param batch pictures at a time */
  references(batch: number): Promise<ReferenceSampler>
  motion(): Promise<MotionNetwork>
  painter(options: OpenPainterOptions): Promise<Painter>
  decoder(): Promise<Decoder>
  /** What shows latents while they are painted; null where the weights have none for this codec. */
  projection(): Promise<LatentProjection | null>
  /** @param kind its own, or the one of `@upscalerjs/default-model` */
  upscaler(kind: 'toybox' | 'upscalerjs'): Promise<FrameUpscaler>
  interpolator(): Promise<FrameInterpolator>
  /** Ends the worker thread, and whatever runs in it. */
  close(): Promise<void>
}

/** Frames a second that the networks make. */
export const nativeRate = 12

/** Pixels on a side of a frame that the networks make. */
export const nativeSize = 128

/** Opens toybox. Nothing is read before it is asked for. @param folder of the weights */
export function openToybox(folder: string = weightFolder(), session: SessionOptions = {}): Toybox {
  const runtime: Runtime = workerRuntime(session)
  const weights = async (part: Part) => loadWeights(folder, part)
  const { size, frames: groups } = toyboxDenoiser
  const frameEncoder = once(async () =>
    openEncoder(runtime, toyboxCodec, await weights('codec'), { size, groups }),
  )
  const ownUpscaler = once(async () =>
    openUpscaler(runtime, upscalerNetwork(toyboxUpscaler, await weights('upscaler'))),
  )
  const otherUpscaler = once(async () => openUpscaler(runtime, await loadUpscalerJs()))
  return {
    name: 'toybox',
    language: once(openLanguage),
    encoder: once(async () => {
      const files = await loadTextEncoderFiles(folder)
      return createTextEncoder({ ...files, config: miniLm, runtime })
    }),
    arc: once(async () => openArcNetwork(runtime, toyboxArc, await weights('arc'))),
    references: async (batch) =>
      openReferenceSampler(runtime, toyboxReference, await weights('reference'), { batch }),
    motion: once(async () => openMotionNetwork(runtime, toyboxMotion, await weights('motion'))),
    painter: async (options) =>
      openPainter(runtime, toyboxDenoiser, await weights('denoiser'), await frameEncoder(), options),
    decoder: once(async () =>
      openDecoder(runtime, toyboxCodec, await weights('codec'), { size, fps: nativeRate }),
    ),
    projection: once(() => loadProjection(folder)),
    upscaler: async (kind) => (kind === 'toybox' ? ownUpscaler() : otherUpscaler()),
    interpolator: once(async () =>
      openInterpolator(runtime, toyboxInterpolator, await weights('interpolator')),
    ),
    close: () => runtime.close(),
  }
}

/** One that was fitted for another codec shows nothing that can be recognised. */
async function loadProjection(folder: string): Promise<LatentProjection | null> {
  const { parts } = await readManifest(join(folder, 'toybox'))
  const isFitting = parts.preview !== undefined && parts.preview.settings.codec === parts.codec?.sha256
  if (!isFitting) return null
  return parseProjection(await loadWeights(folder, 'preview'), toyboxCodec.latentChannels)
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null
  return () => {
    made ??= make()
    return made
  }
}
