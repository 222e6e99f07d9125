import { createHash } from 'node:crypto'
import { appendFile, mkdir, readFile, stat, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import type { Runtime } from '../graph/index.ts'
import { toyboxCodec } from '../models/codec.ts'
import { type Decoder, openDecoder } from '../models/codec-decoder.ts'
import { type Encoder, openEncoder } from '../models/codec-encoder.ts'
import { groupedFrames } from '../models/codec-pixels.ts'
import { readManifest, readWeights } from '../runtime/weight-folder.ts'
import { createRandom, normalArray } from '../util/random.ts'
import { createFrames, type Frames, joinFrames } from '../video/index.ts'
import type { State } from '../video/motion-plan.ts'
import { openFineClip } from '../world/fine-art.ts'
import { withInBetweens } from '../world/in-between.ts'
import { renderClip } from '../world/render.ts'
import { type ClipScript, scriptClip } from '../world/script.ts'
import type { WorldContent } from '../world/worlds.ts'
import { clipSeed } from './lessons.ts'

/** What the upscaler and the interpolator learn from: a clip as the painter gives it, and as it should be. */
export interface EnhanceClip {
  /** 16 frames of 128×128 at 24 a second: the even ones are those that the painter would make. */
  readonly clean: Frames
  /** The same through the codec, even and odd ones each as a clip of their own; the even ones with noise on the latents. */
  readonly coded: Frames
  /** Two of the even frames at 512×512. */
  readonly fine: Frames
  /** Which frames of `clean` those are. */
  readonly fineAt: readonly number[]
  /** Every actor's states in the 16 frames. */
  readonly actors: readonly (readonly State[])[]
}

export interface EnhanceClipsOptions {
  /** Where clips that are made are kept. */
  readonly folder: string
  readonly seed: number
  readonly count: number
  readonly split: 'train' | 'heldout'
  /** What of the world the clips show. */
  readonly content: WorldContent
  readonly runtime: Runtime
  /** The model's weight folder: the codec is read there. */
  readonly weights: string
  readonly threads: number
}

const size = 128
const fineSize = 512
const frames = 16
const usualBytes = frames * size * size * 3
const fineBytes = 2 * fineSize * fineSize * 3
const clipBytes = 2 * usualBytes + fineBytes
/** Length of the scripts at 12 frames a second. */
const scriptFrames = 24
/** The most noise on the latents, whose deviation is 1; the painter leaves some too. */
const mostNoise = 0.35

/**
 * The first clips of a seed: a pure function of seed, split, content and codec. They are made once, about a second of CPU each,
 * and kept in a file; one that was cut short is gone on with.
 * @throws FramewrightError E_DATA when the world's art is not installed
 */
export async function openEnhanceClips(options: EnhanceClipsOptions): Promise<EnhanceClip[]> {
  const { folder, seed, count, split, content } = options
  await mkdir(folder, { recursive: true })
  const { parts } = await readManifest(options.weights)
  const codec = parts.codec?.sha256.slice(0, 8) ?? 'none'
  const shown = createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 8)
  const path = join(folder, `enhance-${split}-${seed}-${codec}-${shown}.bin`)
  const there = (await stat(path).catch(() => null))?.size ?? 0
  const whole = Math.floor(there / clipBytes)
  if (whole < count) {
    if (there > 0) await truncate(path, whole * clipBytes)
    await makeClips(options, path, whole)
  }
  const bytes = await readFile(path)
  return Array.from({ length: count }, (_, i) =>
    clipOf(layOut(clipSeed(seed, i), options), bytes.subarray(i * clipBytes, (i + 1) * clipBytes)),
  )
}

