import { mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { openWanCheckpoint } from './checkpoint.ts'
import { planPull } from './pull.ts'
import { openTestHub, type TestHub } from './test-hub.ts'
import { tinyImageWan, tinyWan } from './test-tiny.ts'

const name = 'wan2.1-t2v-1.3b'
let hub: TestHub
let store = ''

beforeAll(async () => {
  hub = await openTestHub(tinyWan, 'Wan-AI/Wan2.1-T2V-1.3B-Diffusers')
})
afterAll(() => hub.close())
beforeEach(async () => {
  store = await mkdtemp(join(tmpdir(), 'framewright-store-'))
  hub.requests.length = 0
  hub.breakOff(0, 0)
  hub.list = (files) => files
})
afterEach(() => rm(store, { recursive: true }))

const plan = () => planPull(name, { store, endpoint: hub.endpoint })
const quick = { retryDelay: 1 }

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => !entry.isDirectory()).map((entry) => entry.name)
}

test('what comes is told before it comes: how much, from where, under which licence', async () => {
  const { totalBytes, licence, source, folder } = await plan()
  expect(licence).toBe('apache-2.0')
  expect(source).toBe(`${hub.endpoint}/Wan-AI/Wan2.1-T2V-1.3B-Diffusers`)
  expect(totalBytes).toBeGreaterThan(400_000)
  expect(hub.requests).toHaveLength(1)
  await expect(stat(folder)).rejects.toThrow(/ENOENT/)
})

test('a connection that breaks off again and again: every byte comes once, and the model runs from there', async () => {
  hub.breakOff(15_000, 12)
  const reported: number[] = []
  const { pull, folder, totalBytes } = await plan()
  await pull({ ...quick, onProgress: (done) => reported.push(done) })
  expect(reported).toEqual([...reported].sort((a, b) => a - b))
  expect(reported.at(-1)).toBe(totalBytes)
  const ranges = hub.requests.filter((line) => / bytes=\d+-$/.test(line))
  expect(ranges.length).toBeGreaterThanOrEqual(6)
  await openWanCheckpoint(folder)
  const files = await filesIn(folder)
  expect(files.filter((file) => /\.part$|README|\.bin$/.test(file))).toEqual([])
  hub.requests.length = 0
  await (await plan()).pull(quick)
  expect(hub.requests).toHaveLength(1)
})

test('a connection that stays broken ends with one sentence; the next pull goes on where it stopped', async () => {
  hub.breakOff(0, 100)
  const first = await plan()
  await expect(first.pull({ ...quick, retries: 2 })).rejects.toMatchObject({
    code: 'E_DOWNLOAD',
    message: expect.stringMatching(/broke off .*run the same again, and it goes on/),
  })
  await expect(stat(join(first.folder, 'model_index.json'))).rejects.toThrow(/ENOENT/)
  hub.breakOff(0, 0)
  await (await plan()).pull(quick)
  await openWanCheckpoint(first.folder)
})

test('bytes that are not those that the hub promised never get their name', async () => {
  hub.list = (files) =>
    files.map((file) =>
      String(file.rfilename).startsWith('vae/') && file.lfs
        ? { ...file, lfs: { ...(file.lfs as object), sha256: '0'.repeat(64) } }
        : file,
    )
  const { pull, folder } = await plan()
  await expect(pull(quick)).rejects.toThrow(/is not what the hub says it is .* removed; run the same again/)
  expect((await filesIn(join(folder, 'vae'))).filter((file) => file.endsWith('.safetensors'))).toEqual([])
})

test('a full disk is one sentence, before or while it fills, and no file has its name', async () => {
  hub.list = (files) =>
    files.map((file) => (file.lfs ? { ...file, lfs: { ...(file.lfs as object), size: 1e15 } } : file))
  const large = await plan()
  await expect(large.pull(quick)).rejects.toMatchObject({
    code: 'E_OUTPUT',
    message: expect.stringMatching(/needs \d+\.\d GB more, and its disk has \d+\.\d GB free/),
  })
  hub.list = (files) => files
  const { pull, folder } = await plan()
  // A device on which every write fails as on a full disk.
  await mkdir(join(folder, 'transformer'), { recursive: true })
  const file = 'diffusion_pytorch_model-00001-of-00004.safetensors'
  await symlink('/dev/full', join(folder, 'transformer', `${file}.part`))
  await expect(pull(quick)).rejects.toMatchObject({
    code: 'E_OUTPUT',
    message: expect.stringMatching(/the disk is full; free some space and run it again/),
  })
  expect(await filesIn(folder)).not.toContain(file)
})

test('paths that leave the folder, unknown models and a hub that is not there are refused', async () => {
  hub.list = (files) => [...files, { rfilename: 'transformer/../../evil.json', size: 1 }]
  // Such a path is none that is wanted: it is not even looked at.
  expect((await plan()).files).toBeGreaterThan(10)
  await expect(planPull('wan3', { store })).rejects.toThrow(/no model "wan3" to pull: there are wan2\.1/)
  await expect(planPull(name, { store, endpoint: 'http://127.0.0.1:9' })).rejects.toMatchObject({
    code: 'E_DOWNLOAD',
    message: expect.stringMatching(/cannot reach .*HF_ENDPOINT/),
  })
  const nowhere = await planPull('wan2.1-t2v-14b', { store, endpoint: hub.endpoint }).catch(String)
  expect(nowhere).toMatch(/answers 404: there is no such model/)
})

test('a folder that has the model is copied from, when it is whole', async () => {
  const { pull, folder } = await planPull(name, { store, from: tinyWan })
  await pull()
  await openWanCheckpoint(folder)
  const empty = join(store, 'empty')
  await mkdir(empty)
  await writeFile(join(empty, 'model_index.json'), '{"_class_name": "WanPipeline"}')
  await expect(planPull(name, { store, from: empty })).rejects.toMatchObject({ code: 'E_WEIGHTS' })
})

test('an image-to-video model comes with its picture encoder', async () => {
  const from = await tinyImageWan('wan-tiny-i2v')
  try {
    const { pull, folder } = await planPull('wan2.1-i2v-14b-480p', { store, from })
    await pull()
    expect((await openWanCheckpoint(folder)).pictures?.encoder.config.width).toBe(10)
  } finally {
    await rm(from, { recursive: true })
  }
})
