import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { hostTensor } from '../graph/index.ts'
import { parseTensorFile } from './tensor-file.ts'
import { readManifest, readPart, writePart } from './weight-folder.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framewright-weights-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const notes = { trainedOn: 'a test', commit: null, settings: { steps: 3 } }
const weights = new Map([['layer.weight', hostTensor(Float32Array.of(1, -2, 0.5, 0), [2, 2])]])

function write(part: string): Promise<unknown> {
  return writePart(folder, { name: 'toy', part }, weights, notes)
}

test('what is written is read', async () => {
  await write('codec')
  const { tensors } = parseTensorFile(await readPart(folder, 'codec'))
  expect([...tensors]).toEqual([['layer.weight', weights.get('layer.weight')]])
})

test('a new part leaves the others, and nothing else lies around', async () => {
  await write('codec')
  await write('motion')
  await write('codec')
  const { parts, name } = await readManifest(folder)
  expect(name).toBe('toy')
  expect(parts).toMatchObject({ codec: { ...notes, parameters: 4 }, motion: { file: 'motion.safetensors' } })
  expect((await readdir(folder)).sort()).toEqual(['codec.safetensors', 'manifest.json', 'motion.safetensors'])
})

describe('E_WEIGHTS, with the file and what to do', () => {
  beforeEach(() => write('codec'))

  async function expectFailure(message: RegExp, part = 'codec'): Promise<void> {
    const failure = { code: 'E_WEIGHTS', message: expect.stringMatching(message) }
    await expect(readPart(folder, part)).rejects.toMatchObject(failure)
  }

  test('no folder', async () => {
    await rm(folder, { recursive: true })
    await expectFailure(/manifest\.json is missing: reinstall/)
  })

  test('missing file', async () => {
    await rm(join(folder, 'codec.safetensors'))
    await expectFailure(/codec\.safetensors is missing: reinstall framewright, or in a clone run "git/)
  })

  test('part that was never trained', async () => {
    await expectFailure(/lists no "denoiser" of toy: train it with "framewright train denoiser"/, 'denoiser')
    await expectFailure(/lists no "constructor"/, 'constructor')
  })

  test('file cut short, anywhere', async () => {
    const path = join(folder, 'codec.safetensors')
    const bytes = await readFile(path)
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: bytes.length - 1 }), async (length) => {
        await writeFile(path, bytes.subarray(0, length))
        await expectFailure(/codec\.safetensors is cut short or altered \(sha256/)
      }),
      { numRuns: 20 },
    )
  })

  test('one bit turned, anywhere', async () => {
    const path = join(folder, 'codec.safetensors')
    const bytes = await readFile(path)
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: bytes.length * 8 - 1 }), async (bit) => {
        const turned = new Uint8Array(bytes)
        turned[bit >> 3] = (turned[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        await writeFile(path, turned)
        await expectFailure(/cut short or altered/)
      }),
      { numRuns: 20 },
    )
  })

  test.each([
    ['no JSON', '{'],
    ['another format', '{"format": 2, "name": "toy", "parts": {}}'],
    ['no parts', '{"format": 1, "name": "toy"}'],
  ])('manifest: %s', async (_name, text) => {
    await writeFile(join(folder, 'manifest.json'), text)
    await expectFailure(/manifest\.json is damaged/)
    // Training into such a folder must not hide what was there.
    await expect(write('motion')).rejects.toMatchObject({ code: 'E_WEIGHTS' })
  })

  test('a manifest that points out of its folder', async () => {
    const path = join(folder, 'manifest.json')
    const text = await readFile(path, 'utf8')
    await writeFile(path, text.replace('codec.safetensors', '../codec.safetensors'))
    await expectFailure(/manifest\.json is damaged/)
  })
})
