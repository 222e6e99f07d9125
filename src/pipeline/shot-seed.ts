import { createRandom } from '../util/random.ts'

/** Streams of random numbers that seeds come from begin here. */
const seedStream = 100

/** Seeds of a film's videos: seed, seed + 1, …. */
export function videoSeeds({ seed, count }: { readonly seed: number; readonly count: number }): number[] {
  return Array.from({ length: count }, (_, i) => seed + i)
}

/** A shot's seed in every video: from its own seed where it has one, from the video's else. */
export function shotSeeds(
  film: { readonly seed: number; readonly count: number },
  shot: { readonly index: number; readonly seed?: number | undefined },
): number[] {
  const { index, seed: own } = shot
  return videoSeeds(film).map((seed, video) =>
    own === undefined ? derivedSeed(seed, index) : derivedSeed(own, video),
  )
}

/**
 * The seed itself for the first, so that a film of one shot is that shot; for every other one a whole number in
 * [0, 2⁵³) that follows from the seed and the index alone.
 */
export function derivedSeed(seed: number, index: number): number {
  return index === 0 ? seed : Math.floor(createRandom(seed, seedStream + index).uniform() * 2 ** 53)
}
