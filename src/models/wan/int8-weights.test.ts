import * as ort from 'onnxruntime-node'
import { afterAll, describe, expect, test } from 'vitest'
import {
  at,
  compile,
  constant,
  floatsOf,
  type HostTensor,
  hostTensor,
  input,
  localRuntime,
  sizeOf,
  sub,
} from '../../graph/index.ts'
import { emptyInt8Matrix, roundInto } from '../../graph/int8.ts'
import { readGoldenFile } from '../../graph/test-golden.ts'
import { type NetworkWeights, type ParameterDeclaration, Parameters, parameterCount } from '../../nn/index.ts'
import { normalArray } from '../../util/random.ts'
import type { WeightAdditions } from './additions.ts'
import { wanText1B } from './config.ts'
import { int8Products, isRounded, scaleName } from './int8-weights.ts'
import { parseWanTransformerConfig } from './published-config.ts'
import { rotaryTable } from './rotary-table.ts'
import { wanBlockAt } from './transformer.ts'
import { openWanTransformer, wanParameters } from './transformer-session.ts'

const runtime = localRuntime(ort)
afterAll(() => runtime.close())

/** Weights with matrices of the blocks in 8 bits. */
function rounded(weights: ReadonlyMap<string, HostTensor>): Map<string, HostTensor> {
  const result = new Map<string, HostTensor>()
  for (const [name, weight] of weights) {
    if (!isRounded(name, weight.shape)) result.set(name, weight)
    else {
      const [outputs, inputs] = [at(weight.shape, 0), at(weight.shape, 1)]
      const matrix = emptyInt8Matrix(inputs, outputs)
      roundInto(matrix, weight.data as Float32Array, 0)
      result.set(name, { data: matrix.data, shape: [inputs, outputs], dtype: 'i8' })
      result.set(scaleName(name), hostTensor(matrix.scales, [outputs]))
    }
  }
  return result
}

/** The error's size as a share of what is expected: of root mean squares. */
function relativeRms(got: ArrayLike<number>, expected: ArrayLike<number>): number {
  let [error, size] = [0, 0]
  for (let i = 0; i < expected.length; i++) {
    error += (at(got, i) - at(expected, i)) ** 2
    size += at(expected, i) ** 2
  }
  return Math.sqrt(error / size)
}

const golden = readGoldenFile('wan-transformer')

/** Films of one item without a picture. */
const films = [
  ['text', 'film'],
  ['text', 'small'],
  ['odd', 'tall'],
] as const

test.each(films)('%s/%s: a tiny network in 8 bits is within 1 % of itself in 32', async (network, film) => {
  const config = parseWanTransformerConfig(golden.configs[network], network)
  const weights = golden.under(`${network}/weights/`)
  const { x, time, text } = Object.fromEntries(golden.under(`${network}/${film}/`))
  if (!x || !time || !text) throw new Error('inputs are missing')
  const grid = x.shape.slice(2) as unknown as readonly [number, number, number]
  const predict = async (own: NetworkWeights): Promise<Float32Array> => {
    const options = { grid, textTokens: at(text.shape, 1), session: { threads: 1 } }
    const opened = openWanTransformer(runtime, config, own, options)
    const reading = await opened.read(text.data as Float32Array)
    const [velocity] = await opened.predict(x.data as Float32Array, Number(time.data[0]), [reading])
    await opened.close()
    return velocity ?? new Float32Array()
  }
  const error = relativeRms(await predict(rounded(weights)), await predict(weights))
  expect(error).toBeLessThan(0.01)
  // Nothing was rounded if there is no error.
  expect(error).toBeGreaterThan(0.001)
})

/** Some normal numbers: a block's 46 million of their own would take half a minute. */
const pool = normalArray(6, 0, 1_048_573)

/** First values of a weight, from the pool at a stride of its own. */
function initialOf({ shape, initial }: ParameterDeclaration, index: number): HostTensor {
  if ('value' in initial) return hostTensor(new Float32Array(sizeOf(shape)).fill(initial.value), shape)
  const data = new Float32Array(sizeOf(shape))
  const stride = 7919 + 2 * index
  for (let i = 0, from = 0; i < data.length; i++, from = (from + stride) % pool.length) {
    data[i] = (pool[from] ?? 0) * initial.deviation
  }
  return hostTensor(data, shape)
}

