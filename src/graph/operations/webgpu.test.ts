import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import * as ort from 'onnxruntime-node'
import { describe, expect, test } from 'vitest'
import { compile } from '../compile.ts'
import { localRuntime } from '../session.ts'
import { type Case, listCases } from './cases.ts'
import { caseInputs, difference, readGolden } from './golden.ts'

/**
 * Every operation on the WebGPU provider, without a GPU: on the software Vulkan driver that comes with Chromium.
 * A driver that `VK_ICD_FILENAMES` names goes first.
 */
const driver = process.env.VK_ICD_FILENAMES ?? findSoftwareDriver()
if (driver !== null) process.env.VK_ICD_FILENAMES = driver

function findSoftwareDriver(): string | null {
  const roots = ['/usr/lib', '/usr/lib64', '/usr/local/lib', '/opt', '/opt/google']
  for (const root of roots.filter((path) => existsSync(path))) {
    for (const folder of readdirSync(root)) {
      const path = join(root, folder, 'vk_swiftshader_icd.json')
      if (existsSync(path)) return path
    }
  }
  return null
}

/** What onnxruntime-node 1.30 cannot do on WebGPU, by a part of what it says. */
const limits: Readonly<Record<string, RegExp>> = {
  'cast/throughHalf': /requires f16/,
  'conv/volumeGroups': /does not support grouped/,
  'convTranspose/volume': /Only Conv2d or Conv1d/,
}

const golden = readGolden()
const runtime = localRuntime(ort)

async function run(name: string, { build }: Case): Promise<string | null> {
  const { tensors, feeds } = caseInputs(golden, name)
  const session = await runtime.open(compile({ out: build(...tensors) }), { provider: 'webgpu' })
  const { out } = await session.run(feeds).finally(() => session.close())
  return out ? difference(out, golden.get(`${name}/out`), 1e-4) : 'there is no output'
}

const isSkipped = driver === null && process.env.CI === undefined
if (isSkipped) console.warn('webgpu is not tested: no Vulkan driver is found; Chromium’s package has one')

describe.skipIf(isSkipped)('on webgpu the value is PyTorch’s', () => {
  test('a driver is found', () => expect(driver).not.toBeNull())

  test.each(listCases().filter(({ name }) => !(name in limits)))('$name', async ({ name, item }) => {
    expect(await run(name, item)).toBeNull()
  })
})

describe.skipIf(isSkipped)('limits of webgpu are still there', () => {
  test.each(listCases().filter(({ name }) => name in limits))('$name', async ({ name, item }) => {
    // A device with 16-bit numbers does more than the software driver: then there is nothing to refuse.
    const result = await run(name, item).catch((error: Error) => error.message)
    if (result !== null) expect(result).toMatch(limits[name] ?? '')
  })
})
