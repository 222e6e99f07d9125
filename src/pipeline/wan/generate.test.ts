import { mkdtemp, readdir, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { GenerateEvent } from '../events.ts'
import { generate, generateVideo } from '../generate.ts'
import type { GenerateOptions } from '../options.ts'
import { readRun } from '../run-record.ts'
import { copyTinyWan, tinyWan } from './test-tiny.ts'

const asked = {
  prompt: 'A red fox runs.',
  model: tinyWan,
  size: '16x32',
  frames: 5,
  steps: 3,
  seed: 5,
  threads: 1,
} as const satisfies GenerateOptions

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framewright-run-'))
  vi.stubEnv('XDG_CACHE_HOME', join(folder, 'cache'))
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true })
})

/** Reads events until one is wanted, then stops. */
async function stopAt(options: GenerateOptions, wanted: (event: GenerateEvent) => boolean): Promise<void> {
  for await (const event of generate(options)) if (wanted(event)) return
}

test('a prompt becomes frames, with the events of every model, and a plan before anything is computed', async () => {
  const types: string[] = []
  const events = generate({ ...asked, memory: '8GB' })
  const previews: number[][] = []
  let count = 0
  while (true) {
    const next = await events.next()
    if (next.done) {
      expect(next.value.video).toMatchObject({ seed: 5, shots: [{ prompt: asked.prompt, count: 5 }] })
      expect(Object.keys(next.value.timings)).toEqual(['load', 'understand', 'paint', 'decode'])
      break
    }
    types.push(next.value.type)
    if (next.value.type === 'preview') {
      const { step, steps, start, frames } = next.value
      previews.push([step, steps, start, frames.count, frames.width, frames.height, frames.fps])
    }
    if (next.value.type === 'frames-ready') {
      const { frames, start } = next.value
      expect([start, frames.width, frames.height, frames.fps]).toEqual([count, 16, 32, 16])
      count += frames.count
    }
  }
  expect(count).toBe(5)
  expect(types.filter((type) => type === 'step-end')).toHaveLength(3)
  expect(previews).toEqual([1, 2, 3].map((step) => [step, 3, 0, 2, 4, 8, 4]))
  expect(types.indexOf('memory-planned')).toBeLessThan(types.indexOf('shots-planned'))
  expect(types.indexOf('shots-planned')).toBeLessThan(types.indexOf('step-end'))
})

describe('an interrupted run', () => {
  let whole: Awaited<ReturnType<typeof generateVideo>>
  beforeAll(async () => {
    whole = await generateVideo(asked)
  })

  test.each([1, 2, 3])('goes on from step %i to the same bytes', async (steps) => {
    const run = join(folder, `run-${steps}`)
    await stopAt({ ...asked, run }, (event) => event.type === 'step-end' && event.step === steps)
    const saved = (await readdir(run)).filter((name) => /-step-\d+\.safetensors$/.test(name))
    expect(saved.length).toBeGreaterThanOrEqual(steps)
    const resumed = await generateVideo({ ...asked, run, memory: '9GB' })
    expect(resumed.video.frames.data).toEqual(whole.video.frames.data)
  })

  test('loses a step that is damaged and those behind it, and ends with the same bytes', async () => {
    const run = join(folder, 'damaged')
    await stopAt({ ...asked, run }, (event) => event.type === 'step-end' && event.step === 3)
    await truncate(join(run, 'video-1-step-002.safetensors'), 90)
    await truncate(join(run, 'texts.safetensors'), 90)
    const resumed = await generateVideo({ ...asked, run })
    expect(resumed.video.frames.data).toEqual(whole.video.frames.data)
  })

  test('gives back the options that it was begun with', async () => {
    const run = join(folder, 'options')
    await stopAt({ ...asked, run, negative: 'blur' }, ({ type }) => type === 'step-end')
    const options = await readRun(run)
    expect(options).toMatchObject({ ...asked, negative: 'blur', steps: 3, sampler: 'unipc', run })
    await stopAt(options, ({ type }) => type === 'step-end')
  })

  test.each(['transformer', 'vae', 'text_encoder'])(
    'is refused where a bit of %s is another',
    async (part) => {
      const model = await copyTinyWan()
      const run = join(folder, `altered-${part}`)
      await stopAt({ ...asked, model, run }, ({ type }) => type === 'step-end')
      const name = (await readdir(join(model, part))).find((one) => one.endsWith('.safetensors')) ?? ''
      const path = join(model, part, name)
      const { atime, mtime } = await stat(path)
      const bytes = await readFile(path)
      bytes[bytes.length - 2] = (bytes[bytes.length - 2] ?? 0) ^ 1
      await writeFile(path, bytes)
      await utimes(path, atime, mtime)
      await expect(generateVideo({ ...asked, model, run })).rejects.toThrow(/begun with other weights/)
      bytes[bytes.length - 2] = (bytes[bytes.length - 2] ?? 0) ^ 1
      await writeFile(path, bytes)
      await stopAt({ ...asked, model, run }, ({ type }) => type === 'step-end')
      await rm(model, { recursive: true })
    },
  )

  test('is not written over, and not mixed with another', async () => {
    const run = join(folder, 'other')
    await stopAt({ ...asked, run }, ({ type }) => type === 'step-end')
    await expect(generateVideo({ ...asked, run, seed: 6 })).rejects.toThrow(/another run, with other `seed`/)
    await expect(generateVideo({ prompt: asked.prompt, run })).rejects.toThrow(/with other `model`/)
    await writeFile(join(run, 'run.json'), '{')
    await expect(generateVideo({ ...asked, run })).rejects.toThrow(/run\.json is damaged/)
  })
})

