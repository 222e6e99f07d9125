import * as ort from 'onnxruntime-node'
import { expect, test } from 'vitest'
import {
  add,
  compile,
  floatsOf,
  type HostTensor,
  hostTensor,
  input,
  localRuntime,
  mul,
  type Session,
  sum,
} from '../graph/index.ts'
import { difference, readGolden } from '../graph/operations/golden.ts'
import {
  initialState,
  type OptimiserConfig,
  orthogonalise,
  stepInputs,
  trainingProgram,
} from './optimiser.ts'
import { type ParameterDeclaration, Parameters, type Update } from './parameters.ts'

const golden = readGolden()
const runtime = localRuntime(ort)

const config = {
  matrixRate: 0.01,
  rate: 0.02,
  weightDecay: 0.1,
  clipNorm: 1,
  momentum: 0.95,
  betas: [0.9, 0.98],
} as const satisfies OptimiserConfig

/** A training whose gradients are fed: the loss is the sum of weight × `gradient:name`. */
async function training(
  start: Readonly<Record<string, HostTensor>>,
  update: Update,
): Promise<{ readonly session: Session; readonly list: readonly ParameterDeclaration[] }> {
  const parameters = new Parameters()
  const terms = Object.entries(start).map(([name, { shape }]) =>
    sum(mul(parameters.declare(name, shape, { value: 0 }, update), input(`gradient:${name}`, shape))),
  )
  const loss = terms.reduce((a, b) => add(a, b))
  const session = await runtime.open(trainingProgram(loss, parameters.list, config), { threads: 1 })
  await session.setState(initialState(parameters.list, new Map(Object.entries(start))))
  return { session, list: parameters.list }
}

test('clipping, AdamW and the moving average are those of PyTorch', async () => {
  const names = ['matrix', 'vector']
  const start = Object.fromEntries(names.map((name) => [name, golden.get(`adamw/start.${name}`)]))
  const { session } = await training(start, 'adam')
  for (let step = 0; golden.has(`adamw/norm.${step}`); step++) {
    const gradients = names.map((name) => [`gradient:${name}`, golden.get(`adamw/gradient.${step}.${name}`)])
    const rateScale = Math.min(1, (step + 1) / 3)
    const outputs = await session.run({
      ...Object.fromEntries(gradients),
      ...stepInputs(step, config, rateScale, 0.7),
    })
    const norm = floatsOf(outputs, 'gradientNorm')[0]
    expect(norm).toBeCloseTo(Number(golden.get(`adamw/norm.${step}`).data[0]), 5)
    const state = await session.getState(names.flatMap((name) => [name, `${name}|ema`]))
    for (const name of names) {
      for (const [key, kind] of [
        [name, 'weight'],
        [`${name}|ema`, 'average'],
      ] as const) {
        const got = state[key]
        if (!got) throw new Error(`no ${key}`)
        const expected = golden.get(`adamw/${kind}.${step}.${name}`)
        expect(difference(got, expected, 2e-6), `${kind} ${name} after step ${step}`).toBeNull()
      }
    }
  }
  await session.close()
})

test('AdamW adds epsilon where PyTorch does: gradients as small as epsilon', async () => {
  const { session } = await training({ w: golden.get('adamwSmall/start') }, 'adam')
  for (let step = 0; golden.has(`adamwSmall/weight.${step}`); step++) {
    await session.run({
      'gradient:w': golden.get(`adamwSmall/gradient.${step}`),
      ...stepInputs(step, config, 1, 0),
    })
    const { w } = await session.getState(['w'])
    if (!w) throw new Error('no w')
    expect(difference(w, golden.get(`adamwSmall/weight.${step}`), 2e-6)).toBeNull()
  }
  await session.close()
})

test.each(['wide', 'tall'])('Muon’s orthogonalisation of a %s matrix is its author’s', async (kind) => {
  const matrix = golden.get(`orthogonalise/${kind}/in.0`)
  const session = await runtime.open(compile({ y: orthogonalise(input('x', matrix.shape)) }), { threads: 1 })
  const { y } = await session.run({ x: matrix })
  await session.close()
  if (!y) throw new Error('no y')
  expect(difference(y, golden.get(`orthogonalise/${kind}/out`), 1e-4)).toBeNull()
})

test('Muon’s first step: decay, then the orthogonal direction at 0.2·√(longer side) of the rate', async () => {
  const gradient = golden.get('orthogonalise/tall/in.0')
  const direction = golden.get('orthogonalise/tall/out').data
  const weight = hostTensor(
    Float32Array.from({ length: 45 }, (_, i) => Math.sin(i)),
    gradient.shape,
  )
  const { session } = await training({ w: weight }, 'muon')
  const rateScale = 0.5
  await session.run({ 'gradient:w': gradient, ...stepInputs(0, config, rateScale, 0) })
  const { w } = await session.getState(['w'])
  await session.close()
  if (!w) throw new Error('no w')
  const rate = config.matrixRate * rateScale
  const size = 0.2 * Math.sqrt(9)
  const expected = Float32Array.from(direction as Float32Array, (d, i) => {
    return Math.sin(i) * (1 - rate * config.weightDecay) - rate * size * d
  })
  expect(difference(w, { ...weight, data: expected }, 1e-5)).toBeNull()
})

test('a weight that is not learned is no part of the state that changes', async () => {
  const parameters = new Parameters()
  const fixed = parameters.declare('fixed', [3], { value: 2 }, 'none')
  const learned = parameters.declare('learned', [3], { value: 1 })
  const program = trainingProgram(sum(mul(fixed, learned)), parameters.list, config)
  expect(Object.values(program.state).sort()).toEqual(['learned', 'learned|ema', 'learned|m', 'learned|v'])
})
