import { cp, mkdtemp, rm, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadTextEncoderFiles, weightFolder } from './weights.ts'

test('the text encoder that ships loads', async () => {
  const { weights, tokenizer } = await loadTextEncoderFiles(weightFolder())
  expect(weights.get('embeddings.word_embeddings.weight')?.shape).toEqual([30522, 384])
  expect(tokenizer.length).toBeGreaterThan(100_000)
})

test('a shorter copy of it does not', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'framewright-minilm-'))
  try {
    await cp(join(weightFolder(), 'minilm'), join(folder, 'minilm'), { recursive: true })
    await truncate(join(folder, 'minilm', 'tokenizer.json'), 1000)
    await expect(loadTextEncoderFiles(folder)).rejects.toMatchObject({
      code: 'E_WEIGHTS',
      message: expect.stringContaining('tokenizer.json is cut short or altered'),
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
