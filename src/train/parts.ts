import type { WorldContent } from '../world/worlds.ts'

/**
 * The networks of toybox, in the order in which they are trained: each may need those before it. The classifier reads
 * videos back for `framewright evaluate`; nothing is made with it.
 */
export const parts = [
  'codec',
  'reference',
  'motion',
  'denoiser',
  'upscaler',
  'interpolator',
  'arc',
  'classifier',
] as const
export type Part = (typeof parts)[number]

/** What a training of one part may be told. */
export interface PartConfig {
  readonly seed: number
  readonly batchSize: number
  readonly steps: number
  /** Checkpoint, log and samples go here. */
  readonly folder: string
  readonly threads: number
  /** Factor on the optimiser's rates. */
  readonly rate: number
  /** The last part of the steps in which the rate falls to a twentieth, 0 to 1. */
  readonly cooldown: number
  readonly inspectEvery: number
  readonly checkpointMinutes: number
  /** The world's art; see `world-data/`. */
  readonly pack: string
  /** What of the world its clips show. */
  readonly content: WorldContent
  /** A folder of stories, for the arc network: docs/storyboard.md. */
  readonly stories: string
  /** The model's weight folder: parts that others need are read there, and finished ones written. */
  readonly weights: string
  /** A safetensors file to start from instead of random numbers. */
  readonly from: string | null
}
