import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { HostTensor } from '../../graph/tensor.ts'
import { readGoldenFile } from '../../graph/test-golden.ts'
import { createFrames, type Frames } from '../../video/index.ts'
import type { WanSampler } from './scheduler.ts'

/** A WanPipeline of diffusers with tiny widths and random weights, as `save_pretrained` writes it. For tests. */
export const tinyWan = fileURLToPath(new URL('../../../reference/golden/wan-tiny', import.meta.url))

/** What came out of it. */
export const tinyGolden = readGoldenFile('wan-pipeline')

export interface TinyCase {
  readonly sampler: WanSampler
  readonly height: number
  readonly width: number
  readonly frames: number
  readonly steps: number
  readonly shift: number
  readonly guidance: number
  readonly prompt: string
  readonly negative: string
}

export const tinyCases = Object.entries(tinyGolden.configs.cases as Record<string, TinyCase>)

/** Names of weights in Wan's own code, and as published, by network. */
export const originalNames = tinyGolden.configs.names as Record<
  'transformer' | 'vae' | 'text',
  Record<string, string>
>

/** What comes out of the tiny WanImageToVideoPipelines. */
export const imageGolden = readGoldenFile('wan-image-pipeline')

export interface TinyImageCase extends TinyCase {
  readonly model: 'wan-tiny-i2v' | 'wan-tiny-ends'
}

export const imageCases = Object.entries(imageGolden.configs.cases as Record<string, TinyImageCase>)

/** A tiny image-to-video checkpoint in a folder of its own: what it has in common with the other one is taken from there. */
export async function tinyImageWan(model: TinyImageCase['model']): Promise<string> {
  const folder = await copyTinyWan()
  await rm(join(folder, 'transformer'), { recursive: true })
  const own = new URL(`../../../reference/golden/${model}`, import.meta.url)
  await cp(fileURLToPath(own), folder, { recursive: true })
  return folder
}

/** A golden picture, [H, W, 3] of 0…255. */
export function goldenPicture({ data, shape }: HostTensor): Frames {
  const [height = 0, width = 0] = shape
  const pixels = Uint8Array.from(data as Float32Array)
  return createFrames({ data: pixels, count: 1, height, width, channels: 3, fps: 1 })
}

/** A copy of it that a test may change. */
export async function copyTinyWan(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'framewright-wan-'))
  await cp(tinyWan, folder, { recursive: true })
  return folder
}
