import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { at, floatsOf, type Runtime } from '../graph/index.ts'
import { type ReferenceConfig, referenceFeeds } from '../models/reference.ts'
import {
  drawReferences,
  openReferenceDrawer,
  type ReferenceDrawer,
  takeOf,
} from '../models/reference-drawer.ts'
import type { Weights } from '../nn/index.ts'
import { createRandom } from '../util/random.ts'
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
/** Seed of phrases and takes: never one of training's. */
const lookSeed = 90_210

/**
 * A sheet of phrases, each with its drawn picture beside a real one, and
 * `retrieval`: how often the nearest real picture is of the right subject;
 * `rightError`, `wrongError`: mean squared error of the first picture of each, drawn from its own and from its neighbour's
 * phrase.
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
  const drawer = await openReferenceDrawer(runtime, config, weights, { batch: shown, threads })
  try {
    const told = (next: number) =>
      chosen.map(({ kind }, i) => ({ text: at(texts, (i + next) % shown), kind, seed: lookSeed + i }))
    const pictures = await drawReferences(drawer, told(0))
    const clips = pictures.map((picture, i) => {
      const real = chosen[i]?.draw(takeOf(lookSeed + i, config).view) ?? picture
      return toFrames([picture, real], config.size)
    })
    const sheet = await contactSheet(clips, { columns: 8, framesPerRow: 2, labels: phrases })
    await writeFile(join(folder, `step-${String(step).padStart(6, '0')}.png`), sheet)
    return {
      retrieval: retrieval(pictures, chosen, subjects, config),
      rightError: await firstError(drawer, chosen, texts),
      wrongError: await firstError(drawer, chosen, [...texts.slice(1), at(texts, 0)]),
    }
  } finally {
    await drawer.close()
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
  { views }: ReferenceConfig,
): number {
  const real = subjects.flatMap((subject) =>
    Array.from({ length: views }, (_, view) => ({ id: subject.id, picture: subject.draw(view) })),
  )
  const hits = pictures.filter((picture, i) => {
    const distances = real.map((one) => squaredDistance(one.picture, picture))
    return real[distances.indexOf(Math.min(...distances))]?.id === chosen[i]?.id
  })
  return hits.length / pictures.length
}

async function firstError(
  { config, session }: ReferenceDrawer,
  chosen: readonly Subject[],
  texts: Awaited<ReturnType<EncodeText>>,
): Promise<number> {
  const items = chosen.map(({ kind }, i) => ({ text: at(texts, i), kind, take: { view: 0, tone: 0 } }))
  const drawn = floatsOf(await session.run(referenceFeeds(config, items)), 'pictures')
  const real = chosen.flatMap((subject) => [...subject.draw(0).map((value) => 2 * value - 1)])
  return squaredDistance(drawn, Float32Array.from(real)) / drawn.length
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
