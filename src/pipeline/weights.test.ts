import { cp, mkdtemp, open, rm, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as ort from 'onnxruntime-node'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { localRuntime } from '../graph/index.ts'
import { toyboxArc } from '../models/arc.ts'
import { openArcNetwork } from '../models/arc-sampler.ts'
import {
  findWeights,
  fingerprint,
  loadWeights,
  openTextEncoderFiles,
  openWeights,
  weightFolder,
} from './weights.ts'

const runtime = localRuntime(ort)
let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framewright-weights-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('the text encoder that ships is found', async () => {
  const { weights, tokenizer } = await openTextEncoderFiles(runtime, weightFolder())
  expect(weights.get('embeddings.word_embeddings.weight')?.shape).toEqual([30522, 384])
  expect(tokenizer.length).toBeGreaterThan(100_000)
})

test('a shorter vocabulary is not taken', async () => {
  await cp(join(weightFolder(), 'minilm'), join(folder, 'minilm'), { recursive: true })
  await truncate(join(folder, 'minilm', 'tokenizer.json'), 1000)
  await expect(openTextEncoderFiles(runtime, folder)).rejects.toMatchObject({
    code: 'E_WEIGHTS',
    message: expect.stringContaining('tokenizer.json is cut short or altered'),
  })
})

/** Opens the smallest network out of the folder. */
async function openArc(): Promise<void> {
  const part = openWeights(runtime, await findWeights(folder, 'arc'))
  const network = await openArcNetwork(part.runtime, toyboxArc, part.weights)
  await network.close()
}

test('weights are read where they lie, and nothing is opened with altered ones', async () => {
  await cp(join(weightFolder(), 'toybox'), join(folder, 'toybox'), { recursive: true })
  await openArc()
  const path = join(folder, 'toybox', 'arc.safetensors')
  const altered = {
    code: 'E_WEIGHTS',
    message: expect.stringContaining('arc.safetensors is cut short or altered'),
  }
  const file = await open(path, 'r+')
  const { size } = await file.stat()
  // The last weight's last bits: the program could be opened as well.
  await file.write(Uint8Array.of(0x3c), 0, 1, size - 1)
  await file.close()
  await expect(openArc()).rejects.toMatchObject(altered)
  // Half of the weights, then half of the header.
  for (const length of [size >> 1, 100]) {
    await truncate(path, length)
    await expect(openArc()).rejects.toMatchObject(altered)
  }
})

test('mapped and loaded weights are of the same names and shapes', async () => {
  const shapesOf = (weights: ReadonlyMap<string, { readonly shape: readonly number[] }>) =>
    Object.fromEntries([...weights].map(([name, { shape }]) => [name, shape]))
  const { weights } = await findWeights(weightFolder(), 'motion')
  expect(shapesOf(weights)).toEqual(shapesOf(await loadWeights(weightFolder(), 'motion')))
})

test('other words or other weights have another fingerprint', async () => {
  const toybox = join(folder, 'toybox')
  for (const model of ['toybox', 'minilm']) {
    await cp(join(weightFolder(), model, 'manifest.json'), join(folder, model, 'manifest.json'))
  }
  await cp(join(weightFolder(), 'toybox', 'learned.json'), join(toybox, 'learned.json'))
  const seen = new Set([await fingerprint(folder)])
  expect(await fingerprint(folder)).toBe([...seen][0])
  await cp(join(weightFolder(), 'toybox', 'words.json'), join(toybox, 'words.json'))
  seen.add(await fingerprint(folder))
  await truncate(join(toybox, 'learned.json'), 100)
  seen.add(await fingerprint(folder))
  await cp(join(toybox, 'manifest.json'), join(folder, 'minilm', 'manifest.json'))
  seen.add(await fingerprint(folder))
  expect(seen.size).toBe(4)
})
