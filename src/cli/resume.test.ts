import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writtenShot, writtenStoryboard } from '../pipeline/test-storyboard.ts'
import { bin, interruptProgram, runProgram } from './test-program.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framewright-resume-'))
  const shots = ['shot-1', 'shot-2', 'shot-3'].map((id) => writtenShot(id, { durationSeconds: 0.5 }))
  await writeFile(join(folder, 'story.json'), JSON.stringify(writtenStoryboard(shots)))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const cache = (): string => join(folder, 'cache')
const runs = (): string => join(cache(), 'framewright', 'runs')
const run = (args: readonly string[]) => runProgram(folder, args, { XDG_CACHE_HOME: cache() })
const render = [
  'render',
  'story.json',
  '--steps',
  '2',
  '--seed',
  '3',
  '--size',
  '128x128',
  '--enhance',
  'none',
  '--quiet',
]

/** Starts the program, and kills it without warning as soon as something is so. */
function killWhen(args: readonly string[], isSo: () => Promise<boolean>): Promise<void> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, XDG_CACHE_HOME: cache() }
    const child = spawn(process.execPath, [bin, ...args], { cwd: folder, stdio: 'ignore', env })
    const watch = setInterval(() => {
      isSo().then(
        (yes) => yes && child.kill('SIGKILL'),
        () => {},
      )
    }, 5)
    child.once('close', (code) => {
      clearInterval(watch)
      if (code === null) resolve()
      else reject(new Error(`it ended with ${code} before it was so`))
    })
  })
}

/** That a file of that name is in a folder. */
const hasFile = (place: string, name: string) => async (): Promise<boolean> =>
  (await readdir(join(folder, place))).includes(name)

describe('a run of three shots', () => {
  test('that is killed again and again ends with the same bytes', async () => {
    await run([...render, '-o', 'whole.mp4'])
    await killWhen([...render, '--run', 'parts', '-o', 'parts.mp4'], hasFile('parts', 'run.json'))
    for (const kept of ['shot-1-chunk-1.safetensors', 'shot-2-chunk-1.safetensors']) {
      await killWhen(['--resume', 'parts', '-o', 'parts.mp4', '--quiet'], hasFile('parts', kept))
      expect(await readdir(folder)).not.toContain('parts.mp4')
    }
    const first = await readFile(join(folder, 'parts', 'shot-1-chunk-1.safetensors'))
    const { code, stderr } = await run(['--resume', 'parts', '-o', 'parts.mp4', '--quiet'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(await readFile(join(folder, 'parts.mp4'))).toEqual(await readFile(join(folder, 'whole.mp4')))
    expect(await readFile(join(folder, 'parts', 'shot-1-chunk-1.safetensors'))).toEqual(first)
    expect((await readdir(folder)).filter((name) => name.includes('parts'))).toEqual(['parts', 'parts.mp4'])
  })

  test('is found in the cache, though a later one was killed before it had begun', async () => {
    const args = [...render, '-o', 'found.mp4']
    const begun = async (): Promise<string | undefined> => (await readdir(runs()).catch(() => []))[0]
    await killWhen(args, async () => {
      const run = await begun()
      return run !== undefined && (await readdir(join(runs(), run))).includes('shot-1-chunk-1.safetensors')
    })
    const killed = join(runs(), (await begun()) ?? '')
    const early = join(runs(), 'run-early')
    await mkdir(early)
    await utimes(early, Date.now() / 1000 + 60, Date.now() / 1000 + 60)
    const { code, stderr } = await run(['--resume', '-o', 'found.mp4', '--quiet'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(await readFile(join(folder, 'found.mp4'))).toEqual(await readFile(join(folder, 'whole.mp4')))
    for (const path of [killed, early]) await rm(path, { recursive: true })
  })

  test('leaves nothing in the cache when it has ended', async () => {
    await run([...render, '-o', 'done.mp4'])
    expect(await readdir(runs())).toEqual([])
  })

  test('says how to go on when it is interrupted', async () => {
    const args = [
      'render',
      'story.json',
      '--steps',
      '2',
      '--enhance',
      'none',
      '--run',
      'stopped',
      '-o',
      'stopped.mp4',
    ]
    const { code, stderr } = await interruptProgram(folder, args, /^paint 1\/3 /m)
    expect(code).toBe(130)
    expect(stderr).toContain('to go on: framewright --resume stopped -o stopped.mp4')
    expect((await run(['resume', 'stopped', '-o', 'stopped.mp4', '--quiet'])).code).toBe(0)
  })
})

test('without a run there is nothing to go on with', async () => {
  const { code, stderr } = await run(['--resume', '-o', 'none.mp4'])
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: 'framewright: no run was cut off: name the folder that --run was given\n',
  })
  expect((await run(['--resume', 'nowhere', '-o', 'none.mp4'])).stderr).toMatch(/nowhere holds no run/)
})
