import * as ort from 'onnxruntime-node'
import { afterAll, expect, test } from 'vitest'
import { compile, input, localRuntime } from '../graph/index.ts'
import { readGoldenFile, relativeError } from '../graph/test-golden.ts'
import { checkWeights, Parameters } from '../nn/index.ts'
import { distanceBucket, t5Encoder, umT5Xxl } from './t5.ts'
import { parseT5Config } from './t5-config.ts'

const golden = readGoldenFile('wan-text')
const kinds = readGoldenFile('wan-text-kinds')
const runtime = localRuntime(ort)
afterAll(() => runtime.close())

const networks = Object.keys(golden.configs)
const cases = [golden, kinds].flatMap((file) =>
  file.names.flatMap((name) => {
    const [network = '', text = '', last] = name.split('/')
    return last === 'out' ? [[network, text, file] as const] : []
  }),
)

test.each(cases)('%s/%s: hidden states are those of transformers', async (network, text, golden) => {
  const config = parseT5Config(golden.configs[network], network)
  const weights = golden.under(`${network}/weights/`)
  const [ids, mask] = [golden.get(`${network}/${text}/ids`), golden.get(`${network}/${text}/mask`)]
  const parameters = new Parameters()
  const states = t5Encoder(parameters, input('ids', ids.shape, 'i64'), input('mask', mask.shape), config)
  checkWeights(parameters.list, weights, network)
  const session = await runtime.open(compile({ states }, { weights }), { threads: 1 })
  const { states: got } = await session.run({ ids, mask })
  await session.close()
  if (!got) throw new Error('no states')
  expect(relativeError(got, golden.get(`${network}/${text}/out`))).toBeLessThan(2e-5)
})

test.each(networks)('%s: every distance is of the kind that transformers says', (network) => {
  const config = parseT5Config(golden.configs[network], network)
  const expected = [...golden.get(`buckets.${network}`).data].map(Number)
  const got = expected.map((_, i) => distanceBucket(i - 200, config))
  expect(got).toEqual(expected)
})

test('a config.json of another network is refused, with what is wrong', () => {
  const published = golden.configs.umt5 as object
  expect(() => parseT5Config({ ...published, model_type: 'bert' }, 'config.json')).toThrow(
    /config\.json.*model_type/,
  )
  expect(() => parseT5Config({ ...published, d_kv: 0 }, 'config.json')).toThrow(/d_kv/)
  expect(() => parseT5Config({ ...published, feed_forward_proj: 'gated-tanh' }, 'c')).toThrow(
    /feed_forward_proj/,
  )
  expect(() => parseT5Config(null, 'c')).toThrow(expect.objectContaining({ code: 'E_WEIGHTS' }))
})

test('umT5-XXL’s encoder has 5.68 thousand million weights', () => {
  const parameters = new Parameters()
  t5Encoder(parameters, input('ids', [1, 2], 'i64'), input('mask', [1, 2]), umT5Xxl)
  const count = parameters.list.reduce((n, { shape }) => n + shape.reduce((a, b) => a * b, 1), 0)
  expect(count).toBe(5_680_910_336)
})
