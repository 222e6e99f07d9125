import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { twice } from '../diffusion/index.ts'
import { floatsOf, hostTensor, type Runtime } from '../graph/index.ts'
import { pictureChannels, pictureSize, type ReferenceConfig, referenceFeeds } from '../models/reference.ts'
import { openReferenceSampler, type ReferenceSampler, sampleReference } from '../models/reference-sampler.ts'
import type { Weights } from '../nn/index.ts'
import { createRandom, normalArray } from '../util/random.ts'
import { contactSheet } from '../video/contact-sheet.ts'
import type { Frames } from '../video/frames.ts'

import type { Subject } from './reference-data.ts'
import type { EncodeText } from './reference-task.ts'

export interface InspectReferenceOptions {
  readonly config: ReferenceConfig
  readonly runtime: Runtime
  readonly threads: number
  readonly encodeText: EncodeText
  readonly subjects: readonly Subject[]
}

/** Phrases on the sheet. */
const shown = 32
/** Pictures of the probe, each told the right and a wrong phrase. */
const probedPictures = shown / 2
/** Seed of the looks: never one of training's. */
const lookSeed = 90_210
/** Noise level of the probe: shapes are to be decided, colours mostly too. */
const probeTime = 0.2

/**
 * A sheet of phrases, each with its sampled picture beside a real one, and
 * `retrieval`: how often the nearest real picture is of the right subject;
 * `rightError`, `wrongError`: squared error of predictions with the right and with another subject's phrase.
 */
export async function inspectReferences(
  options: InspectReferenceOptions,
  weights: Weights,
  folder: string,
  step: number,
): Promise<Record<string, number>> {
  const { config, runtime, threads, subjects } = options
  const chosen = chooseSubjects(subjects)
  const phrases = chosen.map((subject, i) => subject.phrase(createRandom(lookSeed, i)))
  const texts = await options.encodeText(phrases)
  const sampler = await openReferenceSampler(runtime, config, weights, { batch: shown, threads })
  try {
    const requests = chosen.map(({ kind }, i) => {
      const text = texts[i]
      if (!text) throw new RangeError(`no vectors for "${phrases[i]}"`)
      return { text, kind, seed: lookSeed + i }
    })
    const pictures = await sampleReference(sampler, requests)
    const clips = pictures.map((picture, i) => {
      const real = chosen[i]?.draw(0) ?? picture
      return toFrames([picture, real], pictureSize(config))
    })
    const sheet = await contactSheet(clips, { columns: 8, framesPerRow: 2, labels: phrases })
    await writeFile(join(folder, `step-${String(step).padStart(6, '0')}.png`), sheet)
    const probe = await probeErrors(sampler, chosen, texts)
    return { retrieval: retrieval(pictures, chosen, subjects), ...probe }
  } finally {
    await sampler.close()
  }
}

/** Evenly from all subjects, in their order: a quarter of them settings. */
function chooseSubjects(subjects: readonly Subject[]): Subject[] {
  return (['actor', 'setting'] as const).flatMap((kind) => {
    const all = subjects.filter((subject) => subject.kind === kind)
    const count = kind === 'actor' ? (shown * 3) / 4 : shown / 4
    return Array.from({ length: count }, (_, i) => all[Math.floor((i * all.length) / count)] ?? []).flat()
  })
}

/** Share of the pictures whose nearest real picture, of all subjects, is of their own. */
function retrieval(
  pictures: readonly Float32Array[],
  chosen: readonly Subject[],
  subjects: readonly Subject[],
): number {
  const real = subjects.flatMap((subject) =>
    [0, 1, 2, 3].map((quarter) => ({
      id: subject.id,
      picture: subject.draw(Math.floor((quarter * subject.pictures) / 4)),
    })),
  )
  const hits = pictures.filter((picture, i) => {
    const distances = real.map((one) => squaredDistance(one.picture, picture))
    return real[distances.indexOf(Math.min(...distances))]?.id === chosen[i]?.id
  })
  return hits.length / pictures.length
}

/** Errors of one prediction from the same noisy pictures, told the right phrase and told another's. */
async function probeErrors(
  { config, session }: ReferenceSampler,
  chosen: readonly Subject[],
  texts: Awaited<ReturnType<EncodeText>>,
): Promise<{ rightError: number; wrongError: number }> {
  const side = pictureSize(config)
  const size = pictureChannels * side * side
  // Every other one, so that settings are among them; neighbours on the list lend their words.
  const probed = Array.from({ length: probedPictures }, (_, i) => (i * shown) / probedPictures)
  const clean = new Float32Array(probedPictures * size)
  for (const [i, index] of probed.entries()) {
    const picture = chosen[index]?.draw(1) ?? new Float32Array(size)
    clean.set(
      picture.map((value) => value * 2 - 1),
      i * size,
    )
  }
  const noise = normalArray(lookSeed, 0, clean.length)
  const noisy = clean.map((value, i) => probeTime * value + (1 - probeTime) * (noise[i] ?? 0))
  const items = [0, 1].flatMap((other) =>
    probed.map((index) => ({
      text: texts[index + other] ?? null,
      kind: chosen[index]?.kind ?? 'actor',
      take: 1 / (chosen[index]?.pictures ?? 1),
      time: probeTime,
    })),
  )
  const outputs = await session.run({
    ...referenceFeeds(config, items),
    pictures: hostTensor(twice(noisy), [shown, pictureChannels, side, side]),
  })
  const both = floatsOf(outputs, 'clean')
  const error = (part: Float32Array): number => squaredDistance(part, clean) / clean.length
  return {
    rightError: error(both.subarray(0, clean.length)),
    wrongError: error(both.subarray(clean.length)),
  }
}

function squaredDistance(a: Float32Array, b: Float32Array): number {
  return a.reduce((total, value, i) => total + (value - (b[i] ?? 0)) ** 2, 0)
}

/** Premultiplied [4, side, side] in [0, 1] → frames of straight RGBA. */
function toFrames(pictures: readonly Float32Array[], side: number): Frames {
  const area = side * side
  const data = new Uint8Array(pictures.length * area * 4)
  for (const [f, picture] of pictures.entries()) {
    for (let i = 0; i < area; i++) {
      const alpha = picture[3 * area + i] ?? 0
      for (let c = 0; c < 3; c++) {
        const straight = alpha > 0 ? (picture[c * area + i] ?? 0) / alpha : 0
        data[(f * area + i) * 4 + c] = Math.round(Math.min(1, straight) * 255)
      }
      data[(f * area + i) * 4 + 3] = Math.round(alpha * 255)
    }
  }
  return { data, count: pictures.length, height: side, width: side, channels: 4, fps: 1 }
}
