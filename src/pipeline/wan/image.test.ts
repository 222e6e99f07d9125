import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createFrames, type Frames, readImage, writePng } from '../../video/index.ts'
import type { GenerateEvent } from '../events.ts'
import { generate, generateVideo } from '../generate.ts'
import { outlineOf } from '../models.ts'
import type { GenerateOptions } from '../options.ts'
import { readRun } from '../run-record.ts'
import { tinyImageWan, tinyWan } from './test-tiny.ts'

let folder = ''
let one = ''
let two = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framewright-image-'))
  vi.stubEnv('XDG_CACHE_HOME', folder)
  one = await tinyImageWan('wan-tiny-i2v')
  two = await tinyImageWan('wan-tiny-ends')
})
afterAll(async () => {
  vi.unstubAllEnvs()
  for (const made of [folder, one, two]) await rm(made, { recursive: true })
})

/** A picture with four colours in its quarters. */
function picture(width: number, height: number, turn = 0, channels: 3 | 4 = 3): Frames {
  const colors = [0xd0_30_20, 0x20_a0_40, 0x30_40_d0, 0xe0_e0_10]
  const data = Uint8Array.from({ length: width * height * channels }, (_, i) => {
    const pixel = Math.floor(i / channels)
    const quarter = Number(pixel % width >= width / 2) + 2 * Number(pixel >= (width * height) / 2)
    const channel = i % channels
    return channel === 3 ? 255 : ((colors[(quarter + turn) % 4] ?? 0) >> (16 - 8 * channel)) & 255
  })
  return createFrames({ data, count: 1, width, height, channels, fps: 1 })
}

const asked = (model: string) =>
  ({ prompt: 'A red fox runs.', model, size: '32x16', frames: 5, steps: 2, seed: 5, threads: 1 }) as const

async function stopAt(options: GenerateOptions, wanted: (event: GenerateEvent) => boolean): Promise<void> {
  for await (const event of generate(options)) if (wanted(event)) return
}

test('the picture decides what the video is like, and a run of it goes on to the same bytes', async () => {
  const image = picture(64, 32)
  const whole = await generateVideo({ ...asked(one), image })
  expect(whole.warnings).toEqual([])
  // With transparency that hides nothing, it is the same picture.
  const opaque = await generateVideo({ ...asked(one), image: picture(64, 32, 0, 4) })
  expect(opaque.video.frames.data).toEqual(whole.video.frames.data)
  const other = await generateVideo({ ...asked(one), image: picture(64, 32, 1) })
  expect(other.video.frames.data).not.toEqual(whole.video.frames.data)

  const run = join(folder, 'run')
  await stopAt({ ...asked(one), image, run }, ({ type }) => type === 'step-end')
  expect((await readdir(run)).sort()).toEqual(
    expect.arrayContaining(['image.png', 'pictures.safetensors', 'run.json', 'texts.safetensors']),
  )
  const options = await readRun(run)
  expect(options.image).toMatchObject({ width: 64, height: 32 })
  const resumed = await generateVideo(options)
  expect(resumed.video.frames.data).toEqual(whole.video.frames.data)
  await expect(generateVideo({ ...asked(one), image: picture(64, 32, 1), run })).rejects.toThrow(
    /another run, with other `image`/,
  )
  // What is saved of the pictures is used, and made again where it is damaged.
  await writeFile(join(run, 'pictures.safetensors'), 'no tensors')
  expect((await generateVideo(options)).video.frames.data).toEqual(whole.video.frames.data)
})

test('a video between two pictures looks at both', async () => {
  const [image, lastImage] = [picture(64, 32), picture(40, 20, 2)]
  const made = await generateVideo({ ...asked(two), image, lastImage })
  expect(made.video.frames.count).toBe(5)
  const other = await generateVideo({ ...asked(two), image, lastImage: picture(40, 20, 3) })
  expect(other.video.frames.data).not.toEqual(made.video.frames.data)
})

