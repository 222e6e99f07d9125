import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { parseMotion } from '../pipeline/motion-document.ts'
import { writtenShot, writtenStoryboard } from '../pipeline/test-storyboard.ts'
import { interruptProgram, runProgram } from './test-program.ts'

vi.setConfig({ testTimeout: 240_000 })

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framewright-motion-'))
  const shots = ['shot-1', 'shot-2'].map((id) => writtenShot(id, { durationSeconds: 0.5 }))
  await writeFile(join(folder, 'story.json'), JSON.stringify(writtenStoryboard(shots)))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const run = (...args: readonly string[]) => runProgram(folder, args)
const textOf = (name: string): Promise<string> => readFile(join(folder, name), 'utf8')
const bytesOf = (name: string): Promise<Buffer> => readFile(join(folder, name))

test('a plan that is written, drawn and written again is the same', async () => {
  const { code, stdout } = await run('motion', 'a dog runs', '--quiet', '-o', 'plan.json')
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'plan.json: a dog\n' })
  const [shot] = parseMotion(await textOf('plan.json')).shots
  expect(shot).toMatchObject({ id: 'shot-1', prompt: 'a dog runs', fps: 12, actors: [{ id: 'dog-1' }] })
  expect([shot?.actors?.[0]?.states.length, shot?.camera?.length]).toEqual([24, 24])
  // Another seed plans another way; what is given stays.
  const again = ['motion', 'a dog runs', '--quiet', '--seed', '8', '-o', 'again.json']
  await run(...again)
  expect(await textOf('again.json')).not.toBe(await textOf('plan.json'))
  await run(...again, '--motion', 'plan.json')
  expect(await textOf('again.json')).toBe(await textOf('plan.json'))
})

test('a storyboard’s plan at a few moments, edited, makes another film; resumed without the file, to the same bytes', async () => {
  expect((await run('motion', 'story.json', '--keys', '2', '--quiet', '-o', 'keys.json')).code).toBe(0)
  const { shots } = parseMotion(await textOf('keys.json'))
  expect(shots.map((shot) => shot?.actors?.[0]?.states.length)).toEqual([2, 2])
  const edited = { shots: [{ ...shots[1], actors: [{ id: 'horse-1', states: [{ centerX: 0.2 }] }] }] }
  await writeFile(join(folder, 'edited.json'), JSON.stringify(edited))

  const quick = ['--size', '64x64', '--steps', '1', '--enhance', 'none']
  const render = ['render', 'story.json', ...quick]
  const moved = [...render, '--motion', 'edited.json']
  expect((await run(...render, '--quiet', '-o', 'usual.mp4')).code).toBe(0)
  expect((await run(...moved, '--quiet', '-o', 'moved.mp4')).code).toBe(0)
  expect(await bytesOf('moved.mp4')).not.toEqual(await bytesOf('usual.mp4'))

  const stopped = await interruptProgram(
    folder,
    [...moved, '--run', 'parts', '-o', 'parts.mp4'],
    /^paint 1\/2 /m,
  )
  expect(stopped.code).toBe(130)
  await rm(join(folder, 'edited.json'))
  expect(await run('--resume', 'parts', '--quiet', '-o', 'parts.mp4')).toMatchObject({ code: 0, stderr: '' })
  expect(await bytesOf('parts.mp4')).toEqual(await bytesOf('moved.mp4'))
})

describe('bad input: exit code 2, one sentence', () => {
  const cat = { shots: [{ actors: [{ id: 'cat-1', phrase: 'a cat', states: [] }] }] }
  test.each<readonly [name: string, text: string, args: readonly string[], sentence: RegExp]>([
    ['no JSON', '{', ['a dog'], /the motion plan is no JSON/],
    [
      'a word for a number',
      '{"shots":[{"camera":[{"centerX":"left"}]}]}',
      ['a dog'],
      /`shots\[0\]\.camera\[0\]\.centerX` must be a number, got "left"/,
    ],
    [
      'another cast',
      JSON.stringify(cat),
      ['a dog'],
      /"cat-1" \(a cat\) in shot-1, where "dog-1" \(a dog\) can be moved/,
    ],
    ['a published model', '{"shots":[]}', ['a dog', '--model', 'wan2.1-t2v-1.3b'], /has no `motion`/],
    [
      'moments of a picture',
      '{"shots":[]}',
      ['motion', 'a dog', '--keys', '3'],
      /--keys is for a \.json file, got motion\.png/,
    ],
    [
      'one moment',
      '{"shots":[]}',
      ['motion', 'a dog', '--keys', '1', '-o', 'x.json'],
      /--keys must be a whole number from 2 to 720/,
    ],
    [
      'a storyboard’s length',
      '{"shots":[]}',
      ['motion', 'story.json', '--seconds', '3', '-o', 'x.json'],
      /`seconds` is the length of a prompt/,
    ],
    [
      'a folder that is not there',
      '{"shots":[]}',
      ['motion', 'a dog', '-o', 'nowhere/x.json'],
      /nowhere\/x\.json cannot be written/,
    ],
  ])('%s', async (_name, text, args, sentence) => {
    await writeFile(join(folder, 'bad.json'), text)
    const before = await readdir(folder)
    const quiet = args.includes('motion') || args.includes('--model') ? [] : ['--quiet']
    const { code, stdout, stderr } = await run(...args, '--motion', 'bad.json', ...quiet)
    expect(stderr).toMatch(sentence)
    expect(stderr).toMatch(/^framewright: [^\n]+\n$/)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(await readdir(folder)).toEqual(before)
  })

  test('a file that is not there', async () => {
    expect(await run('a dog', '--motion', 'nowhere.json')).toMatchObject({
      code: 2,
      stderr: 'framewright: nowhere.json is no motion plan: there is no such file\n',
    })
  })
})
