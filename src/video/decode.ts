import { open, readFile, stat } from 'node:fs/promises'
import type { Input, InputVideoTrack, VideoSample } from 'mediabunny'
import { FramewrightError } from '../util/errors.ts'
import { type ColorCoding, type Planes, planesToRgb } from './color.ts'
import { type Frames, joinFrames } from './frames.ts'
import { awake, loadWebCodecs } from './webcodecs.ts'

export interface DecodeOptions {
  /** Seconds from the start, inclusive. @default 0 */
  readonly startSeconds?: number | undefined
  /** Seconds from the start, exclusive. @default the end */
  readonly endSeconds?: number | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * Reads a video to memory: RGB frames, upright, at the rate that the file has on average.
 * MP4, MOV, WebM, MKV and MPEG-TS with H.264, H.265, VP8, VP9 or AV1 of 8 bits; animated WebP and GIF as RGBA.
 * An hour of video is a lot of memory: give a range, or take `decodeStream`.
 * @param source - A path or the bytes of the file.
 * @throws FramewrightError E_DATA when there is no such file, or no video in it that can be read.
 */
export async function decodeVideo(source: string | Uint8Array, options: DecodeOptions = {}): Promise<Frames> {
  const runs: Frames[] = []
  for await (const run of decodeStream(source, options)) runs.push(run)
  if (runs.length === 0) throw dataError(source, 'has no frames in the range asked for')
  return joinFrames(runs)
}

/** As `decodeVideo`, a frame at a time (all at once for WebP and GIF). */
export async function* decodeStream(
  source: string | Uint8Array,
  options: DecodeOptions = {},
): AsyncGenerator<Frames, void, undefined> {
  options.signal?.throwIfAborted()
  await checkSource(source)
  const animation = await readAnimation(source)
  if (animation) {
    yield* inRange(animation, options)
    return
  }
  const {
    ALL_FORMATS,
    BufferSource,
    FilePathSource,
    Input: InputFile,
    VideoSampleSink,
  } = await loadWebCodecs()
  const input = new InputFile({
    formats: ALL_FORMATS,
    source: typeof source === 'string' ? new FilePathSource(source) : new BufferSource(source),
  })
  try {
    const track = await videoTrack(input, source)
    const fps = await frameRate(track)
    const { startSeconds, endSeconds, signal } = options
    for await (const sample of wakeful(new VideoSampleSink(track).samples(startSeconds, endSeconds))) {
      try {
        signal?.throwIfAborted()
        yield await toFrames(sample, fps, source)
      } finally {
        sample.close()
      }
    }
  } catch (cause) {
    if (FramewrightError.is(cause) || options.signal?.aborted) throw cause
    throw dataError(
      source,
      `cannot be decoded: ${cause instanceof Error ? cause.message : String(cause)}`,
      cause,
    )
  } finally {
    input.dispose()
  }
}

/**
 * Reads one picture: PNG, JPEG, WebP, GIF, AVIF, TIFF or SVG, turned upright, as one RGBA frame in sRGB.
 * @param source - A path or the bytes of the file.
 * @throws FramewrightError E_DATA when there is no such file, or no picture in it.
 */
export async function readImage(source: string | Uint8Array): Promise<Frames> {
  await checkSource(source)
  const { default: sharp } = await import('sharp')
  const bytes = await readBytes(source)
  try {
    const image = sharp(bytes).autoOrient().toColourspace('srgb').ensureAlpha()
    const { data, info } = await image.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true })
    return { data: plainBytes(data), count: 1, width: info.width, height: info.height, channels: 4, fps: 1 }
  } catch (cause) {
    if (cause instanceof Error && /pixel limit/.test(cause.message)) {
      throw dataError(source, 'is too large a picture (at most 268 million pixels): make it smaller', cause)
    }
    throw dataError(
      source,
      'is not a picture that can be read (PNG, JPEG, WebP, GIF, AVIF, TIFF or SVG)',
      cause,
    )
  }
}

async function videoTrack(input: Input, source: string | Uint8Array): Promise<InputVideoTrack> {
  const track = await input.getPrimaryVideoTrack().catch((cause) => {
    throw dataError(
      source,
      'is not a video that can be read (MP4, MOV, WebM, MKV, MPEG-TS, WebP or GIF)',
      cause,
    )
  })
  if (!track) throw dataError(source, 'has no pictures in it')
  if (!(await track.canDecode())) {
    throw dataError(
      source,
      `is coded as ${(await track.getCodec()) ?? 'something unknown'}, which cannot be decoded here`,
    )
  }
  return track
}

/** The same values, each waited for with `awake`. */
async function* wakeful<T>(values: AsyncGenerator<T, void, unknown>): AsyncGenerator<T, void, undefined> {
  try {
    for (;;) {
      const next = await awake(() => values.next())
      if (next.done) return
      yield next.value
    }
  } finally {
    await awake(() => values.return())
  }
}

/** Frames a second on average. */
async function frameRate(track: InputVideoTrack): Promise<number> {
  const { averagePacketRate, packetCount } = await track.computePacketStats()
  // WebM and MKV keep whole milliseconds.
  return wholeRate(averagePacketRate, packetCount / averagePacketRate, 0.001)
}

/** The whole rate nearby, where the file's times are too coarse to tell it from what they add up to. */
function wholeRate(rate: number, durationSeconds: number, errorSeconds: number): number {
  const whole = Math.round(rate)
  // 29.97 is a thousandth below 30, and is itself.
  return Math.abs(rate - whole) < rate * (0.0003 + errorSeconds / durationSeconds) ? whole : rate
}

