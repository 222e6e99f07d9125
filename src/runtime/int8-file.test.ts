import { mkdtemp, readdir, readFile, rm, truncate, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as ort from 'onnxruntime-node'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { float32ToBfloat16 } from '../graph/half.ts'
import { compile, floatsOf, hostTensor, input, int8Product, localRuntime, parameter } from '../graph/index.ts'
import { emptyInt8Matrix, roundInto } from '../graph/int8.ts'
import { writeSafetensors } from '../graph/safetensors.ts'
import { bytesOf } from '../graph/tensor-bytes.ts'
import { normalArray } from '../util/random.ts'
import { int8WeightFile } from './int8-file.ts'
import { mapWeightFile } from './mapped-weights.ts'

const runtime = localRuntime(ort)
const temporary: string[] = []
let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framewright-int8-'))
  temporary.push(folder)
})
afterAll(async () => {
  for (const path of temporary) await rm(path, { recursive: true })
})

const [inputs, outputs] = [70, 130]
const matrix = normalArray(2, 0, inputs * outputs)
const norm = float32ToBfloat16(normalArray(2, 1, 33))

/** A file with two matrices, one of which is to be rounded, and a vector of 16-bit numbers. */
async function source(change: (matrix: Float32Array) => Float32Array = (m) => m) {
  const path = join(folder, 'source.safetensors')
  const f32 = { dtype: 'F32', shape: [outputs, inputs] } as const
  const tensors = new Map([
    ['deep.weight', { ...f32, data: bytesOf(change(matrix)) }],
    ['edge.weight', { ...f32, data: bytesOf(matrix) }],
    ['norm', { dtype: 'BF16' as const, shape: [33], data: bytesOf(norm) }],
  ])
  await writeFile(path, writeSafetensors(tensors))
  return mapWeightFile(path)
}

const options = () => ({
  folder: join(folder, 'cache'),
  key: 'k1',
  isRounded: (name: string) => name.startsWith('deep'),
  scaleName: (name: string) => `${name}.scale`,
})

test('holds rounded matrices as the product reads them, and the rest as it was', async () => {
  const network = await source()
  const { weights, weightFolder } = await int8WeightFile(network, options())
  expect([...weights.keys()].sort()).toEqual(['deep.weight', 'deep.weight.scale', 'edge.weight', 'norm'])
  expect(weights.get('deep.weight')).toMatchObject({ fileType: 'I8', shape: [inputs, outputs] })
  const bytes = await readFile(join(weightFolder, weights.get('norm')?.location ?? ''))
  const copied = (name: string): Buffer => {
    const { offset = 0, length = 0 } = weights.get(name) ?? {}
    return bytes.subarray(offset, offset + length)
  }
  expect(copied('norm')).toEqual(Buffer.from(bytesOf(norm)))
  expect(copied('edge.weight')).toEqual(Buffer.from(bytesOf(matrix)))
  const whole = emptyInt8Matrix(inputs, outputs)
  roundInto(whole, matrix, 0)
  expect(copied('deep.weight')).toEqual(Buffer.from(bytesOf(whole.data)))

  const x = hostTensor(normalArray(2, 2, 5 * inputs), [5, inputs])
  const product = int8Product(
    input('x', x.shape),
    parameter('deep.weight', [inputs, outputs], 'i8'),
    parameter('deep.weight.scale', [outputs]),
  )
  const run = async (own: NonNullable<Parameters<typeof compile>[1]>['weights']) => {
    const program = compile({ y: product }, { kernels: 'cpu', ...(own ? { weights: own } : {}) })
    const session = await runtime.open(program, { weightFolder, threads: 1 })
    return floatsOf(await session.run({ x }).finally(() => session.close()), 'y')
  }
  const held = new Map([
    ['deep.weight', { data: whole.data, shape: [inputs, outputs], dtype: 'i8' as const }],
    ['deep.weight.scale', hostTensor(whole.scales, [outputs])],
  ])
  expect(await run(weights)).toEqual(await run(held))
})

test('is written once, again for another key, and again where it is damaged', async () => {
  const network = await source()
  const made: number[] = []
  const damaged: string[] = []
  const open = (key = 'k1') =>
    int8WeightFile(network, {
      ...options(),
      key,
      onTensor: (done) => void made.push(done),
      onDamaged: (path) => void damaged.push(path),
    })
  await open()
  const files = async () => (await readdir(options().folder)).sort()
  const [name = ''] = await files()
  expect(name).toMatch(/^k1-[0-9a-f]{32}\.safetensors$/)
  await open()
  expect(made).toEqual([1, 2, 3])
  await open('k2')
  expect(await files()).toHaveLength(2)

  const path = join(options().folder, name)
  const whole = await readFile(path)
  const wrong = Buffer.from(whole)
  wrong[whole.length - 5] = (wrong[whole.length - 5] ?? 0) ^ 1
  for (const spoil of [() => writeFile(path, wrong), () => truncate(path, whole.length - 1)]) {
    await spoil()
    made.length = 0
    damaged.length = 0
    await open()
    expect(damaged).toEqual([path])
    expect(made).toEqual([1, 2, 3])
    expect(await readFile(path)).toEqual(whole)
  }
})

test('a write that fails or is stopped leaves nothing, and what killed ones left goes', async () => {
  const bad = await source((m) => m.map((n, i) => (i === inputs * 100 + 3 ? Number.NaN : n)))
  await expect(int8WeightFile(bad, options())).rejects.toThrow(
    /deep\.weight cannot be rounded to 8 bits: row 100 holds a number that is not finite/,
  )
  const network = await source()
  const signal = AbortSignal.abort(new Error('enough'))
  await expect(int8WeightFile(network, { ...options(), signal })).rejects.toThrow('enough')
  expect(await readdir(options().folder)).toEqual([])
  const [old, fresh] = ['.k1.old.part', '.k1.fresh.part'].map((name) => join(options().folder, name))
  for (const path of [old, fresh]) await writeFile(path ?? '', 'x')
  await utimes(old ?? '', 1, 1)
  await int8WeightFile(network, options())
  expect((await readdir(options().folder)).filter((name) => name.endsWith('.part'))).toEqual([
    '.k1.fresh.part',
  ])
  await writeFile(join(folder, 'file'), '')
  await expect(int8WeightFile(network, { ...options(), folder: join(folder, 'file') })).rejects.toMatchObject(
    {
      code: 'E_OUTPUT',
    },
  )
})
