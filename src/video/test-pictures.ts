import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll } from 'vitest'
import type { Frames } from './frames.ts'

/** What the tests of this folder share: pictures, a measure, and FFmpeg's programs as the independent judge. */

const run = promisify(execFile)

/** White, yellow, cyan, green, magenta, red, blue, black; moving `speed` pixels a frame. */
export function colorBars(shape: Omit<Frames, 'data' | 'channels'>, speed = 2): Frames {
  const bits = [7, 6, 3, 2, 5, 4, 1, 0]
  return draw(shape, (x, _y, frame) => {
    const place = (x + frame * speed) % shape.width
    const bar = bits[Math.floor((place * 8) / shape.width)] ?? 0
    return [bar & 4 ? 235 : 20, bar & 2 ? 235 : 20, bar & 1 ? 235 : 20]
  })
}

/** Smooth from corner to corner in all three channels, drifting. */
export function gradient(shape: Omit<Frames, 'data' | 'channels'>): Frames {
  return draw(shape, (x, y, frame) => {
    const across = (x + frame) / (shape.width + shape.count)
    const down = y / shape.height
    return [30 + 200 * across, 40 + 180 * down, 220 - 90 * across - 90 * down]
  })
}

function draw(
  shape: Omit<Frames, 'data' | 'channels'>,
  color: (x: number, y: number, frame: number) => readonly number[],
): Frames {
  const data = new Uint8ClampedArray(shape.count * shape.height * shape.width * 3)
  let at = 0
  for (let frame = 0; frame < shape.count; frame++) {
    for (let y = 0; y < shape.height; y++) {
      for (let x = 0; x < shape.width; x++, at += 3) data.set(color(x, y, frame), at)
    }
  }
  return { ...shape, channels: 3, data: new Uint8Array(data.buffer) }
}

/** Peak signal to noise ratio, in decibels. */
export function psnr(a: Uint8Array, b: Uint8Array): number {
  if (a.length !== b.length) throw new Error(`cannot compare ${a.length} with ${b.length} bytes`)
  let squares = 0
  for (let at = 0; at < a.length; at++) squares += ((a[at] ?? 0) - (b[at] ?? 0)) ** 2
  return 10 * Math.log10(255 ** 2 / (squares / a.length || 1e-9))
}

/** Without the alpha channel. */
export function rgbOf(frames: Frames): Uint8Array {
  return frames.channels === 3 ? frames.data : frames.data.filter((_, at) => at % 4 !== 3)
}

/** A folder for one test file, removed after it. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'framewright-'))
  afterAll(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** Every name in the folder, hidden ones too. */
export async function names(folder: string): Promise<string[]> {
  return (await readdir(folder)).sort()
}

export interface Probe {
  readonly stream: Readonly<Record<string, unknown>>
  readonly format: { readonly duration?: string; readonly tags: Readonly<Record<string, string>> }
}

/** What ffprobe says of the file. Fails with a clear sentence where FFmpeg is not installed. */
export async function ffprobe(path: string): Promise<Probe> {
  const args = ['-v', 'error', '-count_frames', '-show_streams', '-show_format', '-of', 'json', path]
  const { stdout } = await ffmpegProgram('ffprobe', args)
  const { streams, format } = JSON.parse(stdout.toString())
  return { stream: streams[0], format: { tags: {}, ...format } }
}

/** The file's pictures as FFmpeg decodes and converts them: RGB, [frames, height, width, 3]. */
export async function ffmpegDecode(path: string): Promise<Uint8Array> {
  // Chroma of each 2×2 pixels as it stands, and exact arithmetic: the file is judged, not the scaler.
  const scale = 'scale=flags=neighbor+accurate_rnd+full_chroma_int:in_color_matrix=auto'
  const args = [
    '-v',
    'error',
    '-i',
    path,
    '-vf',
    scale,
    '-f',
    'rawvideo',
    '-pix_fmt',
    'rgb24',
    '-fps_mode',
    'passthrough',
    '-',
  ]
  return (await ffmpegProgram('ffmpeg', args)).stdout
}

/**
 * Runs one of FFmpeg's programs.
 * @param input - What it reads as `pipe:0`.
 */
export async function ffmpegProgram(
  name: 'ffmpeg' | 'ffprobe',
  args: readonly string[],
  input?: Uint8Array,
): Promise<{ stdout: Buffer }> {
  const running = run(name, args, { encoding: 'buffer', maxBuffer: 1 << 28 })
  // A program that is absent takes no input; its own error, below, says so.
  running.child.stdin?.on('error', () => {})
  running.child.stdin?.end(input)
  return running.catch((error) => {
    if (error.code !== 'ENOENT') throw error
    throw new Error(`this test needs ${name}: install the package ffmpeg (apt-get install ffmpeg)`)
  })
}
