import { compile, hostTensor, input, matmul, type Runtime, type SessionOptions } from '../../graph/index.ts'

/** Multiplications and additions a second, by a product that takes some 20 ms. */
export async function measureProducts(runtime: Runtime, session: SessionOptions): Promise<number> {
  const [rows, inner, columns] = [512, 1536, 1536]
  const y = matmul(input('a', [rows, inner]), input('b', [inner, columns]))
  const opened = await runtime.open(compile({ y }), session)
  const feeds = {
    a: hostTensor(new Float32Array(rows * inner).fill(0.5), [rows, inner]),
    b: hostTensor(new Float32Array(inner * columns).fill(0.5), [inner, columns]),
  }
  let best = Number.POSITIVE_INFINITY
  for (let i = 0; i < 3; i++) {
    const start = performance.now()
    await opened.run(feeds)
    best = Math.min(best, performance.now() - start)
  }
  await opened.close()
  return (2 * rows * inner * columns) / (best / 1000)
}
