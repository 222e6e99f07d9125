import * as ort from 'onnxruntime-node'
import { describe, expect, test } from 'vitest'
import { normalArray } from '../../util/random.ts'
import { compile } from '../compile.ts'
import { gradient, nodesBefore } from '../gradient.ts'
import { type Feeds, localRuntime } from '../session.ts'
import { at, type HostTensor, input, type Kernels, type Tensor } from '../tensor.ts'
import { type Case, listCases } from './cases.ts'
import { mul } from './elementwise.ts'
import { caseInputs, difference, readGolden } from './golden.ts'
import { sum } from './reduce.ts'
import { operations } from './table.ts'

const golden = readGolden()
const runtime = localRuntime(ort)
const cases = listCases()

/** Runs a program once. */
async function evaluate(
  outputs: Readonly<Record<string, Tensor>>,
  feeds: Feeds,
  kernels: Kernels,
): Promise<Record<string, HostTensor>> {
  const program = compile(outputs, { kernels })
  const session = await runtime.open(program, { threads: 1 })
  const needed = program.inputs.flatMap(({ name }) => {
    const value = feeds[name]
    return value ? [[name, value] as const] : []
  })
  const result = await session.run(Object.fromEntries(needed))
  await session.close()
  return result
}

const isFloat = (value: { readonly dtype: string }): boolean => value.dtype === 'f32'

/** The loss that the golden file's gradients are of: the output, weighted by `seed`. */
function lossOf(name: string, out: Tensor): { readonly loss: Tensor; readonly seed: HostTensor } {
  const seed = golden.get(`${name}/seed`)
  return { loss: sum(mul(out, input('seed', seed.shape))), seed }
}

/** Programs of one case: value and gradients in every input of floats. */
async function valueAndGradients(
  name: string,
  { build }: Case,
  kernels: Kernels = 'every-provider',
): Promise<{ readonly results: Record<string, HostTensor>; readonly feeds: Feeds; readonly out: Tensor }> {
  const { tensors, feeds } = caseInputs(golden, name)
  const out = build(...tensors)
  if (!isFloat(out)) return { results: await evaluate({ out }, feeds, kernels), feeds, out }
  const { loss, seed } = lossOf(name, out)
  const floats = tensors.flatMap((tensor, i) => (isFloat(tensor) ? [i] : []))
  const gradients = gradient(
    loss,
    floats.map((i) => at(tensors, i)),
  )
  const outputs = Object.fromEntries(floats.map((i, k) => [`grad.${i}`, at(gradients, k)]))
  const all = { ...feeds, seed }
  return { results: await evaluate({ out, ...outputs }, all, kernels), feeds: all, out }
}

test('every golden value belongs to a case, and every case has one', () => {
  const inFile = [...golden.names].flatMap((name) => (name.endsWith('/out') ? [name.slice(0, -4)] : []))
  const ofNetworks = ['lstmStep/', 'orthogonalise/']
  const ofTable = inFile.filter((name) => !ofNetworks.some((start) => name.startsWith(start)))
  expect(ofTable.sort()).toEqual(cases.map(({ name }) => name).sort())
})

test('a case contains its operation', () => {
  for (const { name, operation, item } of cases) {
    const { tensors } = caseInputs(golden, name)
    const used = nodesBefore([item.build(...tensors)]).map((node) => node.operation)
    expect(used, name).toContain(operations[operation])
  }
})

describe.each<Kernels>(['every-provider', 'cpu'])(
  'value and gradients are those of PyTorch: %s',
  (kernels) => {
    test.each(cases)('$name', async ({ name, item }) => {
      const { results } = await valueAndGradients(name, item, kernels)
      for (const [key, got] of Object.entries(results)) {
        const expected = golden.get(`${name}/${key}`)
        // Not every input's gradient is part of what an operation promises.
        const promised = item.differences?.inputsBefore ?? Number.POSITIVE_INFINITY
        if (promised > 0 && key.startsWith('grad.') && Number(key.slice(5)) >= promised) continue
        expect(difference(got, expected, 2e-5), `${name} ${key}`).toBeNull()
      }
    })
  },
)

/** Central differences of fourth order: f'(0) ≈ Σ cᵢ·f(i·h) / h with an error of h⁴, which lets h be large. */
const stencil: readonly (readonly [number, number])[] = [
  [-2, 1 / 12],
  [-1, -2 / 3],
  [1, 2 / 3],
  [2, -1 / 12],
]
const stepSize = 2 ** -6

describe('gradients are those of finite differences', () => {
  test.each(cases)('$name', async ({ name, item }) => {
    const { results, feeds, out } = await valueAndGradients(name, item)
    if (!isFloat(out)) return
    const session = await runtime.open(compile({ out }), { threads: 1 })
    const seed = feeds.seed?.data ?? []
    const count = item.differences?.inputsBefore ?? Number.POSITIVE_INFINITY
    for (let i = 0; i < count; i++) {
      const from = feeds[`in.${i}`]
      const got = results[`grad.${i}`]
      if (!from) break
      if (!got) continue
      const direction = boundedDirection(name, i, from.data.length)
      let slope = 0
      let noise = 0
      for (const [times, weight] of stencil) {
        const data = Float32Array.from(direction, (d, k) => Number(from.data[k]) + times * stepSize * d)
        const { seed: _, ...inputs } = feeds
        const moved = await session.run({ ...inputs, [`in.${i}`]: { ...from, data } })
        const values = moved.out?.data ?? []
        for (const [k, value] of Array.from(values as Float32Array).entries()) {
          const term = (weight / stepSize) * value * Number(seed[k])
          slope += term
          noise += term ** 2
        }
      }
      const expected = direction.reduce((total, d, k) => total + d * Number(got.data[k]), 0)
      // Rounding of 24-bit numbers, and of the sums behind them, is random; the method's own error is small beside it.
      const tolerance = 2 ** -24 * 30 * Math.sqrt(noise) + 1e-4 * (1 + Math.abs(expected))
      expect(Math.abs(slope - expected), `${name} input ${i}: ${slope} for ${expected}`).toBeLessThan(
        tolerance,
      )
    }
    await session.close()
  })
})

/** A random direction whose greatest component is 1: no input moves by more than two steps. */
function boundedDirection(name: string, index: number, size: number): Float32Array {
  const raw = normalArray(name.length, index, size)
  const greatest = raw.reduce((m, d) => Math.max(m, Math.abs(d)), 0)
  return raw.map((d) => d / greatest)
}
