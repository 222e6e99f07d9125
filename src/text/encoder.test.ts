import { readFileSync } from 'node:fs'
import * as ort from 'onnxruntime-node'
import { afterAll, describe, expect, it } from 'vitest'
import { type HostTensor, localRuntime } from '../graph/index.ts'
import { readSafetensors } from '../graph/safetensors.ts'
import { tensorToFloat32 } from '../graph/tensor-bytes.ts'
import { miniLm } from './bert.ts'
import { createTextEncoder } from './encoder.ts'

const root = new URL('../../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, root))

const weights = new Map<string, HostTensor>()
for (const [name, tensor] of readSafetensors(read('weights/minilm/model.safetensors')).tensors) {
  weights.set(name, { data: tensorToFloat32(tensor), shape: tensor.shape, dtype: 'f32' })
}
const tokenizer = read('weights/minilm/tokenizer.json')
const runtime = localRuntime(ort)
const encoder = createTextEncoder({ config: miniLm, weights, tokenizer, runtime })
afterAll(() => encoder.close())

// Token vectors by the reference implementation, without padding: see reference/README.md.
const golden = readSafetensors(read('reference/golden/minilm.safetensors')).tensors
const goldenText = JSON.parse(read('reference/golden/minilm.json').toString()) as {
  readonly sentences: number
  readonly encodings: readonly { text: string; ids: number[] }[]
}
const sentences = goldenText.encodings.slice(0, goldenText.sentences)

function goldenVectors(kind: 'original' | 'rounded', index: number): Float32Array {
  const tensor = golden.get(`${kind}.${index}`)
  if (!tensor) throw new Error(`the golden file has no ${kind}.${index}`)
  return tensorToFloat32(tensor)
}

function maxError(a: Float32Array, b: Float32Array): number {
  expect(a.length).toBe(b.length)
  return a.reduce((max, x, i) => Math.max(max, Math.abs(x - (b[i] ?? Number.NaN))), 0)
}

function cosine(a: Float32Array, b: Float32Array): number {
  const dot = (x: Float32Array, y: Float32Array) => x.reduce((sum, value, i) => sum + value * (y[i] ?? 0), 0)
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))
}

describe('MiniLM on our engine', () => {
  it('agrees with the reference on the same weights (16 bits, widened) to 1e-4', async () => {
    const errors: number[] = []
    for (const [index, { text, ids }] of sentences.entries()) {
      const encoded = await encoder.encode(text)
      expect(encoded.ids).toEqual(ids)
      errors.push(maxError(encoded.vectors, goldenVectors('rounded', index)))
    }
    // The order of 32-bit sums is all that may differ: 4e-6 was measured, on numbers up to 5.
    expect(Math.max(...errors)).toBeLessThan(1e-4)
  })

  // What shipping the published weights in 16 bits costs.
  it('keeps every token’s direction in spite of 16 bits: cosine to the original above 0.999', async () => {
    let worst = 1
    for (const [index, { text }] of sentences.entries()) {
      const { vectors, count } = await encoder.encode(text)
      const original = goldenVectors('original', index)
      expect(vectors.length).toBe(original.length)
      for (let token = 0; token < count; token++) {
        const [from, to] = [token * miniLm.width, (token + 1) * miniLm.width]
        worst = Math.min(worst, cosine(vectors.subarray(from, to), original.subarray(from, to)))
      }
    }
    expect(worst).toBeGreaterThan(0.999)
  })

  it('gives the same numbers whatever the padding', async () => {
    // A limit of 20 tokens makes a program of length 20; the other one pads the same text to 32.
    const short = createTextEncoder({ config: { ...miniLm, maxTokens: 20 }, weights, tokenizer, runtime })
    const text = 'A red fox runs through a snowy forest.'
    const [a, b] = [await short.encode(text), await encoder.encode(text)]
    await short.close()
    expect(maxError(a.vectors, b.vectors)).toBeLessThan(1e-5)
  })

  it('encodes long texts up to the limit, and warns of the rest', async () => {
    const text = Array.from({ length: 300 }, () => 'fox').join(' ')
    const { count, vectors, warnings } = await encoder.encode(text)
    expect(count).toBe(miniLm.maxTokens)
    expect(vectors).toHaveLength(miniLm.maxTokens * miniLm.width)
    expect(vectors.every(Number.isFinite)).toBe(true)
    expect(warnings).toMatchObject([{ type: 'text-cut' }])
  })

  it('takes calls at the same time, and stops those that are aborted', async () => {
    const reason = new Error('enough')
    const [a, b, c] = await Promise.allSettled([
      encoder.encode('A dog.'),
      encoder.encode('A cat.', { signal: AbortSignal.abort(reason) }),
      encoder.encode('A dog.'),
    ])
    expect(b).toEqual({ status: 'rejected', reason })
    expect(a.status === 'fulfilled' && c.status === 'fulfilled' && a.value.vectors).toEqual(
      c.status === 'fulfilled' && c.value.vectors,
    )
  })
})

describe('createTextEncoder', () => {
  it('refuses weights that do not fit', () => {
    const missing = new Map([...weights].slice(1))
    expect(() => createTextEncoder({ config: miniLm, weights: missing, tokenizer, runtime })).toThrow(
      expect.objectContaining({ code: 'E_WEIGHTS' }),
    )
    const config = { ...miniLm, vocabulary: 30_000 }
    expect(() => createTextEncoder({ config, weights, tokenizer, runtime })).toThrow(/30522.*30000/)
  })
})
