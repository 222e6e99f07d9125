import { describe, expect, it } from 'vitest'
import { compile, type Feeds, floatsOf, hostTensor, input, sizeOf, type Tensor } from '../graph/index.ts'
import { initialise, Parameters } from '../nn/index.ts'
import { mainThreadRuntime } from '../runtime/node.ts'
import { createRandom, normalArray } from '../util/random.ts'
import type { State } from '../video/motion-plan.ts'
import { conditionFeeds, conditionInputs, type ItemConditions } from './conditions.ts'
import { type DenoiserConfig, denoise } from './denoiser.ts'
import { openDenoiser } from './denoiser-session.ts'

const tiny: DenoiserConfig = {
  frames: 2,
  size: 4,
  cellWidth: 16,
  cellBlocks: [1, 1],
  width: 16,
  layers: 1,
  heads: 2,
  textWidth: 8,
  textTokens: 4,
  latentChannels: 4,
  framesPerLatent: 2,
  slots: 2,
  referenceSize: 8,
  warpSize: 8,
  layoutChannels: 24,
  referenceWidth: 8,
}
const shape = [1, tiny.frames, tiny.latentChannels, tiny.size, tiny.size]
const count = shape.reduce((a, b) => a * b, 1)
const frameCount = count / tiny.frames
const latents = normalArray(1, 0, count)

/** What an untrained painter, seed 3, predicts from `latents` at one time a frame. */
async function predict(times: readonly number[], draft = new Float32Array(count)): Promise<Float32Array> {
  const parameters = new Parameters()
  const told = { ...conditionInputs(tiny, 1), draft: input('draft', shape) }
  const clean = denoise(parameters, tiny, input('latents', shape), told)
  const program = compile({ clean }, { weights: initialise(parameters.list, 3) })
  const session = await (await mainThreadRuntime()).open(program, { threads: 1 })
  const item = { text: null, actors: [], setting: { picture: null, states: null }, times, given: [0, 0] }
  const feeds: Feeds = {
    ...conditionFeeds(tiny, [item]),
    draft: hostTensor(draft, shape),
    latents: hostTensor(latents, shape),
  }
  const outputs = await session.run(feeds)
  await session.close()
  return floatsOf(outputs, 'clean')
}

const farthest = (a: Float32Array, b: Float32Array): number =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] ?? Number.NaN))), 0)

describe('the painter', () => {
  it('keeps frames that are clean as they are', async () => {
    const predicted = await predict([1, 0.2])
    expect(predicted.subarray(0, frameCount)).toEqual(latents.subarray(0, frameCount))
    expect(farthest(predicted.subarray(frameCount), latents.subarray(frameCount))).toBeGreaterThan(0.1)
  })

  it('has the less to say the clearer its latents are', async () => {
    // Kept is the linear estimate's share: 1 near clean, and nothing of pure noise.
    const [noisy, clear] = [await predict([0, 0]), await predict([0.99, 0.99])]
    expect(farthest(noisy, new Float32Array(count))).toBeLessThan(0.5)
    expect(farthest(clear, latents)).toBeLessThan(0.1)
  })

  it('copies nothing of its draft before it has learned to', async () => {
    const draft = normalArray(2, 0, count).map((n) => 5 * n)
    const change = farthest(await predict([0, 0], draft), await predict([0, 0]))
    expect(change).toBeLessThan(0.05 * 5)
  })
})

/** All that the painter can be told, at random: words, an actor and a setting that move, a frame that is given. */
function randomItem(seed: number): ItemConditions {
  const random = createRandom(seed)
  const picture = (): Float32Array => Float32Array.from({ length: 4 * 8 * 8 }, () => random.uniform())
  const states = (): State[] =>
    Array.from({ length: tiny.frames * tiny.framesPerLatent }, () => ({
      centerX: random.uniform(),
      centerY: random.uniform(),
      width: 0.2 + random.uniform(),
      height: 0.2 + random.uniform(),
      facing: random.uniform() < 0.5 ? -1 : 1,
      phase: random.uniform(),
      presence: 1,
    }))
  return {
    text: { vectors: normalArray(seed, 1, 3 * tiny.textWidth), count: 3 },
    actors: [{ picture: picture(), states: states() }],
    setting: { picture: picture(), states: states() },
    times: [1, 0.3],
    given: [1, 0],
  }
}

describe('the painter in two programs', () => {
  it('predicts what it does in one, and looks where it did, step by step', async () => {
    const items = 2
    const inputs = [items, ...shape.slice(1)]
    const parameters = new Parameters()
    const looks: Tensor[] = []
    const told = { ...conditionInputs(tiny, items), draft: input('draft', inputs) }
    const clean = denoise(parameters, tiny, input('latents', inputs), told, looks)
    // Not as they begin: what begins as nothing would hide what it is told.
    const weights = new Map(
      parameters.list.map(({ name, shape }, i) => [
        name,
        hostTensor(
          normalArray(5, i, sizeOf(shape)).map((n) => 0.2 * n),
          shape,
        ),
      ]),
    )
    const runtime = await mainThreadRuntime()
    const [look] = looks
    if (!look) throw new Error('there is one layer')
    const whole = await runtime.open(compile({ clean, look }, { weights }), { threads: 1 })
    const parts = await openDenoiser(runtime, tiny, weights, { items, watches: true, threads: 1 })
    const feeds: Feeds = {
      ...conditionFeeds(tiny, [randomItem(1), randomItem(2)]),
      draft: hostTensor(normalArray(3, 0, items * count), inputs),
    }
    await parts.tell(feeds)
    for (const step of [0, 1]) {
      const x = normalArray(4, step, items * count)
      const times = Float32Array.of(1, 0.3 + 0.3 * step, 1, 0.2)
      const expected = await whole.run({
        ...feeds,
        latents: hostTensor(x, inputs),
        times: hostTensor(times, [items, tiny.frames]),
      })
      const predicted = await parts.predict(x, times)
      expect(farthest(predicted.clean, floatsOf(expected, 'clean'))).toBeLessThan(1e-5)
      expect(farthest(predicted.looks ?? new Float32Array(), floatsOf(expected, 'look'))).toBeLessThan(1e-5)
      // Nor is it all the same whatever comes in.
      expect(farthest(predicted.clean, x)).toBeGreaterThan(0.1)
    }
    await whole.close()
    await parts.close()
  })
})
