import { toyboxDenoiser } from '../models/denoiser.ts'
import { type ChunkAttention, chunkCount, type PaintedShot } from '../models/denoiser-sampler.ts'
import { continueMotion, startMotion } from '../models/motion-sampler.ts'
import {
  type EncodedText,
  normaliseText,
  nothingUnderstoodWarnings,
  type SceneGraph,
  understand,
} from '../text/index.ts'
import { eventStream } from '../util/event-stream.ts'
import { type Frames, joinFrames, resizeFrames, retimeFrames, sliceFrames } from '../video/index.ts'
import type { MotionPlan } from '../video/motion-plan.ts'
import { wordAttention } from './attention.ts'
import { briefOf, type ShotBrief } from './brief.ts'
import { type CastPicture, drawCast } from './cast.ts'
import type { GeneratedVideo, GenerateEvent, GenerateResult, Reference, Stage, Warning } from './events.ts'
import type { GenerateOptions } from './options.ts'
import { pictureWarnings } from './own-pictures.ts'
import { nativeRate, openToybox, type Toybox } from './toybox.ts'
import { type ValidOptions, validateOptions } from './validate.ts'

/**
 * Makes videos from words: an async generator of what happens, whose return value is the result.
 * @throws FramewrightError E_PROMPT, E_OPTION, E_WEIGHTS, E_PROVIDER; the signal's reason when it aborts
 */
export function generate(options: GenerateOptions): AsyncGenerator<GenerateEvent, GenerateResult> {
  return line(options, async (work) => {
    const { brief, graph, text } = await readPrompt(work)
    const casts = await castAll(work, brief)
    const plans = await planAll(work, brief, text)
    const videos = await paintAll(work, text, casts, plans)
    const [video] = videos
    if (!video) throw new RangeError('no video was asked for')
    const { warnings, timings } = work
    return { video, videos, graph, model: work.toybox.name, warnings, timings }
  })
}

/** `generate`, without the events. */
export async function generateVideo(options: GenerateOptions): Promise<GenerateResult> {
  return drain(generate(options))
}

/** What the first half of the line gives: who is in it and what they look like. */
export interface CastResult {
  readonly graph: SceneGraph
  readonly references: readonly Reference[]
  readonly warnings: readonly Warning[]
}

/** Understands the prompt and draws its cast: the line up to there. */
export function castReferences(options: GenerateOptions): AsyncGenerator<GenerateEvent, CastResult> {
  return line(options, async (work) => {
    const { brief, graph } = await readPrompt(work)
    const [cast] = await castAll(work, brief)
    return { graph, references: (cast ?? []).map(({ reference }) => reference), warnings: work.warnings }
  })
}

export interface MotionResult {
  readonly graph: SceneGraph
  readonly plan: MotionPlan
  readonly warnings: readonly Warning[]
}

/** Understands the prompt and plans its motion: nothing is drawn. */
export function planMotion(options: GenerateOptions): AsyncGenerator<GenerateEvent, MotionResult> {
  return line(options, async (work) => {
    const { brief, graph, text } = await readPrompt(work)
    const [plan] = await planAll(work, brief, text)
    if (!plan) throw new RangeError('no plan was asked for')
    return { graph, plan, warnings: work.warnings }
  })
}

/** Runs a generator to its end; its return value. */
export async function drain<Result>(events: AsyncGenerator<unknown, Result>): Promise<Result> {
  while (true) {
    const { done, value } = await events.next()
    if (done) return value
  }
}

/** What every stage has at hand. */
interface Work {
  readonly options: ValidOptions
  readonly toybox: Toybox
  readonly signal: AbortSignal
  readonly emit: (event: GenerateEvent) => void
  readonly warnings: Warning[]
  readonly timings: Partial<Record<Stage, number>>
}