test('in 8 bits a video is nearly the same, its weights are rounded once, and a run is not gone on with in 32', async () => {
  const run = join(folder, 'int8')
  const rounded = { ...asked, precision: 'int8', run } as const
  const loads: number[] = []
  let precision = ''
  await stopAt(rounded, (event) => {
    if (event.type === 'memory-planned') precision = event.plan.precision
    if (event.type === 'step-end' && event.stage === 'load') loads.push(event.step)
    return event.type === 'step-end' && event.stage === 'paint'
  })
  expect(precision).toBe('int8')
  expect(loads.at(0)).toBe(1)
  const { video, warnings } = await generateVideo(rounded)
  expect(warnings).toEqual([])
  const { video: exact } = await generateVideo(asked)
  const differences = video.frames.data.map((value, i) => Math.abs(value - (exact.frames.data[i] ?? 0)))
  const mean = differences.reduce((sum, n) => sum + n, 0) / differences.length
  expect(mean).toBeGreaterThan(0)
  expect(mean).toBeLessThan(2)
  await expect(generateVideo({ ...asked, run })).rejects.toThrow(/other `precision`/)

  const [file = ''] = await readdir(join(folder, 'cache', 'framewright', 'int8'))
  await truncate(join(folder, 'cache', 'framewright', 'int8', file), 100)
  const { run: _run, ...again } = rounded
  const mended = await generateVideo(again)
  expect(mended.warnings).toMatchObject([{ type: 'damaged-cache' }])
  expect(mended.video.frames.data).toEqual(video.frames.data)
})

test.each([
  [{ precision: 'int4' }, /`precision` must be one of f32, int8, got "int4"/],
  [{ precision: 'int8', provider: 'webgpu' }, /int8 is for the provider cpu, got `provider` webgpu/],
  [{ frames: 10 }, /4k\+1, got 10: use 9 or 13/],
  [{ frames: 2 }, /use 1 or 5/],
  [{ frames: 261 }, /whole number from 1 to 257, got 261/],
  [{ shift: 0 }, /number from 0\.1 to 20, got 0/],
  [{ size: '30x48' }, /multiples of 16, got 30x48: use 32x48/],
  [{ seconds: 2 }, /no `seconds`: its length is `frames`/],
  [{ sampler: 'ddim' }, /one of unipc, euler, fastwan, self-forcing, got "ddim"/],
  [{ memory: 'much' }, /bytes or a size as 8GB/],
  [{ guidance: 1, negative: 'blur' }, /guidance above 1 pushes away from/],
  [{ motion: { shots: [] } }, /no `motion`: it plans none/],
  [{ shots: 2 }, /no `shots`: it makes one shot of a prompt/],
  [{ enhance: 'toybox' }, /no `enhance`: its frames stay/],
])('%o is refused', (wrong, message) => {
  expect(() => generate({ ...asked, ...wrong } as GenerateOptions)).toThrow(message)
})

test('a distilled sampler has its own number of steps', async () => {
  await expect(generateVideo({ ...asked, sampler: 'fastwan', steps: 4 })).rejects.toThrow(
    /takes 3 steps, got 4/,
  )
  const { steps: _steps, ...rest } = asked
  const made = await generateVideo({ ...rest, sampler: 'self-forcing' })
  expect(made.video.frames.count).toBe(5)
})
