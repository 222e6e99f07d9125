import {
  at,
  compile,
  floatsOf,
  type HostTensor,
  hostTensor,
  input,
  type Runtime,
  type SessionOptions,
} from '../graph/index.ts'
import { type NetworkWeights, type ParameterDeclaration, Parameters } from '../nn/index.ts'
import { type T5Config, t5Encoder, t5Layer } from './t5.ts'

/** An encoder whose layers come into memory one after another: umT5-XXL's take 23 GB together, 0.8 GB alone. */
export interface T5Source {
  readonly config: T5Config
  readonly weights: NetworkWeights
  readonly runtime: Runtime
  readonly session?: SessionOptions
  /** Rows of the table of tokens, [ids, width]: the table is the largest tensor, and a text needs a few of its rows. */
  readonly readRows: (ids: readonly number[]) => Promise<Float32Array>
}

/** A text's tokens as vectors [tokens, width]. */
export interface T5Vectors {
  readonly tokens: number
  readonly data: Float32Array
}

/** What an encoder declares. */
export function t5Parameters(config: T5Config): readonly ParameterDeclaration[] {
  const parameters = new Parameters()
  t5Encoder(parameters, input('ids', [1, 1], 'i64'), input('mask', [1, 1]), config)
  return parameters.list
}

/**
 * Encodes texts together, each layer opened once, run, and closed again.
 * @param texts ids of each text, special tokens included
 * @param options onLayer is told how many layers are done
 */
export async function encodeWithT5(
  { config, weights, runtime, session = {}, readRows }: T5Source,
  texts: readonly (readonly number[])[],
  options: {
    readonly signal?: AbortSignal
    readonly onLayer?: (layer: number, layers: number) => void
  } = {},
): Promise<T5Vectors[]> {
  const { width, layers } = config
  const tokens = Math.max(...texts.map(({ length }) => length))
  const shape = [texts.length, tokens, width]
  let x = hostTensor(await firstVectors(texts, tokens, width, readRows), shape)
  const mask = hostTensor(
    Float32Array.from({ length: texts.length * tokens }, (_, i) =>
      i % tokens < at(texts, Math.floor(i / tokens)).length ? 1 : 0,
    ),
    [texts.length, tokens],
  )
  for (let i = 0; i < layers; i++) {
    options.signal?.throwIfAborted()
    const y = t5Layer(new Parameters(), input('x', shape), input('mask', mask.shape), i, config)
    const opened = await runtime.open(compile({ y }, { weights }), session)
    try {
      x = hostTensor(floatsOf(await opened.run({ x, mask }), 'y'), shape)
    } finally {
      await opened.close()
    }
    options.onLayer?.(i + 1, layers)
  }
  return texts.map(({ length }, i) => textVectors(x, i, length, tokens * width))
}

async function firstVectors(
  texts: readonly (readonly number[])[],
  tokens: number,
  width: number,
  readRows: T5Source['readRows'],
): Promise<Float32Array> {
  const data = new Float32Array(texts.length * tokens * width)
  for (const [i, ids] of texts.entries()) data.set(await readRows(ids), i * tokens * width)
  return data
}

function textVectors(x: HostTensor, index: number, tokens: number, stride: number): T5Vectors {
  const width = at(x.shape, 2)
  const data = (x.data as Float32Array).slice(index * stride, index * stride + tokens * width)
  return { tokens, data }
}
