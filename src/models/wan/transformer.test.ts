import * as ort from 'onnxruntime-node'
import { afterAll, expect, test } from 'vitest'
import { at, compile, type HostTensor, input, localRuntime } from '../../graph/index.ts'
import { readGoldenFile, relativeError } from '../../graph/test-golden.ts'
import { checkWeights, Parameters, parameterCount } from '../../nn/index.ts'
import { type WanTransformerConfig, wanImage14B, wanText1B, wanText14B } from './config.ts'
import { parseWanTransformerConfig } from './published-config.ts'
import { wanTransformer } from './transformer.ts'

const golden = readGoldenFile('wan-transformer')
const runtime = localRuntime(ort)
afterAll(() => runtime.close())

const cases = golden.names.flatMap((name) => {
  const [network = '', film = '', last] = name.split('/')
  return last === 'out' ? [[network, film] as const] : []
})

/** How many vectors of text an image-to-video network of diffusers is always given: zeros behind its own. */
const textTokens = 512

function padText({ data, shape }: HostTensor): HostTensor {
  const width = at(shape, 2)
  const padded = new Float32Array(textTokens * width)
  padded.set(data as Float32Array)
  return { data: padded, shape: [1, textTokens, width], dtype: 'f32' }
}

test.each(cases)('%s/%s: velocities are those of diffusers', async (network, film) => {
  const config = parseWanTransformerConfig(golden.configs[network], network)
  const weights = golden.under(`${network}/weights/`)
  const feeds = Object.fromEntries(golden.under(`${network}/${film}/`))
  const { x, time, image } = feeds as Record<string, HostTensor>
  const text = image ? padText(feeds.text as HostTensor) : feeds.text
  if (!x || !time || !text) throw new Error('inputs are missing')
  const parameters = new Parameters()
  const inputs = {
    x: input('x', x.shape),
    times: input('times', time.shape),
    text: input('text', text.shape),
    picture: image ? input('picture', image.shape) : null,
  }
  const velocity = wanTransformer(parameters, inputs, config)
  checkWeights(parameters.list, weights, network)
  const session = await runtime.open(compile({ velocity }, { weights }), { threads: 1 })
  const { velocity: got } = await session.run({ x, times: time, text, ...(image ? { picture: image } : {}) })
  await session.close()
  if (!got) throw new Error('no velocity')
  expect(relativeError(got, golden.get(`${network}/${film}/out`))).toBeLessThan(2e-5)
})

test.each([
  ['1.3B', wanText1B, 1_418_996_800],
  ['14B', wanText14B, 14_288_491_584],
] as const)('%s has as many weights as its published file', (_name, config, count) => {
  const parameters = new Parameters()
  const [x, text] = [input('x', [1, 16, 1, 2, 2]), input('text', [1, 1, 4096])]
  wanTransformer(parameters, { x, times: input('times', [1]), text, picture: null }, config)
  expect(parameterCount(parameters.list)).toBe(count)
})

test('latents that are not made of patches, and pictures that are missing or too many, are refused', () => {
  const [times, text] = [input('times', [1]), input('text', [1, 1, 4096])]
  const refuse = (
    channels: number,
    width: number,
    tokens: number,
    config: WanTransformerConfig,
    pattern: RegExp,
  ) => {
    const x = input('x', [1, channels, 1, 2, width])
    const picture = tokens > 0 ? input('picture', [1, tokens, 1280]) : null
    expect(() => wanTransformer(new Parameters(), { x, times, text, picture }, config)).toThrow(pattern)
  }
  refuse(16, 3, 0, wanText1B, /1×16×1×2×3.*patches of 1×2×2/)
  refuse(16, 2, 257, wanText1B, /no picture/)
  refuse(36, 2, 0, wanImage14B, /features of a picture/)
})

test('a config.json of another network is refused, with what is wrong', () => {
  const text = golden.configs.text as object
  const image = golden.configs.image as object
  const refused = (json: unknown, pattern: RegExp) =>
    expect(() => parseWanTransformerConfig(json, 'config.json')).toThrow(pattern)
  refused({ ...text, _class_name: 'FluxTransformer2DModel' }, /config\.json.*_class_name/)
  refused({ ...text, patch_size: [1, 2] }, /patch_size/)
  refused({ ...image, added_kv_proj_dim: 5 }, /added_kv_proj_dim is 5/)
  refused({ ...image, image_dim: null }, /added_kv_proj_dim/)
  const expected = parseWanTransformerConfig(text, 'config.json')
  for (const norm of ['rms_norm', null]) {
    expect(parseWanTransformerConfig({ ...text, qk_norm: norm }, 'config.json')).toEqual(expected)
  }
})
