import { describe, expect, it, vi } from 'vitest'
import { FramewrightError } from '../util/errors.ts'
import { createFrames, type Frames } from '../video/index.ts'
import type { GenerateEvent } from './events.ts'
import { castReferences, generate, generateVideo, planMotion } from './generate.ts'
import { drain } from './line.ts'
import type { MotionDocument } from './motion-document.ts'
import type { GenerateOptions } from './options.ts'
import { writtenShot, writtenStoryboard } from './test-storyboard.ts'

// Every test opens the whole model, some several times; on a busy machine that takes minutes.
vi.setConfig({ testTimeout: 240_000 })

// The real networks with the weights that ship; few steps, so that the tests take seconds.
const quick = {
  prompt: 'a dog runs along the beach at sunset',
  seconds: 1,
  steps: 2,
  size: '128x128',
  fps: 12,
} as const satisfies GenerateOptions

describe('generateVideo', () => {
  it('makes the frames asked for, from a cast and a plan, the same ones every time', async () => {
    const [first, second] = [await generateVideo(quick), await generateVideo(quick)]
    const { frames, references, shots } = first.video
    const plan = shots[0]?.plan
    expect([frames.count, frames.width, frames.height, frames.channels, frames.fps]).toEqual([
      12, 128, 128, 3, 12,
    ])
    expect(references.map(({ phrase, source }) => [phrase, source])).toEqual([
      ['a dog', 'drawn'],
      [expect.stringMatching(/beach/), 'drawn'],
    ])
    expect(plan?.actors).toHaveLength(1)
    expect(plan?.camera).toHaveLength(12)
    expect(Buffer.compare(frames.data, second.video.frames.data)).toBe(0)
  })

  it('gives a seed the same video alone and beside others, to one level in 255', async () => {
    const { videos } = await generateVideo({ ...quick, seed: 5, count: 4 })
    expect(videos.map(({ seed }) => seed)).toEqual([5, 6, 7, 8])
    const alone = await generateVideo({ ...quick, seed: 7 })
    const beside = videos[2]?.frames.data ?? new Uint8Array()
    let worst = 0
    for (const [i, value] of alone.video.frames.data.entries()) {
      worst = Math.max(worst, Math.abs(value - (beside[i] ?? 0)))
    }
    expect(worst).toBeLessThanOrEqual(1)
    // And another seed gives another video.
    expect(Buffer.compare(videos[0]?.frames.data ?? new Uint8Array(), beside)).not.toBe(0)
  })

  it('tells where the painter looked for every word, and paints the same with it', async () => {
    const [watched, plain] = [await generateVideo({ ...quick, attention: true }), await generateVideo(quick)]
    expect(plain.video.shots[0]?.attention).toBeNull()
    expect(Buffer.compare(watched.video.frames.data, plain.video.frames.data)).toBe(0)
    const { words = [], side = 0, count = 0 } = watched.video.shots[0]?.attention ?? {}
    expect(words.map(({ text }) => text)).toEqual(quick.prompt.split(' '))
    expect(count * 4).toBeGreaterThanOrEqual(12)
    for (let cell = 0; cell < count * side ** 2; cell++) {
      const shares = words.map(({ map }) => map[cell] ?? Number.NaN)
      // The rest goes to the marks around the text.
      expect(shares.every((share) => share >= 0)).toBe(true)
      expect(shares.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(1 + 1e-4)
    }
    const dog = words[1]?.map ?? new Float32Array(1)
    expect(Math.max(...dog)).toBeGreaterThan(Math.min(...dog))
  })

  it('uses the user’s own picture', async () => {
    const blue = new Uint8Array(40 * 20 * 4)
    for (let i = 0; i < blue.length; i += 4) blue.set([20, 40, 230, 255], i)
    const picture = createFrames({ data: blue, count: 1, height: 20, width: 40, channels: 4, fps: 1 })
    const own = await generateVideo({ ...quick, characters: { dog: picture } })
    expect(own.video.references[0]?.source).toBe('given')
    const drawn = await generateVideo(quick)
    expect(Buffer.compare(own.video.frames.data, drawn.video.frames.data)).not.toBe(0)
    await expect(generateVideo({ ...quick, characters: { zebra: picture } })).rejects.toThrow(/"zebra".*dog/)
  })

  it('resamples to the size, rate and length asked for, over more than one chunk', async () => {
    const { video } = await generateVideo({ ...quick, seconds: 2, size: '96x64', fps: 24, steps: 1 })
    const { count, width, height, fps } = video.frames
    expect([count, width, height, fps]).toEqual([48, 96, 64, 24])
  })
})

describe('generate', () => {
  it('reports the line in order', async () => {
    const events: GenerateEvent[] = []
    for await (const event of generate(quick)) events.push(event)
    const stages = events.flatMap((event) => (event.type === 'stage-end' ? [event.stage] : []))
    expect(stages).toEqual(['load', 'understand', 'cast', 'move', 'paint', 'decode'])
    const shown = events.findIndex(({ type }) => type === 'preview')
    const painted = events.findIndex(({ type }) => type === 'frames-decoded')
    expect(shown).toBeGreaterThan(0)
    expect(painted).toBeGreaterThan(shown)
    const decoded = events.flatMap((event) => (event.type === 'frames-decoded' ? [event.start] : []))
    expect(decoded).toEqual([0, 4, 8])
    const steps = events.flatMap((event) =>
      event.type === 'step-end' && event.stage === 'paint' ? [`${event.step}/${event.steps}`] : [],
    )
    expect(steps).toEqual(['1/2', '2/2'])
  })

  it('settles within a step when it is aborted while painting', async () => {
    const stop = new AbortController()
    const reason = new Error('enough')
    const events = generate({ ...quick, steps: 50, signal: stop.signal })
    let steps = 0
    const run = async (): Promise<void> => {
      for await (const event of events) {
        if (event.type !== 'step-end' || event.stage !== 'paint') continue
        steps += 1
        stop.abort(reason)
      }
    }
    await expect(run()).rejects.toBe(reason)
    expect(steps).toBeLessThanOrEqual(2)
  })

  it('rejects at once when it was aborted before', async () => {
    await expect(generateVideo({ ...quick, signal: AbortSignal.abort(new Error('never')) })).rejects.toThrow(
      'never',
    )
  })

  it('refuses what it cannot make, before any work', () => {
    for (const [bad, words] of [
      [{ prompt: '  ' }, /empty/],
      [{ size: '17x17' }, /even/],
      [{ steps: 0 }, /steps/],
      [{ seconds: -1 }, /seconds/],
    ] as const) {
      let thrown: unknown = null
      try {
        generate({ ...quick, ...bad })
      } catch (error) {
        thrown = error
      }
      expect(FramewrightError.is(thrown)).toBe(true)
      expect(String(thrown)).toMatch(words)
    }
  })
})

describe('a motion plan that is given', () => {
  /** Nothing else in these videos has its colour. */
  const magenta = createFrames({
    data: Uint8Array.from({ length: 32 * 32 * 4 }, (_, i) => [230, 20, 230, 255][i % 4] ?? 0),
    ...{ count: 1, height: 32, width: 32, channels: 4, fps: 1 },
  })
  const stands = (centerX: number) => ({
    shots: [{ actors: [{ id: 'dog-1', states: [{ centerX, centerY: 0.6, height: 0.4 }] }] }],
  })
  /** Where the magenta is in a frame, in widths of it. */
  const middleOf = ({ data, width, height }: Frames, frame: number): number => {
    const pixels = Array.from({ length: width * height }, (_, i) => {
      const [red = 0, green = 0, blue = 0] = data.subarray(3 * (frame * width * height + i))
      return { x: ((i % width) + 0.5) / width, weight: Math.max(0, Math.min(red, blue) - green - 40) }
    })
    const all = pixels.reduce((sum, { weight }) => sum + weight, 0)
    return pixels.reduce((sum, { x, weight }) => sum + x * weight, 0) / all
  }

  it('says where everyone is to be seen, in every video', async () => {
    for (const centerX of [0.25, 0.75]) {
      const { videos } = await generateVideo({
        ...quick,
        ...{ seconds: 0.5, count: 2, characters: { dog: magenta }, motion: stands(centerX) },
      })
      expect(videos).toHaveLength(2)
      for (const { frames } of videos) {
        for (const frame of [0, 5]) expect(Math.abs(middleOf(frames, frame) - centerX)).toBeLessThan(0.08)
      }
    }
  })

  it('is the plan of the result, shot by shot; what is left out is planned as without it', async () => {
    const shots = ['shot-1', 'shot-2'].map((id) => writtenShot(id, { durationSeconds: 0.5 }))
    const storyboard = writtenStoryboard(shots)
    const plansOf = async (motion?: MotionDocument) => {
      const events = planMotion({ storyboard, ...(motion ? { motion } : {}) })
      return (await drain(events)).plans
    }
    const [first, second] = await plansOf()
    if (!first || !second) throw new Error('there are two shots')
    expect(first).not.toEqual(second)
    expect(await plansOf({ shots: [null, first] })).toEqual([first, first])
    expect(await plansOf({ shots: [{ id: 'shot-2', camera: first.camera }] })).toEqual([
      first,
      { ...second, camera: first.camera },
    ])
  })

  it('says what falls, too; left out, the words do', async () => {
    const falls = async (motion?: MotionDocument) => {
      const rainy = { ...quick, prompt: 'a dog runs in the rain', seed: 9 }
      return (await drain(planMotion({ ...rainy, ...(motion ? { motion } : {}) }))).plan.precipitation
    }
    const rain = { kind: 'rain', seed: 9, seconds: 0 }
    const snow = { kind: 'snow', seed: 1, seconds: 2.5 } as const
    expect(await falls()).toEqual(rain)
    expect(await falls({ shots: [{ camera: [] }] })).toEqual(rain)
    expect(await falls({ shots: [{ precipitation: snow }] })).toEqual(snow)
    expect(await falls({ shots: [{ precipitation: null }] })).toBeUndefined()
  })

  it('is refused when it is of another cast, before anything is drawn', async () => {
    const motion = { shots: [{ actors: [{ id: 'cat-1', phrase: 'a cat', states: [{ centerX: 0.2 }] }] }] }
    const seen: string[] = []
    const run = async (): Promise<void> => {
      for await (const { type } of generate({ ...quick, motion })) seen.push(type)
    }
    await expect(run()).rejects.toThrow(/"cat-1" \(a cat\) in shot-1, where "dog-1" \(a dog\)/)
    expect(seen).not.toContain('reference-drawn')
  })

  it('that ends before its shot is held, with a warning', async () => {
    const { plan, warnings } = await drain(planMotion(quick))
      .then(({ plan }) => ({
        ...plan,
        actors: plan.actors.map((one) => ({ ...one, states: one.states.slice(0, 6) })),
      }))
      .then((cut) => drain(planMotion({ ...quick, motion: { shots: [cut] } })))
    expect(plan.actors[0]?.states).toHaveLength(12)
    expect(plan.actors[0]?.states[11]).toEqual(plan.actors[0]?.states[5])
    expect(warnings).toContainEqual({
      type: 'motion-ends',
      shot: 'shot-1',
      message: expect.stringMatching(/0\.5 s of 1 s/),
    })
  })
})

describe('parts of the line', () => {
  it('draws the cast only', async () => {
    const events = castReferences({ ...quick, prompt: 'A red car follows a blue bus in the city.' })
    let next = await events.next()
    while (!next.done) next = await events.next()
    const ids = next.value.references.map(({ phrase }) => phrase)
    expect(ids).toEqual(['a red car', 'a blue bus', expect.stringMatching(/city/)])
    for (const { picture } of next.value.references) {
      expect([picture.width, picture.height, picture.channels]).toEqual([64, 64, 4])
    }
  })

  it('plans the motion only, and goes where the words say', async () => {
    const goes = async (direction: string): Promise<number> => {
      let sum = 0
      for (const seed of [1, 2, 3]) {
        const events = planMotion({ ...quick, seconds: 2, seed, prompt: `A dog runs to the ${direction}.` })
        let next = await events.next()
        while (!next.done) next = await events.next()
        const states = next.value.plan.actors[0]?.states ?? []
        sum += (states.at(-1)?.centerX ?? 0) - (states[0]?.centerX ?? 0)
      }
      return sum
    }
    expect(await goes('right')).toBeGreaterThan(0)
    expect(await goes('left')).toBeLessThan(0)
  })
})
