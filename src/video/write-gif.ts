import { openAtomicFile } from '../disk/atomic-file.ts'
import type { FrameWriter, WriterOptions } from './frame-writer.ts'
import { metadataTexts, type VideoMetadata, xmpPacket } from './metadata.ts'
import type { FrameStream } from './output-format.ts'

/**
 * An animated GIF that loops for ever, with pixels that are there or not where the frames have alpha.
 * Each picture is encoded alone, with its own 256 colours, and put into the container here (GIF89a), so that
 * memory does not grow with the length. Metadata stand in a comment and in XMP.
 */
export async function openGif(
  path: string,
  stream: FrameStream,
  options: WriterOptions,
): Promise<FrameWriter> {
  const { default: sharp } = await import('sharp')
  const file = await openAtomicFile(path, options.openOutput)
  const { width, height, channels, fps } = stream
  await file.append(screen(width, height))
  await file.append(Buffer.from('\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0', 'latin1'))
  if (options.metadata) await file.append(metadataBlocks(options.metadata))
  let count = 0

  return {
    async add(picture) {
      // The palette search of effort 7, the default, is five times as slow for half a decibel.
      const still = await sharp(picture, { raw: { width, height, channels } })
        .gif({ effort: 2, dither: 0.5 })
        .toBuffer()
      const delay = Math.round(((count + 1) * 100) / fps) - Math.round((count * 100) / fps)
      count += 1
      await file.append(frameBlocks(still, delay, channels === 4))
    },
    async finish() {
      await file.append(Buffer.from([0x3b]))
      await file.commit()
      return file.sizeBytes
    },
    discard: () => file.discard(),
  }
}

/** Signature and logical screen, without a palette for all. */
function screen(width: number, height: number): Uint8Array {
  const out = Buffer.alloc(13)
  out.write('GIF89a', 'latin1')
  out.writeUInt16LE(width, 6)
  out.writeUInt16LE(height, 8)
  return out
}

/**
 * The one picture of a still GIF as a frame of an animation: its palette becomes the frame's own.
 * @param delay - Hundredths of a second.
 */
function frameBlocks(still: Buffer, delay: number, hasAlpha: boolean): Uint8Array {
  const screenFlags = still[10] ?? 0
  let at = 13
  let palette = still.subarray(at, at)
  if (screenFlags & 0x80) {
    palette = still.subarray(at, at + paletteBytes(screenFlags))
    at += palette.length
  }
  const control = Buffer.from([0x21, 0xf9, 4, 0, 0, 0, 0, 0])
  // How the frame is disposed of: 2 clears it, as the next may be transparent there; 1 leaves it.
  control[3] = (hasAlpha ? 2 : 1) << 2
  control.writeUInt16LE(delay, 4)
  for (; still[at] === 0x21; at = skipBlocks(still, at + 2)) {
    const isTransparent = still[at + 1] === 0xf9 && ((still[at + 3] ?? 0) & 1) === 1
    if (!isTransparent) continue
    control[3] |= 1
    control[6] = still[at + 6] ?? 0
  }
  const descriptor = Buffer.from(still.subarray(at, at + 10))
  at += 10
  const flags = descriptor[9] ?? 0
  if (flags & 0x80) {
    palette = still.subarray(at, at + paletteBytes(flags))
    at += palette.length
  } else {
    descriptor[9] = (flags & 0x40) | 0x80 | (screenFlags & 7)
  }
  // One byte for the size of a code, then the blocks.
  const pixels = still.subarray(at, skipBlocks(still, at + 1))
  return Buffer.concat([control, descriptor, palette, pixels])
}

function paletteBytes(flags: number): number {
  return 3 * 2 ** ((flags & 7) + 1)
}

/** The place behind a run of sub-blocks: each begins with its length, the last has length 0. */
function skipBlocks(bytes: Uint8Array, start: number): number {
  let at = start
  for (let size = bytes[at] ?? 0; size > 0; size = bytes[at] ?? 0) at += size + 1
  return at + 1
}

function metadataBlocks(metadata: VideoMetadata): Uint8Array {
  const { description, comment } = metadataTexts(metadata)
  const text = Buffer.from(`${description}\n${comment}`)
  const parts: Uint8Array[] = [Buffer.from([0x21, 0xfe])]
  for (let at = 0; at < text.length; at += 255) {
    const block = text.subarray(at, at + 255)
    parts.push(Buffer.from([block.length]), block)
  }
  parts.push(Buffer.from([0]))
  // XMP part 3, GIF: the packet is not cut in blocks. This ramp brings a reader that skips blocks, wherever it
  // lands in it, to the end.
  const ramp = Uint8Array.from({ length: 257 }, (_, i) => (i === 0 ? 1 : 256 - i))
  parts.push(
    Buffer.from('\x21\xff\x0bXMP DataXMP', 'latin1'),
    Buffer.from(xmpPacket(metadata)),
    ramp,
    Buffer.from([0]),
  )
  return Buffer.concat(parts)
}
