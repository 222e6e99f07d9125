import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { add, compile, hostTensor, input, matmul, mul, type Runtime, type Session } from '../graph/index.ts'
import { mainThreadRuntime, workerRuntime } from './node.ts'

const built = new URL('../../dist/runtime/node.js', import.meta.url)

beforeAll(() => {
  if (!existsSync(built)) {
    throw new Error('worker threads load compiled files: run `npx tsc -p tsconfig.build.json` first')
  }
})

const vector = (...values: number[]) => hostTensor(Float32Array.from(values), [values.length])

/** total ← total + x; twice = 2·total. */
const counter = () => {
  const next = add(input('total', [2]), input('x', [2]))
  return compile({ next, twice: mul(next, 2) }, { state: { next: 'total' } })
}

const runtimes: Record<string, () => Promise<Runtime>> = {
  'main thread': mainThreadRuntime,
  worker: async () => workerRuntime(),
}

describe.each(Object.entries(runtimes))('a session in the %s', (_name, open) => {
  let runtime: Runtime
  let session: Session
  beforeAll(async () => {
    runtime = await open()
    session = await runtime.open(counter())
  })
  afterAll(() => runtime.close())

  const code = (value: string) => expect.objectContaining({ code: value })

  test('keeps its state from run to run', async () => {
    await session.setState({ total: vector(1, 2) })
    const first = await session.run({ x: vector(10, 20) })
    expect(first).toEqual({ twice: { shape: [2], dtype: 'f32', data: Float32Array.of(22, 44) } })
    await session.run({ x: vector(1, 1) })
    const { total } = await session.getState(['total'])
    expect(total?.data).toEqual(Float32Array.of(12, 23))
  })

  test('hands back state too where it is asked for', async () => {
    await session.setState({ total: vector(0, 0) })
    const results = await session.run({ x: vector(3, 4) }, ['next'])
    expect(Object.keys(results)).toEqual(['next'])
    expect(results.next?.data).toEqual(Float32Array.of(3, 4))
  })

  test('takes numbers that are a part of a longer buffer', async () => {
    const long = Float32Array.of(9, 9, 5, 6, 9)
    await session.setState({ total: vector(0, 0) })
    const { twice } = await session.run({ x: hostTensor(long.subarray(2, 4), [2]) })
    expect(twice?.data).toEqual(Float32Array.of(10, 12))
  })

  test('refuses feeds that are missing, unknown or mis-shaped, with codes', async () => {
    await expect(session.run({})).rejects.toThrow(code('E_SHAPE'))
    await expect(session.run({ x: vector(1, 2), y: vector(1) })).rejects.toThrow(code('E_SHAPE'))
    await expect(session.run({ x: vector(1, 2, 3) })).rejects.toThrow(code('E_SHAPE'))
    await expect(session.run({ x: vector(1, 2) }, ['none'])).rejects.toThrow(code('E_SHAPE'))
    await expect(session.getState(['none'])).rejects.toThrow(code('E_SHAPE'))
  })

  test('refuses a model that cannot be loaded', async () => {
    const broken = { ...counter(), model: new Uint8Array([1, 2, 3]) }
    await expect(runtime.open(broken)).rejects.toThrow(code('E_PROVIDER'))
  })

  test('keeps two sessions apart, and cannot run once closed', async () => {
    const other = await runtime.open(counter())
    await Promise.all([session.setState({ total: vector(0, 0) }), other.setState({ total: vector(5, 5) })])
    const [a, b] = await Promise.all([session.run({ x: vector(1, 1) }), other.run({ x: vector(1, 1) })])
    expect([a.twice?.data[0], b.twice?.data[0]]).toEqual([2, 12])
    await other.close()
    await other.close()
    await expect(other.run({ x: vector(1, 1) })).rejects.toThrow(code('E_PROVIDER'))
    expect((await session.run({ x: vector(1, 1) })).twice?.data[0]).toBe(4)
  })
})

test('worker and main thread give equal numbers', async () => {
  const shape = [17, 33]
  const data = Float32Array.from({ length: 17 * 33 }, (_, i) => Math.sin(i * 0.7))
  const program = compile({ y: matmul(input('a', shape), input('b', [33, 17])) })
  const feeds = { a: hostTensor(data, shape), b: hostTensor(data, [33, 17]) }
  const results = await Promise.all(
    Object.values(runtimes).map(async (open) => {
      const runtime = await open()
      const session = await runtime.open(program, { threads: 1 })
      const result = await session.run(feeds)
      await runtime.close()
      return result
    }),
  )
  expect(results[0]).toEqual(results[1])
})

test('a closed worker runtime fails calls that are open and calls that come', async () => {
  const runtime = workerRuntime()
  const session = await runtime.open(counter())
  const open = session.setState({ total: vector(0, 0) }).then(
    () => 'done',
    (error: unknown) => error,
  )
  await runtime.close()
  expect(['done', expect.objectContaining({ code: 'E_PROVIDER' })]).toContainEqual(await open)
  await expect(session.run({})).rejects.toThrow(expect.objectContaining({ code: 'E_PROVIDER' }))
  await expect(runtime.open(counter())).rejects.toThrow(expect.objectContaining({ code: 'E_PROVIDER' }))
})

test.each(['await runtime.close()', ''])('the process ends by itself: %s', (last) => {
  const graph = new URL('../graph/index.js', built)
  const script = `
    const { workerRuntime } = await import('${built}')
    const { compile, input, mul, hostTensor } = await import('${graph}')
    const runtime = workerRuntime()
    const session = await runtime.open(compile({ y: mul(input('x', [1]), 2) }))
    const { y } = await session.run({ x: hostTensor(Float32Array.of(21), [1]) })
    console.log(y.data[0])
    ${last}`
  const child = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
    timeout: 40_000,
  })
  expect(child.stdout.trim(), child.stderr).toBe('42')
  expect(child.status).toBe(0)
})