async function toFrames(sample: VideoSample, fps: number, source: string | Uint8Array): Promise<Frames> {
  const { width, height } = sample.visibleRect
  const bytes = new Uint8Array(sample.allocationSize())
  const layout = await sample.copyTo(bytes)
  const planes = namePlanes(sample.format, bytes, layout)
  if (!planes) {
    throw dataError(
      source,
      `has pixels as ${sample.format}: convert it to 8-bit 4:2:0 (ffmpeg -pix_fmt yuv420p) first`,
    )
  }
  const data = planesToRgb(planes, width, height, colorCoding(sample))
  return { ...turn({ data, width, height }, sample.rotation), count: 1, channels: 3, fps }
}

function namePlanes(
  format: string | null,
  bytes: Uint8Array,
  layout: readonly { offset: number; stride: number }[],
): Planes | undefined {
  const subsampling = format === null ? undefined : subsamplings[format]
  const [luma, first, second] = layout
  if (!subsampling || !luma || !first) return undefined
  const plane = ({ offset, stride }: { offset: number; stride: number }, step: number) => ({
    data: bytes.subarray(offset),
    stride,
    step,
  })
  if (format === 'NV12') {
    const v = { offset: first.offset + 1, stride: first.stride }
    return { y: plane(luma, 1), u: plane(first, 2), v: plane(v, 2), subsampling }
  }
  return second && { y: plane(luma, 1), u: plane(first, 1), v: plane(second, 1), subsampling }
}

const subsamplings: Readonly<Record<string, Planes['subsampling']>> = {
  I420: [2, 2],
  NV12: [2, 2],
  I422: [2, 1],
  I444: [1, 1],
}

/** What the file says; where it does not, what players assume: BT.709 from 720 lines on, limited range. */
function colorCoding(sample: VideoSample): ColorCoding {
  const { matrix, fullRange } = sample.colorSpace
  const named = matrix === 'bt709' || (!isBt601(matrix) && sample.visibleRect.height >= 720)
  return { matrix: named ? 'bt709' : 'bt601', range: fullRange ? 'full' : 'limited' }
}

function isBt601(matrix: string | null): boolean {
  return matrix === 'smpte170m' || matrix === 'bt470bg'
}

interface Picture {
  readonly data: Uint8Array
  readonly width: number
  readonly height: number
}

/** Turns an RGB picture clockwise: phones store films lying on their side. */
function turn(picture: Picture, degrees: 0 | 90 | 180 | 270): Picture {
  const { data, width, height } = picture
  if (degrees === 0) return picture
  const isLying = degrees !== 180
  const [outWidth, outHeight] = isLying ? [height, width] : [width, height]
  const out = new Uint8Array(data.length)
  for (let y = 0; y < outHeight; y++) {
    for (let x = 0; x < outWidth; x++) {
      const fromX = degrees === 90 ? y : degrees === 180 ? width - 1 - x : width - 1 - y
      const fromY = degrees === 90 ? height - 1 - x : degrees === 180 ? height - 1 - y : x
      const from = (fromY * width + fromX) * 3
      out.set(data.subarray(from, from + 3), (y * outWidth + x) * 3)
    }
  }
  return { data: out, width: outWidth, height: outHeight }
}

/** WebP and GIF are pictures to the libraries, not videos. */
async function readAnimation(source: string | Uint8Array): Promise<Frames | undefined> {
  const start = Buffer.from(await readStart(source)).toString('latin1')
  const isGif = start.startsWith('GIF8')
  if (!isGif && !(start.startsWith('RIFF') && start.endsWith('WEBP'))) return undefined
  const { default: sharp } = await import('sharp')
  try {
    const image = sharp(await readBytes(source), { animated: true, limitInputPixels: false })
    const { pages: count = 1, delay = [] } = await image.metadata()
    const { data, info } = await image.ensureAlpha().raw().toBuffer({ resolveWithObject: true })
    const seconds = delay.reduce((total, milliseconds) => total + milliseconds, 0) / 1000
    const fps = seconds > 0 ? wholeRate(count / seconds, seconds, isGif ? 0.01 : 0.001) : 1
    return { data: plainBytes(data), count, width: info.width, height: info.height / count, channels: 4, fps }
  } catch (cause) {
    throw dataError(source, 'is not an animation that can be read', cause)
  }
}

/** The first 12 bytes, by which WebP and GIF are known. */
async function readStart(source: string | Uint8Array): Promise<Uint8Array> {
  if (typeof source !== 'string') return source.subarray(0, 12)
  const file = await open(source)
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(12), 0, 12, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/** We read files for sharp: given a path it may answer from its cache after the file has changed. */
async function readBytes(source: string | Uint8Array): Promise<Uint8Array> {
  return typeof source === 'string' ? readFile(source) : source
}

/** A Buffer's bytes as a plain array, not copied. */
function plainBytes(buffer: Uint8Array): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
}

/** Frames that begin in the range. */
function* inRange(
  frames: Frames,
  { startSeconds = 0, endSeconds = Number.POSITIVE_INFINITY }: DecodeOptions,
) {
  const start = Math.max(0, Math.ceil(startSeconds * frames.fps))
  const end = Math.min(frames.count, Math.ceil(endSeconds * frames.fps))
  const size = frames.width * frames.height * frames.channels
  if (end > start)
    yield { ...frames, count: end - start, data: frames.data.subarray(start * size, end * size) }
}

async function checkSource(source: string | Uint8Array): Promise<void> {
  if (typeof source !== 'string') return
  const found = await stat(source).catch((cause) =>
    Promise.reject(dataError(source, 'cannot be opened', cause)),
  )
  if (found.isDirectory()) throw dataError(source, 'is a folder, not a file')
}

function dataError(source: string | Uint8Array, problem: string, cause?: unknown): FramewrightError {
  const name = typeof source === 'string' ? source : 'the file given as bytes'
  return new FramewrightError('E_DATA', `${name} ${problem}`, { cause })
}
