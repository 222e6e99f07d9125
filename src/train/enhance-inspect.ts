import { join } from 'node:path'
import { openInterpolator } from '../enhance/interpolate-frames.ts'
import type { InterpolatorConfig } from '../enhance/interpolator.ts'
import { openUpscaler } from '../enhance/tiles.ts'
import { bicubicNetwork, type UpscalerConfig, upscalerNetwork } from '../enhance/upscaler.ts'
import { at, type Runtime } from '../graph/index.ts'
import type { Weights } from '../nn/index.ts'
import {
  compareFrames,
  contactSheet,
  createFrames,
  type Frames,
  joinFrames,
  retimeFrames,
  sliceFrames,
  writePng,
} from '../video/index.ts'
import type { EnhanceClip } from './enhance-clips.ts'

/** What is looked at: clips that training never sees. */
export interface EnhanceExam {
  readonly runtime: Runtime
  readonly clips: readonly EnhanceClip[]
  readonly threads: number
}

const kinds = ['clean', 'coded'] as const

/**
 * The upscaler beside bicubic interpolation and the truth, of clean frames and of those that the codec decoded: a sheet,
 * and PSNR in dB and SSIM of all.
 */
export async function inspectUpscaler(
  { runtime, clips, threads }: EnhanceExam,
  config: UpscalerConfig,
  weights: Weights,
  folder: string,
  step: number,
): Promise<Record<string, number>> {
  const network = openUpscaler(runtime, upscalerNetwork(config, weights), { threads })
  const bicubic = openUpscaler(runtime, bicubicNetwork(config), { threads })
  const numbers: Record<string, number> = {}
  const shown: Frames[] = []
  try {
    const truth = joinFrames(clips.map(({ fine }) => fine))
    for (const kind of kinds) {
      const small = joinFrames(
        clips.flatMap((clip) => clip.fineAt.map((index) => sliceFrames(clip[kind], index, index + 1))),
      )
      const [made, before] = [await network.upscale(small), await bicubic.upscale(small)]
      note(numbers, kind, compareFrames(made, truth))
      note(numbers, `${kind}Bicubic`, compareFrames(before, truth))
      for (let i = 0; i < Math.min(shownPictures, truth.count); i++) {
        shown.push(joinFrames([before, made, truth].map((frames) => sliceFrames(frames, 2 * i, 2 * i + 1))))
      }
    }
    await writePng(
      join(folder, `upscaler-${step}.png`),
      await contactSheet(shown, { columns: 1, framesPerRow: 3, frameWidth: truth.width }),
    )
  } finally {
    await network.close()
    await bicubic.close()
  }
  return numbers
}

/** Rows of a sheet, of each kind. */
const shownPictures = 3

/** The interpolator beside the mean of both frames and the truth, as `inspectUpscaler`. */
export async function inspectInterpolator(
  { runtime, clips, threads }: EnhanceExam,
  config: InterpolatorConfig,
  weights: Weights,
  folder: string,
  step: number,
): Promise<Record<string, number>> {
  const interpolator = openInterpolator(runtime, config, weights, { threads })
  const numbers: Record<string, number> = {}
  const shown: Frames[] = []
  try {
    for (const kind of kinds) {
      const runs = { made: [] as Frames[], mean: [] as Frames[], truth: [] as Frames[] }
      for (const clip of clips) {
        const native = alternate(clip[kind], 0)
        const truth = alternate(clip[kind], 1)
        const between = await interpolator.between(native)
        const mean = alternate(retimeFrames(native, native.fps * 2, { between: 'blend' }), 1)
        const middles = between.count
        runs.made.push(between)
        runs.mean.push(sliceFrames(mean, 0, middles))
        runs.truth.push(sliceFrames(truth, 0, middles))
      }
      const [made, mean, truth] = [joinFrames(runs.made), joinFrames(runs.mean), joinFrames(runs.truth)]
      note(numbers, kind, compareFrames(made, truth))
      note(numbers, `${kind}Mean`, compareFrames(mean, truth))
      const perClip = at(runs.truth, 0).count
      for (let i = 0; i < Math.min(shownPictures, clips.length); i++) {
        const frame = i * perClip + (perClip >> 1)
        shown.push(joinFrames([mean, made, truth].map((frames) => sliceFrames(frames, frame, frame + 1))))
      }
    }
    await writePng(
      join(folder, `interpolator-${step}.png`),
      await contactSheet(shown, { columns: 1, framesPerRow: 3, frameWidth: 256 }),
    )
  } finally {
    await interpolator.close()
  }
  return numbers
}

function note(
  numbers: Record<string, number>,
  name: string,
  { psnr, ssim }: { readonly psnr: number; readonly ssim: number },
): void {
  numbers[`${name}Psnr`] = psnr
  numbers[`${name}Ssim`] = ssim
}

/** Every other frame from `first` on. */
function alternate(frames: Frames, first: number): Frames {
  const size = frames.width * frames.height * frames.channels
  const count = Math.floor((frames.count - first + 1) / 2)
  const data = new Uint8Array(count * size)
  for (let i = 0; i < count; i++) {
    const from = (2 * i + first) * size
    data.set(frames.data.subarray(from, from + size), i * size)
  }
  return createFrames({ ...frames, count, data, fps: frames.fps / 2 })
}
