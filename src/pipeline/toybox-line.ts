import type { PictureBrief } from './brief.ts'
import { type Cast, drawCast } from './cast.ts'
import type { GenerateEvent, GenerateResult, MadeShot, MadeVideo, Reference } from './events.ts'
import { type Film, plannedShot, readFilm } from './film.ts'
import { line, stage, type Work } from './line.ts'
import { moveShot } from './move.ts'
import type { GenerateOptions } from './options.ts'
import { openStudio } from './paint.ts'
import { toyboxVocabulary } from './repertoire.ts'
import { shotSeeds, videoSeeds } from './shot-seed.ts'

/**
 * Makes videos with toybox: reads the words, draws the cast, plans the motion, paints shot after shot.
 * @param shown what the painter is shown of a cast that is drawn; all of it but in an ablation
 */
export function generateWithToybox(
  options: GenerateOptions,
  shown: (cast: Cast) => Cast = (cast) => cast,
): AsyncGenerator<GenerateEvent, GenerateResult> {
  return line(options, async (work) => {
    // Loaded beside each other, what is needed first first; whoever uses one gets its failure.
    work.toybox.encoder().catch(() => {})
    const studio = openStudio(work)
    work.toybox.motion().catch(() => {})
    const film = await readFilm(work)
    const casts = (await castAll(work, film)).map(shown)
    const shots: MadeShot[][] = casts.map(() => [])
    for (const shot of film.shots) {
      const plans = await moveShot(work, shot)
      const attention = await studio.paint(shot, casts, plans)
      for (const [video, seed] of shotSeeds(work.options, shot).entries()) {
        const [cast, plan] = [casts[video], plans[video]]
        if (!cast || !plan) continue
        const looks = attention[video] ?? null
        const references = referencesOf(cast, [...shot.actors.map(({ picture }) => picture), shot.setting])
        shots[video]?.push({ ...plannedShot(shot), seed, references, plan, attention: looks })
      }
    }
    await studio.finish()
    const videos = videoSeeds(work.options).map((seed, video): MadeVideo => {
      const references = referencesOf(casts[video] ?? new Map(), film.pictures)
      return { seed, shots: shots[video] ?? [], references }
    })
    const { warnings, timings, toybox } = work
    const { graph, storyboard } = film
    return { video: firstOf(videos), videos, graph, storyboard, model: toybox.name, warnings, timings }
  })
}

/** The pictures of every video. */
export async function castAll(work: Work, { pictures }: Film): Promise<Cast[]> {
  const { toybox, options, signal, emit } = work
  return stage(work, 'cast', async () => {
    const casts = await drawCast(toybox, pictures, videoSeeds(options), options.characters, {
      signal,
      vocabulary: toyboxVocabulary(options.weights),
      onStep: (step, steps) => emit({ type: 'step-end', stage: 'cast', shot: null, step, steps }),
    })
    for (const [video, cast] of casts.entries()) {
      for (const { reference } of cast.values()) emit({ type: 'reference-drawn', video, reference })
    }
    return casts
  })
}

export function referencesOf(cast: Cast, pictures: readonly PictureBrief[]): Reference[] {
  return pictures.flatMap((brief) => cast.get(brief)?.reference ?? [])
}

export function firstOf<T>(list: readonly T[]): T {
  const [first] = list
  if (first === undefined) throw new RangeError('nothing was asked for')
  return first
}