async function makeClips(options: EnhanceClipsOptions, path: string, from: number): Promise<void> {
  const { seed, count, runtime, threads } = options
  const weights = await readWeights(options.weights, 'codec')
  const encoder = await openEncoder(runtime, toyboxCodec, weights, { size: size / 8, groups: 2, threads })
  const decoder = await openDecoder(runtime, toyboxCodec, weights, { size: size / 8, fps: 12, threads })
  try {
    for (let i = from; i < count; i++) {
      const layout = layOut(clipSeed(seed, i), options)
      const { clean, fine } = await draw(layout)
      const coded = await throughCodec(layout, clean, encoder, decoder)
      await appendFile(path, Buffer.concat([clean.data, coded.data, fine.data]))
    }
  } finally {
    await encoder.close()
    await decoder.close()
  }
}

/** All that is known of a clip before it is drawn. */
interface Layout {
  readonly script: ClipScript
  readonly seed: number
  readonly start: number
  readonly fineAt: readonly [number, number]
  /** Deviation of the noise on the latents. */
  readonly noise: number
}

function layOut(seed: number, { split, content }: Pick<EnhanceClipsOptions, 'split' | 'content'>): Layout {
  const script = withInBetweens(scriptClip(seed, { ...content, split, frames: scriptFrames }))
  const random = createRandom(seed, 79)
  const start = 2 * random.integer(Math.floor((script.frames - frames) / 2) + 1)
  const fineAt = [2 * random.integer(4), 8 + 2 * random.integer(4)] as const
  return { script, seed, start, fineAt, noise: mostNoise * random.uniform() ** 2 }
}

async function draw({ script, start, fineAt }: Layout): Promise<Pick<EnhanceClip, 'clean' | 'fine'>> {
  const clip = await openFineClip(script, { start, count: frames })
  const clean = renderClip(clip.script, clip.usual, { start, count: frames }).frames
  const pictures = fineAt.map(
    (at) => renderClip(clip.script, clip.fine, { start: start + at, count: 1, size: fineSize }).frames,
  )
  return { clean, fine: joinFrames(pictures) }
}

/** Frames encoded and decoded again: what is in between must look no different from its neighbours. */
async function throughCodec(
  { seed, noise }: Layout,
  clean: Frames,
  encoder: Encoder,
  decoder: Decoder,
): Promise<Frames> {
  const picture = size * size * 3
  const data = new Uint8Array(clean.data.length)
  for (const parity of [0, 1]) {
    const half = everyOther(clean, parity)
    const latents = await encoder.encode(groupedFrames(half, toyboxCodec.framesPerLatent))
    const random = normalArray(seed, 80, latents.length)
    const noisy = parity === 0 ? latents.map((z, i) => z + noise * (random[i] ?? 0)) : latents
    const first = noisy.slice(0, noisy.length / 2)
    const second = noisy.slice(noisy.length / 2)
    const decoded = joinFrames([await decoder.decode(first, first), await decoder.decode(second, first)])
    for (let f = 0; f < decoded.count; f++) {
      data.set(decoded.data.subarray(f * picture, (f + 1) * picture), (2 * f + parity) * picture)
    }
  }
  return { ...clean, data }
}

function everyOther(all: Frames, first: number): Frames {
  const picture = all.width * all.height * 3
  const count = all.count / 2
  const data = new Uint8Array(count * picture)
  for (let f = 0; f < count; f++) {
    const from = (2 * f + first) * picture
    data.set(all.data.subarray(from, from + picture), f * picture)
  }
  return createFrames({ ...all, count, data })
}

function clipOf({ script, start, fineAt }: Layout, bytes: Uint8Array): EnhanceClip {
  const usual = { count: frames, width: size, height: size, channels: 3, fps: script.fps } as const
  return {
    clean: createFrames({ ...usual, data: bytes.subarray(0, usualBytes) }),
    coded: createFrames({ ...usual, data: bytes.subarray(usualBytes, 2 * usualBytes) }),
    fine: createFrames({
      ...usual,
      count: fineAt.length,
      width: fineSize,
      height: fineSize,
      data: bytes.subarray(2 * usualBytes),
    }),
    fineAt,
    actors: script.plan.actors.map(({ states }) => states.slice(start, start + frames)),
  }
}
