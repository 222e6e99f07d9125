import type { Classifier } from '../models/classifier-reader.ts'
import { FramewrightError } from '../util/errors.ts'
import { createFrames, type Frames, sliceFrames } from '../video/frames.ts'
import { renderClip } from '../world/render.ts'
import type { WorldPack } from '../world/world-pack.ts'
import { measureConsistency } from './consistency.ts'
import { type Figure, questionFigures } from './figures.ts'
import { frechetDistance } from './frechet.ts'
import { type IdentityPair, identityFigures, readIdentity } from './identity.ts'
import type { KeptVideos } from './kept-videos.ts'
import { measureMotion } from './motion-measures.ts'
import { besideReal, type Quality, qualityFigures, type ShotQuality } from './quality-figures.ts'
import { type Answer, readBack } from './read-back.ts'
import type { Suite, SuiteItem } from './suite.ts'
import { scriptFor, scriptsOfItem } from './suite-scripts.ts'

export interface EvaluateOptions {
  readonly suite: Suite
  /** How many of the suite's items, from its start. @default all */
  readonly limit?: number | undefined
  /** Null where there is none: then only what needs none is measured. */
  readonly classifier: Classifier | null
  readonly pack: WorldPack
  readonly videos: KeptVideos
  /** Makes an item's video: all its shots, one after the other, RGB, square, 12 frames a second. */
  readonly generate: (item: SuiteItem, signal: AbortSignal) => Promise<Frames>
  readonly signal: AbortSignal
  readonly onEvent: (event: EvaluateEvent) => void
}

export type EvaluateEvent =
  | { readonly type: 'video-ready'; readonly done: number; readonly total: number; readonly isKept: boolean }
  | { readonly type: 'item-measured'; readonly done: number; readonly total: number }

/** One item's video and its real render, shot by shot. */
export interface MeasuredItem {
  readonly item: SuiteItem
  readonly generated: { readonly answers: readonly Answer[]; readonly quality: readonly Quality[] }
  readonly real: { readonly answers: readonly Answer[]; readonly quality: readonly Quality[] }
}

export interface Evaluation {
  readonly suite: { readonly name: string; readonly prompts: number; readonly measured: number }
  readonly figures: readonly Figure[]
  readonly items: readonly MeasuredItem[]
}

/** Makes what is not made yet, measures everything, and the real renders of the same scripts beside it. */
export async function evaluate(options: EvaluateOptions): Promise<Evaluation> {
  const { suite, signal } = options
  const items = suite.items.slice(0, options.limit ?? suite.items.length)
  for (const [i, item] of items.entries()) await makeVideo(options, item, i + 1, items.length)
  const measured: MeasuredItem[] = []
  const shuffled: Answer[] = []
  const mixed: ShotQuality[] = []
  const identities: { generated: IdentityPair; real: IdentityPair }[] = []
  const features = {
    generated: [] as Float32Array[],
    real: [] as Float32Array[],
    other: [] as Float32Array[],
  }
  for (const [i, item] of items.entries()) {
    signal.throwIfAborted()
    const { classifier } = options
    const generated = await readShots(options, item)
    const real = renderShots(options.pack, item)
    const own = {
      item,
      generated: await measureShots(classifier, generated, item),
      real: await measureShots(classifier, real, item),
    }
    measured.push(own)
    const partner = partnerOf(items, i)
    if (partner) {
      const others = await readShots(options, partner)
      for (const [s, shot] of item.shots.entries()) {
        const other = others[s % others.length]
        if (other && classifier) shuffled.push(...(await readBack(classifier, other, shot.expected)))
      }
      const [one, other, ofReal] = [generated[0], others[0], own.real.quality[0]]
      if (one && other && ofReal) {
        mixed.push({ quality: await measureQuality(classifier, alternating(one, other)), real: ofReal })
      }
    }
    if (item.category === 'identity' && classifier) {
      const pair = {
        generated: await readIdentity(classifier, generated),
        real: await readIdentity(classifier, real),
      }
      if (pair.generated && pair.real) identities.push({ generated: pair.generated, real: pair.real })
    }
    if (classifier) {
      features.generated.push(...(await featuresOf(classifier, generated)))
      features.real.push(...(await featuresOf(classifier, real)))
      features.other.push(...(await featuresOf(classifier, renderOthers(options.pack, item))))
    }
    options.onEvent({ type: 'item-measured', done: i + 1, total: items.length })
  }
  return {
    suite: { name: suite.name, prompts: suite.items.length, measured: items.length },
    figures: [
      ...qualityFigures({
        generated: measured.flatMap(({ generated, real }) => besideReal(generated.quality, real.quality)),
        real: measured.flatMap(({ real }) => besideReal(real.quality, real.quality)),
        mixed,
      }),
      ...questionFigures(
        measured.flatMap(({ generated }) => generated.answers),
        measured.flatMap(({ real }) => real.answers),
        shuffled,
      ),
      ...identityFigures(identities),
      ...frechetFigures(features),
    ],
    items: measured,
  }
}

