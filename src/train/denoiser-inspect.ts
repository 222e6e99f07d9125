import { join } from 'node:path'
import { latentSteps } from '../diffusion/index.ts'
import { compile, floatsOf, type Runtime } from '../graph/index.ts'
import { openChunkPainter } from '../models/chunk-painter.ts'
import type { CodecConfig } from '../models/codec.ts'
import { type Decoder, openDecoder } from '../models/codec-decoder.ts'
import { openEncoder } from '../models/codec-encoder.ts'
import type { DenoiserConfig } from '../models/denoiser.ts'
import { createPainter } from '../models/painter.ts'
import type { Weights } from '../nn/index.ts'
import type { EncodedText } from '../text/index.ts'
import { contactSheet, type Frames, joinFrames, writePng } from '../video/index.ts'
import { denoiserLoss } from './denoiser-loss.ts'
import { lessonFeeds, type PaintingLesson } from './denoiser-task.ts'

/** What is looked at: clips that training never sees. */
export interface DenoiserExam {
  readonly runtime: Runtime
  readonly config: DenoiserConfig
  readonly codec: CodecConfig
  readonly codecWeights: Weights
  readonly lessons: readonly PaintingLesson[]
  /** The lessons' captions with every actor's word replaced by another actor's. */
  readonly wrongActors: readonly string[]
  readonly encodeText: (lines: readonly string[]) => Promise<readonly EncodedText[]>
}

/** Paints the first lessons beside the real clips: a sheet, real above painted. */
async function sampleSheet(exam: DenoiserExam, weights: Weights, count: number, path: string): Promise<void> {
  const { runtime, config, codec } = exam
  const { size, frames: groups } = config
  const encoder = await openEncoder(runtime, codec, exam.codecWeights, { size, groups })
  const painter = createPainter(await openChunkPainter(runtime, config, weights, encoder, { batch: 1 }))
  const decoder = await openDecoder(runtime, codec, exam.codecWeights, { size, fps: 12 })
  const shown: Frames[] = []
  const labels: string[] = []
  for (const [i, lesson] of exam.lessons.slice(0, count).entries()) {
    const [text] = await exam.encodeText([lesson.caption])
    if (!text) continue
    const shot = {
      seed: i,
      text,
      negative: null,
      actors: lesson.actors,
      setting: lesson.setting,
      plan: lesson.plan,
    }
    const latents: Float32Array[] = []
    for await (const [one] of painter.paint([shot], { steps: latentSteps })) if (one) latents.push(one)
    shown.push(lesson.frames, await decodeAll(decoder, latents))
    labels.push(lesson.caption, 'painted')
  }
  await painter.close()
  await encoder.close()
  await decoder.close()
  await writePng(path, await contactSheet(shown, { columns: 2, framesPerRow: 4, frameWidth: 128, labels }))
}

/** Frames of latent frames [C, S, S] that follow each other. */
export async function decodeAll(decoder: Decoder, latents: readonly Float32Array[]): Promise<Frames> {
  const parts: Frames[] = []
  for (const [i, one] of latents.entries()) parts.push(await decoder.decode(one, latents[i - 1] ?? one))
  return joinFrames(parts)
}

/**
 * The probe: the loss on held-out clips as they are, and with one thing told wrongly. A loss that does not rise
 * when the words or the references are wrong comes from a network that does not look at them.
 */
export async function probe(exam: DenoiserExam, weights: Weights): Promise<Record<string, number>> {
  const { config, codec, lessons } = exam
  const { loss, frozen } = denoiserLoss(config, codec, { clips: lessons.length, draws: 1 })
  const constants = new Map(weights)
  for (const { name } of frozen.list) {
    const value = exam.codecWeights.get(name.slice('codec.'.length))
    if (value) constants.set(name, value)
  }
  const session = await exam.runtime.open(compile({ loss }, { weights: constants }))
  const measure = async (
    changed: readonly PaintingLesson[],
    captions: readonly string[],
  ): Promise<number> => {
    const texts = await exam.encodeText(captions)
    const feeds = lessonFeeds({ config, codec, seed: probeSeed, draws: 1 }, 0, changed, texts)
    return floatsOf(await session.run(feeds), 'loss')[0] ?? Number.NaN
  }
  const captions = lessons.map(({ caption }) => caption)
  const turned = lessons.map((lesson, i) => {
    const other = lessons[(i + 1) % lessons.length] ?? lesson
    return { ...lesson, actors: lesson.actors.map((own, k) => other.actors[k] ?? other.actors[0] ?? own) }
  })
  const numbers = {
    heldOut: await measure(lessons, captions),
    wrongActorWord: await measure(lessons, exam.wrongActors),
    wrongCaption: await measure(lessons, [...captions.slice(1), captions[0] ?? '']),
    wrongReference: await measure(turned, captions),
  }
  await session.close()
  return numbers
}

/** Fixes the probe's noise, times and dropouts. */
const probeSeed = 4242

export async function inspectDenoiser(
  exam: DenoiserExam,
  weights: Weights,
  folder: string,
  step: number,
): Promise<Record<string, number>> {
  await sampleSheet(exam, weights, 8, join(folder, `denoiser-${step}.png`))
  return probe(exam, weights)
}
