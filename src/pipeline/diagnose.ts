import { createRequire } from 'node:module'
import { availableParallelism, freemem, totalmem } from 'node:os'
import { compile, floatsOf, hostTensor, input, mul, type Provider, providers } from '../graph/index.ts'
import { workerRuntime } from '../runtime/node.ts'
import { readPart } from '../runtime/weight-folder.ts'
import { toyboxParts, weightFolder } from './weights.ts'

/** One thing that was looked at. */
export interface Finding {
  readonly name: string
  /** What is wrong with it; null where nothing is. */
  readonly problem: string | null
}

/** What this machine and this installation can do. */
export interface Diagnosis {
  readonly version: string
  readonly node: string
  /** ONNX Runtime's version. */
  readonly engine: string
  readonly machine: {
    readonly platform: string
    readonly cores: number
    readonly memoryBytes: number
    readonly freeBytes: number
  }
  /** By really running a small program on each. */
  readonly providers: readonly Finding[]
  /** By reading every file and its sha256. */
  readonly weights: readonly Finding[]
}

/** @param folder of the weights. @default the package's own */
export async function diagnose(folder: string = weightFolder()): Promise<Diagnosis> {
  const require = createRequire(import.meta.url)
  return {
    version: versionOf(require('../../package.json')),
    node: process.versions.node,
    engine: versionOf(require('onnxruntime-node/package.json')),
    machine: {
      platform: `${process.platform} ${process.arch}`,
      cores: availableParallelism(),
      memoryBytes: totalmem(),
      freeBytes: freemem(),
    },
    providers: await inOrder(providers, async (name) => ({
      name,
      problem: await problemOf(() => tryProvider(name)),
    })),
    weights: await inOrder(weightFiles, async ([model, part]) => ({
      name: `${model}/${part}`,
      problem: await problemOf(() => readPart(`${folder}/${model}`, part)),
    })),
  }
}

const weightFiles = [
  ...toyboxParts.map((part) => ['toybox', part] as const),
  ['minilm', 'model'],
  ['minilm', 'tokenizer'],
] as const

/** Squares 3 on a provider. */
async function tryProvider(provider: Provider): Promise<void> {
  const a = input('a', [1])
  const runtime = workerRuntime()
  try {
    const session = await runtime.open(compile({ product: mul(a, a) }), { provider })
    const outputs = await session.run({ a: hostTensor(Float32Array.of(3), [1]) })
    const got = floatsOf(outputs, 'product')[0]
    if (got !== 9) throw new Error(`3 × 3 gave ${got}`)
  } finally {
    await runtime.close()
  }
}

async function problemOf(attempt: () => Promise<unknown>): Promise<string | null> {
  try {
    await attempt()
    return null
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return message.split('\n')[0] ?? message
  }
}

/** One after another: providers share the device, weights the disk. */
async function inOrder<In, Out>(items: readonly In[], job: (item: In) => Promise<Out>): Promise<Out[]> {
  const results: Out[] = []
  for (const item of items) results.push(await job(item))
  return results
}

function versionOf(found: unknown): string {
  return typeof found === 'object' && found !== null && 'version' in found ? String(found.version) : 'unknown'
}
