import { type HostTensor, hostTensor, type Runtime, type SessionOptions } from '../../graph/index.ts'
import { clipTokens } from '../../models/clip-vision.ts'
import { type LineWork, warn } from '../line.ts'
import type { WanCheckpoint } from './checkpoint.ts'
import { tilesOf } from './decode.ts'
import type { WanJob } from './job.ts'
import type { MemoryPlan } from './memory-plan.ts'
import { encodePrompts } from './networks.ts'
import { pictureCondition, pictureFeatures } from './picture.ts'
import type { WanRunFolder } from './run-folder.ts'

/** What every part of a run of Wan has at hand. */
export interface WanWork extends LineWork {
  readonly checkpoint: WanCheckpoint
  readonly runtime: Runtime
  readonly job: WanJob
  readonly session: SessionOptions
  readonly plan: MemoryPlan
  /** Where finished parts are kept; null where they are not. */
  readonly folder: WanRunFolder | null
}

/** Vectors of the shots' prompts, and of the negative one where guidance needs it. */
export interface ReadTexts {
  /** One a shot. */
  readonly prompts: readonly Float32Array[]
  readonly negative: Float32Array | null
}

export async function readTexts(wan: WanWork): Promise<ReadTexts> {
  const { job } = wan
  const all = await readAll(wan)
  return { prompts: all.slice(0, job.shots.length), negative: all[job.shots.length] ?? null }
}

/** The negative one is the last. */
async function readAll(wan: WanWork): Promise<readonly Float32Array[]> {
  const { checkpoint, runtime, job, folder, session, signal } = wan
  const saved = await folder?.texts()
  if (saved) return saved
  const prompts = [...job.shots.map(({ prompt }) => prompt), ...(job.guidance > 1 ? [job.negative] : [])]
  const encoded = await encodePrompts(checkpoint, runtime, prompts, { session, signal })
  for (const { warnings } of encoded) warn(wan, warnings)
  const texts = encoded.map(({ vectors }) => vectors)
  await folder?.saveTexts(texts)
  return texts
}

/** The given pictures as the transformer is told of them. */
export interface ReadPictures {
  /** [pictures, tokens, width]. */
  readonly features: HostTensor
  /** [1, mask and latent channels, F, h, w]. */
  readonly condition: Float32Array
}

/** Null for text-to-video; else of the only shot. */
export async function readPictures(wan: WanWork): Promise<ReadPictures | null> {
  const { checkpoint, runtime, job, folder, session, signal, plan } = wan
  const { image, lastImage, width, height } = job
  const [shot] = job.shots
  if (checkpoint.pictures === null || image === undefined || !shot) return null
  const { config } = checkpoint.pictures.encoder
  const given = lastImage === undefined ? [image] : [image, lastImage]
  const shape = [given.length, clipTokens(config), config.width]
  const saved = await folder?.pictures()
  if (saved) return { features: hostTensor(saved.features, shape), condition: saved.condition }
  const features = await pictureFeatures(checkpoint.pictures, runtime, given, { session, signal })
  const tiles = tilesOf(plan.tile, checkpoint.vae.config)
  const { frames } = shot
  const about = { first: image, last: lastImage ?? null, frames, width, height, tiles, session, signal }
  const { data } = await pictureCondition(checkpoint, runtime, about)
  const read = { features, condition: data as Float32Array }
  await folder?.savePictures({ features: features.data as Float32Array, condition: read.condition })
  return read
}
