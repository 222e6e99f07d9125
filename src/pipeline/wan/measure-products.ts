import {
  compile,
  type Feeds,
  type HostTensor,
  hostTensor,
  input,
  int8Product,
  matmul,
  parameter,
  type Runtime,
  type SessionOptions,
  type Tensor,
} from '../../graph/index.ts'
import type { Precision } from '../options.ts'
import type { ProductSpeed } from './memory-plan.ts'

const [rows, inner, columns] = [512, 1536, 1536]

/** Measures what products of matrices take, by some of 20 ms. */
export async function measureProducts(
  runtime: Runtime,
  precision: Precision,
  session: SessionOptions,
): Promise<ProductSpeed> {
  const x = input('x', [rows, inner])
  const feeds = { x: hostTensor(new Float32Array(rows * inner).fill(0.5), [rows, inner]) }
  const numbers = hostTensor(new Float32Array(inner * columns).fill(0.5), [inner, columns])
  const attention = await speedOf(
    runtime,
    matmul(x, input('w', numbers.shape)),
    { ...feeds, w: numbers },
    session,
  )
  if (precision === 'f32') return { layers: attention, attention }
  const weights = new Map([
    ['w', { data: new Int8Array(inner * columns).fill(64), shape: [inner, columns], dtype: 'i8' as const }],
    ['s', hostTensor(new Float32Array(columns).fill(0.01), [columns])],
  ])
  const product = int8Product(x, parameter('w', [inner, columns], 'i8'), parameter('s', [columns]))
  return { layers: await speedOf(runtime, product, feeds, session, weights), attention }
}

/** Multiplications and additions a second of a product, the fastest of three. */
async function speedOf(
  runtime: Runtime,
  y: Tensor,
  feeds: Feeds,
  session: SessionOptions,
  weights: ReadonlyMap<string, HostTensor> = new Map(),
): Promise<number> {
  const kernels = (session.provider ?? 'cpu') === 'cpu' ? 'cpu' : 'every-provider'
  const opened = await runtime.open(compile({ y }, { weights, kernels }), session)
  let best = Number.POSITIVE_INFINITY
  for (let i = 0; i < 3; i++) {
    const start = performance.now()
    await opened.run(feeds)
    best = Math.min(best, performance.now() - start)
  }
  await opened.close()
  return (2 * rows * inner * columns) / (best / 1000)
}
