import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isTemporaryName, temporaryName } from '../disk/atomic-file.ts'
import { createFrames } from '../video/index.ts'
import type { GenerateOptions } from './options.ts'
import { openRun } from './run-folder.ts'
import { readRun } from './run-record.ts'
import { validateOptions } from './validate.ts'

let root = ''
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'framewright-run-'))
})
afterAll(() => rm(root, { recursive: true, force: true }))

const weights = 'a'.repeat(64)
const picture = createFrames({
  data: Uint8Array.from({ length: 16 }, (_, i) => (i % 4 === 3 ? 128 : 10 * i)),
  count: 1,
  width: 2,
  height: 2,
  channels: 4,
  fps: 1,
})
const asked: GenerateOptions = {
  prompt: 'a dog runs',
  seed: 4,
  steps: 3,
  characters: { dog: picture },
  motion: { shots: [{ actors: [{ id: 'dog-1', states: [{ seconds: 0.1, centerX: 1 / 3 }] }] }, null] },
}
const chunk = { latents: Float32Array.of(1, -2, 0.1), maps: [Float32Array.of(0.5), Float32Array.of(0.25, 3)] }

let count = 0
const fresh = (): string => join(root, `run-${++count}`)

/** A run with one chunk in it. */
async function begun(options = asked): Promise<string> {
  const path = fresh()
  const run = await openRun(path, validateOptions(options), weights)
  await run.keepChunk(0, 1, chunk)
  return path
}

describe('a run', () => {
  test('is gone on with: its chunks come back bit by bit', async () => {
    const path = await begun()
    const again = await openRun(path, validateOptions(asked), weights)
    expect(await again.chunk(0, 1)).toEqual(chunk)
    expect(await again.chunk(0, 0)).toBeNull()
    expect(await again.chunk(1, 1)).toBeNull()
  })

  test('gives back the options that it was begun with', async () => {
    const path = await begun()
    const options = await readRun(path)
    expect(options.run).toBe(path)
    expect(validateOptions({ ...options, run: path })).toEqual(validateOptions({ ...asked, run: path }))
  })

  test('loses a chunk that is damaged, and no other', async () => {
    const path = await begun()
    const run = await openRun(path, validateOptions(asked), weights)
    await run.keepChunk(0, 2, chunk)
    await truncate(join(path, 'shot-1-chunk-2.safetensors'), 90)
    expect(await run.chunk(0, 1)).toBeNull()
    expect(await run.chunk(0, 2)).toEqual(chunk)
    expect(await readdir(path)).not.toContain('shot-1-chunk-2.safetensors')
  })
})

describe('a folder is refused', () => {
  const open = (path: string, options: GenerateOptions, model = weights) =>
    openRun(path, validateOptions(options), model)

  test('when it holds another run, by what is other', async () => {
    const path = await begun()
    await expect(open(path, { ...asked, seed: 5, steps: 4 })).rejects.toThrow(/with other `seed`, `steps`/)
    const red = createFrames({ ...picture, data: picture.data.map((n, i) => (i % 4 === 0 ? 255 : n)) })
    await expect(open(path, { ...asked, characters: { dog: red } })).rejects.toThrow(/other `characters`/)
    await expect(open(path, { ...asked, shots: 1 })).rejects.toThrow(/other `shots`/)
    await expect(open(path, { ...asked, motion: { shots: [] } })).rejects.toThrow(/other `motion`/)
  })

  test('when other weights painted', async () => {
    await expect(open(await begun(), asked, 'b'.repeat(64))).rejects.toThrow(/with other weights/)
  })

  test('when something else is in it, and left as it is', async () => {
    const path = await mkdtemp(join(root, 'other-'))
    for (const name of ['character-1.png', 'letter.txt']) await writeFile(join(path, name), 'dear')
    await expect(open(path, asked)).rejects.toThrow(/holds something else \(letter\.txt\)/)
    expect(await readdir(path)).toEqual(['character-1.png', 'letter.txt'])
  })

  test('when its record is damaged', async () => {
    const path = await begun()
    const record = await readFile(join(path, 'run.json'), 'utf8')
    await writeFile(join(path, 'run.json'), record.slice(0, -20))
    await expect(open(path, asked)).rejects.toThrow(/run\.json is damaged/)
    await expect(readRun(path)).rejects.toThrow(/run\.json is damaged/)
  })

  test('when there is no run in it to go on with', async () => {
    await expect(readRun(root)).rejects.toThrow(/holds no run/)
  })
})

test('a run that was stopped before its record was written is begun', async () => {
  const path = await mkdtemp(join(root, 'early-'))
  await writeFile(join(path, 'character-1.png'), 'half a pict')
  await writeFile(temporaryName(join(path, 'character-2.png')), 'half a pict')
  const run = await openRun(path, validateOptions(asked), weights)
  await run.keepChunk(0, 0, chunk)
  expect((await readRun(path)).characters?.dog).toEqual(picture)
  expect((await readdir(path)).filter(isTemporaryName)).toEqual([])
})
