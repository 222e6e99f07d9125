import { at } from '../graph/index.ts'
import { defaultOptimiser, type OptimiserConfig } from '../nn/index.ts'
import type { Random } from '../util/random.ts'
import type { EnhanceClip } from './enhance-clips.ts'

/** Small corrections are to be learned: Muon's usual rate threw them about until nothing was left of them. */
export const enhanceOptimiser = {
  ...defaultOptimiser,
  matrixRate: 1e-3,
  rate: 6e-4,
} as const satisfies OptimiserConfig

/** How often a crop is laid onto an actor: they move, and are what is looked at. */
const actorCrops = 0.7

/** Where a square of `side` pixels lies in frames of `size`, on an actor as it is in frame `index` more often than not. */
export function cropPlace(
  clip: EnhanceClip,
  index: number,
  { side, size, step }: { readonly side: number; readonly size: number; readonly step: number },
  random: Random,
): { readonly left: number; readonly top: number } {
  const isOnActor = clip.actors.length > 0 && random.uniform() < actorCrops
  const state = isOnActor ? at(random.pick(clip.actors), index) : null
  const place = (center: number | undefined, extent: number): number => {
    const reach = (random.uniform() - 0.5) * extent * size
    const from = center === undefined ? random.uniform() * (size - side) : center * size - side / 2 + reach
    return Math.round(Math.min(size - side, Math.max(0, from)) / step) * step
  }
  return { left: place(state?.centerX, state?.width ?? 0), top: place(state?.centerY, state?.height ?? 0) }
}

/** Turns planes [planes, height, width] left to right, in place. */
export function mirror(planes: Float32Array, width: number): Float32Array {
  for (let row = 0; row < planes.length; row += width) planes.subarray(row, row + width).reverse()
  return planes
}
