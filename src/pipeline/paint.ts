import type { Decoder } from '../models/codec-decoder.ts'
import { toyboxDenoiser } from '../models/denoiser.ts'
import {
  type ChunkAttention,
  type ChunkStore,
  chunkCount,
  type PaintedShot,
  type Painter,
} from '../models/denoiser-sampler.ts'
import { type EncodedText, normaliseText } from '../text/index.ts'
import { createShotJoiner, type Frames, type ShotJoiner, sliceFrames } from '../video/index.ts'
import type { MotionPlan } from '../video/motion-plan.ts'
import { type WordAttention, wordAttention } from './attention.ts'
import type { Cast } from './cast.ts'
import { openEnhancer } from './enhance.ts'
import type { FilmShot } from './film.ts'
import { stage, type Work } from './line.ts'
import { nativeFrames } from './move.ts'
import { openPreviews, type Previews } from './preview.ts'
import type { RunFolder } from './run-folder.ts'
import { shotSeeds } from './shot-seed.ts'
import { nativeRate } from './toybox.ts'

/** Paints one shot after the other, and hands the film's frames on as they are ready. */
export interface Studio {
  /**
   * @param plans one a video
   * @returns where the painter looked, for every video; null unless it was asked for
   */
  paint(shot: FilmShot, plans: readonly MotionPlan[]): Promise<(WordAttention | null)[]>
}

/** What is opened for the first shot and used for all. */
interface Tools {
  readonly painter: Painter
  readonly decoder: Decoder
  readonly negative: EncodedText | null
}

/** @param casts one a video */
export function openStudio(work: Work, casts: readonly Cast[]): Studio {
  const reels = casts.map((_, video) => createReel(work, video))
  let opened: Promise<Tools> | null = null
  return {
    paint: (shot, plans) =>
      stage(
        work,
        'paint',
        async () => {
          const seeds = shotSeeds(work.options, shot)
          const placed = casts.map((cast, i) => placedShot(shot, seeds[i] ?? 0, cast, plans[i]))
          const previews = await openPreviews(work, shot)
          previews?.draft(placed)
          opened ??= openTools(work)
          const tools = await opened
          const { negative } = tools
          const painted = placed.map((one) => ({ ...one, negative }))
          return paintShot(work, { ...tools, previews }, shot, painted, reels)
        },
        shot.index,
      ),
  }
}

async function openTools({ toybox, options, signal }: Work): Promise<Tools> {
  const { count, guidance, attention, negative } = options
  const encoder = await toybox.encoder()
  return {
    painter: await toybox.painter({ batch: count, guidance, watches: attention }),
    decoder: await toybox.decoder(),
    negative: negative === undefined ? null : await encoder.encode(normaliseText(negative), { signal }),
  }
}

async function paintShot(
  work: Work,
  { painter, decoder, previews }: Tools & { readonly previews: Previews | null },
  shot: FilmShot,
  painted: readonly PaintedShot[],
  reels: readonly Reel[],
): Promise<(WordAttention | null)[]> {
  const { options, signal, emit, run } = work
  const { index, text } = shot
  const wanted = nativeFrames(shot, options.fps)
  const steps = chunkCount(toyboxDenoiser, wanted) * options.steps
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
  for (const reel of reels) reel.begin(shot)
  let before: readonly Float32Array[] = []
  let start = 0
  for await (const ofVideos of latents) {
    // The last chunk may hold more than the shot needs.
    if (start >= wanted) continue
    let count = 0
    for (const [video, one] of ofVideos.entries()) {
      const decoded = await decoder.decode(one, before[video] ?? one)
      const frames = sliceFrames(decoded, 0, Math.min(decoded.count, wanted - start))
      emit({ type: 'frames-decoded', video, shot: index, start, frames })
      await reels[video]?.add(frames)
      count = frames.count
    }
    before = ofVideos
    start += count
  }
  for (const reel of reels) await reel.end()
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

/** One video's frames on their way out: joined, enlarged, and handed over. */
interface Reel {
  begin(shot: FilmShot): void
  add(frames: Frames): Promise<void>
  /** The shot has no more frames. */
  end(): Promise<void>
}

function createReel(work: Work, video: number): Reel {
  const { options, emit, taken } = work
  const joiner: ShotJoiner = createShotJoiner(options.fps)
  const enhancer = openEnhancer(work)
  let shot = 0
  let start = 0
  const handOn = async (run: Frames | null): Promise<void> => {
    const joined = run === null ? null : joiner.add(run)
    if (joined === null) return
    const frames = await enhancer.enlarge(joined)
    emit({ type: 'frames-ready', video, shot, start, frames })
    start += frames.count
    await taken()
  }
  return {
    begin: ({ index, span }) => {
      shot = index
      enhancer.begin()
      joiner.begin(span)
    },
    add: async (run) => handOn(await enhancer.fill(run)),
    end: async () => handOn(enhancer.end()),
  }
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
