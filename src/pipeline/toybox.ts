import { join } from 'node:path'
import { type FrameInterpolator, openInterpolator } from '../enhance/interpolate-frames.ts'
import { toyboxInterpolator } from '../enhance/interpolator.ts'
import { type FrameUpscaler, openUpscaler } from '../enhance/tiles.ts'
import { toyboxUpscaler, upscalerNetwork } from '../enhance/upscaler.ts'
import type { Runtime, SessionOptions } from '../graph/index.ts'
import { toyboxArc } from '../models/arc.ts'
import { type ArcNetwork, openArcNetwork } from '../models/arc-sampler.ts'
import type { OpenPainterOptions } from '../models/chunk-painter.ts'
import { toyboxCodec } from '../models/codec.ts'
import { type Decoder, openDecoder } from '../models/codec-decoder.ts'
import { toyboxDenoiser } from '../models/denoiser.ts'
import { type LatentProjection, parseProjection } from '../models/latent-projection.ts'
import { toyboxMotion } from '../models/motion.ts'
import { type MotionNetwork, openMotionNetwork } from '../models/motion-sampler.ts'
import { createPainter, type Painter } from '../models/painter.ts'
import { toyboxReference } from '../models/reference.ts'
import { openReferenceDrawer, type ReferenceDrawer } from '../models/reference-drawer.ts'
import { workerRuntime } from '../runtime/node.ts'
import { type MappedPart, readManifest } from '../runtime/weight-folder.ts'
import { createTextEncoder, type Language, miniLm, openLanguage, type TokenEncoder } from '../text/index.ts'
import { createPainterThread } from './painter-thread.ts'
import { loadUpscalerJs } from './upscalerjs-files.ts'
import {
  findWeights,
  loadWeights,
  type OpenPart,
  openTextEncoderFiles,
  openWeights,
  type Part,
  weightFolder,
  whenChecked,
} from './weights.ts'

/**
 * The model that ships: its networks, each loaded when it is first needed. The painter has a worker
 * thread of its own, beside that of all others: one chunk is decoded and enlarged while the next is painted.
 */
export interface Toybox {
  readonly name: string
  language(): Promise<Language>
  encoder(): Promise<TokenEncoder>
  arc(): Promise<ArcNetwork>
  /** @param batch pictures at a time */
  references(batch: number): Promise<ReferenceDrawer>
  motion(): Promise<MotionNetwork>
  painter(options: OpenPainterOptions): Promise<Painter>
  decoder(): Promise<Decoder>
  /** What shows latents while they are painted; null where the weights have none for this codec. */
  projection(): Promise<LatentProjection | null>
  /** @param kind its own, or the one of `@upscalerjs/default-model` */
  upscaler(kind: 'toybox' | 'upscalerjs'): Promise<FrameUpscaler>
  interpolator(): Promise<FrameInterpolator>
  /** Ends the worker threads, and whatever runs in them. */
  close(): Promise<void>
}

/** Frames a second that the networks make. */
export const nativeRate = 12

/** Pixels on a side of a frame that the networks make. */
export const nativeSize = 128

/** Opens toybox. Nothing is read before it is asked for. @param folder of the weights */
export function openToybox(folder: string = weightFolder(), session: SessionOptions = {}): Toybox {
  // Both wait asleep: a thread that spins takes the core that the other could use.
  const shared: SessionOptions = { waiting: 'sleep', ...session }
  const common: Runtime = workerRuntime(shared)
  const thread = createPainterThread(shared)
  const found = new Map<Part, Promise<MappedPart>>()
  const find = (part: Part): Promise<MappedPart> => {
    const mapped = found.get(part) ?? findWeights(folder, part)
    found.set(part, mapped)
    return mapped
  }
  const open = async (part: Part): Promise<OpenPart> => openWeights(common, await find(part))
  const ownUpscaler = once(async () => {
    const { runtime, weights } = await open('upscaler')
    return openUpscaler(runtime, upscalerNetwork(toyboxUpscaler, weights))
  })
  const otherUpscaler = once(async () => openUpscaler(common, await loadUpscalerJs()))
  return {
    name: 'toybox',
    language: once(openLanguage),
    encoder: once(async () => {
      const files = await openTextEncoderFiles(common, folder)
      return createTextEncoder({ ...files, config: miniLm })
    }),
    arc: once(async () => {
      const { runtime, weights } = await open('arc')
      return openArcNetwork(runtime, toyboxArc, weights)
    }),
    references: async (batch) => {
      const { runtime, weights } = await open('reference')
      return openReferenceDrawer(runtime, toyboxReference, weights, { batch })
    },
    motion: once(async () => {
      const { runtime, weights } = await open('motion')
      return openMotionNetwork(runtime, toyboxMotion, weights)
    }),
    painter: async (options) => {
      const [codec, denoiser] = await Promise.all([find('codec'), find('denoiser')])
      const checked = Promise.all([codec.checked, denoiser.checked])
      return createPainter(await whenChecked(thread.open({ codec, denoiser }, options), checked))
    },
    decoder: once(async () => {
      const { runtime, weights } = await open('codec')
      return openDecoder(runtime, toyboxCodec, weights, { size: toyboxDenoiser.size, fps: nativeRate })
    }),
    projection: once(() => loadProjection(folder)),
    upscaler: async (kind) => (kind === 'toybox' ? ownUpscaler() : otherUpscaler()),
    interpolator: once(async () => {
      const { runtime, weights } = await open('interpolator')
      return openInterpolator(runtime, toyboxInterpolator, weights)
    }),
    close: async () => {
      await Promise.all([common.close(), thread.close()])
    },
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
