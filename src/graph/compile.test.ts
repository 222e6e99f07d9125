import * as ort from 'onnxruntime-node'
import { expect, test } from 'vitest'
import { compile } from './compile.ts'
import { add, mul } from './operations/elementwise.ts'
import { hostTensor, localRuntime } from './session.ts'
import { input, parameter } from './tensor.ts'

const runtime = localRuntime(ort)
const x = input('x', [2])

test('an output may not have an input’s or a parameter’s name', () => {
  const error = expect.objectContaining({ code: 'E_SHAPE', message: expect.stringContaining('"x"') })
  expect(() => compile({ x: mul(x, 2) })).toThrow(error)
  expect(() => compile({ x: mul(parameter('x', [1]), 2) })).toThrow(error)
})

test('two inputs may not share a name', () => {
  expect(() => compile({ y: add(x, input('x', [2])) })).toThrow(expect.objectContaining({ code: 'E_SHAPE' }))
})

test('names of leaves and outputs may look like the compiler’s own', async () => {
  const session = await runtime.open(compile({ _1: mul(add(input('_0', [2]), 1), 3) }))
  const { _1: y } = await session.run({ _0: hostTensor(Float32Array.of(1, 2), [2]) })
  expect(y?.data).toEqual(Float32Array.of(6, 9))
  await session.close()
})

test('a state’s output and input must be there and have one shape', () => {
  const error = expect.objectContaining({ code: 'E_SHAPE' })
  expect(() => compile({ y: mul(x, 2) }, { state: { y: 'z' } })).toThrow(error)
  expect(() => compile({ y: mul(x, 2) }, { state: { z: 'x' } })).toThrow(error)
  expect(() => compile({ y: mul(x, input('w', [3, 1])) }, { state: { y: 'x' } })).toThrow(error)
})

test('a weight of another shape is refused', () => {
  const weights = new Map([['w', hostTensor(new Float32Array(3), [3])]])
  expect(() => compile({ y: mul(parameter('w', [2]), 2) }, { weights })).toThrow(
    expect.objectContaining({ code: 'E_WEIGHTS', message: expect.stringContaining('"w"') }),
  )
})

test('an input that nothing depends on is taken where it is asked for', async () => {
  const program = compile({ y: mul(x, 2) }, { inputs: [x, input('unused', [])] })
  expect(program.inputs.map(({ name }) => name)).toEqual(['x', 'unused'])
  const session = await runtime.open(program)
  const one = hostTensor(Float32Array.of(1), [])
  const { y } = await session.run({ x: hostTensor(Float32Array.of(1, 2), [2]), unused: one })
  expect(y?.data).toEqual(Float32Array.of(2, 4))
  await session.close()
})
