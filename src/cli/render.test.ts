import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { writtenShot, writtenStoryboard } from '../pipeline/test-storyboard.ts'
import { decodeVideo } from '../video/index.ts'
import { interruptProgram, runProgram } from './test-program.ts'

vi.setConfig({ testTimeout: 240_000 })

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framewright-render-'))
  const shots = [
    writtenShot('shot-1', { durationSeconds: 0.5 }),
    writtenShot('shot-2', { durationSeconds: 0.25, setting: { place: 'beach', time: 'night' } }),
  ]
  await writeFile(
    join(folder, 'story.json'),
    JSON.stringify(writtenStoryboard(shots, { title: 'A horse’s day' })),
  )
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const render = (...args: readonly string[]) => runProgram(folder, ['render', ...args])

test('a storyboard becomes a file, with its title in it, and a report of its shots', async () => {
  const { code, stdout, stderr } = await render(
    'story.json',
    ...['-o', 'story.mp4', '--sheet', 'sheet.png', '--size', '64x64', '--steps', '1', '--json'],
  )
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  const report = JSON.parse(stdout) as { frames: number; seconds: number; shots: object[] }
  expect(report).toMatchObject({ frames: 18, seconds: 0.75 })
  expect(report.shots).toMatchObject([
    { id: 'shot-1', prompt: 'A red horse runs through the forest.', seed: 0, start: 0, seconds: 0.5 },
    { id: 'shot-2', start: 0.5, seconds: 0.25 },
  ])
  const { count, width, fps } = await decodeVideo(join(folder, 'story.mp4'))
  expect([count, width, fps]).toEqual([18, 64, 24])
  expect((await readFile(join(folder, 'story.mp4'))).includes('A horse’s day')).toBe(true)
  await rm(join(folder, 'story.mp4'))
  await rm(join(folder, 'sheet.png'))
})

test('Ctrl-C when a shot is done: exit code 130, one line, no file', async () => {
  const before = await readdir(folder)
  const args = ['render', 'story.json', '-o', 'story.mp4', '--steps', '1']
  const { code, stdout, stderr } = await interruptProgram(folder, args, /^paint 1\/2 /m)
  expect(stderr).toMatch(/\nframewright: interrupted; nothing was written\n$/)
  expect({ code, stdout }).toEqual({ code: 130, stdout: '' })
  expect(await readdir(folder)).toEqual(before)
})

describe('bad input: exit code 2, one sentence', () => {
  const shot = writtenShot('shot-1')
  const cases: readonly (readonly [name: string, text: string, args: readonly string[], sentence: RegExp])[] =
    [
      ['no JSON', '{', [], /the storyboard is no JSON/],
      ['another JSON', '[]', [], /a storyboard is a JSON object, got a list/],
      ['nothing', '', [], /the storyboard is no JSON/],
      [
        'a word that is none of the schema’s',
        JSON.stringify(
          writtenStoryboard([{ ...shot, camera: { framing: 'huge' as 'wide', move: 'still' } }]),
        ),
        [],
        /`shots\[0\]\.camera\.framing` must be one of "wide", "medium".*got "huge"/,
      ],
      [
        'a stranger',
        JSON.stringify(writtenStoryboard([{ ...shot, cast: ['wolf-1'] }])),
        [],
        /`shots\[0\]\.cast\[0\]` must be one of "horse-1".*got "wolf-1"/,
      ],
      [
        'no frame',
        JSON.stringify(writtenStoryboard([{ ...shot, durationSeconds: 0.25 }])),
        ['--fps', '1'],
        /shot-1 is 0\.25 s long.*no whole frame/,
      ],
      ['a length', JSON.stringify(writtenStoryboard([shot])), ['--seconds', '3'], /no option --seconds/],
    ]
  test.each(cases)('%s', async (_name, text, args, sentence) => {
    const path = join(folder, 'bad.json')
    await writeFile(path, text)
    const before = await readdir(folder)
    const { code, stdout, stderr } = await render('bad.json', ...args)
    expect(stderr).toMatch(sentence)
    expect(stderr).toMatch(/^framewright: [^\n]+\n$/)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(await readdir(folder)).toEqual(before)
    await rm(path)
  })

  test.each([
    ['nowhere.json', /nowhere\.json is no storyboard: there is no such file/],
    ['.', /\. is no storyboard: it is a folder/],
  ])('%s', async (path, sentence) => {
    const { code, stderr } = await render(path)
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(sentence) })
  })
})
