import type { Output, VideoEncodingConfig } from 'mediabunny'
import { type AtomicFile, openAtomicFile } from '../disk/atomic-file.ts'
import { FramewrightError } from '../util/errors.ts'
import { rgbToI420 } from './color.ts'
import type { FrameWriter, WriterOptions } from './frame-writer.ts'
import { DIGITAL_SOURCE_TYPE, metadataTexts, type VideoMetadata, xmpPacket } from './metadata.ts'
import type { FrameStream } from './output-format.ts'
import { awake, loadWebCodecs } from './webcodecs.ts'

/**
 * H.264 in MP4. With the number of frames known the index comes first, so that players can start before
 * they have it all; else it comes last. Metadata stand in iTunes tags and in XMP (ISO 16684-3's `uuid` box).
 */
export async function openMp4(
  path: string,
  stream: FrameStream,
  options: WriterOptions,
): Promise<FrameWriter> {
  const { Mp4OutputFormat, Quality } = await loadWebCodecs()
  const { metadata } = options
  return openContainer(path, stream, options, {
    format: new Mp4OutputFormat({ fastStart: stream.frameCount === undefined ? false : 'reserve' }),
    encoding: { codec: 'avc', quality: new Quality({ bitrate: options.bitrate ?? defaultBitrate(stream) }) },
    rawTags: (texts) => ({ desc: texts.description, '©too': texts.encoder }),
    trailer: metadata && uuidBox(XMP_UUID, new TextEncoder().encode(xmpPacket(metadata))),
  })
}

/** VP9 in WebM, at a constant quality. Metadata stand in Matroska tags. */
export async function openWebm(
  path: string,
  stream: FrameStream,
  options: WriterOptions,
): Promise<FrameWriter> {
  const { WebMOutputFormat, Quality } = await loadWebCodecs()
  const { metadata } = options
  return openContainer(path, stream, options, {
    format: new WebMOutputFormat(),
    // Of 0 to 63; at 16 flat colours and outlines of cartoons show no loss.
    encoding: { codec: 'vp9', quality: new Quality({ quantizer: 16 }) },
    rawTags: (texts) => ({
      DESCRIPTION: texts.description,
      ENCODER: texts.encoder,
      DIGITAL_SOURCE_TYPE,
      ...(metadata?.seed !== undefined && { SEED: String(metadata.seed) }),
      ...(metadata?.model !== undefined && { MODEL: metadata.model }),
    }),
  })
}

/** What tells the containers apart. */
interface Container {
  readonly format: Output['format']
  readonly encoding: VideoEncodingConfig
  readonly rawTags: (texts: ReturnType<typeof metadataTexts>) => Record<string, string>
  /** Bytes to put behind what the library wrote. */
  readonly trailer?: Uint8Array | undefined
}

/** ISO 16684-3 (XMP part 3), MPEG-4: the box that holds a packet. */
const XMP_UUID = 'be7acfcb97a942e89c71999491e3afac'

async function openContainer(
  path: string,
  stream: FrameStream,
  options: WriterOptions,
  container: Container,
): Promise<FrameWriter> {
  const { Output: OutputFile, StreamTarget, VideoSample, VideoSampleSource } = await loadWebCodecs()
  const file = await openAtomicFile(path, options.openOutput)
  const output = new OutputFile({
    format: container.format,
    target: new StreamTarget(writableStream(file), { chunked: true, chunkSize: 1 << 20 }),
  })
  forgetTime(output)
  const source = new VideoSampleSource(container.encoding)
  const { width, height, fps, frameCount } = stream
  output.addVideoTrack(source, {
    frameRate: fps,
    ...(frameCount !== undefined && { maximumPacketCount: frameCount }),
  })
  if (options.metadata) output.setMetadataTags(tags(options.metadata, container))
  let count = 0

  return {
    add: (picture) =>
      encoding(file, async () => {
        if (count === 0) await output.start()
        const sample = new VideoSample(rgbToI420(picture, width, height, stream.channels), {
          format: 'I420',
          codedWidth: width,
          codedHeight: height,
          timestamp: count / fps,
          duration: 1 / fps,
          colorSpace: { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', fullRange: false },
        })
        count += 1
        try {
          await source.add(sample)
        } finally {
          sample.close()
        }
      }),
    finish: () =>
      encoding(file, async () => {
        await output.finalize()
        if (container.trailer) await file.append(container.trailer)
        await file.commit()
        return file.sizeBytes
      }),
    discard: async () => {
      await awake(() => output.cancel()).catch(() => {})
      await file.discard()
    },
  }
}

function tags(metadata: VideoMetadata, container: Container) {
  const texts = metadataTexts(metadata)
  return { title: texts.title, comment: texts.comment, raw: container.rawTags(texts) }
}

/** Runs a step of the encoder; a failed write shows through whatever the library made of it. */
async function encoding<T>(file: AtomicFile, step: () => Promise<T>): Promise<T> {
  try {
    const result = await awake(step)
    if (file.failure) throw file.failure
    return result
  } catch (cause) {
    if (file.failure) throw file.failure
    if (FramewrightError.is(cause)) throw cause
    const message = cause instanceof Error ? cause.message : String(cause)
    throw new FramewrightError('E_ENCODE', `the video could not be encoded: ${message}`, { cause })
  }
}

function writableStream(file: AtomicFile) {
  return new WritableStream<{ data: Uint8Array; position: number }>({
    write: ({ data, position }) => file.writeAt(data, position),
  })
}

/**
 * A bit a pixel is several times what drawn pictures need; the encoder leaves unused what it cannot spend.
 * (Its constant-quality mode cannot be told how good: it is fixed at CRF 23.)
 */
function defaultBitrate({ width, height, fps }: FrameStream): number {
  return Math.max(2_000_000, Math.round(width * height * fps))
}

function uuidBox(uuid: string, payload: Uint8Array): Uint8Array {
  const box = Buffer.alloc(24 + payload.length)
  box.writeUInt32BE(box.length, 0)
  box.write('uuid', 4, 'latin1')
  box.write(uuid, 8, 'hex')
  box.set(payload, 24)
  return box
}

/**
 * The muxer of MP4 writes down when it was made, and has no option for it; 0 is the format's "unknown" (ISO 14496-12).
 * The same frames are to give the same bytes.
 */
function forgetTime(output: object): void {
  const muxer: unknown = Reflect.get(output, '_muxer')
  if (typeof muxer === 'object' && muxer !== null && 'creationTime' in muxer) {
    Reflect.set(muxer, 'creationTime', 0)
  }
}
