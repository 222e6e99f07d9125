import * as ort from 'onnxruntime-node'
import { expect, test } from 'vitest'
import { normalArray } from '../util/random.ts'
import { compile } from './compile.ts'
import { int8ProductsOf } from './int8-overflow.ts'
import { int8Product } from './operations/int8-product.ts'
import { floatsOf, hostTensor, localRuntime, type Runtime, type SessionOptions } from './session.ts'
import { input, parameter } from './tensor.ts'

const runtime = localRuntime(ort)

/** The same, on a processor that adds pairs of 8-bit products in 16 bits: whatever is above its largest number is that. */
const overflowing: Runtime = {
  close: () => runtime.close(),
  open: async (program, options = {}) => {
    const session = await runtime.open(program, options)
    const isFast = options.int8Products !== 'exact'
    return {
      ...session,
      close: () => session.close(),
      run: async (feeds) => {
        const { y } = await session.run(feeds)
        if (!y) throw new Error('there is no output')
        const pair = (2 ** 15 - 1) / (2 * 255 * 127)
        return { y: isFast ? { ...y, data: (y.data as Float32Array).map((value) => value * pair) } : y }
      },
    }
  },
}

test('a processor whose fast products overflow is found out', async () => {
  expect(await int8ProductsOf(overflowing)).toBe('exact')
})

test('what is chosen here gives the numbers that the exact products give', async () => {
  const chosen = await int8ProductsOf(runtime)
  const [rows, inner, columns] = [16, 96, 40]
  const weights = new Map([
    [
      'w',
      {
        data: Int8Array.from(normalArray(1, 0, inner * columns), (n) =>
          Math.max(-127, Math.min(127, 90 * n)),
        ),
        shape: [inner, columns],
        dtype: 'i8' as const,
      },
    ],
    ['s', hostTensor(new Float32Array(columns).fill(0.01), [columns])],
  ])
  const product = int8Product(
    input('x', [rows, inner]),
    parameter('w', [inner, columns], 'i8'),
    parameter('s', [columns]),
  )
  const run = async (int8Products: NonNullable<SessionOptions['int8Products']>): Promise<Float32Array> => {
    const session = await runtime.open(compile({ y: product }, { weights, kernels: 'cpu' }), { int8Products })
    const x = hostTensor(normalArray(1, 1, rows * inner), [rows, inner])
    return floatsOf(await session.run({ x }).finally(() => session.close()), 'y')
  }
  expect(await run(chosen)).toEqual(await run('exact'))
})
