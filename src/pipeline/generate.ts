import { type Frames, joinFrames } from '../video/index.ts'
import type { MotionPlan } from '../video/motion-plan.ts'
import type {
  GeneratedVideo,
  GenerateEvent,
  GenerateResult,
  PlannedShot,
  Reference,
  Warning,
} from './events.ts'
import { plannedShot, readFilm } from './film.ts'
import { line } from './line.ts'
import { modelOf } from './models.ts'
import { moveShot } from './move.ts'
import type { GenerateOptions } from './options.ts'
import { castAll, firstOf, referencesOf } from './toybox-line.ts'

/**
 * Makes videos of a prompt or a storyboard: an async generator of what happens, whose return value is the result. The
 * frames come as events, `frames-ready`: none are kept, so that memory does not grow with the length.
 * @throws FramewrightError E_PROMPT, E_STORY, E_OPTION, E_WEIGHTS, E_PROVIDER; the signal's reason when it aborts
 */
export function generate(options: GenerateOptions): AsyncGenerator<GenerateEvent, GenerateResult> {
  return modelOf(options).generate(options)
}

/** `generate` without the events, and with all frames of every video. */
export async function generateVideo(options: GenerateOptions): Promise<GenerateResult<GeneratedVideo>> {
  return withFrames(generate(options))
}

/** Runs a generation to its end; its result with all frames of every video. */
export async function withFrames(
  events: AsyncGenerator<GenerateEvent, GenerateResult>,
): Promise<GenerateResult<GeneratedVideo>> {
  const runs: Frames[][] = []
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
  readonly shots: readonly (PlannedShot & { readonly plan: MotionPlan })[]
  readonly warnings: readonly Warning[]
}

/** Reads the prompt or the storyboard and plans its motion: nothing is drawn. */
export function planMotion(options: GenerateOptions): AsyncGenerator<GenerateEvent, MotionResult> {
  return line(options, async (work) => {
    const film = await readFilm(work)
    const shots: MotionResult['shots'][number][] = []
    for (const shot of film.shots) {
      shots.push({ ...plannedShot(shot), plan: firstOf(await moveShot(work, shot)) })
    }
    const { graph, storyboard } = film
    const warnings = work.warnings
    return {
      graph,
      storyboard,
      plan: firstOf(shots).plan,
      plans: shots.map(({ plan }) => plan),
      shots,
      warnings,
    }
  })
}
