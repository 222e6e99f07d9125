import * as ort from 'onnxruntime-node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { compile } from './compile.ts'
import { add, mul } from './operations/elementwise.ts'
import { hostTensor, localRuntime, type Session } from './session.ts'
import { input } from './tensor.ts'

const vector = (...numbers: number[]) => hostTensor(Float32Array.from(numbers), [numbers.length])

/** Doubles its total and adds x, run for run. */
let session: Session
beforeAll(async () => {
  const [x, total] = [input('x', [2]), input('total', [2])]
  const next = add(mul(total, 2), x)
  session = await localRuntime(ort).open(compile({ next, seen: mul(next, 1) }, { state: { next: 'total' } }))
})
afterAll(() => session.close())

test('memory that is used again holds the right numbers, and a caller’s memory is not written to', async () => {
  const start = vector(1, 2)
  await session.setState({ total: start })
  let expected = [1, 2]
  for (let i = 0; i < 5; i++) {
    const { seen } = await session.run({ x: vector(i, 10 * i) })
    expected = expected.map((n, k) => 2 * n + i * (k === 0 ? 1 : 10))
    expect(Array.from(seen?.data ?? [], Number)).toEqual(expected)
  }
  expect(start.data).toEqual(Float32Array.of(1, 2))
})

test('state that was handed out stays as it was while the session runs on', async () => {
  await session.setState({ total: vector(0, 0) })
  const { next } = await session.run({ x: vector(1, 1) }, ['next'])
  const { total } = await session.getState(['total'])
  for (let i = 0; i < 4; i++) await session.run({ x: vector(7, 7) })
  expect(next?.data).toEqual(Float32Array.of(1, 1))
  expect(total?.data).toEqual(Float32Array.of(1, 1))
})
