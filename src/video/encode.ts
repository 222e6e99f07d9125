import { FramewrightError } from '../util/errors.ts'
import type { FrameWriter, OpenFrameWriter, WriterOptions } from './frame-writer.ts'
import { type Frames, sliceFrames } from './frames.ts'
import { checkOutput, checkStream, type FrameStream, type OutputFormat } from './output-format.ts'
import { openMp4, openWebm } from './write-container.ts'
import { openGif } from './write-gif.ts'
import { openPng, openPngFolder } from './write-png.ts'
import { openWebp } from './write-webp.ts'

export interface EncodeOptions extends WriterOptions {
  /**
   * How many frames will come, where they come in chunks and that is known: an MP4 then begins with its index,
   * so that it plays while it is still being fetched. Not needed for frames that are all there.
   */
  readonly frameCount?: number | undefined
  /** Stops between two frames, removes what was written and rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined
  readonly onEvent?: ((event: EncodeEvent) => void) | undefined
}

export interface EncodeEvent {
  readonly type: 'frame-encoded'
  /** From 0. */
  readonly index: number
}

export interface EncodedVideo {
  readonly path: string
  readonly format: OutputFormat
  readonly width: number
  readonly height: number
  /** Frames a second. */
  readonly fps: number
  readonly frameCount: number
  readonly durationSeconds: number
  readonly sizeBytes: number
}

/**
 * Writes frames to a video file, in the format that the path ends in (see `outputFormat`).
 * They may come chunk by chunk: no more than a chunk and the encoder's few frames are in memory.
 * The file appears under its name when it is complete, in place of any file that had it; on failure and abort
 * nothing is left. Transparency is kept in .webp, .png and, as on or off, in .gif; .mp4 and .webm lie on white.
 * @throws FramewrightError E_OUTPUT when the path cannot be written or there are no frames; E_SHAPE when the
 *   format cannot hold their size (.mp4 and .webm need even sides) or chunks differ in size, channels or rate;
 *   E_ENCODE when the encoder fails.
 */
export async function encodeVideo(
  frames: Frames | AsyncIterable<Frames> | Iterable<Frames>,
  path: string,
  options: EncodeOptions = {},
): Promise<EncodedVideo> {
  const { signal } = options
  signal?.throwIfAborted()
  const isWhole = 'data' in frames
  const frameCount = isWhole ? frames.count : options.frameCount
  const format = await checkOutput(path, isWhole ? streamOf(frames, frameCount) : { frameCount })
  let stream: FrameStream | undefined
  let writer: FrameWriter | undefined
  let count = 0
  try {
    for await (const chunk of isWhole ? [frames] : frames) {
      if (chunk.count === 0) continue
      stream = joinStream(format, stream, chunk, frameCount)
      for (let index = 0; index < chunk.count; index++, count++) {
        signal?.throwIfAborted()
        if (count === frameCount) throw tooMany(frameCount)
        writer ??= await writers[format](path, stream, options)
        await writer.add(sliceFrames(chunk, index, index + 1).data)
        options.onEvent?.({ type: 'frame-encoded', index: count })
      }
    }
    signal?.throwIfAborted()
    if (!writer || !stream) throw new FramewrightError('E_OUTPUT', `there are no frames to write to ${path}`)
    const sizeBytes = await writer.finish()
    const { width, height, fps } = stream
    return { path, format, width, height, fps, frameCount: count, durationSeconds: count / fps, sizeBytes }
  } catch (error) {
    await writer?.discard()
    throw error
  }
}

const writers: { readonly [F in OutputFormat]: OpenFrameWriter } = {
  mp4: openMp4,
  webm: openWebm,
  webp: openWebp,
  gif: openGif,
  png: openPng,
  'png-folder': openPngFolder,
}

/** The first chunk says what the stream is; the others must be like it. */
function joinStream(
  format: OutputFormat,
  stream: FrameStream | undefined,
  chunk: Frames,
  frameCount: number | undefined,
): FrameStream {
  if (stream === undefined) {
    const first = streamOf(chunk, frameCount)
    checkStream(format, first)
    return first
  }
  for (const key of ['width', 'height', 'channels', 'fps'] as const) {
    if (chunk[key] !== stream[key]) {
      throw new FramewrightError(
        'E_SHAPE',
        `all frames of a video need the same ${key}: it began with ${stream[key]}, then came ${chunk[key]}`,
      )
    }
  }
  return stream
}

function streamOf({ width, height, channels, fps }: Frames, frameCount: number | undefined): FrameStream {
  return { width, height, channels, fps, frameCount }
}

function tooMany(frameCount: number): FramewrightError {
  return new FramewrightError('E_OPTION', `\`frameCount\` promised ${frameCount} frames and more have come`)
}
