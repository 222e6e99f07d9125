import { cp, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readGoldenFile } from '../../graph/test-golden.ts'
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

/** A copy of it that a test may change. */
export async function copyTinyWan(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'framewright-wan-'))
  await cp(tinyWan, folder, { recursive: true })
  return folder
}
