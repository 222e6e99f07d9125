import { join } from 'node:path'
import { type Against, meanAgainst } from '../src/evaluate/mean-against.ts'
import type { Runtime } from '../src/graph/index.ts'
import { toyboxCodec } from '../src/models/codec.ts'
import { openEncoder } from '../src/models/codec-encoder.ts'
import { groupedFrames } from '../src/models/codec-pixels.ts'
import { toyboxDenoiser } from '../src/models/denoiser.ts'
import { openDenoiser } from '../src/models/denoiser-session.ts'
import { givenFrames } from '../src/models/placed-shot.ts'
import { readWeights } from '../src/runtime/weight-folder.ts'
import { cellWeights, type PaintingLesson, paintingNoise } from '../src/train/denoiser-task.ts'
import { clipSeed, paintingLesson } from '../src/train/lessons.ts'
import { type PainterArm, painterArms, type ToldChunk, toldChunk } from '../src/train/painter-arms.ts'
import {
  type CellErrors,
  type PaintingTarget,
  type PredictingPainter,
  paintingErrors,
} from '../src/train/painter-error.ts'
import { openTrainingText } from '../src/train/training-text.ts'
import { sliceFrames } from '../src/video/index.ts'
import type { WorldPack } from '../src/world/world-pack.ts'
import { worlds } from '../src/world/worlds.ts'

export interface PainterAblationOptions {
  readonly runtime: Runtime
  readonly pack: WorldPack
  /** The model's weights: `toybox/`, its text encoder beside it. */
  readonly weights: string
  /** Held-out clips; every arm has the same, under the same noise. */
  readonly clips: number
  readonly threads: number
  readonly onClip?: (done: number) => void
}

/** The times that two steps look at. */
const times = [0, 0.25] as const

/** One arm's errors at one time, against those of the arm that is told everything (or: that is given nothing). */
export interface ArmErrors {
  readonly arm: string
  readonly time: number
  readonly weighted: Against
  readonly actors: Against
  readonly background: Against
}

export interface PainterAblation {
  readonly clips: number
  readonly told: readonly ArmErrors[]
  /** Second chunks, without their first latent frame, which is given in one of the arms. */
  readonly context: readonly ArmErrors[]
}

/** As the inspection of a training with seed 1 begins; no training has a clip of the held-out combinations. */
const examSeed = 10

/** Video frames of two chunks, the second of which begins with the last latent frame of the first. */
export const twoChunks = (2 * toyboxDenoiser.frames - givenFrames) * toyboxDenoiser.framesPerLatent

/** A clip of combinations that are in no training, its references as training has them: six of ten spoiled. */
export function heldOutLesson(pack: WorldPack, index: number, frames: number): PaintingLesson {
  return paintingLesson(clipSeed(examSeed, index), pack, frames, { ...worlds.whole, split: 'heldout' })
}

/** What the painter's errors are when something is not told, or the frame before not given. */
export async function ablatePainter(options: PainterAblationOptions): Promise<PainterAblation> {
  const { runtime, pack, weights, clips, threads, onClip } = options
  const text = await openTrainingText({ weights: join(weights, 'toybox'), threads }, runtime)
  const painter = await openPredicting(options)
  const told = createErrors()
  const context = createErrors()
  for (let i = 0; i < clips; i++) {
    const lesson = heldOutLesson(pack, i, config.frames * config.framesPerLatent)
    const longer = heldOutLesson(pack, i, twoChunks)
    const [words] = await text.encode([lesson.caption])
    const [others] = await text.encode([longer.caption])
    if (!words || !others) throw new RangeError('a caption was not encoded')

    const whole = toldChunk(config, lesson, words, 0)
    const target = await targetOf(painter, lesson, 0, i, noneGiven)
    for (const arm of Object.keys(painterArms) as PainterArm[]) {
      const change: (chunk: ToldChunk) => ToldChunk = painterArms[arm]
      const errors = await paintingErrors(painter, change(whole), { ...target, given: noneGiven }, times)
      told.add(arm, errors)
    }

    const second = toldChunk(config, longer, others, 1)
    const next = await targetOf(painter, longer, 1, i, firstGiven)
    const given = { 'nothing given': noneGiven, 'the frame before given': firstGiven }
    for (const [arm, frames] of Object.entries(given)) {
      context.add(arm, await paintingErrors(painter, second, { ...next, given: frames }, times))
    }
    onClip?.(i + 1)
  }
  await painter.network.close()
  await painter.encoder.close()
  return { clips, told: armErrors(told.byArm), context: armErrors(context.byArm) }
}

const config = toyboxDenoiser
const noneGiven: readonly number[] = new Array<number>(config.frames).fill(0)
const firstGiven: readonly number[] = noneGiven.map((_, f) => (f < givenFrames ? 1 : 0))

async function openPredicting({
  runtime,
  weights,
  threads,
}: PainterAblationOptions): Promise<PredictingPainter> {
  const folder = join(weights, 'toybox')
  const [denoiser, codec] = [await readWeights(folder, 'denoiser'), await readWeights(folder, 'codec')]
  const { frames: groups, size } = config
  return {
    config,
    network: await openDenoiser(runtime, config, denoiser, { items: 1, watches: false, threads }),
    encoder: await openEncoder(runtime, toyboxCodec, codec, { groups, size, threads }),
  }
}

/** The real frames of one chunk of a lesson, and the noise that they are looked for in. @param left frames that do not count */
async function targetOf(
  { encoder }: PredictingPainter,
  { frames, plan }: PaintingLesson,
  chunk: number,
  index: number,
  left: readonly number[],
): Promise<Omit<PaintingTarget, 'given'>> {
  const start = chunk * (config.frames - givenFrames) * config.framesPerLatent
  const end = start + config.frames * config.framesPerLatent
  const cut = sliceFrames(frames, start, end)
  const clean = await encoder.encode(groupedFrames(cut, config.framesPerLatent))
  const actors = plan.actors.map((track) => ({ ...track, states: track.states.slice(start, end) }))
  const noise = paintingNoise(config, 1, examSeed, index)
  return { clean, noise, weights: cellWeights({ ...plan, actors }, left, config) }
}

/** Errors of an arm, for each clip at each time. */
type ErrorsByArm = ReadonlyMap<string, readonly (readonly CellErrors[])[]>

function createErrors(): { readonly byArm: ErrorsByArm; add(arm: string, errors: CellErrors[]): void } {
  const byArm = new Map<string, CellErrors[][]>()
  return { byArm, add: (arm, errors) => void byArm.set(arm, [...(byArm.get(arm) ?? []), errors]) }
}

/** The first arm is what the others are held against. */
function armErrors(all: ErrorsByArm): ArmErrors[] {
  const [base = []] = all.values()
  return [...all].flatMap(([arm, ofClips]) =>
    times.map((time, at): ArmErrors => {
      const against = (key: keyof CellErrors): Against =>
        meanAgainst(
          ofClips.map((errors) => errors[at]?.[key] ?? null),
          base.map((errors) => errors[at]?.[key] ?? null),
        )
      return {
        arm,
        time,
        weighted: against('weighted'),
        actors: against('actors'),
        background: against('background'),
      }
    }),
  )
}
