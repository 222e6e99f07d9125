import { latentSteps } from '../src/diffusion/index.ts'
import { interpolate, interpolatorMargin, toyboxInterpolator } from '../src/enhance/interpolator.ts'
import { toyboxUpscaler, upscale, upscalerMargin } from '../src/enhance/upscaler.ts'
import {
  compile,
  type Feeds,
  type HostTensor,
  hostIndices,
  hostTensor,
  input,
  matmul,
  type Shape,
  sizeOf,
  type Tensor,
} from '../src/graph/index.ts'
import { decode, encode, toyboxCodec } from '../src/models/codec.ts'
import { conditionFeeds, conditionInputs } from '../src/models/conditions.ts'
import { denoise, type ToldConditions, tell, toyboxDenoiser } from '../src/models/denoiser.ts'
import { openDenoiser } from '../src/models/denoiser-session.ts'
import { drawReference, referenceFeeds, referenceInputs, toyboxReference } from '../src/models/reference.ts'
import { type NetworkWeights, Parameters } from '../src/nn/index.ts'
import { loadWeights, weightFolder } from '../src/pipeline/weights.ts'
import { mainThreadRuntime } from '../src/runtime/node.ts'
import { readWeights } from '../src/runtime/weight-folder.ts'
import { bert, miniLm } from '../src/text/bert.ts'
import { normalArray } from '../src/util/random.ts'
import { countOperations } from './count.ts'

/** A network as it is run for a clip. */
export interface NetworkRun {
  readonly name: string
  /** Of one run, a multiplication and an addition counted as two. */
  readonly operations: number
  /** Runs a clip. */
  readonly times: number
  readonly run: () => Promise<unknown>
}

const runtime = await mainThreadRuntime()

const numbers = (shape: Shape): HostTensor => hostTensor(normalArray(1, 0, sizeOf(shape)), shape)

/**
 * What this machine can (a matrix product), and every network of a two-second clip of one actor, on one
 * thread. The mover is left out: it is too small to be seen.
 */
export async function filmNetworks(): Promise<NetworkRun[]> {
  const folder = weightFolder()
  const codec = await loadWeights(folder, 'codec')
  return [
    await program('matrix product', 0, new Map(), (p) => {
      const b = p.declare('b', [1024, 1024], { value: 0 })
      return [matmul(input('a', [512, 1024]), b), { a: numbers([512, 1024]) }]
    }),
    await program('words', 4, await readWeights(`${folder}/minilm`, 'model'), (p) => {
      const vectors = bert(p, input('ids', [1, 32], 'i64'), input('mask', [1, 32]), miniLm)
      return [vectors, { ids: hostIndices(new Array(32).fill(100), [1, 32]), mask: numbers([1, 32]) }]
    }),
    await program('two pictures', 1, await loadWeights(folder, 'reference'), drawPictures),
    await program('drafts of a chunk', 2, codec, (p) => {
      const shape = [4, 12, 128, 128]
      return [encode(p, toyboxCodec, input('pixels', shape)), { pixels: numbers(shape) }]
    }),
    ...(await paintChunk(await loadWeights(folder, 'denoiser'))),
    await program('four frames decoded', 7, codec, (p) => {
      const shape = [1, 64, 16, 16]
      const pixels = decode(p, toyboxCodec, input('latents', shape), input('previous', shape))
      return [pixels, { latents: numbers(shape), previous: numbers(shape) }]
    }),
    await program('a frame between', 23, await loadWeights(folder, 'interpolator'), (p) => {
      const side = 128 + 2 * interpolatorMargin(toyboxInterpolator)
      const shape = [1, 3, side, side]
      const { pixels } = interpolate(p, toyboxInterpolator, input('before', shape), input('after', shape))
      return [pixels, { before: numbers(shape), after: numbers(shape) }]
    }),
    await program('a frame enlarged', 48, await loadWeights(folder, 'upscaler'), (p) => {
      const side = 128 + 2 * upscalerMargin(toyboxUpscaler)
      const shape = [1, 3, side, side]
      return [upscale(p, toyboxUpscaler, input('pictures', shape)), { pictures: numbers(shape) }]
    }),
  ]
}

/** @param build the network's output and what it is fed; parameters without weights are fed, too */
async function program(
  name: string,
  times: number,
  weights: NetworkWeights,
  build: (p: Parameters) => readonly [Tensor, Feeds],
): Promise<NetworkRun> {
  const parameters = new Parameters()
  const [output, feeds] = build(parameters)
  const session = await runtime.open(compile({ output }, { weights }), { threads: 1 })
  const unknown = parameters.list.filter((one) => !weights.has(one.name))
  const all = { ...feeds, ...Object.fromEntries(unknown.map((one) => [one.name, numbers(one.shape)])) }
  return { name, times, operations: countOperations(output), run: () => session.run(all) }
}

function drawPictures(p: Parameters): readonly [Tensor, Feeds] {
  const items = (['actor', 'setting'] as const).map((kind) => ({
    text: { vectors: new Float32Array(0), count: 0 },
    kind,
    take: { view: 0, tone: 0 },
  }))
  return [
    drawReference(p, toyboxReference, referenceInputs(toyboxReference, 2)),
    referenceFeeds(toyboxReference, items),
  ]
}

/** The painter's two programs. */
async function paintChunk(weights: NetworkWeights): Promise<NetworkRun[]> {
  const config = toyboxDenoiser
  const shape = [1, config.frames, config.latentChannels, config.size, config.size]
  const conditions = { ...conditionInputs(config, 1), draft: input('draft', shape) }
  const told = countOperations(...tensorsOf(tell(new Parameters(), config, conditions)))
  const whole = countOperations(denoise(new Parameters(), config, input('latents', shape), conditions))
  const network = await openDenoiser(runtime, config, weights, { items: 1, watches: false, threads: 1 })
  const still = { centerX: 0.5, centerY: 0.5, width: 0.5, height: 0.5, facing: 1, phase: 0, presence: 1 }
  const states = new Array(config.frames * config.framesPerLatent).fill(still)
  const setting = { picture: null, states }
  const times = [0.5, 0.5, 0.5, 0.5]
  const item = { text: null, actors: [setting], setting, times, given: [0, 0, 0, 0] }
  const feeds = { ...conditionFeeds(config, [item]), draft: numbers(shape) }
  const latents = normalArray(2, 0, sizeOf(shape))
  await network.tell(feeds)
  return [
    { name: 'what a chunk is told', operations: told, times: 2, run: () => network.tell(feeds) },
    {
      name: 'a step of a chunk',
      operations: whole - told,
      times: 2 * latentSteps,
      run: () => network.predict(latents, Float32Array.from(times)),
    },
  ]
}

const tensorsOf = ({ cells, around, words }: ToldConditions): Tensor[] => [
  cells,
  around,
  ...words.flatMap(({ keys, values }) => [keys, values]),
]
