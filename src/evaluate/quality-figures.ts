import type { Consistency } from './consistency.ts'
import { type Figure, meanOf } from './figures.ts'
import type { MotionMeasures } from './motion-measures.ts'

/** Motion and consistency of one shot; the latter null where there is no classifier. */
export type Quality = MotionMeasures & { readonly [Measure in keyof Consistency]: number | null }

/** A shot beside the real render of its script, which says what the prompt asks for: whether anything moves. */
export interface ShotQuality {
  readonly quality: Quality
  readonly real: Quality
}

/** Shots beside their real renders, both in one order. */
export function besideReal(shots: readonly Quality[], real: readonly Quality[]): ShotQuality[] {
  return shots.flatMap((quality, i) => {
    const own = real[i]
    return own ? [{ quality, real: own }] : []
  })
}

const qualityDefinitions = {
  'subject consistency':
    'Mean over frames of half the cosine to the frame before and half that to the first, of the features of cells that show anyone.',
  'background consistency': 'The same of cells that show nobody.',
  'temporal flickering':
    'In shots in whose real render nothing moves plainly: 1 − mean absolute difference of neighbouring frames / 255.',
  'motion smoothness':
    '1 − mean absolute error of every other frame, interpolated from its neighbours, / 255.',
  'dynamic degree': 'Share of clips in which something moves plainly.',
} as const

type QualityName = keyof typeof qualityDefinitions

const qualityOf: { readonly [N in QualityName]: (shot: ShotQuality) => number | null } = {
  'subject consistency': ({ quality }) => quality.subject,
  'background consistency': ({ quality }) => quality.background,
  'temporal flickering': ({ quality, real }) => (real.isDynamic ? null : quality.steadiness),
  'motion smoothness': ({ quality }) => quality.smoothness,
  'dynamic degree': ({ quality }) => (quality.isDynamic ? 1 : 0),
}

/**
 * VBench's dimensions of quality, those left out that no real render has.
 * @param shots `mixed`: clips of which every other frame is from another video, the floor
 */
export function qualityFigures(shots: {
  readonly generated: readonly ShotQuality[]
  readonly real: readonly ShotQuality[]
  readonly mixed: readonly ShotQuality[]
}): Figure[] {
  return (Object.keys(qualityDefinitions) as QualityName[]).flatMap((name) => {
    const mean = (all: readonly ShotQuality[]): Figure['ceiling'] =>
      meanOf(all.flatMap((shot) => qualityOf[name](shot) ?? []))
    const ceiling = mean(shots.real)
    if (ceiling === null) return []
    return {
      name,
      definition: qualityDefinitions[name],
      generated: mean(shots.generated),
      ceiling,
      floor: mean(shots.mixed),
      isTrusted: true,
    }
  })
}
