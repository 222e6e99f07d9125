import { describe, expect, it } from 'vitest'
import { initialise, Parameters } from '../nn/index.ts'
import { mainThreadRuntime } from '../runtime/node.ts'
import { normalArray } from '../util/random.ts'
import { drawReference, type ReferenceConfig, referenceFeeds, referenceInputs } from './reference.ts'
import { drawReferences, openReferenceDrawer, type ReferenceRequest } from './reference-drawer.ts'
import type { TextVectors } from './text-input.ts'
import { packText } from './text-input.ts'

const tiny: ReferenceConfig = {
  size: 16,
  textWidth: 8,
  textTokens: 3,
  ideaWidth: 16,
  detailWidth: 12,
  channels: 8,
  questions: 2,
  views: 3,
  tones: 2,
}

function words(seed: number, count: number): TextVectors {
  return { vectors: normalArray(seed, 0, count * tiny.textWidth), count }
}

function declared(): Parameters {
  const parameters = new Parameters()
  drawReference(parameters, tiny, referenceInputs(tiny, 2))
  return parameters
}

function difference(a?: Float32Array, b?: Float32Array): number {
  return a && b ? Math.max(...a.map((value, i) => Math.abs(value - (b[i] ?? 9)))) : 9
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
  it('gives pictures of its size', () => {
    expect(drawReference(new Parameters(), tiny, referenceInputs(tiny, 2)).shape).toEqual([2, 4, 16, 16])
  })

  it('feeds every input that it declares', () => {
    const inputs = referenceInputs(tiny, 2)
    const feeds = referenceFeeds(tiny, [
      { text: words(1, 2), kind: 'actor', take: { view: 2, tone: 1 } },
      { text: words(2, 2), kind: 'setting', take: { view: 1, tone: 0 } },
    ])
    for (const [name, tensor] of Object.entries(inputs)) expect(feeds[name]?.shape).toEqual(tensor.shape)
    // Kind, view (an actor has one), tone.
    expect([...(feeds.kindAndTake?.data ?? [])]).toEqual([1, 0, 1, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0])
  })

  it('draws the same from the same words and seed, whatever is beside it', async () => {
    const runtime = await mainThreadRuntime()
    const weights = initialise(declared().list, 3)
    const one: ReferenceRequest = { text: words(4, 3), kind: 'actor', seed: 11 }
    const other: ReferenceRequest = { text: words(5, 2), kind: 'setting', seed: 12 }
    const single = await openReferenceDrawer(runtime, tiny, weights, { batch: 1, threads: 1 })
    const double = await openReferenceDrawer(runtime, tiny, weights, { batch: 2, threads: 1 })
    const done: number[] = []
    const [alone, another] = await drawReferences(single, [one, { ...one, seed: 15 }])
    const onPicture = (count: number): void => void done.push(count)
    const [setting, beside, again] = await drawReferences(double, [other, one, one], { onPicture })
    expect(difference(alone, beside)).toBeLessThan(1e-4)
    expect(difference(alone, again)).toBeLessThan(1e-4)
    expect(difference(alone, another)).toBeGreaterThan(1e-3)
    expect(done).toEqual([2, 3])
    const area = 16 * 16
    expect(setting?.subarray(3 * area).every((alpha) => alpha === 1)).toBe(true)
    const picture = alone ?? new Float32Array()
    expect(picture.every((v, i) => v >= 0 && v <= (picture[3 * area + (i % area)] ?? 0))).toBe(true)
    await single.close()
    await double.close()
  })

  it('stops before the next pictures when it is told to', async () => {
    const runtime = await mainThreadRuntime()
    const weights = initialise(declared().list, 3)
    const drawer = await openReferenceDrawer(runtime, tiny, weights, { batch: 1, threads: 1 })
    const stop = new AbortController()
    const request: ReferenceRequest = { text: words(4, 3), kind: 'actor', seed: 11 }
    const drawing = drawReferences(drawer, [request, request, request], {
      signal: stop.signal,
      onPicture: (done) => done === 2 && stop.abort(new Error('enough')),
    })
    await expect(drawing).rejects.toThrow('enough')
    await drawer.close()
  })
})
