import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Runtime, SessionOptions } from '../../graph/index.ts'
import { type LatentProjection, parseProjection, projectionTensors } from '../../models/latent-projection.ts'
import { spatialStride, temporalStride } from '../../models/wan/vae.ts'
import { cacheFolder } from '../../runtime/cache-folder.ts'
import { networkSha256 } from '../../runtime/network-hash.ts'
import { readTensorFile, writeTensorFile } from '../../runtime/tensor-file.ts'
import { fitProjection } from '../../train/fit-projection.ts'
import { leafClip } from '../../train/leaf-clips.ts'
import { sliceFrames } from '../../video/index.ts'
import type { WanCheckpoint } from './checkpoint.ts'
import { openVae, toTransformerLatents } from './networks.ts'
import { videoTensor } from './video-tensor.ts'

/** Pixels on a side that stand for a latent cell: 16 numbers hold no more. */
const side = 2

/** What it is fitted on: clips of synthetic pictures, each of so many latent frames and cells on a side. */
const clips = 10
const [latentFrames, cells] = [2, 12]

export interface ProjectionOptions {
  readonly session: SessionOptions
  readonly signal?: AbortSignal
  /** Where it is kept. @default the user's caches */
  readonly cache?: string
}

/**
 * What shows a checkpoint's latents without its decoder: fitted when its autoencoder is first met, on synthetic pictures
 * that it encodes, and kept from then on.
 */
export async function wanProjection(
  checkpoint: WanCheckpoint,
  runtime: Runtime,
  { session, signal, cache = join(cacheFolder(), 'previews') }: ProjectionOptions,
): Promise<LatentProjection> {
  const file = join(cache, `${await fingerprint(checkpoint, signal)}.safetensors`)
  const { latentChannels } = checkpoint.vae.config
  const kept = await readTensorFile(file)
    .then(({ tensors }) => parseProjection(tensors, latentChannels))
    .catch(() => null)
  if (kept) return kept
  const projection = await fitOnLeaves(checkpoint, runtime, session, signal)
  // A cache that cannot be written to costs the same time again, and nothing else.
  await writeTensorFile(file, projectionTensors(projection), { format: 'framewright' }, 'F32').catch(() => {})
  return projection
}

async function fitOnLeaves(
  checkpoint: WanCheckpoint,
  runtime: Runtime,
  session: SessionOptions,
  signal?: AbortSignal,
): Promise<LatentProjection> {
  const { config } = checkpoint.vae
  const length = temporalStride(config)
  const size = cells * spatialStride(config)
  const fitting = fitProjection(config.latentChannels, side)
  const vae = openVae(checkpoint, runtime, session)
  try {
    for (let i = 0; i < clips; i++) {
      const clip = leafClip(i, { frames: 1 + (latentFrames - 1) * length, size })
      const encoded = await vae.encode(videoTensor(clip), signal ? { signal } : {})
      const latents = toTransformerLatents(checkpoint, encoded.data as Float32Array)
      for (let f = 0; f < latentFrames; f++) {
        // The first latent frame stands for one frame, each further one for `length`.
        const frames = f === 0 ? [0, 1] : [1 + (f - 1) * length, 1 + f * length]
        fitting.add(latentFrame(latents, f), sliceFrames(clip, frames[0] ?? 0, frames[1] ?? 0))
      }
    }
  } finally {
    await vae.close()
  }
  return fitting.solve()
}

/** One frame [C, h, w] of latents [C, F, h, w]. */
function latentFrame(latents: Float32Array, frame: number): Float32Array {
  const area = cells * cells
  const channels = latents.length / (latentFrames * area)
  const out = new Float32Array(channels * area)
  for (let c = 0; c < channels; c++) {
    const from = (c * latentFrames + frame) * area
    out.set(latents.subarray(from, from + area), c * area)
  }
  return out
}

/** Stands for the autoencoder, its sizes and all its weights, and for how it is fitted. */
async function fingerprint({ vae }: WanCheckpoint, signal?: AbortSignal): Promise<string> {
  return createHash('sha256')
    .update(JSON.stringify({ ...vae.config, side, clips, latentFrames, cells }))
    .update(await networkSha256([vae], signal ? { signal } : {}))
    .digest('hex')
    .slice(0, 32)
}
