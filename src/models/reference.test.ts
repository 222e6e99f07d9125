import { describe, expect, it } from 'vitest'
import { input } from '../graph/index.ts'
import { initialise, Parameters } from '../nn/index.ts'
import { mainThreadRuntime } from '../runtime/node.ts'
import { normalArray } from '../util/random.ts'
import { drawReference, type ReferenceConfig, referenceFeeds, referenceInputs } from './reference.ts'
import { openReferenceSampler, type ReferenceRequest, sampleReference } from './reference-sampler.ts'
import type { TextVectors } from './text-input.ts'
import { packText } from './text-input.ts'

const tiny: ReferenceConfig = {
  frames: 1,
  size: 4,
  cellWidth: 16,
  cellBlocks: [1, 1],
  width: 32,
  layers: 1,
  heads: 2,
  textWidth: 8,
  textTokens: 3,
  cellPixels: 4,
  sketchWidth: 16,
  sketchChannels: 8,
  finishChannels: 8,
  takes: 3,
}

function words(seed: number, count: number): TextVectors {
  return { vectors: normalArray(seed, 0, count * tiny.textWidth), count }
}

function declared(): Parameters {
  const parameters = new Parameters()
  drawReference(parameters, tiny, input('pictures', [2, 4, 16, 16]), referenceInputs(tiny, 2))
  return parameters
}

describe('packText', () => {
  it('cuts, pads, and leaves one word of zeros where nothing is said', () => {
    const { vectors, bias } = packText([words(1, 5), words(2, 2), null], tiny)
    expect(vectors.length).toBe(3 * 3 * 8)
    expect([...bias].map((b) => b === 0)).toEqual([true, true, true, true, true, false, true, false, false])
    expect(vectors.subarray(24, 40)).toEqual(words(2, 2).vectors)
    expect(vectors.subarray(40).every((v) => v === 0)).toBe(true)
  })
})

describe('the reference generator', () => {
  it('gives pictures of the shape of its input', () => {
    const noisy = input('pictures', [2, 4, 16, 16])
    const { sketch, picture } = drawReference(new Parameters(), tiny, noisy, referenceInputs(tiny, 2))
    for (const { shape } of [sketch, picture]) expect(shape).toEqual([2, 4, 16, 16])
  })

  it('feeds every input that it declares', () => {
    const inputs = referenceInputs(tiny, 2)
    const feeds = referenceFeeds(tiny, [
      { text: words(1, 2), kind: 'actor', take: 0.25, time: 0.2 },
      { text: null, kind: 'setting', take: 0.7, time: 0.7 },
    ])
    for (const [name, tensor] of Object.entries(inputs)) expect(feeds[name]?.shape).toEqual(tensor.shape)
    expect(feeds.kind?.data).toEqual(Float32Array.of(1, 0, 0, 1))
    const takes = [...(feeds.take?.data ?? [])].map((value) => Math.round(Number(value) * 1e6) / 1e6)
    expect(takes.map((value) => value + 0)).toEqual([0, 0, 0, 1, 0, 0, -1, 0, 0, 1, 0, 0, 0, 0])
  })

  it.each([1, 2])(
    'draws the same from the same words and seed, whatever is beside it: guidance %s',
    async (guidance) => {
      const runtime = await mainThreadRuntime()
      const weights = initialise(declared().list, 3)
      const one: ReferenceRequest = { text: words(4, 3), kind: 'actor', seed: 11 }
      const other: ReferenceRequest = { text: words(5, 2), kind: 'setting', seed: 12 }
      const options = { steps: 3 }
      const single = await openReferenceSampler(runtime, tiny, weights, { batch: 1, threads: 1, guidance })
      const double = await openReferenceSampler(runtime, tiny, weights, { batch: 2, threads: 1, guidance })
      const [alone] = await sampleReference(single, [one], options)
      const [setting, beside, again] = await sampleReference(double, [other, one, one], options)
      const difference = (a?: Float32Array, b?: Float32Array): number =>
        a && b ? Math.max(...a.map((v, i) => Math.abs(v - (b[i] ?? 9)))) : 9
      expect(difference(alone, beside)).toBeLessThan(1e-4)
      expect(difference(alone, again)).toBeLessThan(1e-4)
      const area = 16 * 16
      expect(setting?.subarray(3 * area).every((alpha) => alpha === 1)).toBe(true)
      const picture = alone ?? new Float32Array()
      expect(picture.every((v, i) => v >= 0 && v <= (picture[3 * area + (i % area)] ?? 0))).toBe(true)
      await single.close()
      await double.close()
    },
  )

  it('stops before the next step when it is told to', async () => {
    const runtime = await mainThreadRuntime()
    const weights = initialise(declared().list, 3)
    const sampler = await openReferenceSampler(runtime, tiny, weights, { batch: 1, threads: 1 })
    const stop = new AbortController()
    const request: ReferenceRequest = { text: words(4, 3), kind: 'actor', seed: 11 }
    const drawing = sampleReference(sampler, [request], {
      signal: stop.signal,
      onStep: (step) => step === 2 && stop.abort(new Error('enough')),
    })
    await expect(drawing).rejects.toThrow('enough')
    await sampler.close()
  })
})
