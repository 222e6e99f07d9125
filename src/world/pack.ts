import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { FramewrightError } from '../util/errors.ts'
import { createRandom } from '../util/random.ts'
import { actors } from './actors.ts'
import { drawSetting } from './setting-art.ts'
import { settingNames, settings, settingVariants } from './settings.ts'
import { type Canvas, canvasHeight, canvasKey, canvasWidth, createSprite, type Sprite, spriteSizes, type WorldPack } from './world-pack.ts'

export interface BuildPackOptions {
  /** Where `npm install` of `world-data/` put the art. @default 'world-data/node_modules' */
  readonly source?: string | undefined
  /** Where the pack goes. @default '.cache/world' */
  readonly target?: string | undefined
  /** Called after every picture that is done. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined
  readonly signal?: AbortSignal | undefined
}

/** The pack's table of contents, `pack.json`; the pixels lie in its order in `sprites.bin` and `canvases.bin`. */
interface PackIndex {
  readonly spriteSize: number
  readonly sprites: readonly { readonly id: string; readonly frames: number }[]
  readonly canvases: readonly { readonly key: string; readonly variants: number }[]
}

const packageCount = 4
const defaultTarget = '.cache/world'

/**
 * Decodes the actors' loops and draws the settings, once: sprites of 96×96 at 12 pictures a second, canvases of
 * 256×192. Takes about half a minute and 190 MB on disk.
 * @throws FramewrightError E_DATA when the art is not installed
 */
export async function buildPack(options: BuildPackOptions = {}): Promise<void> {
  const source = options.source ?? 'world-data/node_modules'
  const target = options.target ?? defaultTarget
  const total = actors.length + settingNames.length
  let done = 0
  const step = (): void => {
    options.signal?.throwIfAborted()
    options.onProgress?.(++done, total)
  }
  await mkdir(target, { recursive: true })
  const sprites: Uint8Array[] = []
  for (const actor of actors) {
    sprites.push(await decodeLoop(await findLoop(source, actor.codePoint), actor.loopFrames))
    step()
  }
  const canvases: Uint8Array[] = []
  const keys: PackIndex['canvases'][number][] = []
  for (const [order, name] of settingNames.entries()) {
    for (const time of settings[name].times) {
      keys.push({ key: canvasKey(name, time), variants: settingVariants })
      for (let variant = 0; variant < settingVariants; variant++) {
        canvases.push(await rasterise(drawSetting(name, time, createRandom(variant, order))))
      }
    }
    step()
  }
  const index: PackIndex = {
    spriteSize: spriteSizes[0],
    sprites: actors.map(({ id, loopFrames }) => ({ id, frames: loopFrames })),
    canvases: keys,
  }
  await replaceFile(join(target, 'sprites.bin'), Buffer.concat(sprites))
  await replaceFile(join(target, 'canvases.bin'), Buffer.concat(canvases))
  await replaceFile(join(target, 'pack.json'), JSON.stringify(index))
}

/**
 * Reads a pack that `buildPack` made.
 * @param folder @default '.cache/world'
 * @throws FramewrightError E_DATA when there is none, or it is not whole
 */
export async function loadPack(folder = defaultTarget): Promise<WorldPack> {
  const [json, spriteBytes, canvasBytes] = await Promise.all([
    readPart(folder, 'pack.json'),
    readPart(folder, 'sprites.bin'),
    readPart(folder, 'canvases.bin'),
  ])
  const index = JSON.parse(json.toString('utf8')) as PackIndex
  return unpack(index, spriteBytes, canvasBytes)
}

function unpack(index: PackIndex, spriteBytes: Uint8Array, canvasBytes: Uint8Array): WorldPack {
  const sprites = new Map<string, Sprite>()
  let offset = 0
  for (const { id, frames } of index.sprites) {
    const length = frames * index.spriteSize ** 2 * 4
    sprites.set(id, createSprite(take(spriteBytes, offset, length), frames, index.spriteSize))
    offset += length
  }
  const canvases = new Map<string, Canvas[]>()
  const size = canvasWidth * canvasHeight * 3
  offset = 0
  for (const { key, variants } of index.canvases) {
    const list: Canvas[] = []
    for (let v = 0; v < variants; v++, offset += size) {
      list.push({ width: canvasWidth, height: canvasHeight, data: take(canvasBytes, offset, size) })
    }
    canvases.set(key, list)
  }
  return { sprites, canvases }
}

function take(bytes: Uint8Array, offset: number, length: number): Uint8Array {
  if (offset + length > bytes.length) {
    throw new FramewrightError('E_DATA', 'the world pack is cut short: build it again')
  }
  return bytes.subarray(offset, offset + length)
}

async function readPart(folder: string, name: string): Promise<Buffer> {
  try {
    return await readFile(join(folder, name))
  } catch (cause) {
    throw new FramewrightError('E_DATA', `no world pack in ${folder}: build it first (buildPack)`, { cause })
  }
}

async function findLoop(source: string, codePoint: string): Promise<Buffer> {
  for (let part = 1; part <= packageCount; part++) {
    try {
      return await readFile(join(source, `@lobehub/fluent-emoji-anim-${part}/assets/${codePoint}.webp`))
    } catch {
      // It is in one of the other parts.
    }
  }
  throw new FramewrightError('E_DATA', `no picture ${codePoint} in ${source}: run npm install in world-data/`)
}

/** Every second picture of a 24-a-second loop, [frames, 96, 96, 4] premultiplied. */
async function decodeLoop(file: Buffer, frames: number): Promise<Uint8Array> {
  const { default: sharp } = await import('sharp')
  const size = spriteSizes[0]
  const { pages = 1 } = await sharp(file).metadata()
  const strip = await sharp(file, { animated: true })
    .resize(size, size, { fit: 'fill' })
    .ensureAlpha()
    .raw()
    .toBuffer()
  if (pages < frames * 2 - 1) throw new FramewrightError('E_DATA', `a loop has ${pages} pictures, expected ${frames * 2}`)
  const length = size * size * 4
  const out = new Uint8Array(frames * length)
  for (let f = 0; f < frames; f++) {
    const from = f * 2 * length
    for (let i = 0; i < length; i += 4) {
      const alpha = strip[from + i + 3] ?? 0
      for (let c = 0; c < 3; c++) out[f * length + i + c] = Math.round(((strip[from + i + c] ?? 0) * alpha) / 255)
      out[f * length + i + 3] = alpha
    }
  }
  return out
}

async function rasterise(svg: string): Promise<Uint8Array> {
  const { default: sharp } = await import('sharp')
  return sharp(Buffer.from(svg)).removeAlpha().toColourspace('srgb').raw().toBuffer()
}

/** Written whole or not at all, so that a build cut short leaves the old pack. */
async function replaceFile(path: string, data: string | Uint8Array): Promise<void> {
  await writeFile(`${path}.new`, data)
  await rename(`${path}.new`, path)
}
