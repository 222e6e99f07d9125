import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { toyboxCodec } from '../models/codec.ts'
import { type Encoder, openEncoder } from '../models/codec-encoder.ts'
import { groupedFrames } from '../models/codec-pixels.ts'
import { type LatentProjection, projectionTensors, projectLatents } from '../models/latent-projection.ts'
import { mainThreadRuntime } from '../runtime/node.ts'
import { readManifest, readWeights, type WeightPart, writePart } from '../runtime/weight-folder.ts'
import {
  compareFrames,
  contactSheet,
  type Frames,
  joinFrames,
  resizeFrames,
  sliceFrames,
  writePng,
} from '../video/index.ts'
import { openPack } from '../world/pack.ts'
import { fitProjection } from './fit-projection.ts'
import { clipSeed, codecClip } from './lessons.ts'
import type { PartConfig } from './parts.ts'
import { currentCommit } from './publish.ts'

/** Pixels on a side that stand for a latent cell: 64 numbers hold so much, and 2 would be half as sharp. */
const side = 4

/** Latent frames of a clip, pixels and cells on a side of its frames. */
const [groups, pixels] = [2, 128]
const cells = pixels / 8

const heldOutClips = 16

export interface FitPreviewOptions {
  readonly signal: AbortSignal
  readonly onClip: (done: number, clips: number) => void
}

export interface PreviewFit {
  readonly part: WeightPart
  /** Of previews of clips that were left out, against frames of their size; in dB. */
  readonly psnr: number
  /** Those clips beside their previews. */
  readonly sheet: string
}

/**
 * Fits the projection that shows toybox's latents while they are painted, on what its codec makes of the world's clips,
 * and puts it into the weight folder.
 */
export async function fitPreview(config: PartConfig, options: FitPreviewOptions): Promise<PreviewFit> {
  const { seed, steps: clips, weights, threads } = config
  const runtime = await mainThreadRuntime()
  try {
    const codec = await readWeights(weights, 'codec')
    const encoder = await openEncoder(runtime, toyboxCodec, codec, { groups, size: cells, threads })
    const pairs = await openPairs(config, encoder)
    const fit = fitProjection(toyboxCodec.latentChannels, side)
    for (let i = 0; i < clips; i++) {
      options.signal.throwIfAborted()
      for (const { latent, frames } of (await pairs(clipSeed(seed, i))).each) fit.add(latent, frames)
      options.onClip(i + 1, clips)
    }
    const projection = fit.solve()
    const exam = await lookAt(projection, pairs, config)
    const { parts } = await readManifest(weights)
    const part = await writePart(
      weights,
      { name: 'toybox', part: 'preview' },
      projectionTensors(projection),
      {
        trainedOn: `the toybox world, ${clips.toLocaleString('en')} clips`,
        commit: await currentCommit(),
        settings: { seed, clips, codec: parts.codec?.sha256 },
      },
    )
    return { part, ...exam }
  } finally {
    await runtime.close()
  }
}

/** A clip's latent frames, each with the frames that it stands for. */
interface ClipPairs {
  readonly frames: Frames
  readonly latents: Float32Array
  readonly each: readonly { readonly latent: Float32Array; readonly frames: Frames }[]
}

type Pairs = (seed: number) => Promise<ClipPairs>

async function openPairs({ pack: folder, content }: PartConfig, encoder: Encoder): Promise<Pairs> {
  const pack = await openPack(folder)
  const { framesPerLatent: length, latentChannels } = toyboxCodec
  const size = latentChannels * cells * cells
  return async (seed) => {
    const { frames } = codecClip(seed, pack, groups * length, content)
    const latents = await encoder.encode(groupedFrames(frames, length))
    const each = Array.from({ length: groups }, (_, g) => ({
      latent: latents.subarray(g * size, (g + 1) * size),
      frames: sliceFrames(frames, g * length, (g + 1) * length),
    }))
    return { frames, latents, each }
  }
}

/** Previews of clips that the fit has not seen. */
async function lookAt(
  projection: LatentProjection,
  pairs: Pairs,
  { seed, folder }: PartConfig,
): Promise<{ readonly psnr: number; readonly sheet: string }> {
  const shown: Frames[] = []
  const previews: Frames[] = []
  const truths: Frames[] = []
  const { framesPerLatent } = toyboxCodec
  for (let i = 0; i < heldOutClips; i++) {
    const { frames, latents } = await pairs(clipSeed(seed + 9, i))
    const layout = { order: 'frames-first', frames: groups, rows: cells, columns: cells } as const
    const preview = projectLatents(projection, { data: latents, ...layout }, frames.fps / framesPerLatent)
    const small = await resizeFrames(frames, { width: cells * side, height: cells * side })
    // A latent frame is shown as what is in its middle.
    const truth = joinFrames(
      Array.from({ length: groups }, (_, g) => {
        const middle = g * framesPerLatent + framesPerLatent / 2
        return sliceFrames(small, middle, middle + 1)
      }),
    )
    shown.push(sliceFrames(frames, framesPerLatent / 2, framesPerLatent / 2 + 1), sliceFrames(preview, 0, 1))
    previews.push(preview)
    truths.push({ ...truth, fps: preview.fps })
  }
  const sheet = join(folder, 'preview.png')
  await mkdir(folder, { recursive: true })
  await writePng(sheet, await contactSheet(shown, { columns: 8, framesPerRow: 1, frameWidth: 128 }))
  return { psnr: compareFrames(joinFrames(previews), joinFrames(truths)).psnr, sheet }
}
