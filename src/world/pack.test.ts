import { cp, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { loadPack, openPack } from './pack.ts'
import { cropOf, cutOut, putBack } from './pack-crop.ts'

const fixtures = fileURLToPath(new URL('fixtures', import.meta.url))
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framewright-pack-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

it('takes a pack as it is while its contents are today’s', async () => {
  const before = await stat(join(fixtures, 'pack.json'))
  const pack = await openPack(fixtures)
  expect(pack.sprites.get('dog')?.levels[0]?.data.length).toBe(8 * 32 * 32 * 4)
  expect((await stat(join(fixtures, 'pack.json'))).mtimeMs).toBe(before.mtimeMs)
})

it('builds a pack anew when its table of contents disagrees', async () => {
  const stale = join(folder, 'stale')
  await cp(fixtures, stale, { recursive: true })
  const index = JSON.parse(await readFile(join(stale, 'pack.json'), 'utf8'))
  // All but the backdrops are taken from the old pack, so that this needs no art.
  index.contents.canvases[0].from = 'another drawing'
  await writeFile(join(stale, 'pack.json'), JSON.stringify(index))
  await openPack(stale)
  for (const name of ['pack.json', 'sprites.bin'])
    expect(await readFile(join(stale, name))).toEqual(await readFile(join(fixtures, name)))
})

it('does not take a pack of another format for one of its own', async () => {
  const old = join(folder, 'old')
  await cp(fixtures, old, { recursive: true })
  const { format, ...index } = JSON.parse(await readFile(join(old, 'pack.json'), 'utf8'))
  await writeFile(join(old, 'pack.json'), JSON.stringify(index))
  await expect(loadPack(old)).rejects.toThrow(`has format 1, and this version reads ${format}`)
})

it('says so when a pack is cut short', async () => {
  const short = join(folder, 'short')
  await cp(fixtures, short, { recursive: true })
  await writeFile(join(short, 'sprites.bin'), new Uint8Array(10))
  await expect(openPack(short)).rejects.toThrow(/cut short/)
})

it('crops what is empty around all pictures, and puts it back', () => {
  const pictures = new Uint8Array(2 * 6 * 6 * 4)
  pictures.fill(200, (1 * 6 + 2) * 4, (1 * 6 + 4) * 4)
  pictures.fill(90, (36 + 4 * 6 + 3) * 4, (36 + 4 * 6 + 4) * 4)
  const crop = cropOf(pictures, 2, 6)
  expect(crop).toEqual({ left: 2, top: 1, width: 2, height: 4 })
  expect(putBack(cutOut(pictures, 2, 6, crop), 2, 6, crop)).toEqual(pictures)
})
