import { createRequire } from 'node:module'
import { expect, test, vi } from 'vitest'
import { type Frames, sliceFrames } from '../video/index.ts'
import { doublings } from './enhance.ts'
import type { GenerateEvent } from './events.ts'
import { generate } from './generate.ts'
import type { GenerateOptions } from './options.ts'
import { loadUpscalerJs } from './upscalerjs-files.ts'

vi.setConfig({ testTimeout: 240_000 })

test('the rate is doubled until it is enough', () => {
  expect([1, 12, 12.5, 24, 25, 48, 60].map(doublings)).toEqual([0, 0, 1, 1, 2, 2, 3])
})

/** A shot of two chunks, so that frames lie between those of different runs too. */
const prompt = { prompt: 'a dog runs along the beach', seconds: 1.5, steps: 1 } as const

async function framesOf(
  options: GenerateOptions,
): Promise<{ readonly painted: Frames[]; readonly ready: Frames[] }> {
  const painted: Frames[] = []
  const ready: Frames[] = []
  const split = (frames: Frames): Frames[] =>
    Array.from({ length: frames.count }, (_, i) => sliceFrames(frames, i, i + 1))
  for await (const event of generate(options) as AsyncIterable<GenerateEvent>) {
    if (event.type === 'frames-decoded') painted.push(...split(event.frames))
    if (event.type === 'frames-ready') ready.push(...split(event.frames))
  }
  return { painted, ready }
}

const same = (a: Frames | undefined, b: Frames | undefined): boolean =>
  a !== undefined && b !== undefined && Buffer.compare(a.data, b.data) === 0

test('24 frames a second: every second one is the painter’s, those between are drawn, the last is held', async () => {
  const { painted, ready } = await framesOf({ ...prompt, size: '128x128', fps: 24, enhance: 'toybox' })
  expect([painted.length, ready.length]).toEqual([18, 36])
  for (const [i, frame] of painted.entries()) expect(same(ready[2 * i], frame)).toBe(true)
  for (let i = 1; i < 35; i += 2) {
    expect(same(ready[i], ready[i - 1]) || same(ready[i], ready[i + 1])).toBe(false)
  }
  expect(same(ready[35], painted[17])).toBe(true)
})

test('without it frames are repeated', async () => {
  const { painted, ready } = await framesOf({ ...prompt, size: '128x128', fps: 24, enhance: 'none' })
  expect(ready).toHaveLength(36)
  for (const [i, frame] of ready.entries()) expect(same(frame, painted[i >> 1])).toBe(true)
})

test('another size comes out as asked for, drawn from the one four times as large', async () => {
  const options = { ...prompt, seconds: 0.5, size: '320x180', fps: 12 } as const
  const { painted, ready } = await framesOf({ ...options, enhance: 'toybox' })
  const { ready: plain } = await framesOf({ ...options, enhance: 'none' })
  expect([painted.length, ready.length]).toEqual([6, 6])
  for (const [i, frame] of ready.entries()) expect(same(frame, plain[i])).toBe(false)
  expect(ready.map(({ width, height, fps }) => [width, height, fps])).toEqual(
    new Array(6).fill([320, 180, 12]),
  )
})

const isThere = (() => {
  try {
    return createRequire(import.meta.url).resolve('@upscalerjs/default-model') !== ''
  } catch {
    return false
  }
})()

test.skipIf(isThere)('an upscaler that is not installed is named, with how to install it', async () => {
  await expect(loadUpscalerJs()).rejects.toMatchObject({
    code: 'E_OPTION',
    message: expect.stringMatching(/which is not installed: npm install @upscalerjs\/default-model@1\.0\.0/),
  })
})
