import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fileSha256 } from './file-hash.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framewright-hash-'))
})
afterAll(() => rm(folder, { recursive: true }))

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

test('a hash is kept, and not believed once the file is another', async () => {
  const [path, cache] = [join(folder, 'weights'), join(folder, 'hashes')]
  const bytes = Uint8Array.from({ length: 3_000_000 }, (_, i) => i * 31)
  await writeFile(path, bytes)
  const hash = () => fileSha256(path, { cache })
  expect(await hash()).toBe(sha256(bytes))
  // What was written a moment ago is not kept yet.
  expect(await readdir(cache).catch(() => [])).toEqual([])
  await delay(2100)
  await hash()
  const [record = ''] = await readdir(cache)
  const kept = JSON.parse(await readFile(join(cache, record), 'utf8'))
  // It is the record that is read: with another hash in it that one comes.
  await writeFile(join(cache, record), JSON.stringify({ ...kept, sha256: 'a'.repeat(64) }))
  expect(await hash()).toBe('a'.repeat(64))

  const { atime, mtime } = await stat(path)
  bytes[1_500_000] = (bytes[1_500_000] ?? 0) + 1
  await writeFile(path, bytes)
  await utimes(path, atime, mtime)
  expect(await hash()).toBe(sha256(bytes))
  await writeFile(join(cache, record), '{')
  expect(await hash()).toBe(sha256(bytes))
})

test('without a place to keep it, it is made every time; a missing file is named; it can be stopped', async () => {
  const path = join(folder, 'small')
  await writeFile(path, 'abc')
  expect(await fileSha256(path, { cache: join(path, 'no-folder') })).toBe(sha256(Buffer.from('abc')))
  await expect(fileSha256(join(folder, 'none'))).rejects.toThrow(/weights cannot be read from .*none/)
  const signal = AbortSignal.abort(new Error('enough'))
  await expect(fileSha256(path, { cache: folder, signal })).rejects.toThrow('enough')
})
