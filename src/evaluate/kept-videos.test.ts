import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRandom } from '../util/random.ts'
import { createFrames } from '../video/frames.ts'
import type { Evaluation } from './evaluate.ts'
import { openKeptVideos } from './kept-videos.ts'
import { evaluationPage } from './page.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framewright-evaluation-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const run = { suiteText: '{}', settings: { steps: 4, seed: 0 } }

test('a video comes back as it was, in a later run as well', async () => {
  const random = createRandom(1)
  const data = Uint8Array.from({ length: 5 * 16 * 16 * 3 }, () => random.integer(256))
  const frames = createFrames({ data, count: 5, width: 16, height: 16, channels: 3, fps: 12 })
  const videos = await openKeptVideos(folder, run)
  expect(await videos.has('solo-001')).toBe(false)
  await videos.write('solo-001', frames)
  const again = await openKeptVideos(folder, run)
  expect(await again.has('solo-001')).toBe(true)
  expect(await again.read('solo-001')).toEqual(frames)
})

test('a folder of other settings or another suite is refused', async () => {
  await openKeptVideos(folder, run)
  const refused = /holds the videos of another suite, or of other settings .*: give another folder/
  await expect(openKeptVideos(folder, { ...run, settings: { steps: 5, seed: 0 } })).rejects.toThrow(refused)
  await expect(openKeptVideos(folder, { ...run, suiteText: '{ }' })).rejects.toThrow(refused)
})

test('the page names what is not trusted, and lets no words out of their place', () => {
  const mean = { value: 0.5, n: 2 }
  const evaluation: Evaluation = {
    suite: { name: 'a <b>', prompts: 2, measured: 1 },
    figures: [
      {
        name: 'action',
        generated: mean,
        ceiling: mean,
        floor: null,
        isTrusted: false,
        definition: 'so & so',
      },
    ],
    items: [],
  }
  const page = evaluationPage(evaluation)
  expect(page).toContain('<h1>Evaluation: a &#60;b&#62;</h1>')
  expect(page).toMatch(/Not trusted<\/strong>[^<]*: action\./)
  expect(page).toContain('0.500 (n 2)</td><td class="number">0.500 (n 2)</td><td class="number">–</td>')
})
