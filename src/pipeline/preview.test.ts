import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { toyboxCodec } from '../models/codec.ts'
import { openEncoder } from '../models/codec-encoder.ts'
import { groupedFrames } from '../models/codec-pixels.ts'
import { parseProjection, projectLatents } from '../models/latent-projection.ts'
import { mainThreadRuntime } from '../runtime/node.ts'
import { readManifest, readWeights } from '../runtime/weight-folder.ts'
import { leafClip } from '../train/leaf-clips.ts'
import { compareFrames, resizeFrames, sliceFrames } from '../video/index.ts'
import type { GenerateEvent } from './events.ts'
import { generate } from './generate.ts'
import type { GenerateOptions } from './options.ts'
import { weightFolder } from './weights.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framewright-preview-'))
})
afterAll(() => rm(folder, { recursive: true }))

const weights = join(weightFolder(), 'toybox')

test('what ships was fitted on the codec that ships, and shows pictures that it never saw', async () => {
  const { parts } = await readManifest(weights)
  expect(parts.preview?.settings.codec).toBe(parts.codec?.sha256)
  const projection = parseProjection(await readWeights(weights, 'preview'), toyboxCodec.latentChannels)
  const runtime = await mainThreadRuntime()
  const codec = await readWeights(weights, 'codec')
  const encoder = await openEncoder(runtime, toyboxCodec, codec, { groups: 1, size: 16, threads: 1 })
  const clip = leafClip(1, { frames: 4, size: 128 })
  const data = await encoder.encode(groupedFrames(clip, 4))
  const shown = projectLatents(
    projection,
    { data, order: 'frames-first', frames: 1, rows: 16, columns: 16 },
    clip.fps,
  )
  const truth = await resizeFrames(sliceFrames(clip, 2, 3), { width: 64, height: 64 })
  // Pictures of another kind than it was fitted on; of one colour all over it would be 12 dB.
  expect(compareFrames(shown, truth).psnr).toBeGreaterThan(17)
  await runtime.close()
})

const asked = {
  prompt: 'a dog runs along the beach',
  seconds: 1.6,
  fps: 12,
  size: '128x128',
  steps: 2,
  count: 2,
  threads: 1,
} as const satisfies GenerateOptions

async function eventsOf(options: GenerateOptions): Promise<GenerateEvent[]> {
  const all: GenerateEvent[] = []
  for await (const event of generate(options)) all.push(event)
  return all
}

test('every video is seen as a draft before the painter is loaded, and after each of its steps', async () => {
  const events = await eventsOf(asked)
  const previews = events.flatMap((event) => (event.type === 'preview' ? [event] : []))
  // 20 frames: a chunk of 16, and 12 more, of which 4 are wanted.
  const seen = (video: number) =>
    previews
      .filter((one) => one.video === video)
      .map(({ step, steps, start, frames }) => [step, steps, start, frames.count])
  for (const video of [0, 1]) {
    expect(seen(video)).toEqual([
      [0, 4, 0, 4],
      [1, 4, 0, 4],
      [2, 4, 0, 4],
      [3, 4, 4, 1],
      [4, 4, 4, 1],
    ])
  }
  for (const { frames } of previews) {
    expect([frames.width, frames.height, frames.fps]).toEqual([64, 64, 3])
  }
  const types = events.map(({ type }) => type)
  expect(types.indexOf('preview')).toBeLessThan(
    types.lastIndexOf('step-end', types.indexOf('frames-decoded')),
  )
  // What the last step predicted is what is decoded then.
  const last = previews.filter(({ video, step }) => video === 0 && step === 2)[0]
  const decoded = events.flatMap((event) =>
    event.type === 'frames-decoded' && event.video === 0 && event.start === 0 ? [event] : [],
  )[0]
  if (!last || !decoded) throw new RangeError('there is no preview, or nothing was decoded')
  const small = await resizeFrames(sliceFrames(decoded.frames, 2, 3), { width: 64, height: 64 })
  expect(compareFrames(sliceFrames(last.frames, 0, 1), { ...small, fps: 3 }).psnr).toBeGreaterThan(15)
})

test('weights without one, or with one of another codec, make videos without previews; and so does `preview: false`', async () => {
  const own = join(folder, 'weights')
  await cp(weightFolder(), own, { recursive: true })
  const path = join(own, 'toybox', 'manifest.json')
  const manifest = JSON.parse(await readFile(path, 'utf8'))
  manifest.parts.preview.settings.codec = 'another'
  await writeFile(path, JSON.stringify(manifest))
  const short = { ...asked, seconds: 0.2, steps: 1, count: 1 }
  for (const options of [
    { ...short, weights: own },
    { ...short, preview: false },
  ]) {
    const types = (await eventsOf(options)).map(({ type }) => type)
    expect(types).not.toContain('preview')
    expect(types).toContain('frames-ready')
  }
})
