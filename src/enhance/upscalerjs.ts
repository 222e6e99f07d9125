import { z } from 'zod'
import {
  add,
  at,
  concat,
  conv,
  type HostTensor,
  mul,
  relu,
  reshape,
  sizeOf,
  slice,
  sub,
  type Tensor,
  upsampleNearest,
} from '../graph/index.ts'
import { Parameters, type Weights } from '../nn/index.ts'
import { FramewrightError } from '../util/errors.ts'
import type { TileNetwork } from './tiles.ts'

/**
 * The network of `@upscalerjs/default-model` (MIT, Kevin Scott): a residual dense network (Zhang et al. 2018, arXiv
 * 1802.08797) of 222 thousand parameters that makes pictures twice as large. Its layers come from its `model.json`, as
 * TensorFlow.js writes them, and run on our own engine: TensorFlow.js is not needed.
 */
export const upscalerJsFactor = 2

/** How far it sees: its convolutions one after the other reach nine pixels and a half. */
const margin = 10

const layerSchema = z.looseObject({
  class_name: z.string(),
  name: z.string(),
  config: z.looseObject({
    filters: z.int().optional(),
    kernel_size: z.tuple([z.int(), z.int()]).optional(),
    activation: z.string().optional(),
    interpolation: z.string().optional(),
    size: z.tuple([z.int(), z.int()]).optional(),
  }),
  inbound_nodes: z.array(z.array(z.tuple([z.string(), z.number(), z.number(), z.unknown()]))),
})
type Layer = z.infer<typeof layerSchema>

const modelSchema = z.looseObject({
  modelTopology: z.looseObject({
    model_config: z.looseObject({
      config: z.looseObject({
        layers: z.array(layerSchema).min(1),
        output_layers: z.array(z.tuple([z.string(), z.number(), z.number()])).length(1),
      }),
    }),
  }),
  weightsManifest: z
    .array(
      z.looseObject({
        weights: z.array(
          z.looseObject({ name: z.string(), shape: z.array(z.int()), dtype: z.literal('float32') }),
        ),
      }),
    )
    .length(1),
})

/**
 * The network out of its two files, for `openUpscaler`.
 * @param model `model.json`, read as JSON
 * @param bytes of its one weight file
 * @throws FramewrightError E_WEIGHTS when they are not what they were when this was written
 */
export function upscalerJsNetwork(model: unknown, bytes: Uint8Array): TileNetwork {
  const parsed = modelSchema.safeParse(model)
  if (!parsed.success) throw unknownModel(parsed.error.issues[0]?.message ?? 'not as expected')
  const { layers, output_layers: outputs } = parsed.data.modelTopology.model_config.config
  const weights = readWeights(parsed.data.weightsManifest[0]?.weights ?? [], bytes)
  const last = outputs[0]?.[0] ?? ''
  return {
    factor: upscalerJsFactor,
    margin,
    cell: 1,
    forward: (pictures) => withoutMargin(run(layers, last, weights, pictures)),
    weights,
  }
}

/** Kernels [height, width, inputs, outputs] become [outputs, inputs, height, width]. */
function readWeights(
  list: readonly { readonly name: string; readonly shape: readonly number[] }[],
  bytes: Uint8Array,
): Weights {
  const total = list.reduce((sum, { shape }) => sum + sizeOf(shape), 0)
  if (bytes.length !== total * 4)
    throw unknownModel(`${bytes.length} bytes of weights, expected ${total * 4}`)
  // A copy: the file's bytes may lie anywhere, and numbers of four bytes may not.
  const numbers = new Float32Array(bytes.slice().buffer)
  const weights = new Map<string, HostTensor>()
  let from = 0
  for (const { name, shape } of list) {
    const size = sizeOf(shape)
    const data = numbers.slice(from, from + size)
    from += size
    const isKernel = shape.length === 4
    weights.set(name, isKernel ? turned(data, shape) : { data, shape, dtype: 'f32' })
  }
  return weights
}

function turned(data: Float32Array, shape: readonly number[]): HostTensor {
  const [height, width, inputs, outputs] = shape as [number, number, number, number]
  const cells = height * width
  const out = new Float32Array(data.length)
  for (let cell = 0; cell < cells; cell++) {
    for (let i = 0; i < inputs; i++) {
      for (let o = 0; o < outputs; o++) {
        out[(o * inputs + i) * cells + cell] = data[(cell * inputs + i) * outputs + o] ?? 0
      }
    }
  }
  return { data: out, shape: [outputs, inputs, height, width], dtype: 'f32' }
}

/** Pictures in [−1, 1] through the layers, which work on 0 to 255. */
function run(layers: readonly Layer[], last: string, weights: Weights, pictures: Tensor): Tensor {
  const p = new Parameters()
  const values = new Map<string, Tensor>()
  for (const layer of layers) {
    const inputs = layer.inbound_nodes.flatMap((node) => node.map(([name]) => tensorOf(values, name)))
    values.set(layer.name, inputs.length === 0 ? scaled(pictures) : apply(layer, inputs, p, weights))
  }
  return unscaled(tensorOf(values, last))
}

/** [−1, 1] ↔ 0 to 255. */
const scaled = (x: Tensor): Tensor => mul(add(x, 1), 127.5)
const unscaled = (x: Tensor): Tensor => sub(mul(x, 1 / 127.5), 1)

function withoutMargin(x: Tensor): Tensor {
  const room = margin * upscalerJsFactor
  return [2, 3].reduce((y, axis) => slice(y, axis, room, at(y.shape, axis) - room), x)
}

function apply(layer: Layer, inputs: readonly Tensor[], p: Parameters, weights: Weights): Tensor {
  const x = at(inputs, 0)
  const { activation = 'linear', kernel_size: kernel, interpolation, size } = layer.config
  switch (layer.class_name) {
    case 'Conv2D': {
      const shape = weights.get(`${layer.name}/kernel`)?.shape
      if (!shape || !kernel || activation !== 'linear') break
      const weight = p.declare(`${layer.name}/kernel`, shape, { value: 0 })
      const bias = p.declare(`${layer.name}/bias`, [at(shape, 0)], { value: 0 })
      const y = conv(x, weight, { padding: kernel.map((k) => (k - 1) / 2) })
      return add(y, reshape(bias, [at(shape, 0), 1, 1]))
    }
    case 'Activation':
      if (activation === 'relu') return relu(x)
      break
    case 'Concatenate':
      return concat(inputs, 1)
    case 'Add':
      return inputs.slice(1).reduce((sum, one) => add(sum, one), x)
    case 'UpSampling2D':
      if (interpolation === 'nearest' && size?.every((n) => n === upscalerJsFactor)) {
        return upsampleNearest(x, upscalerJsFactor)
      }
      break
  }
  throw unknownModel(`its layer "${layer.name}" (${layer.class_name}) is not known here`)
}

function tensorOf(values: ReadonlyMap<string, Tensor>, name: string): Tensor {
  const value = values.get(name)
  if (!value) throw unknownModel(`it uses "${name}" before it is made`)
  return value
}

function unknownModel(reason: string): FramewrightError {
  return new FramewrightError(
    'E_WEIGHTS',
    `@upscalerjs/default-model is not the version that is known here (1.0.0): ${reason}; use that, or --enhance toybox`,
  )
}