function line<Result>(
  options: GenerateOptions,
  job: (work: Work) => Promise<Result>,
): AsyncGenerator<GenerateEvent, Result> {
  const valid = validateOptions(options)
  return eventStream<GenerateEvent, Result>(async (emit, signal) => {
    const session = {
      provider: valid.provider,
      ...(valid.threads === undefined ? {} : { threads: valid.threads }),
    }
    const toybox = openToybox(valid.weights, session)
    // The worker may be inside a long run: ending its thread is what stops it at once.
    const stop = (): void => void toybox.close()
    signal.addEventListener('abort', stop, { once: true })
    try {
      signal.throwIfAborted()
      return await job({ options: valid, toybox, signal, emit, warnings: [], timings: {} })
    } catch (error) {
      // Whatever failed because of the abort, the reason is the abort.
      signal.throwIfAborted()
      throw error
    } finally {
      signal.removeEventListener('abort', stop)
      await toybox.close()
    }
  }, options.signal)
}

async function stage<T>(work: Work, name: Stage, job: () => Promise<T>): Promise<T> {
  work.signal.throwIfAborted()
  work.emit({ type: 'stage-start', stage: name })
  const start = performance.now()
  const result = await job()
  const milliseconds = Math.round(performance.now() - start)
  work.timings[name] = (work.timings[name] ?? 0) + milliseconds
  work.emit({ type: 'stage-end', stage: name, milliseconds })
  return result
}

function warn(work: Work, warnings: readonly Warning[]): void {
  for (const warning of warnings) {
    work.warnings.push(warning)
    work.emit({ type: 'warning', warning })
  }
}

interface ReadPrompt {
  readonly graph: SceneGraph
  readonly brief: ShotBrief
  readonly text: EncodedText
}

async function readPrompt(work: Work): Promise<ReadPrompt> {
  const { toybox, signal } = work
  const [language, encoder] = await stage(work, 'load', () =>
    Promise.all([toybox.language(), toybox.encoder()]),
  )
  return stage(work, 'understand', async () => {
    const prompt = normaliseText(work.options.prompt)
    const graph = understand(prompt, language)
    work.emit({ type: 'text-understood', graph })
    const text = await encoder.encode(graph.text, { signal })
    const { characters } = work.options
    const brief = briefOf(graph, toyboxDenoiser.slots - 1, Object.keys(characters))
    warn(work, [
      ...text.warnings,
      ...nothingUnderstoodWarnings(graph),
      ...brief.warnings,
      ...pictureWarnings(characters),
    ])
    return { graph, brief, text }
  })
}

const seedsOf = ({ seed, count }: ValidOptions): number[] => Array.from({ length: count }, (_, i) => seed + i)

/** The cast of every video: its actors in the brief's order, the setting last. */
async function castAll(work: Work, brief: ShotBrief): Promise<CastPicture[][]> {
  return stage(work, 'cast', async () => {
    const casts = await drawCast(work.toybox, brief, seedsOf(work.options), work.options.characters, {
      signal: work.signal,
      onStep: (step, steps) => work.emit({ type: 'step-end', stage: 'cast', step, steps }),
    })
    for (const [video, cast] of casts.entries()) {
      for (const { reference } of cast) work.emit({ type: 'reference-drawn', video, reference })
    }
    return casts
  })
}

async function planAll(work: Work, brief: ShotBrief, text: EncodedText): Promise<MotionPlan[]> {
  return stage(work, 'move', async () => {
    const network = await work.toybox.motion()
    const frames = Math.ceil(work.options.seconds * nativeRate)
    const plans: MotionPlan[] = []
    for (const [video, seed] of seedsOf(work.options).entries()) {
      const state = await startMotion(network, { text, actors: brief.actors, frames, seed })
      const { plan } = await continueMotion(network, state, frames, { signal: work.signal })
      plans.push(plan)
      work.emit({ type: 'motion-planned', video, plan })
    }
    return plans
  })
}

