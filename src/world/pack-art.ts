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
export async function decodeLoop(request: LoopRequest): Promise<Uint8Array> {
  const { source, codePoint, loopFrames, frames, size } = request
  const { default: sharp } = await import('sharp')
  const file = await findLoop(source, codePoint)
  const { pages = 1 } = await sharp(file).metadata()
  if (frames > 1 && pages < loopFrames * 2 - 1) {
    throw new FramewrightError(
      'E_DATA',
      `the loop ${codePoint} has ${pages} pictures, expected ${loopFrames * 2}`,
    )
  }
  const strip = await sharp(file, { animated: frames > 1 })
    .resize(size, size, { fit: 'fill' })
    .ensureAlpha()
    .raw()
    .toBuffer()
  const length = size * size * 4
  const out = new Uint8Array(frames * length)
  for (let f = 0; f < frames; f++) {
    const from = Math.floor((f * loopFrames) / frames) * 2 * length
    premultiply(strip.subarray(from, from + length), out.subarray(f * length))
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

/** A drawing's pixels: RGB [height, width, 3], or RGBA premultiplied. */
export async function rasterise(
  svg: string,
  width: number,
  height: number,
  alpha: 'opaque' | 'with-alpha' = 'opaque',
): Promise<Uint8Array> {
  const { default: sharp } = await import('sharp')
  const picture = sharp(Buffer.from(svg)).toColourspace('srgb').resize(width, height)
  if (alpha === 'opaque') return picture.removeAlpha().raw().toBuffer()
  const straight = await picture.ensureAlpha().raw().toBuffer()
  const out = new Uint8Array(straight.length)
  premultiply(straight, out)
  return out
}
