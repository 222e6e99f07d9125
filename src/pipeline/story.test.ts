import { beforeAll, describe, expect, it, vi } from 'vitest'
import { type Frames, joinFrames, sliceFrames } from '../video/index.ts'
import type { GenerateEvent, GenerateResult } from './events.ts'
import { generate } from './generate.ts'
import type { GenerateOptions } from './options.ts'
import { writtenShot as shot, writtenStoryboard as story } from './test-storyboard.ts'

// The real networks with the weights that ship; on a busy machine that takes minutes.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const beach = { prompt: 'A red horse runs along the beach.', setting: { place: 'beach', time: 'day' } }
const shots = [
  shot('dark', {
    prompt: 'A red horse runs through the forest at night.',
    setting: { place: 'forest', time: 'night' },
    durationSeconds: 0.5,
  }),
  shot('light', { ...beach, durationSeconds: 0.75 }),
  shot('faded', { ...beach, durationSeconds: 0.75, transition: { type: 'crossfade', seconds: 0.25 } }),
]
const quick = { size: '128x128', fps: 12, steps: 2 } as const

interface Made {
  readonly events: readonly GenerateEvent[]
  readonly result: GenerateResult
  readonly frames: Frames
}

async function make(options: GenerateOptions): Promise<Made> {
  const events: GenerateEvent[] = []
  const stream = generate(options)
  while (true) {
    const next = await stream.next()
    if (!next.done) events.push(next.value)
    else {
      const runs = events.flatMap((event) => (event.type === 'frames-ready' ? [event.frames] : []))
      return { events, result: next.value, frames: joinFrames(runs) }
    }
  }
}

function difference(a: Frames, b: Frames): number {
  return a.data.reduce((sum, value, i) => sum + Math.abs(value - (b.data[i] ?? 0)), 0) / a.data.length
}

let made: Made
beforeAll(async () => {
  made = await make({ storyboard: story(shots), ...quick })
})

const frame = (index: number): Frames => sliceFrames(made.frames, index, index + 1)

describe('a storyboard', () => {
  it('is as long as its shots, which lie where they were planned', () => {
    expect(made.frames.count).toBe(24)
    const planned = made.events.find((event) => event.type === 'shots-planned')
    expect(planned?.frames).toBe(24)
    expect(planned?.shots.map(({ id, start, count }) => [id, start, count])).toEqual([
      ['dark', 0, 6],
      ['light', 6, 9],
      ['faded', 15, 9],
    ])
    expect(made.result.video.shots).toMatchObject(planned?.shots ?? [])
  })

  it('is cast once, then moved and painted shot by shot', () => {
    const stages = made.events.flatMap((event) =>
      event.type === 'stage-end' ? [`${event.stage} ${event.shot}`] : [],
    )
    expect(stages).toEqual([
      ...['load null', 'understand null', 'cast null'],
      ...['move 0', 'paint 0', 'move 1', 'paint 1', 'move 2', 'paint 2', 'decode null'],
    ])
    expect(made.result.video.references.map(({ phrase }) => phrase)).toEqual([
      'a red horse',
      'a forest at night',
      'a beach by day',
    ])
    const [dark, light, faded] = made.result.video.shots
    expect(light?.references[0]).toBe(dark?.references[0])
    expect(faded?.references[1]).toBe(light?.references[1])
  })

  it('cuts where a shot ends', () => {
    const steps = Array.from({ length: 14 }, (_, i) => difference(frame(i), frame(i + 1)))
    const cut = steps[5] ?? 0
    expect(Math.max(...steps)).toBe(cut)
    expect(cut).toBeGreaterThan(3 * Math.max(...steps.filter((_, i) => i !== 5)))
  })

  it('cross-fades within the later shot, beneath which the one before goes on', () => {
    const [light] = made.result.video.shots.slice(1)
    // Nine frames of its own and three that fade.
    expect(light?.plan?.camera).toHaveLength(12)
    const jump = difference(frame(14), frame(15))
    expect(jump).toBeLessThan(difference(frame(14), frame(18)))
  })

  it('has a seed a shot: another one changes that shot alone, and the same ones nothing', async () => {
    const [dark, light, faded] = shots
    if (!dark || !light || !faded) throw new Error('there are three shots')
    const other = await make({ storyboard: story([dark, light, { ...faded, seed: 5 }]), ...quick })
    const start = (frames: Frames): Uint8Array => sliceFrames(frames, 0, 15).data
    expect(Buffer.compare(start(other.frames), start(made.frames))).toBe(0)
    expect(difference(sliceFrames(other.frames, 18, 24), sliceFrames(made.frames, 18, 24))).toBeGreaterThan(1)
    expect(other.result.video.shots.map(({ seed }) => seed)).toEqual([
      ...made.result.video.shots.slice(0, 2).map(({ seed }) => seed),
      5,
    ])
  })

  it('settles within a step when it is aborted in a later shot', async () => {
    const stop = new AbortController()
    const reason = new Error('enough')
    let stepsAfter = 0
    const run = async (): Promise<void> => {
      const events = generate({ storyboard: story(shots), ...quick, signal: stop.signal })
      for await (const event of events) {
        if (event.type !== 'step-end' || event.stage !== 'paint') continue
        if (stop.signal.aborted) stepsAfter += 1
        if (event.shot === 1) stop.abort(reason)
      }
    }
    await expect(run()).rejects.toBe(reason)
    expect(stepsAfter).toBeLessThanOrEqual(1)
  })
})
