import { basename, join, resolve } from 'node:path'
import { cacheFolder } from '../../runtime/cache-folder.ts'
import { kindOf } from '../../runtime/network-folder.ts'
import { FramewrightError } from '../../util/errors.ts'
import type { WanSampler } from './scheduler.ts'

/** A model that others published, and that can be pulled and run by its name. */
export interface PublishedModel {
  readonly name: string
  /** On the Hugging Face hub. */
  readonly repository: string
  readonly licence: string
  /** What its networks were distilled to; null for what its files say. */
  readonly sampler: WanSampler | null
  readonly about: string
}

export const publishedModels: readonly PublishedModel[] = [
  {
    name: 'wan2.1-t2v-1.3b',
    repository: 'Wan-AI/Wan2.1-T2V-1.3B-Diffusers',
    licence: 'Apache-2.0',
    sampler: null,
    about: 'Wan 2.1, 1.3 billion parameters',
  },
  {
    name: 'wan2.1-t2v-14b',
    repository: 'Wan-AI/Wan2.1-T2V-14B-Diffusers',
    licence: 'Apache-2.0',
    sampler: null,
    about: 'Wan 2.1, 14 billion parameters',
  },
  {
    name: 'fastwan2.1-t2v-1.3b',
    repository: 'FastVideo/FastWan2.1-T2V-1.3B-Diffusers',
    licence: 'Apache-2.0',
    sampler: 'fastwan',
    about: 'the same in three steps',
  },
  {
    name: 'wan2.1-i2v-14b-480p',
    repository: 'Wan-AI/Wan2.1-I2V-14B-480P-Diffusers',
    licence: 'Apache-2.0',
    sampler: null,
    about: 'Wan 2.1 that goes on from a picture, 14 billion parameters, for 480 rows',
  },
  {
    name: 'wan2.1-i2v-14b-720p',
    repository: 'Wan-AI/Wan2.1-I2V-14B-720P-Diffusers',
    licence: 'Apache-2.0',
    sampler: null,
    about: 'the same for 720 rows',
  },
  {
    name: 'wan2.1-flf2v-14b-720p',
    repository: 'Wan-AI/Wan2.1-FLF2V-14B-720P-diffusers',
    licence: 'Apache-2.0',
    sampler: null,
    about: 'the same from a first picture to a last one',
  },
]

/** Where pulled models lie: `FRAMEWRIGHT_MODELS`, or a folder of the user's caches. */
export function modelStore(): string {
  return process.env.FRAMEWRIGHT_MODELS || join(cacheFolder(), 'models')
}

export function publishedModel(name: string): PublishedModel | null {
  return publishedModels.find((model) => model.name === name) ?? null
}

/** What files and reports say of a model: a published one's name, or that of its folder. */
export function modelName(model: string): string {
  return publishedModel(model)?.name ?? basename(resolve(model))
}

/**
 * The folder of a model: a published one's in the store, else the folder that the name is.
 * @throws FramewrightError E_WEIGHTS when a published one has not been pulled
 */
export async function modelFolder(name: string): Promise<string> {
  if (publishedModel(name) === null) return name
  const folder = join(modelStore(), name)
  if ((await kindOf(join(folder, 'model_index.json'))) === 'file') return folder
  throw new FramewrightError(
    'E_WEIGHTS',
    `${name} is not on this machine: get it with "framewright models pull ${name}"`,
  )
}
