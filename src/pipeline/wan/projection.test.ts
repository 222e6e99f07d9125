import { mkdtemp, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hostTensor, input } from '../../graph/index.ts'
import { projectLatents } from '../../models/latent-projection.ts'
import { FrameCache } from '../../models/wan/frame-cache.ts'
import { wanDecode, wanEncode, wanVae } from '../../models/wan/vae.ts'
import { initialise, Parameters } from '../../nn/index.ts'
import { mapWeightFile } from '../../runtime/mapped-weights.ts'
import { mainThreadRuntime } from '../../runtime/node.ts'
import { writeTensorFile } from '../../runtime/tensor-file.ts'
import { leafClip } from '../../train/leaf-clips.ts'
import { normalArray } from '../../util/random.ts'
import { compareFrames, joinFrames, resizeFrames, sliceFrames, solidFrames } from '../../video/index.ts'
import { openWanCheckpoint, type WanCheckpoint } from './checkpoint.ts'
import { openVae, toTransformerLatents } from './networks.ts'
import { wanProjection } from './projection.ts'
import { copyTinyWan, tinyWan } from './test-tiny.ts'
import { videoTensor } from './video-tensor.ts'

const runtime = await mainThreadRuntime()
const checkpoint = await openWanCheckpoint(tinyWan)
const session = { threads: 1 }
let cache = ''
beforeAll(async () => {
  cache = await mkdtemp(join(tmpdir(), 'framewright-projection-'))
})
afterAll(async () => {
  await runtime.close()
  await rm(cache, { recursive: true })
})

/**
 * The tiny checkpoint with an autoencoder that keeps something of what it sees, as trained ones do: random convolutions
 * that look at one frame, without what random residual branches add, and a bias beside which brightness can be told.
 */
async function withSeeingVae(): Promise<WanCheckpoint> {
  const config = { ...wanVae, width: 8, widths: [1, 1, 1, 1] }
  const parameters = new Parameters()
  const cacheOf = () => new FrameCache('next')
  wanEncode(parameters, input('frames', [1, 3, 4, 8, 8]), cacheOf(), config)
  wanDecode(parameters, input('latents', [1, 16, 1, 1, 1]), cacheOf(), config)
  const weights = [...initialise(parameters.list, 3)].map(([name, { data, shape }]) => {
    const values = data as Float32Array
    const [, inputs = 0, times, rows = 0, columns = 0] = shape
    if (name === 'encoder.conv_in.bias') return [name, normalArray(7, 0, values.length), shape] as const
    if (/(?:conv2|proj)\.weight$/.test(name)) return [name, values.fill(0), shape] as const
    if (shape.length !== 5 || times !== 3) return [name, values, shape] as const
    const looking = values.map((value, i) => {
      const isNow = Math.floor(i / (rows * columns)) % 3 === 2
      const [from, to] = [Math.floor(i / 3) % inputs, Math.floor(i / 3 / inputs)]
      return isNow ? (name.includes('time_conv') ? Number(from === to) : 1.7 * value) : 0
    })
    return [name, looking, shape] as const
  })
  const file = join(cache, 'vae.safetensors')
  const tensors = new Map(weights.map(([name, data, shape]) => [name, hostTensor(data, shape)]))
  await writeTensorFile(file, tensors, {}, 'F32')
  return { ...checkpoint, vae: { config, ...(await mapWeightFile(file)), source: file } }
}

test('it shows pictures that it was not fitted on, as far as the autoencoder keeps them', async () => {
  const seeing = await withSeeingVae()
  const projection = await wanProjection(seeing, runtime, { session, cache: join(cache, 'seeing') })
  const vae = openVae(seeing, runtime, session)
  let [error, plain] = [0, 0]
  for (let i = 500; i < 508; i++) {
    const clip = leafClip(i, { frames: 5, size: 96 })
    const { data } = await vae.encode(videoTensor(clip))
    const latents = toTransformerLatents(seeing, data as Float32Array)
    const layout = { order: 'channels-first', frames: 2, rows: 12, columns: 12 } as const
    const shown = projectLatents(projection, { data: latents, ...layout }, clip.fps)
    const firsts = joinFrames([sliceFrames(clip, 0, 1), sliceFrames(clip, 4, 5)])
    const truth = await resizeFrames(firsts, { width: 24, height: 24 })
    const gray = solidFrames(truth, [128, 128, 128])
    error += 10 ** (-compareFrames(shown, truth).psnr / 10)
    plain += 10 ** (-compareFrames(gray, truth).psnr / 10)
  }
  await vae.close()
  expect(error).toBeLessThan(plain / 2)
})

test('it is fitted once, again where its file is damaged, and without a cache each time', async () => {
  const kept = join(cache, 'tiny')
  const first = await wanProjection(checkpoint, runtime, { session, cache: kept })
  const [name = ''] = await readdir(kept)
  const file = join(kept, name)
  const { mtimeMs } = await stat(file)
  expect(await wanProjection(checkpoint, runtime, { session, cache: kept })).toEqual(first)
  expect((await stat(file)).mtimeMs).toBe(mtimeMs)
  const whole = await readFile(file)
  await writeFile(file, whole.subarray(0, 100))
  expect(await wanProjection(checkpoint, runtime, { session, cache: kept })).toEqual(first)
  expect(await readFile(file)).toEqual(whole)
  const nowhere = join(file, 'no-folder')
  expect(await wanProjection(checkpoint, runtime, { session, cache: nowhere })).toEqual(first)
})

test('another autoencoder is not shown by it, though the layer that gives the latents is the same', async ({
  onTestFinished,
}) => {
  const kept = join(cache, 'others')
  const first = await wanProjection(checkpoint, runtime, { session, cache: kept })
  const folder = await copyTinyWan()
  onTestFinished(() => rm(folder, { recursive: true }))
  const other = await openWanCheckpoint(folder)
  const layer = other.vae.weights.get('encoder.conv_in.weight')
  if (!layer) throw new RangeError('no conv_in')
  const file = await open(join(other.vae.weightFolder, layer.location), 'r+')
  await file.write(new Uint8Array(layer.length / 2), 0, layer.length / 2, layer.offset)
  await file.close()
  expect(await wanProjection(other, runtime, { session, cache: kept })).not.toEqual(first)
  expect(await readdir(kept)).toHaveLength(2)
  expect(await wanProjection(checkpoint, runtime, { session, cache: kept })).toEqual(first)
})
