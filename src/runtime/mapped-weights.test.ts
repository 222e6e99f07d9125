import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as ort from 'onnxruntime-node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { float32ToHalf } from '../graph/half.ts'
import { add, compile, gather, hostIndices, input, localRuntime, matmul, parameter } from '../graph/index.ts'
import { mapWeightFile } from './mapped-weights.ts'
import { readTensorFile, writeTensorFile } from './tensor-file.ts'

const runtime = localRuntime(ort)
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framewright-weights-'))
})

afterAll(() => rm(folder, { recursive: true }))

/** A safetensors file whose data start at an odd byte: the format allows it, and published files do it. */
async function writeOdd(path: string): Promise<void> {
  const parts = [
    ['half', 'F16', float32ToHalf(Float32Array.of(0.5, -2, 3, 0.25))],
    // The upper 16 bits of the 32-bit numbers 1.5, −1, 2, 4.
    ['brain', 'BF16', Uint16Array.of(0x3fc0, 0xbf80, 0x4000, 0x4080)],
    ['full', 'F32', Float32Array.of(1, 2, 3, 4)],
    ['count', 'I64', BigInt64Array.of(1n)],
  ] as const
  let begin = 0
  const fields = parts.map(([name, dtype, data]) => {
    const shape = name === 'count' ? [1] : [2, 2]
    const entry = { dtype, shape, data_offsets: [begin, begin + data.byteLength] }
    begin += data.byteLength
    return `"${name}":${JSON.stringify(entry)}`
  })
  const json = `{${fields.join(',')}}`
  const text = json.length % 2 === 0 ? `${json} ` : json
  const length = new Uint8Array(8)
  new DataView(length.buffer).setBigUint64(0, BigInt(text.length), true)
  const data = parts.map(([, , values]) => Buffer.from(values.buffer))
  await writeFile(path, Buffer.concat([length, Buffer.from(text), ...data]))
}

test('mapped constants of every type at odd offsets are the numbers of the file', async () => {
  const path = join(folder, 'odd.safetensors')
  await writeOdd(path)
  const { weights, weightFolder } = await mapWeightFile(path)
  expect([...weights.keys()]).toEqual(['half', 'brain', 'full'])
  expect((weights.get('full')?.offset ?? 0) % 2).toBe(1)
  const [half, brain, full] = ['half', 'brain', 'full'].map((name) => parameter(name, [2, 2]))
  if (!half || !brain || !full) throw new Error('three parameters')
  const outputs = { a: add(half, 0), b: add(brain, 0), c: add(full, 0), product: matmul(half, full) }
  const program = compile(outputs, { weights })
  expect(program.inputs).toEqual([])
  const session = await runtime.open(program, { weightFolder })
  const results = await session.run({})
  await session.close()
  expect(results.a?.data).toEqual(Float32Array.of(0.5, -2, 3, 0.25))
  expect(results.b?.data).toEqual(Float32Array.of(1.5, -1, 2, 4))
  expect(results.c?.data).toEqual(Float32Array.of(1, 2, 3, 4))
  expect(results.product?.data).toEqual(Float32Array.of(-5.5, -7, 3.75, 7))
})

test('rows of a table of 16 bits are widened as they are taken; so is a table that is also read whole', async () => {
  const path = join(folder, 'odd.safetensors')
  await writeOdd(path)
  const { weights, weightFolder } = await mapWeightFile(path)
  const [half, brain] = [parameter('half', [2, 2]), parameter('brain', [2, 2])]
  const rows = input('rows', [3], 'i64')
  const outputs = { a: gather(half, rows), b: gather(brain, rows), whole: add(brain, 0) }
  const session = await runtime.open(compile(outputs, { weights }), { weightFolder })
  const results = await session.run({ rows: hostIndices([1, 0, 1], [3]) })
  await session.close()
  expect(results.a?.data).toEqual(Float32Array.of(3, 0.25, 0.5, -2, 3, 0.25))
  expect(results.b?.data).toEqual(Float32Array.of(2, 4, 1.5, -1, 2, 4))
  expect(results.whole?.data).toEqual(Float32Array.of(1.5, -1, 2, 4))
})

const refused = (text: string) =>
  expect.objectContaining({ code: 'E_WEIGHTS', message: expect.stringContaining(text) })

test('a missing folder, a missing file and a short one are refused as weights', async () => {
  const w = parameter('w', [64])
  const mapped = (location: string) =>
    compile(
      { y: add(w, 1) },
      { weights: new Map([['w', { shape: [64], fileType: 'F32', location, offset: 8, length: 256 }]]) },
    )
  await writeFile(join(folder, 'short.safetensors'), new Uint8Array(100))
  const options = { weightFolder: folder }
  await expect(runtime.open(mapped('short.safetensors'))).rejects.toThrow(refused('weightFolder'))
  await expect(runtime.open(mapped('none.safetensors'), options)).rejects.toThrow(refused('none.safetensors'))
  await expect(runtime.open(mapped('short.safetensors'), options)).rejects.toThrow(
    refused('short.safetensors'),
  )
  await expect(mapWeightFile(join(folder, 'none.safetensors'))).rejects.toThrow(refused('none.safetensors'))
})

test('a tensor file gives back the numbers that were written, in 32 and in 16 bits', async () => {
  const values = new Map([
    ['a', { data: Float32Array.of(1, 2.5, -3), shape: [3], dtype: 'f32' as const }],
    ['b', { data: Float32Array.of(0.125), shape: [], dtype: 'f32' as const }],
  ])
  for (const precision of ['F32', 'F16'] as const) {
    const path = join(folder, 'sub', `${precision}.safetensors`)
    await writeTensorFile(path, values, { step: '7' }, precision)
    const read = await readTensorFile(path)
    expect(read.metadata).toEqual({ step: '7' })
    expect(read.tensors.get('a')?.data).toEqual(Float32Array.of(1, 2.5, -3))
    expect(read.tensors.get('b')).toEqual(values.get('b'))
  }
})
