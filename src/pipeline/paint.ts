import { toyboxDenoiser } from '../models/denoiser.ts'
import {
  type ChunkAttention,
  type ChunkStore,
  chunkCount,
  type PaintedShot,
  type Painter,
} from '../models/painter.ts'
import { type EncodedText, normaliseText } from '../text/index.ts'
import type { MotionPlan } from '../video/motion-plan.ts'
import { type WordAttention, wordAttention } from './attention.ts'
import type { Cast } from './cast.ts'
import { type Developer, openDeveloper } from './develop.ts'
import type { FilmShot } from './film.ts'
import { stage, type Work } from './line.ts'
import { nativeFrames } from './move.ts'
import { openPreviews, type Previews } from './preview.ts'
import type { RunFolder } from './run-folder.ts'
import { shotSeeds } from './shot-seed.ts'
import { nativeRate } from './toybox.ts'

/** Paints one shot after the other. The film's frames are handed on as they are ready, beside the painting. */
export interface Studio {
  /**
   * @param casts one a video
   * @param plans one a video
   * @returns where the painter looked, for every video; null unless it was asked for
   */
  paint(
    shot: FilmShot,
    casts: readonly Cast[],
    plans: readonly MotionPlan[],
  ): Promise<(WordAttention | null)[]>
  /** Resolves when every frame has been handed on. */
  finish(): Promise<void>
}

/** Begins to open what it needs, which takes as long as reading and casting do. */
export function openStudio(work: Work): Studio {
  const { count, guidance, attention, negative } = work.options
  const { toybox, signal } = work
  const painter = toybox.painter({ batch: count, guidance, watches: attention })
  // Whoever paints gets its failure.
  painter.catch(() => {})
  const developer = openDeveloper(work, count)
  const readNegative = async (): Promise<EncodedText | null> =>
    negative === undefined ? null : (await toybox.encoder()).encode(normaliseText(negative), { signal })
  return {
    paint: (shot, casts, plans) =>
      stage(
        work,
        'paint',
        async () => {
          const seeds = shotSeeds(work.options, shot)
          const placed = casts.map((cast, i) => placedShot(shot, seeds[i] ?? 0, cast, plans[i]))
          const previews = await openPreviews(work, shot)
          previews?.draft(placed)
          const unwanted = await readNegative()
          const painted = placed.map((one) => ({ ...one, negative: unwanted }))
          return paintShot(work, { painter: await painter, developer, previews }, shot, painted)
        },
        shot.index,
      ),
    finish: () => stage(work, 'decode', () => developer.finish()),
  }
}

/** What paints a shot, and shows it. */
interface Tools {
  readonly painter: Painter
  readonly developer: Developer
  readonly previews: Previews | null
}

async function paintShot(
  work: Work,
  { painter, developer, previews }: Tools,
  shot: FilmShot,
  painted: readonly PaintedShot[],
): Promise<(WordAttention | null)[]> {
  const { options, signal, emit, run } = work
  const { index, text } = shot
  const steps = chunkCount(toyboxDenoiser, nativeFrames(shot, options.fps)) * options.steps
  const looks: ChunkAttention[] = []
  const latents = painter.paint(painted, {
    steps: options.steps,
    signal,
    ...(run === null ? {} : { chunks: chunksOf(run, index) }),
    onAttention: (attention) => looks.push(attention),
    onStep: (done) => {
      const step = done.chunk * options.steps + done.step
      emit({ type: 'step-end', stage: 'paint', shot: index, step, steps })
      previews?.step(done)
    },
  })
  await developer.begin(shot)
  for await (const ofVideos of latents) await developer.add(ofVideos)
  await developer.end()
  return painted.map((_, video) =>
    options.attention ? wordAttention(text, looks, video, attentionShape) : null,
  )
}

function chunksOf(run: RunFolder, shot: number): ChunkStore {
  return {
    read: (chunk) => run.chunk(shot, chunk),
    keep: (chunk, painted) => run.keepChunk(shot, chunk, painted),
  }
}

const attentionShape = {
  side: toyboxDenoiser.size / 2,
  textTokens: toyboxDenoiser.textTokens,
  framesPerMap: toyboxDenoiser.framesPerLatent,
  fps: nativeRate,
}

/** Actors stand in the painter's slots from the farthest to the nearest: the lower the feet, the nearer. */
function placedShot(
  { text, actors, setting }: FilmShot,
  seed: number,
  cast: Cast,
  plan: MotionPlan | undefined,
): Omit<PaintedShot, 'negative'> {
  const scenery = cast.get(setting)
  if (!scenery || !plan) throw new RangeError('a shot has a setting and a plan')
  const bottom = (i: number): number =>
    (plan.actors[i]?.states ?? []).reduce((sum, s) => sum + s.centerY + s.height / 2, 0)
  const order = plan.actors.map((_, i) => i).sort((a, b) => bottom(a) - bottom(b))
  const pictureOf = (i: number): readonly Float32Array[] => {
    const actor = actors[i]
    const found = actor && cast.get(actor.picture)
    return found ? [found.picture] : []
  }
  return {
    seed,
    text,
    actors: order.flatMap(pictureOf),
    setting: scenery.picture,
    plan: { ...plan, actors: order.flatMap((i) => plan.actors[i] ?? []) },
  }
}
