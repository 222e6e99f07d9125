import { layoutSize } from '../models/conditions.ts'
import { toyboxDenoiser } from '../models/denoiser.ts'
import { draftPictures } from '../models/draft.ts'
import { projectLatents } from '../models/latent-projection.ts'
import { chunkCount, type PaintedShot, type PaintedStep } from '../models/painter.ts'
import { placeShot } from '../models/placed-shot.ts'
import { type Frames, sliceFrames } from '../video/index.ts'
import type { FilmShot } from './film.ts'
import type { Work } from './line.ts'
import { nativeFrames } from './move.ts'
import { nativeRate } from './toybox.ts'

/** Shows a shot while it is painted. */
export interface Previews {
  /** What every video begins with: before the painter is even loaded. */
  draft(shots: readonly Omit<PaintedShot, 'negative'>[]): void
  step(done: PaintedStep): void
}

/** Null where no previews are asked for, or the weights have none. */
export async function openPreviews(work: Work, shot: FilmShot): Promise<Previews | null> {
  const { options, toybox, emit } = work
  const projection = options.preview ? await toybox.projection() : null
  if (!projection) return null
  const { size, framesPerLatent } = toyboxDenoiser
  const fps = nativeRate / framesPerLatent
  const wanted = nativeFrames(shot, options.fps)
  const steps = chunkCount(toyboxDenoiser, wanted) * options.steps
  const show = (video: number, step: number, start: number, frames: Frames): void => {
    // The last chunk may hold more than the shot needs.
    const count = Math.min(frames.count, Math.ceil(wanted / framesPerLatent) - start)
    if (count < 1) return
    const shown = { ...sliceFrames(frames, 0, count), fps }
    emit({ type: 'preview', video, shot: shot.index, step, steps, start, frames: shown })
  }
  return {
    draft(shots) {
      for (const [video, one] of shots.entries()) {
        const placed = placeShot(toyboxDenoiser, one, 0)
        show(video, 0, 0, draftPictures(placed, layoutSize(toyboxDenoiser), size * projection.side))
      }
    },
    step({ chunk, step, predicted, firstLatent }) {
      for (const [video, data] of predicted.entries()) {
        const frames = data.length / (projection.channels * size * size)
        const layout = { order: 'frames-first', frames, rows: size, columns: size } as const
        const pictures = projectLatents(projection, { data, ...layout }, fps)
        show(video, chunk * options.steps + step, firstLatent, pictures)
      }
    },
  }
}
