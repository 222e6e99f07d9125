import { copyFile, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWanCheckpoint } from './checkpoint.ts'
import { checkpointSha256 } from './checkpoint-hash.ts'
import { copyTinyWan, tinyWan } from './test-tiny.ts'

let copy = ''
beforeAll(async () => {
  copy = await copyTinyWan()
})
afterAll(() => rm(copy, { recursive: true }))

const hash = async (folder: string, lora?: string): Promise<string> => {
  const loras = lora === undefined ? [] : [{ path: lora, strength: 1 }]
  return checkpointSha256(await openWanCheckpoint(folder), loras, { cache: join(copy, 'hashes') })
}

test('a copy elsewhere is the same checkpoint, and one whose tokenizer, sizes or LoRA are others is not', async () => {
  const whole = await hash(tinyWan)
  expect(await hash(copy)).toBe(whole)

  const lora = join(copy, 'style')
  await writeFile(lora, 'one')
  const styled = await hash(copy, lora)
  expect(styled).not.toBe(whole)
  await writeFile(lora, 'two')
  expect(await hash(copy, lora)).not.toBe(styled)

  for (const path of ['tokenizer/tokenizer.json', 'vae/config.json']) {
    const file = join(copy, path)
    const text = await readFile(file, 'utf8')
    const changed = path.startsWith('vae')
      ? text.replace(/"latents_mean": \[\s*-?/, (start) => `${start}1`)
      : `${text} `
    expect(changed).not.toBe(text)
    await writeFile(file, changed)
    expect(await hash(copy), path).not.toBe(whole)
    await copyFile(join(tinyWan, path), file)
  }
  expect(await hash(copy)).toBe(whole)
})
