import { spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { writtenShot, writtenStoryboard } from '../pipeline/test-storyboard.ts'
import { openTestHub, type TestHub } from '../pipeline/wan/test-hub.ts'
import { tinyImageWan, tinyWan } from '../pipeline/wan/test-tiny.ts'
import { bin, interruptProgram, runProgram } from './test-program.ts'

vi.setConfig({ testTimeout: 300_000 })

const model = 'wan2.1-t2v-1.3b'
let folder = ''
let hub: TestHub
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framewright-cli-wan-'))
  hub = await openTestHub(tinyWan, 'Wan-AI/Wan2.1-T2V-1.3B-Diffusers')
})
afterAll(async () => {
  await hub.close()
  await rm(folder, { recursive: true, force: true })
})

const env = () => ({
  FRAMEWRIGHT_MODELS: join(folder, 'models'),
  HF_ENDPOINT: hub.endpoint,
  XDG_CACHE_HOME: join(folder, 'cache'),
})
const run = (...args: readonly string[]) => runProgram(folder, args, env())
const film = ['A red horse runs.', '--model', model, '--size', '16x16', '--frames', '5', '--threads', '1']

test('a model is told of, pulled with size and licence first, and run by its name; killed, it goes on', async () => {
  const before = await run(...film)
  expect(before).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/get it with "framewright models pull wan2/),
  })
  const pulled = await run('models', 'pull', model)
  expect(pulled.code).toBe(0)
  expect(pulled.stderr).toMatch(/^wan2\.1-t2v-1\.3b: 1 MB in \d+ files from http.*licence apache-2\.0, to /)
  expect((await run('models', 'list')).stdout).toMatch(/wan2\.1-t2v-1\.3b +Wan 2\.1, .*; here/)

  const steps = ['--steps', '40']
  const whole = await run(...film, ...steps, '-o', 'whole.mp4', '--json')
  expect({ code: whole.code, stderr: whole.stderr }).toEqual({
    code: 0,
    stderr: expect.stringMatching(/^memory /),
  })
  expect(JSON.parse(whole.stdout)).toMatchObject({ frames: 5, fps: 16, width: 16, model })

  const child = spawn(process.execPath, [bin, ...film, ...steps, '--run', 'parts', '-o', 'killed.mp4'], {
    cwd: folder,
    env: { ...process.env, ...env() },
  })
  const ended = new Promise((resolve) => child.once('close', resolve))
  const saved = join(folder, 'parts')
  while (!(await readdir(saved).catch(() => [''])).includes('video-1-step-003.safetensors')) await delay(5)
  child.kill('SIGKILL')
  await ended
  expect(await readdir(folder)).not.toContain('killed.mp4')
  expect(await run(...film, '--run', 'parts', '-o', 'killed.mp4')).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/parts holds another run, with other `steps`/),
  })
  expect((await run('--resume', 'parts', '-o', 'killed.mp4', '--quiet')).code).toBe(0)
  expect(await readFile(join(folder, 'killed.mp4'))).toEqual(await readFile(join(folder, 'whole.mp4')))
  expect(await readdir(join(folder, 'cache', 'framewright', 'runs'))).toEqual([])
})

test('a picture begins the video, from a file; killed, the run goes on from the picture that it kept', async () => {
  const model = await tinyImageWan('wan-tiny-i2v')
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="32"><rect width="40" height="32" fill="red"/></svg>'
  await sharp(Buffer.from(svg)).flatten({ background: '#eee' }).png().toFile(join(folder, 'horse.png'))
  const image = ['A red horse runs.', '--model', model, '--size', '32x16', '--frames', '5', '--threads', '1']
  const steps = ['--steps', '30', '--image', 'horse.png']
  expect((await run(...image, ...steps, '-o', 'from.mp4', '--quiet')).code).toBe(0)
  const cut = await interruptProgram(
    folder,
    [...image, ...steps, '--run', 'image-run', '-o', 'cut.mp4'],
    /understand .* s/,
    env(),
  )
  expect(cut.code).toBe(130)
  await rename(join(folder, 'horse.png'), join(folder, 'gone.png'))
  expect((await run('--resume', 'image-run', '-o', 'cut.mp4', '--quiet')).code).toBe(0)
  expect(await readFile(join(folder, 'cut.mp4'))).toEqual(await readFile(join(folder, 'from.mp4')))
  expect(await run(...image, '--image', 'horse.png')).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^framewright: horse\.png .*\n$/),
  })
  expect(await run('a horse', '--image', 'gone.png')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('toybox begins with no `image`'),
  })
  await rm(model, { recursive: true })
})

test('a storyboard is rendered shot by shot', async () => {
  const story = writtenStoryboard([
    writtenShot('shot-1', { durationSeconds: 0.25 }),
    writtenShot('shot-2', { durationSeconds: 0.25 }),
  ])
  await writeFile(join(folder, 'story.json'), JSON.stringify(story))
  const render = [
    'render',
    'story.json',
    '--model',
    tinyWan,
    '--size',
    '16x16',
    '--steps',
    '2',
    '--threads',
    '1',
  ]
  const { code, stdout } = await run(...render, '-o', 'story.mp4', '--json')
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({
    frames: 8,
    fps: 16,
    shots: [{ id: 'shot-1' }, { id: 'shot-2', start: 0.25 }],
  })
})

test('previews go into a folder, one a step, or into one file', async () => {
  const short = ['A red horse runs.', '--model', tinyWan, '--size', '16x32', '--frames', '5', '--steps', '3']
  const made = await run(...short, '--threads', '1', '--preview', 'looks', '-o', 'seen.mp4', '--quiet')
  expect(made).toMatchObject({ code: 0, stdout: '' })
  const steps = ['001', '002', '003'].map((step) => `shot-001-step-${step}.png`)
  expect((await readdir(join(folder, 'looks'))).sort()).toEqual(steps)
  // Two latent frames beside each other, four cells wide at 32 pixels a cell.
  const { width = 0, height = 0 } = await sharp(join(folder, 'looks', 'shot-001-step-003.png')).metadata()
  expect([width, height]).toEqual([12 + 128 + 2 + 128 + 12, 12 + 256 + 12])
  const last = await run(...short, '--threads', '1', '--preview', 'look.gif', '-o', 'seen.mp4', '--quiet')
  expect(last.code).toBe(0)
  expect(await sharp(join(folder, 'look.gif')).metadata()).toMatchObject({ pages: 2, width: 128 })
  expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([])
  expect(await run(...short, '--preview', 'look.avi')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('look.avi has the extension .avi'),
  })
})

test.each([
  [['models', 'push'], /followed by list or pull, got "push"/],
  [['models', 'pull'], /followed by a model’s name/],
  [['models', 'pull', 'wan9'], /no model "wan9"/],
  [['a horse', '--model', 'nowhere'], /no model and no folder "nowhere"/],
  [['a horse', '--model', tinyWan, '--frames', '82'], /4k\+1, got 82: use 81 or 85/],
  [['a horse', '--model', tinyWan, '--lora', 'x=much'], /--lora must be a number, got "much"/],
  [['a horse', '--model', tinyWan, '--precision', 'int4'], /one of f32, int8, got "int4"/],
  [['a horse', '--model', tinyWan, '--memory', '150MB'], /too little for this video, whose least is/],
])('%o ends with one sentence', async (args, message) => {
  const { code, stderr } = await run(...args)
  expect(code).toBe(2)
  expect(stderr).toMatch(message)
})