async function paintAll(
  work: Work,
  text: EncodedText,
  casts: readonly (readonly CastPicture[])[],
  plans: readonly MotionPlan[],
): Promise<GeneratedVideo[]> {
  const { options, toybox, signal } = work
  const negative =
    options.negative === undefined
      ? null
      : await (await toybox.encoder()).encode(normaliseText(options.negative), { signal })
  const painted = await stage(work, 'paint', async () => {
    const seeds = seedsOf(options)
    const shots = seeds.map((seed, i) => shotOf(seed, text, negative, casts[i] ?? [], plans[i]))
    const painter = await toybox.painter({
      batch: shots.length,
      guidance: options.guidance,
      watches: options.attention,
    })
    const looks: ChunkAttention[] = []
    const decoder = await toybox.decoder()
    const decoded: Frames[][] = shots.map(() => [])
    const before: (Float32Array | undefined)[] = shots.map(() => undefined)
    const chunks = chunkCount(toyboxDenoiser, plans[0]?.camera.length ?? 0)
    const steps = chunks * options.steps
    const latents = painter.paint(shots, {
      steps: options.steps,
      signal,
      onAttention: (attention) => looks.push(attention),
      onStep: (chunk, _chunks, step) =>
        work.emit({ type: 'step-end', stage: 'paint', step: chunk * options.steps + step, steps }),
    })
    for await (const ofShots of latents) {
      for (const [video, one] of ofShots.entries()) {
        const frames = await decoder.decode(one, before[video] ?? one)
        before[video] = one
        const list = decoded[video] ?? []
        const start = list.reduce((n, part) => n + part.count, 0)
        list.push(frames)
        work.emit({ type: 'frames-decoded', video, start, frames })
      }
    }
    return decoded.map((parts, video) => ({
      frames: joinFrames(parts),
      attention: options.attention ? wordAttention(text, looks, video, attentionShape) : null,
    }))
  })
  return stage(work, 'resample', async () => {
    const videos: GeneratedVideo[] = []
    for (const [i, { frames, attention }] of painted.entries()) {
      const plan = plans[i]
      if (!plan) continue
      videos.push({
        seed: options.seed + i,
        frames: await resample(frames, options, signal),
        references: (casts[i] ?? []).map(({ reference }) => reference),
        plan,
        attention,
      })
    }
    return videos
  })
}

const attentionShape = {
  side: toyboxDenoiser.size / 2,
  textTokens: toyboxDenoiser.textTokens,
  framesPerMap: toyboxDenoiser.framesPerLatent,
  fps: nativeRate,
}

/** Actors stand in the painter's slots from the farthest to the nearest: the lower the feet, the nearer. */
function shotOf(
  seed: number,
  text: EncodedText,
  negative: EncodedText | null,
  cast: readonly CastPicture[],
  plan: MotionPlan | undefined,
): PaintedShot {
  const setting = cast.at(-1)
  if (!setting || !plan) throw new RangeError('a shot has a setting and a plan')
  const bottom = (i: number): number =>
    (plan.actors[i]?.states ?? []).reduce((sum, s) => sum + s.centerY + s.height / 2, 0)
  const order = plan.actors.map((_, i) => i).sort((a, b) => bottom(a) - bottom(b))
  return {
    seed,
    text,
    negative,
    actors: order.flatMap((i) => cast[i]?.picture ?? []),
    setting: setting.picture,
    plan: { ...plan, actors: order.flatMap((i) => plan.actors[i] ?? []) },
  }
}

/** To the size, rate and length asked for. */
async function resample(
  frames: Frames,
  { width, height, fps, seconds }: ValidOptions,
  signal: AbortSignal,
): Promise<Frames> {
  const cut = sliceFrames(frames, 0, Math.min(frames.count, Math.ceil(seconds * nativeRate)))
  const sized = await resizeFrames(cut, { width, height }, signal)
  const timed = retimeFrames(sized, fps)
  return sliceFrames(timed, 0, Math.min(timed.count, Math.round(seconds * fps)))
}
