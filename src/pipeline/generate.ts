import { type Frames, joinFrames } from '../video/index.ts'
import type { MotionPlan } from '../video/motion-plan.ts'
import type { PictureBrief } from './brief.ts'
import { type Cast, drawCast } from './cast.ts'
import type {
  GeneratedVideo,
  GenerateEvent,
  GenerateResult,
  MadeShot,
  MadeVideo,
  PlannedShot,
  Reference,
  Warning,
} from './events.ts'
import { type Film, plannedShot, readFilm } from './film.ts'
import { line, stage, type Work } from './line.ts'
import { moveShot } from './move.ts'
import type { GenerateOptions } from './options.ts'
import { openStudio } from './paint.ts'
import { shotSeeds, videoSeeds } from './shot-seed.ts'

/**
 * Makes videos of a prompt or a storyboard: an async generator of what happens, whose return value is the result. The
 * frames come as events, `frames-ready`: none are kept, so that memory does not grow with the length.
 * @throws FramewrightError E_PROMPT, E_STORY, E_OPTION, E_WEIGHTS, E_PROVIDER; the signal's reason when it aborts
 */
export function generate(options: GenerateOptions): AsyncGenerator<GenerateEvent, GenerateResult> {
  return line(options, async (work) => {
    const film = await readFilm(work)
    const casts = await castAll(work, film)
    const studio = openStudio(work, casts)
    const shots: MadeShot[][] = casts.map(() => [])
    for (const shot of film.shots) {
      const plans = await moveShot(work, shot)
      const attention = await studio.paint(shot, plans)
      for (const [video, seed] of shotSeeds(work.options, shot).entries()) {
        const [cast, plan] = [casts[video], plans[video]]
        if (!cast || !plan) continue
        const looks = attention[video] ?? null
        const references = referencesOf(cast, [...shot.actors.map(({ picture }) => picture), shot.setting])
        shots[video]?.push({ ...plannedShot(shot), seed, references, plan, attention: looks })
      }
    }
    const videos = videoSeeds(work.options).map((seed, video): MadeVideo => {
      const references = referencesOf(casts[video] ?? new Map(), film.pictures)
      return { seed, shots: shots[video] ?? [], references }
    })
    const { warnings, timings, toybox } = work
    const { graph, storyboard } = film
    return { video: firstOf(videos), videos, graph, storyboard, model: toybox.name, warnings, timings }
  })
}

/** `generate` without the events, and with all frames of every video. */
export async function generateVideo(options: GenerateOptions): Promise<GenerateResult<GeneratedVideo>> {
  const runs: Frames[][] = []
  const events = generate(options)
  while (true) {
    const next = await events.next()
    if (next.done) {
      const videos = next.value.videos.map((video, i) => ({ ...video, frames: joinFrames(runs[i] ?? []) }))
      return { ...next.value, video: firstOf(videos), videos }
    }
    if (next.value.type !== 'frames-ready') continue
    const { video, frames } = next.value
    runs[video] ??= []
    runs[video].push(frames)
  }
}

/** What the first half of the line gives: who is in it and what they look like. */
export interface CastResult extends Pick<GenerateResult, 'graph' | 'storyboard'> {
  readonly references: readonly Reference[]
  readonly warnings: readonly Warning[]
}

/** Reads the prompt or the storyboard and draws its cast: the line up to there. */
export function castReferences(options: GenerateOptions): AsyncGenerator<GenerateEvent, CastResult> {
  return line(options, async (work) => {
    const film = await readFilm(work)
    const references = referencesOf(firstOf(await castAll(work, film)), film.pictures)
    return { graph: film.graph, storyboard: film.storyboard, references, warnings: work.warnings }
  })
}

export interface MotionResult extends Pick<GenerateResult, 'graph' | 'storyboard'> {
  /** The first of `plans`. */
  readonly plan: MotionPlan
  /** One a shot. */
  readonly plans: readonly MotionPlan[]
  readonly shots: readonly PlannedShot[]
  readonly warnings: readonly Warning[]
}

/** Reads the prompt or the storyboard and plans its motion: nothing is drawn. */
export function planMotion(options: GenerateOptions): AsyncGenerator<GenerateEvent, MotionResult> {
  return line(options, async (work) => {
    const film = await readFilm(work)
    const plans: MotionPlan[] = []
    for (const shot of film.shots) plans.push(firstOf(await moveShot(work, shot)))
    const { graph, storyboard } = film
    const shots = film.shots.map(plannedShot)
    return { graph, storyboard, plan: firstOf(plans), plans, shots, warnings: work.warnings }
  })
}

/** The pictures of every video. */
async function castAll(work: Work, { pictures }: Film): Promise<Cast[]> {
  const { toybox, options, signal, emit } = work
  return stage(work, 'cast', async () => {
    const casts = await drawCast(toybox, pictures, videoSeeds(options), options.characters, {
      signal,
      onStep: (step, steps) => emit({ type: 'step-end', stage: 'cast', shot: null, step, steps }),
    })
    for (const [video, cast] of casts.entries()) {
      for (const { reference } of cast.values()) emit({ type: 'reference-drawn', video, reference })
    }
    return casts
  })
}

function referencesOf(cast: Cast, pictures: readonly PictureBrief[]): Reference[] {
  return pictures.flatMap((brief) => cast.get(brief)?.reference ?? [])
}

function firstOf<T>(list: readonly T[]): T {
  const [first] = list
  if (first === undefined) throw new RangeError('nothing was asked for')
  return first
}
