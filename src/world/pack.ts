import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { FramewrightError } from '../util/errors.ts'
import { createRandom } from '../util/random.ts'
import { actorOf, actors } from './actors.ts'
import { drawSetting } from './setting-art.ts'
import { type SettingName, settingNames, settings, settingVariants } from './settings.ts'
import {
  type Canvas,
  canvasHeight,
  canvasKey,
  canvasWidth,
  createSprite,
  type Sprite,
  spriteSizes,
  type WorldPack,
} from './world-pack.ts'

export interface BuildPackOptions {
  /** Where `npm install` of `world-data/` put the art. @default 'world-data/node_modules' */
  readonly source?: string | undefined
  /** Where the pack goes. @default '.cache/world' */
  readonly target?: string | undefined
  /** Ids of the actors to take. @default all */
  readonly cast?: readonly string[] | undefined
  /** The settings to draw. @default all */
  readonly places?: readonly SettingName[] | undefined
  /** `small` is for tests: 32×32 sprites of 8 pictures, one canvas of 64×48 a setting and time. @default 'full' */
  readonly detail?: 'full' | 'small' | undefined
  /** Called after every picture that is done. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined
  readonly signal?: AbortSignal | undefined
}

/** The pack's table of contents, `pack.json`; the pixels lie in its order in `sprites.bin` and `canvases.bin`. */
interface PackIndex {
  readonly spriteSize: number
  readonly canvasWidth: number
  readonly canvasHeight: number
  readonly sprites: readonly { readonly id: string; readonly frames: number }[]
  readonly canvases: readonly { readonly key: string; readonly variants: number }[]
}

/** What a pack holds of each thing; `frames` is the most pictures of a loop, spread evenly over it. */
const details = {
  full: { spriteSize: spriteSizes[0], frames: 1000, variants: settingVariants, canvasWidth, canvasHeight },
  small: { spriteSize: 32, frames: 8, variants: 1, canvasWidth: 64, canvasHeight: 48 },
} as const

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
  const detail = details[options.detail ?? 'full']
  const cast = options.cast?.map(actorOf) ?? actors
  const places = options.places ?? settingNames
  const total = cast.length + places.length
  let done = 0
  const step = (): void => {
    options.signal?.throwIfAborted()
    options.onProgress?.(++done, total)
  }
  await mkdir(target, { recursive: true })
  const spriteBytes: Uint8Array[] = []
  const sprites: PackIndex['sprites'][number][] = []
  for (const { id, codePoint, loopFrames } of cast) {
    const frames = Math.min(loopFrames, detail.frames)
    spriteBytes.push(
      await decodeLoop(await findLoop(source, codePoint), loopFrames, frames, detail.spriteSize),
    )
    sprites.push({ id, frames })
    step()
  }
  const canvasBytes: Uint8Array[] = []
  const canvases: PackIndex['canvases'][number][] = []
  for (const name of places) {
    for (const time of settings[name].times) {
      canvases.push({ key: canvasKey(name, time), variants: detail.variants })
      for (let variant = 0; variant < detail.variants; variant++) {
        const svg = drawSetting(name, time, createRandom(variant, settingNames.indexOf(name)))
        canvasBytes.push(await rasterise(svg, detail))
      }
    }
    step()
  }
  const { spriteSize } = detail
  const index: PackIndex = {
    spriteSize,
    canvasWidth: detail.canvasWidth,
    canvasHeight: detail.canvasHeight,
    sprites,
    canvases,
  }
  await replaceFile(join(target, 'sprites.bin'), Buffer.concat(spriteBytes))
  await replaceFile(join(target, 'canvases.bin'), Buffer.concat(canvasBytes))
  await replaceFile(join(target, 'pack.json'), JSON.stringify(index))
}

/**
 * Reads the pack, and builds it first where there is none.
 * @param folder @default '.cache/world'
 * @throws FramewrightError E_DATA when it must be built and the art is not installed
 */
export async function openPack(folder = defaultTarget): Promise<WorldPack> {
  const isThere = await stat(join(folder, 'pack.json')).catch(() => null)
  if (!isThere) await buildPack({ target: folder })
  return loadPack(folder)
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
  const { canvasWidth: width, canvasHeight: height } = index
  const size = width * height * 3
  offset = 0
  for (const { key, variants } of index.canvases) {
    const list: Canvas[] = []
    for (let v = 0; v < variants; v++, offset += size) {
      list.push({ width, height, data: take(canvasBytes, offset, size) })
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

/** An actor's file of the world's art. @throws FramewrightError E_DATA when it is not installed */
export async function findLoop(source: string, codePoint: string): Promise<Buffer> {
  for (let part = 1; part <= packageCount; part++) {
    try {
      return await readFile(join(source, `@lobehub/fluent-emoji-anim-${part}/assets/${codePoint}.webp`))
    } catch {
      // It is in one of the other parts.
    }
  }
  throw new FramewrightError(
    'E_DATA',
    `the world’s art is not in ${source} (no picture ${codePoint}): run "npm install --prefix world-data" in a clone`,
  )
}

/** `frames` pictures of a loop of `loopFrames` at 12 a second, [frames, size, size, 4] premultiplied. */
async function decodeLoop(
  file: Buffer,
  loopFrames: number,
  frames: number,
  size: number,
): Promise<Uint8Array> {
  const pages = Array.from({ length: frames }, (_, f) => Math.floor((f * loopFrames) / frames) * 2)
  return decodePictures(file, loopFrames, pages, size)
}

/**
 * Pictures of a loop by their number in its file, which has 24 a second, [pictures, size, size, 4] premultiplied.
 * @param loopFrames the loop's length at 12 a second
 */
export async function decodePictures(
  file: Buffer,
  loopFrames: number,
  pictures: readonly number[],
  size: number,
): Promise<Uint8Array> {
  const { default: sharp } = await import('sharp')
  const { pages = 1 } = await sharp(file).metadata()
  if (pages < loopFrames * 2 - 1) {
    throw new FramewrightError('E_DATA', `a loop has ${pages} pictures, expected ${loopFrames * 2}`)
  }
  const strip = await sharp(file, { animated: true })
    .resize(size, size, { fit: 'fill' })
    .ensureAlpha()
    .raw()
    .toBuffer()
  const length = size * size * 4
  const out = new Uint8Array(pictures.length * length)
  for (const [f, picture] of pictures.entries()) {
    const from = Math.min(picture, pages - 1) * length
    for (let i = 0; i < length; i += 4) {
      const alpha = strip[from + i + 3] ?? 0
      for (let c = 0; c < 3; c++)
        out[f * length + i + c] = Math.round(((strip[from + i + c] ?? 0) * alpha) / 255)
      out[f * length + i + 3] = alpha
    }
  }
  return out
}

/** A setting's picture as pixels, RGB. */
export async function rasterise(
  svg: string,
  {
    canvasWidth: width,
    canvasHeight: height,
  }: { readonly canvasWidth: number; readonly canvasHeight: number },
): Promise<Uint8Array> {
  const { default: sharp } = await import('sharp')
  // Vector art is drawn at the size that is wanted: 72 dots an inch are its own.
  const density = Math.max(72, (72 * width) / canvasWidth)
  const picture = sharp(Buffer.from(svg), { density }).removeAlpha().toColourspace('srgb')
  return picture.resize(width, height).raw().toBuffer()
}

/** Written whole or not at all, so that a build cut short leaves the old pack. */
async function replaceFile(path: string, data: string | Uint8Array): Promise<void> {
  await writeFile(`${path}.new`, data)
  await rename(`${path}.new`, path)
}
