import { access, chmod, constants, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkOutput, checkStream, outputFormat } from './output-format.ts'
import { names, temporaryFolder } from './test-pictures.ts'

const folder = await temporaryFolder()

test('the path says what is written', () => {
  expect(['a.mp4', 'b.WebM', 'c.webp', 'd.gif', 'e.png', 'f/', 'g.mp4/'].map(outputFormat)).toEqual([
    'mp4',
    'webm',
    'webp',
    'gif',
    'png',
    'png-folder',
    'png-folder',
  ])
})

test('an unknown extension is told the known ones', () => {
  const rest = 'use .mp4, .webm, .webp, .gif, .png, or end it in / for a folder of PNG frames'
  expect(() => outputFormat('film.avi')).toThrow(`film.avi has the extension .avi: ${rest}`)
  expect(() => outputFormat('film')).toThrow(`film has no extension: ${rest}`)
})

test('what can be written passes and leaves no trace', async () => {
  const place = join(folder, 'fine')
  await mkdir(place)
  expect(await checkOutput(join(place, 'a.mp4'))).toBe('mp4')
  expect(await checkOutput(join(place, 'frames/'))).toBe('png-folder')
  expect(await names(place)).toEqual([])
})

test('each obstacle is named before the work begins', async () => {
  await mkdir(join(folder, 'folder.mp4'))
  await writeFile(join(folder, 'file'), '')
  const failure = (path: string, ...rest: [] | [object]) =>
    expect(checkOutput(join(folder, path), ...rest)).rejects
  await failure('missing/a.mp4').toThrow(/the folder .*missing does not exist; create it first/)
  await failure('folder.mp4').toThrow(/is a folder: choose another name/)
  await failure('file/a.mp4').toThrow(/file is a file, not a folder/)
  await failure('a.png', { frameCount: 2 }).toThrow(/holds one picture, got 2 frames/)
  await failure('a.mp4', { width: 255 }).toMatchObject({ code: 'E_SHAPE', message: /use 254 or 256/ })
  await failure(`${'n'.repeat(300)}/`).toMatchObject({ code: 'E_OUTPUT' })
})

test('a folder that may not be written is found out', async ({ skip }) => {
  const place = join(folder, 'locked')
  await mkdir(place)
  await chmod(place, 0o555)
  skip(
    await access(place, constants.W_OK).then(
      () => true,
      () => false,
    ),
    'this user may write anywhere',
  )
  await expect(checkOutput(join(place, 'a.mp4'))).rejects.toMatchObject({
    code: 'E_OUTPUT',
    message: /you may not write/,
  })
})

test('sizes and rates outside what a format holds are refused with what it holds', () => {
  expect(() => checkStream('webm', { width: 64, height: 33 })).toThrow('an even height, got 33: use 32 or 34')
  expect(() => checkStream('mp4', { width: 8 })).toThrow('a width of 16 to 4096 pixels, got 8')
  expect(() => checkStream('gif', { fps: 60 })).toThrow('GIF takes up to 50 frames a second, got 60')
  expect(() => checkStream('mp4', { fps: Number.NaN })).toThrow('got NaN')
  expect(() => checkStream('webp', { width: 33, height: 1, fps: 24 })).not.toThrow()
})
