import * as ort from 'onnxruntime-node'
import { describe, expect, test } from 'vitest'
import { normalArray } from '../../util/random.ts'
import { compile } from '../compile.ts'
import { gradient } from '../gradient.ts'
import { localRuntime } from '../session.ts'
import { at, type HostTensor, input, type Kernels, type Shape, sizeOf, type Tensor } from '../tensor.ts'
import { type MatmulAttributes, matmul } from './contraction.ts'
import { mul } from './elementwise.ts'
import { difference } from './golden.ts'
import { transpose } from './layout.ts'
import { sum } from './reduce.ts'

const runtime = localRuntime(ort)
const numbers = (stream: number, shape: Shape): HostTensor => ({
  data: normalArray(5, stream, sizeOf(shape)),
  shape,
  dtype: 'f32',
})

const swapped = (shape: Shape): Shape => [...shape.slice(0, -2), at(shape, -1), at(shape, -2)]

interface Factors {
  readonly name: string
  readonly a: Shape
  readonly b: Shape
}

/** Shapes of the product's own factors, [..., M, K] and [..., K, N]. */
const factors: readonly Factors[] = [
  { name: 'matrices', a: [3, 4], b: [4, 5] },
  { name: 'a batch by a wide matrix', a: [2, 3, 4], b: [4, 5] },
  { name: 'a batch by a narrow matrix', a: [2, 3, 5], b: [5, 4] },
  { name: 'batches', a: [2, 3, 4, 2], b: [2, 3, 2, 5] },
  { name: 'batches that broadcast', a: [2, 1, 4, 2], b: [3, 2, 5] },
]
const flags = [
  [false, true],
  [true, false],
  [true, true],
] as const
const cases = factors.flatMap((one) =>
  flags.flatMap(([transposeA, transposeB]) =>
    [1, 0.5].map((scale) => ({ ...one, transposeA, transposeB, scale })),
  ),
)

describe.each<Kernels>(['every-provider', 'cpu'])('a product that transposes its factors: %s', (kernels) => {
  test.each(cases)('$name, $transposeA, $transposeB, scale $scale', async (one) => {
    const { a, b, ...attributes } = one
    const shapes = [one.transposeA ? swapped(a) : a, one.transposeB ? swapped(b) : b] as const
    const inputs = shapes.map((shape, i) => input(`in.${i}`, shape)) as [Tensor, Tensor]
    const feeds = Object.fromEntries(shapes.map((shape, i) => [`in.${i}`, numbers(i, shape)]))
    const outputs = {
      ...valueAndGradients('got', inputs, productOf(inputs, attributes)),
      ...valueAndGradients('expected', inputs, plainProduct(inputs, attributes)),
    }
    const session = await runtime.open(compile(outputs, { kernels }), { threads: 1 })
    const results = await session.run(feeds)
    await session.close()
    for (const part of ['value', 'a', 'b']) {
      const [got, expected] = [results[`got.${part}`], results[`expected.${part}`]]
      if (!got || !expected) throw new Error(`no ${part}`)
      expect(difference(got, expected, 1e-6), part).toBeNull()
    }
  })
})

test.each([
  { name: 'rows of a batch', a: [3, 256, 64], b: [64, 80], transposeB: false },
  { name: 'rows that no full cut divides', a: [6, 100, 64], b: [64, 80], transposeB: true },
  { name: 'rows that nothing divides', a: [521, 64], b: [64, 80], transposeB: false },
])('many rows: $name, by cuts that change no bit', async ({ a, b, transposeB }) => {
  const shapes = [a, transposeB ? swapped(b) : b]
  const [x, y] = shapes.map((shape, i) => input(`in.${i}`, shape)) as [Tensor, Tensor]
  const feeds = Object.fromEntries(shapes.map((shape, i) => [`in.${i}`, numbers(i, shape)]))
  const value = matmul(x, y, { transposeB })
  const [got, expected] = await Promise.all(
    (['cpu', 'every-provider'] as const).map(async (kernels) => {
      const session = await runtime.open(compile({ value }, { kernels }), { threads: 1 })
      const { value: result } = await session.run(feeds)
      await session.close()
      return result
    }),
  )
  expect(got?.shape).toEqual(value.shape)
  expect(got?.data).toEqual(expected?.data)
})

test.each([
  { name: 'more rows', a: [1024, 80], b: [1024, 64] },
  { name: 'more columns, scaled', a: [768, 64], b: [768, 80], scale: 0.5 },
  { name: 'rows that nothing divides', a: [521, 64], b: [521, 80] },
])('sums over many rows: $name', async ({ a, b, scale = 1 }) => {
  const inputs = [a, b].map((shape, i) => input(`in.${i}`, shape)) as [Tensor, Tensor]
  const feeds = Object.fromEntries([a, b].map((shape, i) => [`in.${i}`, numbers(i, shape)]))
  const attributes = { transposeA: true, transposeB: false, scale }
  const outputs = { got: productOf(inputs, attributes), expected: plainProduct(inputs, attributes) }
  const session = await runtime.open(compile(outputs, { kernels: 'cpu' }), { threads: 1 })
  const { got, expected } = await session.run(feeds)
  await session.close()
  if (!got || !expected) throw new Error('a product is missing')
  expect(difference(got, expected, 1e-5)).toBeNull()
})

const productOf = ([a, b]: [Tensor, Tensor], { transposeA, transposeB, scale }: MatmulAttributes): Tensor =>
  matmul(a, b, { transposeA, transposeB, scale })

/** The same by transposes and a multiplication of their own, which other tests check against PyTorch. */
const plainProduct = (
  [a, b]: [Tensor, Tensor],
  { transposeA, transposeB, scale }: MatmulAttributes,
): Tensor => mul(matmul(transposeA ? transpose(a) : a, transposeB ? transpose(b) : b), scale)

function valueAndGradients(name: string, inputs: [Tensor, Tensor], value: Tensor): Record<string, Tensor> {
  const [a, b] = gradient(sum(mul(value, value)), inputs)
  if (!a || !b) throw new Error('a gradient is missing')
  return { [`${name}.value`]: value, [`${name}.a`]: a, [`${name}.b`]: b }
}
