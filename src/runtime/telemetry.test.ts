import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'

const built = (name: string): string => new URL(`../../dist/${name}`, import.meta.url).href

/** A program of its own: what ONNX Runtime decided holds for the life of a process. */
const program = (runtime: string): string => `
  import { compile, hostTensor, input, mul } from '${built('graph/index.js')}'
  import { mainThreadRuntime, workerRuntime } from '${built('runtime/node.js')}'
  const runtime = ${runtime}
  const a = input('a', [1])
  const session = await runtime.open(compile({ square: mul(a, a) }))
  await session.run({ a: hostTensor(Float32Array.of(3), [1]) })
  await runtime.close()`

let home = ''
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'framewright-home-'))
})
afterEach(() => rm(home, { recursive: true, force: true }))

/** What the program leaves in an empty home folder. */
async function leftBy(runtime: string, env: NodeJS.ProcessEnv): Promise<string[]> {
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program(runtime)], {
    // Not this process's: ONNX Runtime reports nothing where it finds the signs of a CI.
    env: { PATH: process.env.PATH, HOME: home, TMPDIR: home, XDG_CACHE_HOME: join(home, '.cache'), ...env },
  })
  return readdir(home, { recursive: true })
}

const runtimes = ['await mainThreadRuntime()', 'workerRuntime()']

test.each(runtimes)(
  '%s: ONNX Runtime makes no device id and keeps no record of the user',
  async (runtime) => {
    expect(await leftBy(runtime, {})).toEqual([])
  },
)

// So that the test above cannot pass because ONNX Runtime has moved its files.
test.runIf(process.platform === 'linux')('it does where its user says that it may', async () => {
  expect((await leftBy('workerRuntime()', { ORT_DISABLE_TELEMETRY: '0' })).join()).toContain('.onnxruntime')
})
