import * as ort from 'onnxruntime-node'
import { expect, test } from 'vitest'
import { normalArray } from '../../util/random.ts'
import { compile } from '../compile.ts'
import { hostTensor, localRuntime } from '../session.ts'
import { type HostTensor, input, type Kernels, parameter } from '../tensor.ts'
import { difference } from './golden.ts'
import { int8Product } from './int8-product.ts'

const runtime = localRuntime(ort)
const [rows, inner, columns] = [40, 300, 70]
const weights: HostTensor = {
  data: Int8Array.from(normalArray(1, 0, inner * columns), (n) => Math.max(-127, Math.min(127, 60 * n))),
  shape: [inner, columns],
  dtype: 'i8',
}
const scales = hostTensor(
  normalArray(1, 1, columns).map((n) => 0.01 + 0.001 * n),
  [columns],
)
const x = hostTensor(normalArray(1, 2, rows * inner), [2, rows / 2, inner])

const product = () =>
  int8Product(input('x', x.shape), parameter('w', weights.shape, 'i8'), parameter('s', scales.shape))

async function run(kernels: Kernels, constants: ReadonlyMap<string, HostTensor>): Promise<HostTensor> {
  const session = await runtime.open(compile({ y: product() }, { kernels, weights: constants }), {
    threads: 1,
  })
  const fed = constants.size === 0 ? { w: weights, s: scales } : {}
  const { y } = await session.run({ x, ...fed }).finally(() => session.close())
  if (!y) throw new Error('there is no output')
  return y
}

const constants = new Map([
  ['w', weights],
  ['s', scales],
])

test('weights of the program, which the kernel packs, give what weights that are fed give', async () => {
  expect((await run('cpu', constants)).data).toEqual((await run('cpu', new Map())).data)
})

test('whole numbers on the CPU and floats elsewhere are one arithmetic, near that of rows not rounded', async () => {
  const [whole, floats] = [await run('cpu', constants), await run('every-provider', constants)]
  expect(difference(whole, floats, 1e-5)).toBeNull()
  let [error, size] = [0, 0]
  for (const [i, got] of (whole.data as Float32Array).entries()) {
    const [row, column] = [Math.floor(i / columns), i % columns]
    let exact = 0
    for (let k = 0; k < inner; k++) {
      exact += Number(x.data[row * inner + k]) * Number(weights.data[k * columns + column])
    }
    exact *= Number(scales.data[column])
    error += (got - exact) ** 2
    size += exact ** 2
  }
  // A step is 1/127 of the row's largest of 300 normal numbers, about 3: its rounding deviates by a step / √12.
  expect(Math.sqrt(error / size)).toBeLessThan(1.5 * (3 / 127 / Math.sqrt(12)))
})

test('factors that do not fit are refused, and floats where whole numbers belong', () => {
  const wide = parameter('w', [inner, columns], 'i8')
  const scale = parameter('s', [columns])
  expect(() => int8Product(input('x', [3, 299]), wide, scale)).toThrow(/3×299, weights 300×70/)
  expect(() => int8Product(input('x', [3, inner]), wide, parameter('s', [69]))).toThrow(/scales 69/)
  const floats = parameter('w', [inner, columns])
  expect(() => int8Product(input('x', [3, inner]), floats, scale)).toThrow(
    /takes f32, i8 and f32, got f32, f32/,
  )
  const asFloats = new Map([['w', hostTensor(new Float32Array(inner * columns), [inner, columns])]])
  expect(() => compile({ y: product() }, { weights: asFloats })).toThrow(/"w" is not rounded in the file/)
})
