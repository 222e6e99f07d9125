import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { FramewrightError } from '../util/errors.ts'

/** The art comes in this many packages. */
const packageCount = 4

async function findLoop(source: string, codePoint: string): Promise<Buffer> {
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

export interface LoopRequest {
  readonly source: string
  readonly codePoint: string
  /** Its length at 12 a second; the file has 24, or one picture. */
  readonly loopFrames: number
  /** How many pictures to take, evenly spread. */
  readonly frames: number
  readonly size: number
}

/** Pictures of a loop, [frames, size, size, 4] premultiplied. @throws FramewrightError E_DATA */
export async function decodeLoop({ frames, ...loop }: LoopRequest): Promise<Uint8Array> {
  const numbers = Array.from({ length: frames }, (_, f) => Math.floor((f * loop.loopFrames) / frames) * 2)
  return decodePictures({ ...loop, pictures: numbers })
}

export interface PicturesRequest extends Omit<LoopRequest, 'frames'> {
  /** Numbers in the loop's file, from 0: 24 a second. */
  readonly pictures: readonly number[]
}

/** As `decodeLoop`, but those pictures: [pictures, size, size, 4] premultiplied. @throws FramewrightError E_DATA */
export async function decodePictures(request: PicturesRequest): Promise<Uint8Array> {
  const { source, codePoint, loopFrames, pictures, size } = request
  const { default: sharp } = await import('sharp')
  const file = await findLoop(source, codePoint)
  const { pages = 1 } = await sharp(file).metadata()
  const isLoop = pictures.some((picture) => picture > 0)
  if (isLoop && pages < loopFrames * 2 - 1) {
    throw new FramewrightError(
      'E_DATA',
      `the loop ${codePoint} has ${pages} pictures, expected ${loopFrames * 2}`,
    )
  }
  const strip = await sharp(file, { animated: isLoop })
    .resize(size, size, { fit: 'fill' })
    .ensureAlpha()
    .raw()
    .toBuffer()
  const length = size * size * 4
  const out = new Uint8Array(pictures.length * length)
  for (const [i, picture] of pictures.entries()) {
    // Some files lack the last one.
    const from = Math.min(picture, pages - 1) * length
    premultiply(strip.subarray(from, from + length), out.subarray(i * length))
  }
  return out
}

function premultiply(straight: Uint8Array, out: Uint8Array): void {
  for (let i = 0; i < straight.length; i += 4) {
    const alpha = straight[i + 3] ?? 0
    for (let c = 0; c < 3; c++) out[i + c] = Math.round(((straight[i + c] ?? 0) * alpha) / 255)
    out[i + 3] = alpha
  }
}

export interface RasteriseOptions {
  /** @default 'opaque' */
  readonly alpha?: 'opaque' | 'with-alpha'
  /** How many times its own size it is drawn at, before it is resized. @default 1 */
  readonly scale?: number
}

/** A drawing's pixels: RGB [height, width, 3], or RGBA premultiplied. */
export async function rasterise(
  svg: string,
  width: number,
  height: number,
  { alpha = 'opaque', scale = 1 }: RasteriseOptions = {},
): Promise<Uint8Array> {
  const { default: sharp } = await import('sharp')
  // 72 dots an inch are its own size.
  const picture = sharp(Buffer.from(svg), { density: 72 * scale })
    .toColourspace('srgb')
    .resize(width, height)
  if (alpha === 'opaque') return picture.removeAlpha().raw().toBuffer()
  const straight = await picture.ensureAlpha().raw().toBuffer()
  const out = new Uint8Array(straight.length)
  premultiply(straight, out)
  return out
}
