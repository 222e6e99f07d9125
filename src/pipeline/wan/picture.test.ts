import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hostTensor } from '../../graph/index.ts'
import { readGoldenFile, relativeError } from '../../graph/test-golden.ts'
import { parseClipPreparation } from '../../models/clip-vision-config.ts'
import { mainThreadRuntime } from '../../runtime/node.ts'
import { openWanCheckpoint, type WanCheckpoint } from './checkpoint.ts'
import { denoiseLatents } from './denoise.ts'
import { encodePrompts, openTransformer, openVae, toVaeLatents } from './networks.ts'
import { pictureCondition, pictureFeatures, preparePicture } from './picture.ts'
import { walkOf } from './scheduler.ts'
import { goldenPicture, imageCases, imageGolden, type TinyImageCase, tinyImageWan } from './test-tiny.ts'

const runtime = await mainThreadRuntime()
const session = { threads: 1 }
const checkpoints = new Map<string, WanCheckpoint>()
const folders: string[] = []
beforeAll(async () => {
  for (const model of ['wan-tiny-i2v', 'wan-tiny-ends'] as const) {
    const folder = await tinyImageWan(model)
    folders.push(folder)
    checkpoints.set(model, await openWanCheckpoint(folder))
  }
})
afterAll(async () => {
  await runtime.close()
  for (const folder of folders) await rm(folder, { recursive: true })
})

const parts = readGoldenFile('wan-image')
const preparations = Object.keys(parts.configs).filter((name) => name.startsWith('prepare/'))

test.each(preparations)('%s: a picture is made ready as by transformers', (name) => {
  const preparation = parseClipPreparation(parts.configs[name], name)
  const prepared = preparePicture(goldenPicture(parts.get(`${name}/from`)), preparation)
  expect(relativeError(prepared, parts.get(`${name}/to`))).toBeLessThan(1e-6)
})

/** The checkpoint of a case, and its pictures. */
function opened(name: string, { model }: TinyImageCase) {
  const checkpoint = checkpoints.get(model)
  if (!checkpoint?.pictures) throw new RangeError(`${model} looks at no pictures`)
  const first = goldenPicture(imageGolden.get(`${name}/image`))
  const last = imageGolden.names.includes(`${name}/last`)
    ? goldenPicture(imageGolden.get(`${name}/last`))
    : null
  return { checkpoint, pictures: checkpoint.pictures, first, last }
}

test.each(imageCases)(
  '%s: features and condition of the pictures are those of diffusers’ pipeline',
  async (name, one) => {
    const { checkpoint, pictures, first, last } = opened(name, one)
    const given = last === null ? [first] : [first, last]
    const features = await pictureFeatures(pictures, runtime, given, { session })
    expect(relativeError(features, imageGolden.get(`${name}/features`))).toBeLessThan(2e-5)
    const { frames, width, height } = one
    const condition = await pictureCondition(checkpoint, runtime, {
      ...{ first, last, frames, width, height, session },
    })
    expect(relativeError(condition, imageGolden.get(`${name}/condition`))).toBeLessThan(2e-5)
  },
)

test.each(imageCases)(
  '%s: six steps and the decoded frames are those of diffusers’ pipeline',
  async (name, one) => {
    const { checkpoint, pictures, first, last } = opened(name, one)
    const noise = imageGolden.get(`${name}/noise`)
    const [, , count = 0, rows = 0, columns = 0] = noise.shape
    const texts = one.guidance > 1 ? [one.prompt, one.negative] : [one.prompt]
    const encoded = await encodePrompts(checkpoint, runtime, texts, { session })
    const given = last === null ? [first] : [first, last]
    const features = await pictureFeatures(pictures, runtime, given, { session })
    const { frames, width, height } = one
    const { data: condition } = await pictureCondition(checkpoint, runtime, {
      ...{ first, last, frames, width, height, session },
    })
    const network = openTransformer(checkpoint, runtime, [count, rows, columns], {
      ...{ resident: 1, session, features },
    })
    const readings = []
    for (const { vectors } of encoded) readings.push(await network.read(vectors))
    const [prompt = {}, negative = null] = readings
    const walk = walkOf(one.sampler, { ...one, noise: () => new Float32Array(0) })
    const latents = await denoiseLatents(network, {
      ...{ ...walk, noise: noise.data as Float32Array, condition: condition as Float32Array },
      ...{ prompt, negative, guidance: one.guidance },
    })
    await network.close()
    expect(relativeError(hostTensor(latents, noise.shape), imageGolden.get(`${name}/latents`))).toBeLessThan(
      1e-4,
    )
    const vae = openVae(checkpoint, runtime, session)
    const film: number[] = []
    for await (const chunk of vae.decode(hostTensor(toVaeLatents(checkpoint, latents), noise.shape))) {
      const [, , length = 0] = chunk.shape
      const area = width * height
      for (let i = 0; i < length * area * 3; i++) {
        const at = ((i % 3) * length + Math.floor(i / 3 / area)) * area + (Math.floor(i / 3) % area)
        film.push(Number(chunk.data[at]) / 2 + 0.5)
      }
    }
    await vae.close()
    const expected = imageGolden.get(`${name}/frames`)
    expect(relativeError(hostTensor(Float32Array.from(film), expected.shape), expected)).toBeLessThan(1e-3)
  },
)
