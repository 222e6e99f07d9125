import type { Beat, StoryShape } from './storyboard.ts'

/**
 * A curve smoothed over the story by a normal kernel; a short story keeps its edges, a long one shows its arc.
 * The ends are weighted by what there is of the kernel.
 */
export function smoothed(values: readonly number[]): number[] {
  const deviation = Math.min(4, 0.5 + values.length / 20)
  return values.map((_, i) => {
    let [sum, weight] = [0, 0]
    for (const [j, value] of values.entries()) {
      const w = Math.exp(-(((i - j) / deviation) ** 2) / 2)
      sum += w * value
      weight += w
    }
    return sum / weight
  })
}

/** A story's shape, and how surely. */
export interface ShapeMatch {
  readonly shape: StoryShape
  /** With the shape's template, −1 to 1; 0 for a flat story. */
  readonly correlation: number
  /** Why it is called flat; null where it has a shape. */
  readonly reason: string | null
}

/** Fewer shots than these bend to any template. */
export const shortestShape = 5
/** Valence moves less than this around its mean: nothing to see. */
const leastDeviation = 0.06
const leastCorrelation = 0.5

/**
 * The six arcs as half-waves of a cosine: rise, fall, fall–rise, rise–fall, rise–fall–rise, fall–rise–fall; the first
 * three modes that Reagan et al. (2016) found, with both signs. `t` goes from 0 to 1.
 */
const templates: { readonly [Shape in Exclude<StoryShape, 'flat'>]: (t: number) => number } = {
  'rags to riches': (t) => -Math.cos(Math.PI * t),
  tragedy: (t) => Math.cos(Math.PI * t),
  'man in a hole': (t) => Math.cos(2 * Math.PI * t),
  Icarus: (t) => -Math.cos(2 * Math.PI * t),
  Cinderella: (t) => -Math.cos(3 * Math.PI * t),
  Oedipus: (t) => Math.cos(3 * Math.PI * t),
}

/** Which of the six shapes a story's valence follows, by correlation; `flat` where it is too short, or follows none. */
export function shapeOf(valences: readonly number[]): ShapeMatch {
  const flat = (reason: string): ShapeMatch => ({ shape: 'flat', correlation: 0, reason })
  const count = valences.length
  if (count < shortestShape) {
    return flat(`too short to tell: ${count} shot${count === 1 ? '' : 's'}, and ${shortestShape} are needed`)
  }
  if (deviationOf(valences) < leastDeviation) return flat('the mood hardly changes')
  const matches = Object.entries(templates).map(([shape, at]) => {
    const template = valences.map((_, i) => at(i / (count - 1)))
    return { shape: shape as StoryShape, correlation: correlationOf(valences, template) }
  })
  const best = matches.reduce((a, b) => (b.correlation > a.correlation ? b : a))
  if (best.correlation < leastCorrelation) return flat('it follows none of the six shapes')
  return { ...best, reason: null }
}

function meanOf(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length
}

function deviationOf(values: readonly number[]): number {
  const mean = meanOf(values)
  return Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2)))
}

function correlationOf(a: readonly number[], b: readonly number[]): number {
  const [meanA, meanB] = [meanOf(a), meanOf(b)]
  const covariance = meanOf(a.map((value, i) => (value - meanA) * ((b[i] ?? 0) - meanB)))
  return covariance / (deviationOf(a) * deviationOf(b) || 1)
}

/**
 * What each shot is in the story: it opens, rises to the one of most tension, falls, and closes.
 * @param opens whether the first shot only shows where the story plays
 */
export function beatsOf(tensions: readonly number[], opens: boolean): Beat[] {
  const last = tensions.length - 1
  // Of two that are as tense, the climax is the one nearer to two thirds of the way.
  const scores = tensions.map((tension, i) => tension - 0.1 * Math.abs(i / Math.max(1, last) - 2 / 3))
  const candidates = scores.map((score, i) => (opens && i === 0 ? -1 : score))
  const climax = candidates.indexOf(Math.max(...candidates))
  if (last <= 0) return tensions.map(() => 'establishing')
  return tensions.map((_, i) => {
    if (i === climax) return 'climax'
    if (i === 0) return 'establishing'
    if (i === last) return 'closing'
    return i < climax ? 'rising' : 'falling'
  })
}
