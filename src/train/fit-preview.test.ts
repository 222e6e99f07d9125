import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { toyboxCodec } from '../models/codec.ts'
import { parseProjection } from '../models/latent-projection.ts'
import { readManifest, readWeights } from '../runtime/weight-folder.ts'
import { readImage } from '../video/index.ts'
import { fitPreview } from './fit-preview.ts'
import type { PartConfig } from './parts.ts'
import { partDefaults } from './recipe.ts'

const shipped = fileURLToPath(new URL('../../weights/toybox', import.meta.url))
let folder = ''
let config: PartConfig
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framewright-fit-'))
  const weights = join(folder, 'weights')
  await mkdir(weights)
  for (const file of ['manifest.json', 'codec.safetensors']) {
    await copyFile(join(shipped, file), join(weights, file))
  }
  config = {
    ...{ ...partDefaults.codec, seed: 3, steps: 12, threads: 1, weights, folder: join(folder, 'run') },
    ...{ rate: 1, cooldown: 0, checkpointMinutes: 5, stories: '', from: null },
    pack: fileURLToPath(new URL('../world/fixtures', import.meta.url)),
    // What the small pack of the tests has art for.
    content: { cast: ['dog', 'fish', 'butterfly', 'car'], places: ['meadow', 'underwater'] },
  }
})
afterAll(() => rm(folder, { recursive: true }))

test('a few clips of the world are enough to show others, and the fit takes its place in the weights', async () => {
  const done: number[] = []
  const { signal } = new AbortController()
  const { part, psnr, sheet } = await fitPreview(config, { signal, onClip: (clip) => done.push(clip) })
  expect(done).toEqual(Array.from({ length: 12 }, (_, i) => i + 1))
  // One colour all over is some 12 dB; what ships reaches 25 on the whole world.
  expect(psnr).toBeGreaterThan(20)
  const { parts } = await readManifest(config.weights)
  expect(parts.preview).toEqual(part)
  expect(part.settings).toEqual({ seed: 3, clips: 12, codec: parts.codec?.sha256 })
  const projection = parseProjection(await readWeights(config.weights, 'preview'), toyboxCodec.latentChannels)
  expect(projection.side).toBe(4)
  // Sixteen clips, each beside its preview, eight to a row.
  const { width } = await readImage(sheet)
  expect(width).toBe(12 + 8 * (128 + 12))
})

test('a fit that is stopped changes nothing', async () => {
  const before = await readManifest(config.weights)
  const stop = new AbortController()
  const reason = new Error('enough')
  const fitting = fitPreview(config, { signal: stop.signal, onClip: () => stop.abort(reason) })
  await expect(fitting).rejects.toBe(reason)
  expect(await readManifest(config.weights)).toEqual(before)
})