test('a picture of other proportions is stretched, which is said; without `size` it gives its own', async () => {
  const image = picture(40, 40)
  const { warnings } = await generateVideo({ ...asked(one), steps: 1, frames: 1, image })
  expect(warnings).toEqual([
    {
      type: 'stretched',
      option: 'image',
      message: expect.stringMatching(/`image` is 40×40 and the video 32×16/),
    },
  ])
  const { size: _size, ...rest } = asked(one)
  const sidesOf = (given: Frames) => {
    const { width, height } = outlineOf({ ...rest, image: given })
    return [width, height]
  }
  expect(sidesOf(picture(40, 40))).toEqual([368, 368])
  expect(sidesOf(picture(1920, 1080))).toEqual([480, 272])
  expect(sidesOf(picture(9, 16))).toEqual([272, 480])
  expect(() => sidesOf(picture(4000, 10))).toThrow(
    /4000×10, would be 7232x16: cut the picture, or give a `size`/,
  )
})

test('pictures that a checkpoint does not take, and those that it lacks, are refused', async () => {
  const [image, lastImage] = [picture(64, 32), picture(64, 32, 1)]
  const name = (path: string): RegExp => new RegExp(path.split('/').at(-1) ?? '')
  const refused = (options: GenerateOptions) => expect(generateVideo(options)).rejects
  await refused({ ...asked(tinyWan), image }).toThrow(
    /wan-tiny makes videos of words alone: leave `image` out/,
  )
  await refused(asked(one)).toThrow(/begins with a picture: give `image`, or name a text-to-video model/)
  await refused(asked(one)).toThrow(name(one))
  await refused({ ...asked(one), image, lastImage }).toThrow(/none that it ends with: leave `lastImage` out/)
  await refused(asked(two)).toThrow(/give `image` and `lastImage`/)
  await refused({ ...asked(two), image }).toThrow(/between two pictures: give `lastImage` as well/)
  const thrown = (options: object) => expect(() => generate({ ...asked(one), ...options }))
  thrown({ lastImage }).toThrow(/begins with `image`: give both/)
  thrown({ image, lastImage, frames: 1 }).toThrow(/`frames` must be at least 5 with a `lastImage`, got 1/)
  thrown({ image: 'fox.png' }).toThrow(/`image` must be one picture, as `readImage` gives/)
  const clear = { ...picture(8, 8, 0, 4), data: picture(8, 8, 0, 4).data.map((v, i) => (i === 3 ? 9 : v)) }
  thrown({ image: clear }).toThrow(/`image` can be seen through in places/)
  expect(() => generate({ prompt: 'a fox', image })).toThrow(
    /toybox begins with no `image`: name an image-to-video/,
  )
})

test('a half checkpoint is told by what it lacks', async () => {
  const half = join(folder, 'half')
  await cp(one, half, { recursive: true })
  const image = picture(64, 32)
  await rm(join(half, 'image_processor'), { recursive: true })
  const made = () => generateVideo({ ...asked(half), image })
  await expect(made()).rejects.toThrow(/preprocessor_config\.json cannot be read/)
  await cp(join(one, 'image_processor'), join(half, 'image_processor'), { recursive: true })
  await rm(join(half, 'transformer'), { recursive: true })
  await cp(join(tinyWan, 'transformer'), join(half, 'transformer'), { recursive: true })
  await expect(made()).rejects.toThrow(/looks at no picture, and the checkpoint is for image-to-video/)
  await rm(join(half, 'transformer'), { recursive: true })
  await cp(join(two, 'transformer'), join(half, 'transformer'), { recursive: true })
  const bigger = join(half, 'image_encoder', 'config.json')
  const encoder = JSON.parse(await readFile(bigger, 'utf8'))
  await writeFile(bigger, JSON.stringify({ ...encoder, image_size: 16 }))
  await expect(made()).rejects.toThrow(/position_embedding\.weight is 10×10, not 17×10/)
  await rm(join(half, 'image_encoder'), { recursive: true })
  await expect(made()).rejects.toThrow(/image_encoder.*cannot be read/)
})

test('pictures come from files', async () => {
  const path = join(folder, 'picture.png')
  await writePng(path, picture(30, 20))
  const image = await readImage(path)
  expect(outlineOf({ prompt: 'a fox', model: one, image })).toMatchObject({ width: 448, height: 288 })
})
