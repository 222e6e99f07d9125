import * as ort from 'onnxruntime-node'
import { describe, expect, test } from 'vitest'
import { normalArray } from '../util/random.ts'
import { inChunks } from './chunks.ts'
import { compile } from './compile.ts'
import { gradient, nodesBefore } from './gradient.ts'
import { add, exp, gelu, mul, sub } from './operations/elementwise.ts'
import { mean, sum } from './operations/reduce.ts'
import { floatsOf, localRuntime } from './session.ts'
import { type HostTensor, input, type Shape, sizeOf, type Tensor } from './tensor.ts'

const runtime = localRuntime(ort)
const large = [8, 128, 1024]
const numbers = (stream: number, shape: Shape): HostTensor => ({
  data: normalArray(7, stream, sizeOf(shape)),
  shape,
  dtype: 'f32',
})

const x = input('x', large)
const row = input('row', [1024])
const column = input('column', [8, 128, 1])
const feeds = { x: numbers(0, large), row: numbers(1, [1024]), column: numbers(2, [8, 128, 1]) }

/** The operations of every chunk of the nodes before a tensor. */
const chunksOf = (...tensors: Tensor[]): string[][] =>
  inChunks(nodesBefore(tensors)).flatMap((part) =>
    'nodes' in part ? [part.nodes.map(({ operation }) => operation.name)] : [],
  )

describe('which nodes make a chunk', () => {
  test('elementwise ones on a large tensor, with rows, columns and numbers', () => {
    expect(chunksOf(mul(add(exp(x), row), sub(x, column)))).toEqual([
      ['exp', 'add'],
      ['sub', 'mul'],
    ])
    expect(chunksOf(mul(sub(x, column), add(exp(x), row)))).toEqual([['exp', 'add', 'mul']])
  })

  test('none on small tensors, on few items, or alone', () => {
    const small = input('small', [8, 128, 512])
    const few = input('few', [4, 512, 1024])
    expect(chunksOf(exp(exp(small)), exp(exp(few)), exp(x))).toEqual([])
  })

  test('none that waits for what the chunk computes', () => {
    const e = exp(x)
    expect(chunksOf(mul(e, mean(e, [-1], { keepDims: true })))).toEqual([])
    const inner = mul(e, 2)
    expect(chunksOf(sub(inner, sum(inner)))).toEqual([['exp', 'mul']])
  })

  test('items of one tensor and rows of another stay apart', () => {
    const table = input('table', [8, 131072])
    expect(chunksOf(add(exp(exp(input('wide', [8, 8, 131072]))), exp(table)))).toEqual([['exp', 'exp']])
  })
})

test('chunks change no bit of a value or a gradient', async () => {
  const y = gelu(add(mul(x, column), row))
  const [dx] = gradient(sum(mul(y, add(y, 1))), [x])
  if (!dx) throw new Error('there is no gradient')
  expect(chunksOf(y, dx).length).toBeGreaterThan(0)
  const [got, expected] = await Promise.all(
    (['cpu', 'every-provider'] as const).map(async (kernels) => {
      const session = await runtime.open(compile({ y, dx }, { kernels }), { threads: 1 })
      const results = await session.run(feeds)
      await session.close()
      return results
    }),
  )
  for (const name of ['y', 'dx']) {
    const [a, b] = [got, expected].map((results) => floatsOf(results ?? {}, name))
    expect(a?.findIndex((n, i) => n !== b?.[i])).toBe(-1)
  }
})
