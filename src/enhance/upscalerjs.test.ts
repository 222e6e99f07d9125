import { afterAll, expect, test } from 'vitest'
import { mainThreadRuntime } from '../runtime/node.ts'
import { noise } from './test-frames.ts'
import { openUpscaler } from './tiles.ts'
import { upscalerJsNetwork } from './upscalerjs.ts'

const runtime = await mainThreadRuntime()
afterAll(() => runtime.close())

const layer = (kind: string, name: string, inputs: readonly string[], config: object = {}) => ({
  class_name: kind,
  name,
  config,
  inbound_nodes: inputs.length === 0 ? [] : [inputs.map((input) => [input, 0, 0, {}])],
})
const convolution = { filters: 3, kernel_size: [3, 3], activation: 'linear' }

/** A network as TensorFlow.js writes it: the picture one pixel to the left, added to itself, twice as large. */
function tinyModel(): { readonly model: object; readonly bytes: Uint8Array } {
  const kernel = new Float32Array(3 * 3 * 3 * 3)
  // [row, column, input, output]: the pixel to the right.
  for (let c = 0; c < 3; c++) kernel[((1 * 3 + 2) * 3 + c) * 3 + c] = 0.5
  const numbers = new Float32Array([...kernel, 1, 2, 3])
  const layers = [
    layer('InputLayer', 'LR', []),
    layer('Conv2D', 'move', ['LR'], convolution),
    layer('Activation', 'positive', ['move'], { activation: 'relu' }),
    layer('Add', 'both', ['positive', 'positive']),
    layer('UpSampling2D', 'large', ['both'], { size: [2, 2], interpolation: 'nearest' }),
  ]
  return {
    model: {
      modelTopology: { model_config: { config: { layers, output_layers: [['large', 0, 0]] } } },
      weightsManifest: [
        {
          weights: [
            { name: 'move/kernel', shape: [3, 3, 3, 3], dtype: 'float32' },
            { name: 'move/bias', shape: [3], dtype: 'float32' },
          ],
        },
      ],
    },
    bytes: new Uint8Array(numbers.buffer),
  }
}

test('layers and weights of TensorFlow.js mean here what they mean there', async () => {
  const { model, bytes } = tinyModel()
  const upscaler = openUpscaler(runtime, upscalerJsNetwork(model, bytes), { threads: 1 })
  const small = noise(2, { count: 1, width: 6, height: 5, channels: 3, fps: 12 })
  const large = await upscaler.upscale(small)
  await upscaler.close()
  expect([large.width, large.height]).toEqual([12, 10])
  for (let y = 0; y < 10; y++) {
    for (let x = 0; x < 12; x++) {
      for (let c = 0; c < 3; c++) {
        const right = Math.min(5, (x >> 1) + 1)
        const source = small.data[((y >> 1) * 6 + right) * 3 + c] ?? 0
        const expected = Math.min(255, source + 2 * (c + 1))
        expect(Math.abs((large.data[(y * 12 + x) * 3 + c] ?? 0) - expected)).toBeLessThanOrEqual(1)
      }
    }
  }
})

test('another version of the package is told apart', () => {
  const { model, bytes } = tinyModel()
  expect(() => upscalerJsNetwork({}, bytes)).toThrow(/not the version that is known here/)
  expect(() => upscalerJsNetwork(model, bytes.subarray(4))).toThrow(/332 bytes of weights, expected 336/)
})
