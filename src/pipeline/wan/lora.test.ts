import { mkdtemp, rm, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { at, type HostTensor, hostTensor } from '../../graph/index.ts'
import { relativeError } from '../../graph/test-golden.ts'
import type { WeightAdditions } from '../../models/wan/additions.ts'
import { openWanTransformer } from '../../models/wan/transformer-session.ts'
import type { NetworkWeights } from '../../nn/index.ts'
import { mainThreadRuntime } from '../../runtime/node.ts'
import { readTensorFile, writeTensorFile } from '../../runtime/tensor-file.ts'
import { normalArray } from '../../util/random.ts'
import { openWanCheckpoint } from './checkpoint.ts'
import { readLoras } from './lora.ts'
import { tinyWan } from './test-tiny.ts'

const runtime = await mainThreadRuntime()
const { transformer } = await openWanCheckpoint(tinyWan)
const weights = new Map<string, HostTensor>()
for (const location of new Set([...transformer.weights.values()].map((weight) => weight.location))) {
  const { tensors } = await readTensorFile(join(transformer.weightFolder, location))
  for (const [name, tensor] of tensors) weights.set(name, tensor)
}

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framewright-lora-'))
})
afterAll(async () => {
  await rm(folder, { recursive: true })
  await runtime.close()
})

const rank = 2
const random = (stream: number, shape: readonly number[]): HostTensor =>
  hostTensor(
    normalArray(
      3,
      stream,
      shape.reduce((a, b) => a * b, 1),
    ),
    shape,
  )

/** Layers by their published names, and by those of two other layouts. */
const layers = [
  ['blocks.0.attn1.to_q', 'blocks.0.self_attn.q', 'blocks_0_self_attn_q'],
  ['blocks.2.attn2.to_out.0', 'blocks.2.cross_attn.o', 'blocks_2_cross_attn_o'],
  ['blocks.1.ffn.net.0.proj', 'blocks.1.ffn.0', 'blocks_1_ffn_0'],
  ['proj_out', 'head.head', 'head_head'],
] as const

const factors = new Map(
  layers.map(([name], i) => {
    const [outputs = 0, inputs = 0] = weights.get(`${name}.weight`)?.shape ?? []
    return [name, { down: random(2 * i, [rank, inputs]), up: random(2 * i + 1, [outputs, rank]) }] as const
  }),
)

/** The transformer's weights with the product added by hand. */
function merged(scale: number): Map<string, HostTensor> {
  const sum = new Map(weights)
  for (const [layer, { down, up }] of factors) {
    const weight = weights.get(`${layer}.weight`)
    if (!weight) throw new RangeError(`no ${layer}`)
    const [, inputs = 0] = weight.shape
    const data = (weight.data as Float32Array).map((value, i) => {
      const [row, column] = [Math.floor(i / inputs), i % inputs]
      let product = 0
      for (let r = 0; r < rank; r++) {
        product += Number(up.data[row * rank + r]) * Number(down.data[r * inputs + column])
      }
      return value + scale * product
    })
    sum.set(`${layer}.weight`, { ...weight, data })
  }
  return sum
}

async function predict(own: NetworkWeights, additions: WeightAdditions = new Map()): Promise<HostTensor> {
  const grid = [2, 2, 4] as const
  const options = { grid, textTokens: 3, resident: 2, additions, session: { threads: 1 } }
  const network = openWanTransformer(runtime, transformer.config, own, options)
  const reading = await network.read(normalArray(9, 0, 3 * transformer.config.textWidth))
  const [velocity] = await network.predict(normalArray(9, 1, 16 * 16), 500, [reading])
  await network.close()
  return hostTensor(velocity ?? new Float32Array(), [1, 16, ...grid])
}

const alpha = hostTensor(Float32Array.of(1), [])

const layouts: Readonly<
  Record<string, { readonly scale: number; readonly tensors: () => Map<string, HostTensor> }>
> = {
  'diffusers and PEFT': {
    scale: 1,
    tensors: () =>
      named(0, (layer) => [`transformer.${layer}.lora_A.weight`, `transformer.${layer}.lora_B.weight`]),
  },
  'Wan’s own names, with alpha': {
    scale: 1 / rank,
    tensors: () =>
      named(
        1,
        (layer) => [`diffusion_model.${layer}.lora_down.weight`, `diffusion_model.${layer}.lora_up.weight`],
        (layer) => `diffusion_model.${layer}.alpha`,
      ),
  },
  'musubi-tuner': {
    scale: 1 / rank,
    tensors: () =>
      named(
        2,
        (layer) => [`lora_unet_${layer}.lora_down.weight`, `lora_unet_${layer}.lora_up.weight`],
        (layer) => `lora_unet_${layer}.alpha`,
      ),
  },
}

