import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isTemporaryName, removeLeftOvers, temporaryName } from './atomic-file.ts'
import { copyWhole, writeAllWhole, writeWhole } from './write-whole.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framewright-whole-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const at = (name: string): string => join(folder, name)
const textOf = (name: string): Promise<string> => readFile(at(name), 'utf8')

test('a file is replaced, and nothing else is left', async () => {
  await writeWhole(at('a.txt'), 'old')
  await writeWhole(at('a.txt'), new TextEncoder().encode('new'))
  expect(await textOf('a.txt')).toBe('new')
  await copyWhole(at('a.txt'), at('b.txt'))
  expect(await textOf('b.txt')).toBe('new')
  expect(await readdir(folder)).toEqual(['a.txt', 'b.txt'])
})

test('where one of several cannot be written, none takes its name', async () => {
  await writeWhole(at('first'), 'old')
  const both = [at('first'), at('nowhere/second')].map((path) => [path, 'new'] as const)
  await expect(writeAllWhole(both)).rejects.toMatchObject({ code: 'E_OUTPUT' })
  await expect(copyWhole(at('first'), at('nowhere/third'))).rejects.toMatchObject({ code: 'E_OUTPUT' })
  // A name that cannot be taken, since a folder has it.
  await mkdir(at('taken/full'), { recursive: true })
  await expect(writeWhole(at('taken'), 'new')).rejects.toMatchObject({ code: 'E_OUTPUT' })
  expect(await textOf('first')).toBe('old')
  expect(await readdir(folder)).toEqual(['first', 'taken'])
})

test('what a killed process had begun of the same file goes when nobody has written to it for an hour', async () => {
  const [old, fresh, other] = [at('a'), at('a'), at('a.b')].map(temporaryName)
  for (const path of [old, fresh, other]) await writeFile(path ?? '', 'half')
  const ago = Date.now() / 1000 - 3601
  for (const path of [old, other]) await utimes(path ?? '', ago, ago)
  await writeWhole(at('a'), 'whole')
  const left = (await readdir(folder)).filter(isTemporaryName).map(at)
  expect(left).not.toContain(old)
  expect(left).toEqual(expect.arrayContaining([fresh, other]))
  await removeLeftOvers(folder, { idleMilliseconds: 0 })
  expect(await readdir(folder)).toEqual(['a'])
})
