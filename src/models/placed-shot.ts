import type { MotionPlan, State } from '../video/motion-plan.ts'
import type { Precipitation } from '../video/precipitation.ts'
import type { PlacedReference } from './conditions.ts'
import type { DenoiserConfig } from './denoiser.ts'

/** Latent frames that a chunk is given from the one before it. */
export const givenFrames = 1

/** A shot's references, and what falls, over one chunk. */
export interface PlacedShot {
  readonly actors: readonly PlacedReference[]
  readonly setting: PlacedReference
  readonly precipitation: PlacedPrecipitation | null
}

/** What falls in a chunk; `seconds` is how long it has fallen when the chunk begins. */
export interface PlacedPrecipitation extends Precipitation {
  readonly fps: number
}

/**
 * A shot's references where its plan has them in a chunk.
 * @param shot pictures of the plan's actors, in its order, and of the setting
 */
export function placeShot(
  config: Pick<DenoiserConfig, 'frames' | 'framesPerLatent'>,
  shot: {
    readonly actors: readonly Float32Array[]
    readonly setting: Float32Array
    readonly plan: MotionPlan
  },
  chunk: number,
): PlacedShot {
  const video = config.frames * config.framesPerLatent
  const start = chunk * (config.frames - givenFrames) * config.framesPerLatent
  const { precipitation, fps } = shot.plan
  return {
    actors: shot.plan.actors.map(({ states }, i) => {
      return { picture: shot.actors[i] ?? null, states: window(states, start, video) }
    }),
    setting: { picture: shot.setting, states: window(shot.plan.camera, start, video) },
    precipitation: precipitation
      ? { ...precipitation, seconds: precipitation.seconds + start / fps, fps }
      : null,
  }
}

/** States [start, start + count); the last one stays where the plan has ended. */
function window(states: readonly State[], start: number, count: number): State[] {
  const last = states.at(-1)
  if (!last) throw new RangeError('a plan has no states')
  return Array.from({ length: count }, (_, i) => states[start + i] ?? last)
}