function named(
  column: 0 | 1 | 2,
  keys: (layer: string) => readonly [string, string],
  alphaKey?: (layer: string) => string,
): Map<string, HostTensor> {
  const tensors = new Map<string, HostTensor>()
  for (const names of layers) {
    const factor = factors.get(names[0])
    if (!factor) throw new RangeError(names[0])
    const [down, up] = keys(names[column])
    tensors.set(down, factor.down)
    tensors.set(up, factor.up)
    if (alphaKey) tensors.set(alphaKey(names[column]), alpha)
  }
  return tensors
}

test.each(Object.entries(layouts))(
  '%s: as if its product had been added to the weights',
  async (name, layout) => {
    const path = join(folder, `${name}.safetensors`)
    await writeTensorFile(path, layout.tensors(), {}, 'F32')
    const strength = 0.7
    const additions = await readLoras([{ path, strength }], transformer.config)
    const expected = await predict(merged(strength * layout.scale))
    expect(relativeError(await predict(weights, additions), expected)).toBeLessThan(1e-5)
    expect(relativeError(await predict(weights), expected)).toBeGreaterThan(0.01)
  },
)

test('several are added together, and whole differences too', async () => {
  const path = join(folder, 'a.safetensors')
  await writeTensorFile(path, at(Object.values(layouts), 0).tensors(), {}, 'F32')
  const twice = await readLoras(
    [
      { path, strength: 0.5 },
      { path, strength: -0.2 },
    ],
    transformer.config,
  )
  expect(relativeError(await predict(weights, twice), await predict(merged(0.3)))).toBeLessThan(1e-5)
  const whole = join(folder, 'b.safetensors')
  const difference = random(50, weights.get('proj_out.weight')?.shape ?? [])
  await writeTensorFile(whole, new Map([['diffusion_model.head.head.diff', difference]]), {}, 'F32')
  const additions = await readLoras([{ path: whole, strength: 2 }], transformer.config)
  const sum = Array.from(
    weights.get('proj_out.weight')?.data as Float32Array,
    (v, i) => v + 2 * Number(difference.data[i]),
  )
  const own = new Map(weights).set('proj_out.weight', { ...difference, data: Float32Array.from(sum) })
  expect(relativeError(await predict(weights, additions), await predict(own))).toBeLessThan(1e-5)
})

test('a LoRA for another model, half of one, a checkpoint and a pickle are refused with what is wrong', async () => {
  const path = join(folder, 'wrong.safetensors')
  const write = (tensors: Record<string, HostTensor>) =>
    writeTensorFile(path, new Map(Object.entries(tensors)), {}, 'F32')
  const read = () => readLoras([{ path, strength: 1 }], transformer.config)
  const pair = { down: random(1, [rank, 99]), up: random(2, [99, rank]) }
  await write({
    'blocks.0.attn1.to_q.lora_A.weight': pair.down,
    'blocks.0.attn1.to_q.lora_B.weight': pair.up,
  })
  await expect(read()).rejects.toThrow(
    /no LoRA for this model \(blocks\.0\.attn1\.to_q\.weight is 28×28, not 99×2 · 2×99\)/,
  )
  await write({
    'single_blocks.0.linear1.lora_A.weight': pair.down,
    'single_blocks.0.linear1.lora_B.weight': pair.up,
  })
  await expect(read()).rejects.toThrow(/there is no single_blocks\.0\.linear1\.weight/)
  await write({ 'blocks.0.attn1.to_q.lora_A.weight': pair.down })
  await expect(read()).rejects.toThrow(/to_q is not whole/)
  await write({ 'blocks.0.attn1.to_q.weight': pair.down })
  await expect(read()).rejects.toThrow(/blocks\.0\.attn1\.to_q\.weight is unknown/)
  await truncate(path, 100)
  await expect(read()).rejects.toThrow(/wrong\.safetensors: .*truncated or damaged/)
  await expect(readLoras([{ path: 'a.pt', strength: 1 }], transformer.config)).rejects.toThrow(/pickle/)
})
