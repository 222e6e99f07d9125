import { toyboxDenoiser } from '../models/denoiser.ts'
import type { Storyboard } from '../story/index.ts'
import {
  type EncodedText,
  normaliseText,
  nothingUnderstoodWarnings,
  type SceneGraph,
  understand,
} from '../text/index.ts'
import { type ShotSpan, timeline } from '../video/index.ts'
import { type FilmBrief, type PictureBrief, picturesOf, type ShotBrief } from './brief.ts'
import { costumeWarnings } from './costume.ts'
import type { PlannedShot } from './events.ts'
import { oneShotSeconds } from './film-length.ts'
import { checkMotion } from './given-motion.ts'
import { drawnInPlace } from './known-pictures.ts'
import { stage, type Work, warn } from './line.ts'
import { shotToMove } from './move.ts'
import { nearestWord } from './nearest-word.ts'
import { isPictureOf, pictureWarnings } from './own-pictures.ts'
import { planFilm } from './plan-film.ts'
import { promptBrief } from './prompt-brief.ts'
import { toyboxVocabulary, toyboxWordVectors } from './repertoire.ts'
import { storyboardBrief } from './storyboard-brief.ts'

/** What is to be made, read and laid out; nothing is drawn yet. */
export interface Film {
  readonly graph: SceneGraph | null
  readonly storyboard: Storyboard | null
  readonly shots: readonly FilmShot[]
  readonly pictures: readonly PictureBrief[]
}

export interface FilmShot extends ShotBrief {
  readonly index: number
  readonly text: EncodedText
  readonly span: ShotSpan
}

/** Reads what is asked for: a storyboard's shots, a prompt that tells a story as several, any other as one. */
export async function readFilm(work: Work): Promise<Film> {
  const { toybox } = work
  const [language] = await stage(work, 'load', () => Promise.all([toybox.language(), toybox.encoder()]))
  return stage(work, 'understand', async () => {
    const { prompt, characters, weights } = work.options
    const vocabulary = toyboxVocabulary(weights)
    const reading = { most: toyboxDenoiser.slots - 1, vocabulary }
    const given = Object.keys(characters)
    const drawable = async (brief: FilmBrief): Promise<FilmBrief> => {
      const { shots, warnings } = await drawnInPlace(brief, {
        vocabulary,
        given,
        nearest: async (word, candidates) => {
          const [encoder, vectors] = [await toybox.encoder(), toyboxWordVectors(weights)]
          return nearestWord(word, candidates, { ...language, encoder, vectors, signal: work.signal })
        },
      })
      const drawn = picturesOf(shots).filter((picture) => !given.some((word) => isPictureOf(picture, word)))
      return { shots, warnings: [...warnings, ...costumeWarnings(drawn, vocabulary)] }
    }
    const graph = prompt === undefined ? null : understand(normaliseText(prompt), language)
    if (graph) {
      work.emit({ type: 'text-understood', graph })
      warn(work, nothingUnderstoodWarnings(graph))
    }
    const storyboard = graph ? await planFilm(work, graph) : (work.options.storyboard ?? null)
    if (storyboard) {
      const brief = await drawable(storyboardBrief(storyboard, { ...reading, language }))
      return layOut(work, brief, { graph, storyboard })
    }
    if (!graph) throw new RangeError('options were checked: there is a prompt or a storyboard')
    const seconds = oneShotSeconds(work.options)
    const brief = await drawable(promptBrief(graph, { ...reading, seconds }))
    return layOut(work, brief, { graph, storyboard: null })
  })
}

async function layOut(
  work: Work,
  { shots, warnings }: FilmBrief,
  source: Pick<Film, 'graph' | 'storyboard'>,
): Promise<Film> {
  const { toybox, signal, options } = work
  const encoder = await toybox.encoder()
  const spans = timeline(shots, options.fps)
  const laidOut: FilmShot[] = []
  for (const [index, span] of spans.entries()) {
    const shot = shots[index]
    if (!shot) continue
    const text = await encoder.encode(shot.prompt, { signal })
    warn(work, text.warnings)
    laidOut.push({ ...shot, index, text, span })
  }
  warn(work, [...warnings, ...pictureWarnings(options.characters)])
  if (options.motion) {
    const toMove = laidOut.map((shot) => shotToMove(shot, options.fps))
    warn(work, checkMotion(options.motion, toMove))
  }
  const frames = spans.reduce((sum, { count }) => sum + count, 0)
  work.emit({ type: 'shots-planned', shots: laidOut.map(plannedShot), frames })
  return { ...source, shots: laidOut, pictures: picturesOf(laidOut) }
}

export function plannedShot({ id, prompt, span: { start, count } }: FilmShot): PlannedShot {
  return { id, prompt, start, count }
}