describe('a block of the 1.3B network with random weights', () => {
  const [tokens, words] = [64, 32]
  const width = wanText1B.heads * wanText1B.headWidth
  const grid = [4, 4, 4] as const

  /** What a block of these weights adds to its tokens. */
  const added = async (weights: NetworkWeights, feeds: Record<string, HostTensor>): Promise<Float32Array> => {
    const x = input('x', [1, tokens, width])
    const parameters = new Parameters('', new Map(), { product: int8Products(weights, new Map()) })
    const conditions = {
      time: constant(new Float32Array(width), [1, width]),
      modulation: input('modulation', [1, 6, width]),
      text: input('text', [1, words, width]),
      picture: null,
    }
    const table = rotaryTable(grid, wanText1B.headWidth)
    const y = sub(wanBlockAt(parameters, 0, x, conditions, table, wanText1B), x)
    const session = await runtime.open(compile({ y }, { weights, kernels: 'cpu' }))
    return floatsOf(await session.run(feeds).finally(() => session.close()), 'y')
  }

  const random = (stream: number, shape: readonly number[], deviation = 1): HostTensor =>
    hostTensor(
      normalArray(9, stream, sizeOf(shape)).map((n) => n * deviation),
      shape,
    )

  test('adds what it adds in 32 bits to within 2.5 %', { timeout: 120_000 }, async () => {
    const list = wanParameters(wanText1B).filter(({ name }) => name.startsWith('blocks.0.'))
    const weights = new Map(list.map((one, i) => [one.name, initialOf(one, i)]))
    const modulation = random(1, [1, 6, width], 0.3)
    const feeds = { x: random(0, [1, tokens, width]), modulation, text: random(2, [1, words, width]) }
    const exact = await added(weights, feeds)
    const inBits = rounded(weights)
    expect(relativeRms(await added(inBits, feeds), exact)).toBeLessThan(0.025)
  })
})

test('what is added to a rounded weight is multiplied beside it', async () => {
  const [inputs, outputs] = [40, 24]
  const normal = (stream: number, shape: readonly number[]) =>
    hostTensor(normalArray(4, stream, sizeOf(shape)), shape)
  const weights = rounded(new Map([['blocks.0.to_q.weight', normal(0, [outputs, inputs])]]))
  const [down, up, whole] = [normal(1, [3, inputs]), normal(2, [outputs, 3]), normal(3, [outputs, inputs])]
  const additions: WeightAdditions = new Map([
    [
      'blocks.0.to_q.weight',
      [
        { kind: 'low-rank', down, up, scale: 0.5 },
        { kind: 'full', value: whole, scale: -0.25 },
      ],
    ],
  ])
  const x = normal(4, [5, inputs])
  const product = async (own: WeightAdditions): Promise<Float32Array> => {
    const y = int8Products(weights, own)('blocks.0.to_q.weight', input('x', x.shape), outputs)
    if (!y) throw new Error('the weight is not rounded')
    const session = await runtime.open(compile({ y }, { weights }), { threads: 1 })
    return floatsOf(await session.run({ x }).finally(() => session.close()), 'y')
  }
  const alone = await product(new Map())
  const got = (await product(additions)).map((value, i) => value - at(alone, i))
  const expected = Float32Array.from(got, (_, i) => {
    const [row, column] = [Math.floor(i / outputs), i % outputs]
    let sum = 0
    for (let k = 0; k < inputs; k++) {
      let weight = -0.25 * Number(whole.data[column * inputs + k])
      for (let r = 0; r < 3; r++) {
        weight += 0.5 * Number(up.data[column * 3 + r]) * Number(down.data[r * inputs + k])
      }
      sum += weight * Number(x.data[row * inputs + k])
    }
    return sum
  })
  expect(relativeRms(got, expected)).toBeLessThan(1e-5)
})

test('matrices of blocks are rounded, and nothing else: 98 of 100 numbers of 1.3B', () => {
  const list = wanParameters(wanText1B)
  const chosen = list.filter(({ name, shape }) => isRounded(name, shape))
  expect(chosen).toHaveLength(30 * 10)
  expect(parameterCount(chosen) / parameterCount(list)).toBeCloseTo(0.98, 2)
  expect(isRounded('proj_out.weight', [64, 1536])).toBe(false)
  expect(isRounded('blocks.3.attn1.norm_q.weight', [1536])).toBe(false)
})
