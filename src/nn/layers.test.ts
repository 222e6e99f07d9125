import * as ort from 'onnxruntime-node'
import { expect, test } from 'vitest'
import {
  at,
  compile,
  concat,
  gradient,
  type HostTensor,
  input,
  localRuntime,
  mul,
  sum,
  type Tensor,
} from '../graph/index.ts'
import { caseInputs, difference, readGolden } from '../graph/operations/golden.ts'
import { convolution, embedding, groupNorm, layerNorm, linear, rmsNorm } from './layers.ts'
import { lstmStep } from './lstm.ts'
import { checkWeights, initialise, Parameters, parameterCount } from './parameters.ts'

const golden = readGolden()
const runtime = localRuntime(ort)

test('an LSTM step and its gradients are those of torch.nn.LSTMCell', async () => {
  const name = 'lstmStep/plain'
  const { tensors, feeds } = caseInputs(golden, name)
  const parameters = new Parameters()
  const state = { hidden: at(tensors, 1), cell: at(tensors, 2) }
  const next = lstmStep(parameters, at(tensors, 0), state)
  const weights = ['input.weight', 'input.bias', 'hidden.weight'].map((key) => {
    const declared = parameters.list.find((one) => one.name === key)
    if (!declared) throw new Error(`the step declares no ${key}`)
    return declared.tensor
  })
  const out = concat([next.hidden, next.cell], 1)
  const seed = golden.get(`${name}/seed`)
  const targets = [...tensors.slice(0, 3), ...weights]
  const gradients = gradient(sum(mul(out, input('seed', seed.shape))), targets)
  const outputs: Record<string, Tensor> = { out }
  for (const [i, g] of gradients.entries()) outputs[`grad.${i}`] = g
  const session = await runtime.open(compile(outputs), { threads: 1 })
  const numbers = (i: number): HostTensor => golden.get(`${name}/in.${i}`)
  const results = await session.run({
    seed,
    'in.0': numbers(0),
    'in.1': numbers(1),
    'in.2': numbers(2),
    'input.weight': numbers(3),
    'input.bias': numbers(4),
    'hidden.weight': numbers(5),
  })
  await session.close()
  expect(Object.keys(feeds)).toHaveLength(6)
  for (const [key, got] of Object.entries(results)) {
    expect(difference(got, golden.get(`${name}/${key}`), 1e-5), key).toBeNull()
  }
})

test('layers declare the names and shapes of published files', () => {
  const p = new Parameters()
  const x = input('x', [2, 3, 8])
  linear(p.at('linear'), x, 5)
  layerNorm(p.at('layerNorm'), x)
  rmsNorm(p.at('rmsNorm'), x)
  embedding(p.at('embedding'), input('i', [4], 'i64'), 10, 6)
  const picture = input('picture', [2, 4, 5, 5])
  expect(convolution(p.at('conv'), picture, 6, 3).shape).toEqual([2, 6, 5, 5])
  groupNorm(p.at('groupNorm'), picture, 2)
  expect(p.list.map(({ name, shape }) => `${name} ${shape.join('×')}`)).toEqual([
    'linear.weight 5×8',
    'linear.bias 5',
    'layerNorm.weight 8',
    'layerNorm.bias 8',
    'rmsNorm.weight 8',
    'embedding.weight 10×6',
    'conv.weight 6×4×3×3',
    'conv.bias 6',
    'groupNorm.weight 4',
    'groupNorm.bias 4',
  ])
  expect(parameterCount(p.list)).toBe(40 + 5 + 8 + 8 + 8 + 60 + 216 + 6 + 4 + 4)
})

test('first values depend on the seed and the name only', () => {
  const declare = (names: readonly string[]) => {
    const p = new Parameters()
    for (const name of names) p.declare(name, [64], { deviation: 0.5 })
    return initialise(p.list, 7)
  }
  const [one, other] = [declare(['a', 'b']), declare(['b'])]
  expect(one.get('b')).toEqual(other.get('b'))
  expect(one.get('a')).not.toEqual(one.get('b'))
})

test('weights that do not fit are refused with every difference', () => {
  const p = new Parameters()
  p.declare('a', [2], { value: 0 })
  p.declare('b', [3], { value: 0 })
  const two = { data: new Float32Array(2), shape: [2], dtype: 'f32' } as const
  const weights = new Map([
    ['b', two],
    ['c', two],
  ])
  expect(() => checkWeights(p.list, weights, 'model.safetensors')).toThrow(
    expect.objectContaining({
      code: 'E_WEIGHTS',
      message: expect.stringMatching(/missing: a; unexpected: c; .*b is 2, not 3/),
    }),
  )
})
