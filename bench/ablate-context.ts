import { join } from 'node:path'
import { latentSteps } from '../src/diffusion/index.ts'
import { type FrameJumps, frameJumps } from '../src/evaluate/frame-jumps.ts'
import { type Against, meanAgainst } from '../src/evaluate/mean-against.ts'
import { openChunkPainter } from '../src/models/chunk-painter.ts'
import { toyboxCodec } from '../src/models/codec.ts'
import { openDecoder } from '../src/models/codec-decoder.ts'
import { openEncoder } from '../src/models/codec-encoder.ts'
import { groupedFrames } from '../src/models/codec-pixels.ts'
import { toyboxDenoiser } from '../src/models/denoiser.ts'
import { givenFrames, placeShot } from '../src/models/placed-shot.ts'
import { readWeights } from '../src/runtime/weight-folder.ts'
import { decodeAll } from '../src/train/denoiser-inspect.ts'
import type { PaintingLesson } from '../src/train/denoiser-task.ts'
import { openTrainingText } from '../src/train/training-text.ts'
import { type Frames, sliceFrames } from '../src/video/index.ts'
import { heldOutLesson, type PainterAblationOptions, twoChunks } from './ablate-painter.ts'

const arms = ['the frame before given', 'nothing given', 'real', 'real, through the codec'] as const

/** How much a frame's light differs from that of the frame before, 0 to 255, against frames inside a latent frame. */
export interface Seam {
  readonly arm: (typeof arms)[number]
  /** Where the second chunk begins. */
  readonly seam: Against
  /** Where other latent frames begin, which the codec decodes one by one. */
  readonly latentFrames: Against
}

const config = toyboxDenoiser
const frameSize = config.latentChannels * config.size ** 2

/** The first video frame of the second chunk that the first one has not. */
const seam = config.frames * config.framesPerLatent

/** Paints clips of two chunks, the second with the last latent frame of the first and without it, and looks at the seam. */
export async function ablateContext(options: PainterAblationOptions): Promise<Seam[]> {
  const { pack, clips, onClip } = options
  const painter = await openClipPainter(options)
  const jumps = arms.map(() => [] as FrameJumps[])
  for (let i = 0; i < clips; i++) {
    const lesson = heldOutLesson(pack, i, twoChunks)
    const first = await painter.paint(lesson, { index: i, chunk: 0, before: null })
    const videoOf = async (before: Float32Array | null): Promise<Frames> =>
      painter.decode([first, await painter.paint(lesson, { index: i, chunk: 1, before })])
    const videos = [
      await videoOf(first),
      await videoOf(null),
      lesson.frames,
      await painter.decode(await painter.encode(lesson.frames)),
    ]
    for (const [arm, video] of videos.entries()) {
      jumps[arm]?.push(frameJumps(video, { seam, framesPerLatent: config.framesPerLatent }))
    }
    onClip?.(i + 1)
  }
  await painter.close()
  return arms.map((arm, at) => {
    const own = jumps[at] ?? []
    const against = (key: keyof FrameJumps): Against =>
      meanAgainst(
        own.map((jump) => jump[key]),
        own.map(({ inside }) => inside),
      )
    return { arm, seam: against('seam'), latentFrames: against('latentFrames') }
  })
}

/** Latents of a chunk: [F, C, S, S]. */
type Chunk = Float32Array

interface ClipPainter {
  paint(
    lesson: PaintingLesson,
    at: { readonly index: number; readonly chunk: number; readonly before: Chunk | null },
  ): Promise<Chunk>
  /** The two chunks of a clip. */
  encode(frames: Frames): Promise<readonly Chunk[]>
  /** A clip of chunks that each begin with the last latent frame of the one before. */
  decode(chunks: readonly Chunk[]): Promise<Frames>
  close(): Promise<void>
}

async function openClipPainter({ runtime, weights, threads }: PainterAblationOptions): Promise<ClipPainter> {
  const folder = join(weights, 'toybox')
  const [codec, denoiser] = [await readWeights(folder, 'codec'), await readWeights(folder, 'denoiser')]
  const { size, frames: groups, framesPerLatent } = config
  const text = await openTrainingText({ weights: folder, threads }, runtime)
  const encoder = await openEncoder(runtime, toyboxCodec, codec, { size, groups, threads })
  const decoder = await openDecoder(runtime, toyboxCodec, codec, { size, fps: 12, threads })
  const painter = await openChunkPainter(runtime, config, denoiser, encoder, { batch: 1, threads })
  return {
    paint: async (lesson, { index, chunk, before }) => {
      const [words] = await text.encode([lesson.caption])
      if (!words) throw new RangeError('a caption was not encoded')
      const shot = { seed: index, text: words, negative: null, ...placeShot(config, lesson, chunk) }
      return (await painter.paint({ shots: [shot], before, steps: latentSteps })).latents
    },
    encode: async (frames) => {
      const starts = [0, seam - givenFrames * framesPerLatent]
      const chunks: Chunk[] = []
      for (const start of starts) {
        const cut = sliceFrames(frames, start, start + seam)
        chunks.push(await encoder.encode(groupedFrames(cut, framesPerLatent)))
      }
      return chunks
    },
    decode: (chunks) =>
      decodeAll(
        decoder,
        chunks.flatMap((chunk, i) => latentFrames(chunk).slice(i === 0 ? 0 : givenFrames)),
      ),
    close: async () => {
      await painter.close()
      await encoder.close()
      await decoder.close()
    },
  }
}

const latentFrames = (chunk: Chunk): Float32Array[] =>
  Array.from({ length: config.frames }, (_, f) => chunk.subarray(f * frameSize, (f + 1) * frameSize))
