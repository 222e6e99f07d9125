import { openAtomicFile } from '../disk/atomic-file.ts'
import type { FrameWriter, WriterOptions } from './frame-writer.ts'
import { xmpPacket } from './metadata.ts'
import type { FrameStream } from './output-format.ts'

/**
 * An animated WebP that loops for ever, with transparency where the frames have it.
 * Each picture is encoded alone and put into the container here (RFC 9649, section 2.7), so that memory does
 * not grow with the length. Metadata stand in XMP.
 */
export async function openWebp(
  path: string,
  stream: FrameStream,
  options: WriterOptions,
): Promise<FrameWriter> {
  const { default: sharp } = await import('sharp')
  const file = await openAtomicFile(path, options.openOutput)
  const { width, height, channels, fps } = stream
  const hasAlpha = channels === 4
  await file.append(fileHeader(0))
  await file.append(chunk('VP8X', canvas(width, height, hasAlpha, options.metadata !== undefined)))
  // Background colour (ignored by players) and number of loops, 0 for ever.
  await file.append(chunk('ANIM', new Uint8Array(6)))
  let count = 0

  return {
    async add(picture) {
      const still = await sharp(picture, { raw: { width, height, channels } })
        .webp({ quality: 90, alphaQuality: 100 })
        .toBuffer()
      const milliseconds = Math.round(((count + 1) * 1000) / fps) - Math.round((count * 1000) / fps)
      count += 1
      const header = frameHeader(width, height, milliseconds)
      await file.append(chunk('ANMF', Buffer.concat([header, pictureChunks(still)])))
    },
    async finish() {
      if (options.metadata) await file.append(chunk('XMP ', Buffer.from(xmpPacket(options.metadata))))
      await file.writeAt(fileHeader(file.sizeBytes - 8), 0)
      await file.commit()
      return file.sizeBytes
    },
    discard: () => file.discard(),
  }
}

function fileHeader(sizeBytes: number): Uint8Array {
  const header = Buffer.from('RIFF____WEBP', 'latin1')
  header.writeUInt32LE(sizeBytes, 4)
  return header
}

/** Name, size, payload, and a byte more where the size is odd. */
function chunk(name: string, payload: Uint8Array): Uint8Array {
  const out = Buffer.alloc(8 + payload.length + (payload.length % 2))
  out.write(name, 0, 'latin1')
  out.writeUInt32LE(payload.length, 4)
  out.set(payload, 8)
  return out
}

function canvas(width: number, height: number, hasAlpha: boolean, hasXmp: boolean): Uint8Array {
  const out = Buffer.alloc(10)
  out[0] = 0x02 | (hasAlpha ? 0x10 : 0) | (hasXmp ? 0x04 : 0)
  out.writeUIntLE(width - 1, 4, 3)
  out.writeUIntLE(height - 1, 7, 3)
  return out
}

/** At (0, 0), the whole canvas, for so long, in place of what was there (not blended with it). */
function frameHeader(width: number, height: number, milliseconds: number): Uint8Array {
  const out = Buffer.alloc(16)
  out.writeUIntLE(width - 1, 6, 3)
  out.writeUIntLE(height - 1, 9, 3)
  out.writeUIntLE(milliseconds, 12, 3)
  out[15] = 0b10
  return out
}

/** The chunks of a still WebP that are its picture. */
function pictureChunks(still: Buffer): Uint8Array {
  const found: Uint8Array[] = []
  for (let at = 12; at + 8 <= still.length; ) {
    const size = still.readUInt32LE(at + 4)
    const end = at + 8 + size + (size % 2)
    if (['ALPH', 'VP8 ', 'VP8L'].includes(still.toString('latin1', at, at + 4)))
      found.push(still.subarray(at, end))
    at = end
  }
  return Buffer.concat(found)
}
