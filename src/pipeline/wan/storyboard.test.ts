import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { WrittenStoryboard } from '../../story/index.ts'
import { crossFade, type Frames, joinFrames, sliceFrames } from '../../video/index.ts'
import type { GeneratedVideo, GenerateEvent, GenerateResult } from '../events.ts'
import { generate, generateVideo } from '../generate.ts'
import { outlineOf } from '../models.ts'
import type { GenerateOptions } from '../options.ts'
import { readRun } from '../run-record.ts'
import { writtenShot, writtenStoryboard } from '../test-storyboard.ts'
import { tinyImageWan, tinyWan } from './test-tiny.ts'

let folder = ''
let film: GenerateResult<GeneratedVideo>
const events: GenerateEvent[] = []
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framewright-wan-story-'))
  vi.stubEnv('XDG_CACHE_HOME', folder)
  film = await filmOf(asked)
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true })
})

const camera = { framing: 'wide', move: 'pan left' } as const
const storyboard = writtenStoryboard(
  [
    // Eight frames, and four that go on beneath the next: 13 are made. Then 9, then 5.
    writtenShot('shot-1', {
      ...{ prompt: 'A red horse runs.', durationSeconds: 0.5 },
      camera: { framing: 'close-up', move: 'still' },
    }),
    writtenShot('shot-2', {
      ...{ prompt: 'The camera follows a red horse', durationSeconds: 0.5 },
      transition: { type: 'crossfade', seconds: 0.25 },
    }),
    writtenShot('shot-3', { prompt: 'A red horse sleeps.', durationSeconds: 0.25, camera, seed: 77 }),
  ],
  { style: ['Watercolour'] },
)

const asked = {
  storyboard,
  model: tinyWan,
  size: '16x16',
  steps: 2,
  guidance: 1,
  seed: 5,
  threads: 1,
} as const

async function filmOf(options: GenerateOptions): Promise<GenerateResult<GeneratedVideo>> {
  const made = generate(options)
  const runs: Frames[] = []
  while (true) {
    const next = await made.next()
    if (next.done) {
      const frames = joinFrames(runs)
      const video = { ...next.value.video, frames }
      return { ...next.value, video, videos: [video] }
    }
    events.push(next.value)
    if (next.value.type === 'frames-ready') runs.push(next.value.frames)
  }
}

/** A shot as a video of its own. */
async function alone(index: number, frames: number): Promise<Frames> {
  const made = film.video.shots[index]
  const { storyboard: _storyboard, ...rest } = asked
  const { video } = await generateVideo({
    ...rest,
    prompt: made?.prompt ?? '',
    seed: made?.seed ?? 0,
    frames,
  })
  return video.frames
}

test('a film is its shots, each made as if it were alone, with cuts and cross-fades between them', async () => {
  const { frames, shots } = film.video
  expect(frames).toMatchObject({ count: 20, fps: 16, width: 16, height: 16 })
  expect(shots.map(({ id, start, count, prompt }) => [id, start, count, prompt])).toEqual([
    ['shot-1', 0, 8, 'A red horse runs. Close-up, static camera. Watercolour.'],
    ['shot-2', 8, 8, 'The camera follows a red horse. Watercolour.'],
    ['shot-3', 16, 4, 'A red horse sleeps. Wide shot, the camera pans left. Watercolour.'],
  ])
  expect([shots[0]?.seed, shots[2]?.seed]).toEqual([5, 77])
  expect(shots[1]?.seed).not.toBe(5)
  const [first, second, third] = [await alone(0, 13), await alone(1, 9), await alone(2, 5)]
  const fade = crossFade(sliceFrames(first, 8, 12), sliceFrames(second, 0, 4), { start: 0, length: 4 })
  const parts = [sliceFrames(first, 0, 8), fade, sliceFrames(second, 4, 8), sliceFrames(third, 0, 4)]
  expect(frames.data).toEqual(joinFrames(parts).data)
  expect(sliceFrames(frames, 8, 12).data).not.toEqual(sliceFrames(second, 0, 4).data)
})

