import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWanRun } from './run-folder.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framewright-wan-run-'))
})
afterAll(() => rm(folder, { recursive: true }))

const open = () => openWanRun(join(folder, 'run'), { model: 'wan', weights: 'abc', options: { seed: 1 } })

test('the texts of a film of many shots come back in their order', async () => {
  const texts = Array.from({ length: 12 }, (_, i) => Float32Array.of(i, -i))
  await (await open()).saveTexts(texts)
  expect(await (await open()).texts()).toEqual(texts)
})

test('what was read of pictures comes back as it was', async () => {
  const pictures = { features: Float32Array.of(1, 2), condition: Float32Array.of(3) }
  await (await open()).savePictures(pictures)
  expect(await (await open()).pictures()).toEqual(pictures)
})
