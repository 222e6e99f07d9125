import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { parseStoryboard, type Storyboard, storyboardText } from '../story/index.ts'
import { runProgram } from './test-program.ts'

vi.setConfig({ testTimeout: 600_000 })

/** Names no place: the planner assumes one, and says so. */
const text = 'A red fox jumps. Then it runs to a rabbit.'
const quick = ['--size', '64x64', '--steps', '1', '--json']
const planned = ['--shots', '2', '--seconds', '0.5']

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framewright-story-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const run = (...args: readonly string[]) => runProgram(folder, args)
const bytesOf = (name: string): Promise<Buffer> => readFile(join(folder, name))

interface Report {
  readonly seconds: number
  readonly shots: readonly { readonly id: string; readonly prompt: string }[]
  readonly warnings: readonly { readonly type: string; readonly message: string }[]
}

test('a text of several events becomes a film of several shots: the same as plan and render make of it', async () => {
  const made = await run(text, ...planned, ...quick, '-o', 'made.mp4')
  expect(made.code).toBe(0)
  const report = JSON.parse(made.stdout) as Report
  expect(report).toMatchObject({ seconds: 0.5, shots: [{ id: 'shot-1' }, { id: 'shot-2' }] })
  const assumed = {
    type: 'story',
    about: 'assumed',
    shot: null,
    message: expect.stringMatching(/names no place/),
  }
  expect(report.warnings).toContainEqual(assumed)
  expect(made.stderr).toMatch(/^framewright: warning: The text names no place/m)
  // Title and description of the file.
  expect((await bytesOf('made.mp4')).includes(text)).toBe(true)

  expect((await run('plan', text, ...planned, '-o', 'story.json')).code).toBe(0)
  const rendered = await run('render', 'story.json', ...quick, '-o', 'rendered.mp4')
  const again = JSON.parse(rendered.stdout) as Report
  expect([again.shots, again.warnings]).toEqual([report.shots, report.warnings])
  expect(Buffer.compare(await bytesOf('rendered.mp4'), await bytesOf('made.mp4'))).toBe(0)
})

test('a plan that is edited is made as it was edited; a mistake is told with its path', async () => {
  expect((await run('plan', text, ...planned, '-o', 'edited.json')).code).toBe(0)
  const board = parseStoryboard(await readFile(join(folder, 'edited.json'), 'utf8'))
  const [first, second] = board.shots
  if (!first || !second) throw new Error('there are two shots')
  const prompt = 'A red fox sleeps on the beach at night.'
  const edited: Storyboard = {
    ...board,
    shots: [
      second,
      {
        ...first,
        prompt,
        setting: { ...first.setting, place: 'beach', time: 'night' },
        durationSeconds: 0.5,
      },
    ],
  }
  await writeFile(join(folder, 'edited.json'), storyboardText(edited))
  const { code, stdout } = await run('render', 'edited.json', ...quick, '-o', 'edited.mp4')
  expect(code).toBe(0)
  const report = JSON.parse(stdout) as Report
  expect(report.shots.map(({ id }) => id)).toEqual([second.id, first.id])
  expect(report.shots[1]?.prompt).toContain('A red fox sleeps on the beach at night')
  expect(report.seconds).toBe(second.durationSeconds + 0.5)

  const wrong = { ...edited, shots: [{ ...second, camera: { ...second.camera, move: 'fly' } }] }
  await writeFile(join(folder, 'edited.json'), JSON.stringify(wrong))
  expect(await run('render', 'edited.json')).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringMatching(
      /^framewright: the storyboard’s `shots\[0\]\.camera\.move` must be one of "still", "pan left".*got "fly"\n$/,
    ),
  })
})
