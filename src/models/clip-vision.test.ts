import * as ort from 'onnxruntime-node'
import { afterAll, expect, test } from 'vitest'
import { input, localRuntime } from '../graph/index.ts'
import { readGoldenFile, relativeError } from '../graph/test-golden.ts'
import { Parameters, parameterCount } from '../nn/index.ts'
import { clipTokens, clipVision, clipVitH14 } from './clip-vision.ts'
import { parseClipPreparation, parseClipVisionConfig } from './clip-vision-config.ts'
import { checkClipWeights, clipVisionName, encodeWithClip } from './clip-vision-session.ts'

const golden = readGoldenFile('wan-image')
const runtime = localRuntime(ort)
afterAll(() => runtime.close())

const networks = ['vit-h', 'openai']

const weightsOf = (network: string) =>
  new Map([...golden.under(`${network}/weights/`)].map(([name, value]) => [clipVisionName(name), value]))

test.each(networks)('%s: what the last layer is given is that of transformers', async (network) => {
  const config = parseClipVisionConfig(golden.configs[network], network)
  const weights = weightsOf(network)
  checkClipWeights(config, weights, network)
  const tokens = await encodeWithClip(
    { config, weights, runtime, session: { threads: 1 } },
    golden.get(`${network}/pixels`),
  )
  expect(relativeError(tokens, golden.get(`${network}/out`))).toBeLessThan(2e-5)
})

test('weights of another network are refused, with all that is wrong', () => {
  const config = parseClipVisionConfig(golden.configs['vit-h'], 'config.json')
  expect(() => checkClipWeights(config, weightsOf('openai'), 'this file')).toThrow(
    /this file does not fit the network \(missing: .*encoder\.layers\.2.* of another shape: /,
  )
  const without = weightsOf('vit-h')
  without.delete('embeddings.class_embedding')
  without.set('encoder.layers.9.mlp.fc1.bias', golden.get('vit-h/out'))
  expect(() => checkClipWeights(config, without, 'f')).toThrow(
    /missing: embeddings\.class_embedding; unexpected: encoder\.layers\.9\.mlp\.fc1\.bias/,
  )
})

test('a config.json of another network is refused, with what is wrong', () => {
  const published = golden.configs['vit-h'] as object
  expect(() => parseClipVisionConfig({ ...published, hidden_act: 'relu' }, 'config.json')).toThrow(
    /config\.json describes no picture encoder .*hidden_act/,
  )
  expect(() => parseClipVisionConfig({ ...published, num_attention_heads: 5 }, 'c')).toThrow(/by 5 heads/)
  const preparation = golden.configs['prepare/wide'] as object
  expect(() => parseClipPreparation({ ...preparation, do_normalize: false }, 'c')).toThrow(/do_normalize/)
  expect(() => parseClipPreparation({ ...preparation, resample: 0 }, 'c')).toThrow(/resample/)
})

test('ViT-H/14 gives 257 vectors of 1280, by 611 million weights before the last layer', () => {
  const parameters = new Parameters()
  const side = clipVitH14.imageSize
  const out = clipVision(parameters, input('pixels', [1, 3, side, side]), clipVitH14)
  expect(out.shape).toEqual([1, 257, 1280])
  expect(clipTokens(clipVitH14)).toBe(257)
  // Of all 630,766,080 of the published encoder, its last layer’s 19,677,440 and its last norm’s 2,560 are not used.
  expect(parameterCount(parameters.list)).toBe(630_766_080 - 19_677_440 - 2_560)
})
