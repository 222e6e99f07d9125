import type { Classifier } from '../models/classifier-reader.ts'
import type { Frames } from '../video/frames.ts'
import { cosine } from './consistency.ts'
import { type Figure, meanOf, readFigure } from './figures.ts'

/** What the classifier sees of who somebody is, in each of two shots. */
export type IdentityPair = readonly [Float32Array, Float32Array]

/** Of whoever is alone in each shot. */
export async function readIdentity(
  classifier: Classifier,
  shots: readonly Frames[],
): Promise<IdentityPair | null> {
  const [first, second] = shots
  if (!first || !second) return null
  const [a, b] = [await classifier.read(first, ['anyone']), await classifier.read(second, ['anyone'])]
  const [one, other] = [a.actors[0]?.identity, b.actors[0]?.identity]
  return one && other ? [one, other] : null
}

/**
 * The cosine above which two shots show the same one: the one that best parts real pairs of the same from real pairs of
 * different stories.
 * @returns null for fewer than two pairs: there is nothing to part
 */
export function identityThreshold(real: readonly IdentityPair[]): number | null {
  if (real.length < 2) return null
  const same = real.map(([a, b]) => cosine(a, b))
  const different = crossed(real)
  const share = (cosines: readonly number[], bar: number): number =>
    cosines.filter((value) => value >= bar).length / cosines.length
  const bars = [...same, ...different].sort((a, b) => a - b)
  const scores = bars.map((bar) => share(same, bar) + 1 - share(different, bar))
  return bars[scores.indexOf(Math.max(...scores))] ?? null
}

/** The share of pairs that pass the real ones' threshold; none where there is no threshold. */
export function identityFigures(
  pairs: readonly { readonly generated: IdentityPair; readonly real: IdentityPair }[],
): Figure[] {
  const real = pairs.map((pair) => pair.real)
  const generated = pairs.map((pair) => pair.generated)
  const bar = identityThreshold(real)
  if (bar === null) return []
  const share = (cosines: readonly number[]): Figure['ceiling'] =>
    meanOf(cosines.map((value) => (value >= bar ? 1 : 0)))
  const same = (all: readonly IdentityPair[]): number[] => all.map(([a, b]) => cosine(a, b))
  const definition =
    'The cosine of what the classifier sees of who is in the first and in the second shot passes the bar that best parts real pairs of the same from real pairs of different stories.'
  return [
    readFigure('identity across shots', definition, {
      generated: share(same(generated)),
      ceiling: share(same(real)),
      floor: share(crossed(generated)),
    }),
  ]
}

/** First shots beside second shots of other stories. */
function crossed(pairs: readonly IdentityPair[]): number[] {
  return pairs.flatMap(([first], i) =>
    pairs.flatMap(([, second], j) => (i === j ? [] : [cosine(first, second)])),
  )
}
