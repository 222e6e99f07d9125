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
  const shape = [1, tokens, width]
  // One after the other through each layer: what a layer works in grows with the texts that go together.
  let states: HostTensor[] = []
  for (const ids of texts) states.push(hostTensor(padded(await readRows(ids), tokens * width), shape))
  const masks = texts.map(({ length }) =>
    hostTensor(padded(new Float32Array(length).fill(1), tokens), [1, tokens]),
  )
  for (let i = 0; i < layers; i++) {
    const y = t5Layer(new Parameters(), input('x', shape), input('mask', [1, tokens]), i, config)
    options.signal?.throwIfAborted()
    const opened = await runtime.open(compile({ y }, { weights }), session)
    try {
      const next: HostTensor[] = []
      for (const [text, x] of states.entries()) {
        options.signal?.throwIfAborted()
        next.push(hostTensor(floatsOf(await opened.run({ x, mask: at(masks, text) }), 'y').slice(), shape))
      }
      states = next
    } finally {
      await opened.close()
    }
    options.onLayer?.(i + 1, layers)
  }
  return texts.map(({ length }, i) => {
    return { tokens: length, data: (at(states, i).data as Float32Array).slice(0, length * width) }
  })
}

/** Numbers with zeros behind them. */
function padded(values: Float32Array, length: number): Float32Array {
  const all = new Float32Array(length)
  all.set(values)
  return all
}
