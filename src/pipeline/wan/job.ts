import { resolve } from 'node:path'
import { spatialStride, temporalStride } from '../../models/wan/vae.ts'
import { FramewrightError } from '../../util/errors.ts'
import type { Warning } from '../events.ts'
import type { Run } from '../run-record.ts'
import { publishedModel } from './catalogue.ts'
import type { WanCheckpoint } from './checkpoint.ts'
import { checkpointSha256 } from './checkpoint-hash.ts'
import type { WanOptions } from './options.ts'
import { fixedSteps, type WanSampler } from './scheduler.ts'
import type { WanShot } from './shots.ts'

/** Options with the checkpoint's own in the gaps. */
export interface WanJob extends WanOptions {
  readonly sampler: WanSampler
  readonly steps: number
  readonly shift: number
  readonly guidance: number
}

/** Frames, rows and columns of a shot's latents. */
export type LatentGrid = readonly [number, number, number]

export function gridOf({ vae }: WanCheckpoint, { width, height }: WanJob, { frames }: WanShot): LatentGrid {
  const stride = spatialStride(vae.config)
  return [(frames - 1) / temporalStride(vae.config) + 1, height / stride, width / stride]
}

/** @throws FramewrightError E_OPTION when steps are not the sampler's, or the size is not made of the model's cells */
export function jobOf(checkpoint: WanCheckpoint, options: WanOptions): WanJob {
  const { scheduler, vae, transformer } = checkpoint
  checkPictures(checkpoint, options)
  const sampler = options.sampler ?? publishedModel(options.model)?.sampler ?? scheduler.sampler
  const fixed = fixedSteps(sampler)
  if (fixed !== null && options.steps !== undefined && options.steps !== fixed) {
    throw new FramewrightError(
      'E_OPTION',
      `the sampler ${sampler} takes ${fixed} steps, got ${options.steps}`,
    )
  }
  const [stride, group] = [spatialStride(vae.config), temporalStride(vae.config)]
  const { width, height } = options
  const [, down, across] = transformer.config.patch
  const wrong = options.shots.find(({ frames }) => (frames - 1) % group !== 0)
  if (height % (stride * down) !== 0 || width % (stride * across) !== 0 || wrong) {
    const frames = (wrong ?? options.shots[0])?.frames
    throw new FramewrightError(
      'E_OPTION',
      `this checkpoint makes videos whose sides are multiples of ${stride * across} and ${stride * down} and whose frames are ${group}k+1, got ${width}x${height} and ${frames}`,
    )
  }
  return {
    ...options,
    sampler,
    // As the published pipeline; a distilled network has its guidance in it.
    steps: fixed ?? options.steps ?? 50,
    guidance: options.guidance ?? (fixed === null ? 5 : 1),
    shift: options.shift ?? scheduler.shift,
  }
}

/** @throws FramewrightError E_OPTION when pictures are given that the checkpoint does not take, or lack that it needs */
function checkPictures({ name, pictures, transformer }: WanCheckpoint, options: WanOptions): void {
  const { image, lastImage } = options
  const refuse = (why: string): never => {
    throw new FramewrightError('E_OPTION', `${name} ${why}`)
  }
  if (pictures !== null && options.storyboard !== undefined) {
    refuse('begins with a picture, and the shots of a storyboard have none: name a text-to-video model')
  }
  if (pictures === null) {
    if (image === undefined) return
    refuse('makes videos of words alone: leave `image` out, or name an image-to-video model')
  }
  const isForTwo = (transformer.config.picture?.positions ?? null) !== null
  const needed = isForTwo ? '`image` and `lastImage`' : '`image`'
  if (image === undefined) refuse(`begins with a picture: give ${needed}, or name a text-to-video model`)
  if (isForTwo && lastImage === undefined)
    refuse('draws what is between two pictures: give `lastImage` as well')
  if (!isForTwo && lastImage !== undefined) {
    refuse('takes the picture that a video begins with, and none that it ends with: leave `lastImage` out')
  }
}

/** How much narrower or wider a picture may become before it is said. */
const unseenStretch = 1.05

/** Pictures whose proportions are not the video's: they are stretched, as in published pipelines. */
export function stretchWarnings({ image, lastImage, width, height }: WanJob): Warning[] {
  return Object.entries({ image, lastImage }).flatMap(([option, picture]): Warning[] => {
    if (!picture) return []
    const stretch = (width * picture.height) / (height * picture.width)
    if (Math.max(stretch, 1 / stretch) < unseenStretch) return []
    const sizes = `${picture.width}×${picture.height} and the video ${width}×${height}`
    const message = `The picture \`${option}\` is ${sizes}: it is stretched; cut it, or leave \`size\` out.`
    return [{ type: 'stretched', option, message }]
  })
}

/** What is made, to be compared with what was begun. Memory and threads change no number; paths hold from anywhere. */
export async function runOf(checkpoint: WanCheckpoint, job: WanJob, signal: AbortSignal): Promise<Run> {
  const { prompt, storyboard, negative, seed, count, width, height, frameCount, fps } = job
  const { steps, guidance, sampler, shift, precision, image, lastImage } = job
  return {
    model: publishedModel(job.model) === null ? resolve(job.model) : job.model,
    weights: (await checkpointSha256(checkpoint, job.loras, { signal })).slice(0, 32),
    options: {
      ...{ prompt, storyboard, frames: storyboard === undefined ? frameCount : undefined },
      ...{ negative: negative || undefined, seed, count, size: `${width}x${height}`, fps },
      ...{ steps, guidance, sampler, shift, precision },
      loras: job.loras.map(({ path, strength }) => ({ path: resolve(path), strength })),
      ...{ provider: job.provider, memory: job.memoryBytes, threads: job.threads },
    },
    images: { ...(image ? { image } : {}), ...(lastImage ? { lastImage } : {}) },
    free: ['memory', 'threads'],
  }
}