test('its events say which shot they are about, and its length is known before', () => {
  expect(outlineOf(asked)).toMatchObject({ frameCount: 20, fps: 16, width: 16, prompt: undefined })
  const painted = events.flatMap((event) =>
    event.type === 'step-end' ? [[event.shot, event.step, event.steps]] : [],
  )
  expect(painted).toEqual([0, 1, 2].flatMap((index) => [1, 2].map((step) => [index, step, 2])))
  const previews = events.flatMap((event) =>
    event.type === 'preview' ? [[event.shot, event.step, event.frames.count, event.frames.fps]] : [],
  )
  expect(previews).toEqual([4, 3, 2].flatMap((count, index) => [1, 2].map((step) => [index, step, count, 4])))
  const ready = events.flatMap((event) => (event.type === 'frames-ready' ? [[event.shot, event.start]] : []))
  expect(ready[0]).toEqual([0, 0])
  expect(ready.at(-1)?.[0]).toBe(2)
  expect(film.storyboard?.shots).toHaveLength(3)
})

test('a run that is cut off in a shot goes on to the same bytes', async () => {
  const run = join(folder, 'run')
  for await (const event of generate({ ...asked, run })) {
    if (event.type === 'step-end' && event.shot === 1) break
  }
  expect(await readdir(run)).toEqual(
    expect.arrayContaining(['video-1-shot-1-latents.safetensors', 'video-1-shot-2-step-001.safetensors']),
  )
  const resumed = await generateVideo(await readRun(run))
  expect(resumed.video.frames.data).toEqual(film.video.frames.data)
})

test('another rate shows the same frames as often as it needs', async () => {
  const short = { ...asked, storyboard: { ...storyboard, shots: storyboard.shots.slice(0, 1) } }
  const [usual, double] = [await generateVideo(short), await generateVideo({ ...short, fps: 32 })]
  const own = usual.video.frames
  const shown = Array.from({ length: 16 }, (_, i) => sliceFrames(own, i >> 1, (i >> 1) + 1))
  expect(double.video.frames).toEqual({ ...joinFrames(shown), fps: 32 })
})

test('what does not go together is refused', async () => {
  const image = sliceFrames(film.video.frames, 0, 1)
  const thrown = (options: object) => expect(() => generate({ ...asked, ...options } as GenerateOptions))
  thrown({ frames: 5 }).toThrow(/a storyboard’s is the sum of its shots’ `durationSeconds`/)
  thrown({ prompt: 'a horse' }).toThrow(/both given: leave one of them out/)
  thrown({ image }).toThrow(/the shots of a storyboard begin with none/)
  thrown({ storyboard: { ...storyboard, shots: [] } }).toThrow(expect.objectContaining({ code: 'E_STORY' }))
  const long = { ...storyboard, shots: [writtenShot('shot-9', { durationSeconds: 20 })] }
  thrown({ storyboard: long }).toThrow(
    /shot-9 is 20 s long, which takes 321 frames .* 257 at most: divide it/,
  )
  // The first ends at half a second, which is rounded up to a frame; the second ends with it.
  thrown({ fps: 1 }).toThrow(/shot-2 is 0\.5 s long, which is no whole frame at 1 `fps`/)
  const model = await tinyImageWan('wan-tiny-i2v')
  await expect(generateVideo({ ...asked, model })).rejects.toThrow(
    /begins with a picture, and the shots of a storyboard have none/,
  )
  await rm(model, { recursive: true })
})

test('a cross-fade before the first shot, and what the planner noticed, are told', async () => {
  const transition = { type: 'crossfade', seconds: 0.1 } as const
  const only = writtenShot('shot-1', { durationSeconds: 0.25, transition })
  const warnings = [{ type: 'assumed', shot: null, message: 'The place was not told.' }]
  const told = { ...storyboard, shots: [only], warnings } as WrittenStoryboard
  const made = await generateVideo({ ...asked, storyboard: told, steps: 1 })
  expect(made.warnings.map(({ type }) => type)).toEqual(['story', 'left-out'])
})
