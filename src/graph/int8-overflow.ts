import { compile } from './compile.ts'
import { int8Limit, int8Product } from './operations/int8-product.ts'
import { floatsOf, hostTensor, type Runtime, type SessionOptions } from './session.ts'
import { input, parameter } from './tensor.ts'

const [rows, inner, columns] = [8, 64, 32]

/**
 * Which 8-bit products sessions need here: fast ones where they are right, and `exact` ones on processors whose fast ones
 * overflow. It is tried out, on numbers that are all as large as can be.
 */
export async function int8ProductsOf(runtime: Runtime): Promise<NonNullable<SessionOptions['int8Products']>> {
  const weights = new Map([
    [
      'w',
      { data: new Int8Array(inner * columns).fill(int8Limit), shape: [inner, columns], dtype: 'i8' as const },
    ],
    ['s', hostTensor(new Float32Array(columns).fill(1), [columns])],
  ])
  const x = input('x', [rows, inner])
  const y = int8Product(x, parameter('w', [inner, columns], 'i8'), parameter('s', [columns]))
  const session = await runtime.open(compile({ y }, { weights, kernels: 'cpu' }), {
    int8Products: 'fast',
    threads: 1,
  })
  try {
    const got = floatsOf(
      await session.run({ x: hostTensor(new Float32Array(rows * inner).fill(1), x.shape) }),
      'y',
    )
    const expected = inner * int8Limit
    return got.every((value) => Math.abs(value - expected) < 1e-3 * expected) ? 'fast' : 'exact'
  } finally {
    await session.close()
  }
}
