import { describe, expect, it } from 'vitest'
import { compile, type Feeds, floatsOf, hostTensor, input } from '../graph/index.ts'
import { initialise, Parameters } from '../nn/index.ts'
import { mainThreadRuntime } from '../runtime/node.ts'
import { normalArray } from '../util/random.ts'
import { conditionFeeds, conditionInputs } from './conditions.ts'
import { type DenoiserConfig, denoise } from './denoiser.ts'

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