async function makeVideo(
  { videos, generate, signal, onEvent }: EvaluateOptions,
  item: SuiteItem,
  done: number,
  total: number,
): Promise<void> {
  signal.throwIfAborted()
  const isKept = await videos.has(item.id)
  if (!isKept) await videos.write(item.id, await generate(item, signal))
  onEvent({ type: 'video-ready', done, total, isKept })
}

/** An item's kept video, cut into its shots, which are of one length. */
export async function readShots(
  { videos }: Pick<EvaluateOptions, 'videos'>,
  item: SuiteItem,
): Promise<Frames[]> {
  const frames = await videos.read(item.id)
  const count = frames.count / item.shots.length
  if (!Number.isInteger(count) || count < 4) {
    throw new FramewrightError(
      'E_DATA',
      `the video of ${item.id} has ${frames.count} frames for ${item.shots.length} shots: remove it to have it made again`,
    )
  }
  return item.shots.map((_, i) => sliceFrames(frames, i * count, (i + 1) * count))
}

const side = 128

/** Real renders of an item's shots. */
export function renderShots(pack: WorldPack, item: SuiteItem): Frames[] {
  return scriptsOfItem(item).map((script) => renderClip(script, pack, { size: side }).frames)
}

/** Seeds of further real renders lie so far from the suite's. */
const otherSeeds = 1_000_000

/** As many real renders of other scripts of the item's category. */
function renderOthers(pack: WorldPack, { category, source }: SuiteItem): Frames[] {
  for (let seed = source.seed + otherSeeds; ; seed++) {
    const scripts = scriptFor(category, seed)
    if (scripts) return scripts.map((script) => renderClip(script, pack, { size: side }).frames)
  }
}

async function measureShots(
  classifier: Classifier | null,
  shots: readonly Frames[],
  item: SuiteItem,
): Promise<MeasuredItem['real']> {
  const answers: Answer[] = []
  const quality: Quality[] = []
  for (const [i, frames] of shots.entries()) {
    const shot = item.shots[i]
    if (shot && classifier) answers.push(...(await readBack(classifier, frames, shot.expected)))
    quality.push(await measureQuality(classifier, frames))
  }
  return { answers, quality }
}

async function measureQuality(classifier: Classifier | null, frames: Frames): Promise<Quality> {
  const consistency = classifier ? await measureConsistency(classifier, frames) : unmeasured
  return { ...measureMotion(frames), ...consistency }
}

const unmeasured = { subject: null, background: null } as const

/** The next item of the same category; of any where there is no other; null where it is the only one. */
function partnerOf(items: readonly SuiteItem[], i: number): SuiteItem | null {
  const own = items[i]
  const after = [...items.slice(i + 1), ...items.slice(0, i)]
  return after.find(({ category }) => category === own?.category) ?? after[0] ?? null
}

/** Every other frame from another video. */
function alternating(one: Frames, other: Frames): Frames {
  const count = Math.min(one.count, other.count)
  const size = one.width * one.height * 3
  const data = new Uint8Array(count * size)
  for (let f = 0; f < count; f++) {
    const from = f % 2 === 0 ? one : other
    data.set(from.data.subarray(f * size, (f + 1) * size), f * size)
  }
  return createFrames({ ...one, data, count })
}

/** Means of a shot's cell features over all of its cells. */
async function featuresOf(classifier: Classifier, shots: readonly Frames[]): Promise<Float32Array[]> {
  const { coarseWidth } = classifier.config
  const means: Float32Array[] = []
  for (const frames of shots) {
    const { features } = await classifier.read(frames, [])
    const mean = new Float32Array(coarseWidth)
    const cells = features.length / coarseWidth
    for (const [at, value] of features.entries()) {
      mean[at % coarseWidth] = (mean[at % coarseWidth] ?? 0) + value / cells
    }
    means.push(mean)
  }
  return means
}

function frechetFigures(sets: {
  readonly generated: readonly Float32Array[]
  readonly real: readonly Float32Array[]
  readonly other: readonly Float32Array[]
}): Figure[] {
  const { generated, real, other } = sets
  if (real.length < 2) return []
  const n = real.length
  return [
    {
      name: 'Fréchet distance',
      definition:
        'Between the mean cell features of the videos and of their real renders, each set taken for a normal distribution; less is better. The ceiling is that of real renders of as many other scripts. It knows no prompts, and so no floor.',
      generated: { value: frechetDistance(generated, real), n },
      ceiling: { value: frechetDistance(other, real), n },
      floor: null,
      isTrusted: true,
    },
  ]
}
