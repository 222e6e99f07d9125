import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { formatWordVectors, readWordVectors, wordVector } from './word-vectors.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framewright-words-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

it('means of tokens have a length of 1', () => {
  const vector = wordVector({ vectors: Float32Array.of(1, 0, 2, 8), count: 2 })
  expect([...vector].map((value) => Math.round(value * 1e6) / 1e6)).toEqual([0.351123, 0.936329])
})

it('vectors come back from their file within their 8 bits', async () => {
  const vectors = new Map([
    ['dog', Float32Array.of(0.6, -0.8, 0)],
    ['fire truck', Float32Array.of(0, 0.1, 0.995)],
  ])
  await writeFile(join(folder, 'words.json'), formatWordVectors(vectors))
  const read = readWordVectors(folder)
  expect([...read.keys()]).toEqual(['dog', 'fire truck'])
  for (const [word, vector] of vectors) {
    for (const [i, value] of vector.entries()) expect(read.get(word)?.[i]).toBeCloseTo(value, 2)
  }
})

it('there are none without a file, and a damaged one is an error with its path', async () => {
  expect(readWordVectors(join(folder, 'nowhere')).size).toBe(0)
  const path = join(folder, 'words.json')
  const file = JSON.parse(formatWordVectors(new Map([['dog', Float32Array.of(1, 0)]])))
  await writeFile(path, JSON.stringify({ ...file, width: 3 }))
  expect(() => readWordVectors(folder)).toThrow(`${path} is damaged`)
})
