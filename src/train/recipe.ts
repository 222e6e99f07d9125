import type { worlds } from '../world/worlds.ts'
import type { Part, PartConfig } from './parts.ts'

/** What a part is trained with where nobody says otherwise. */
export interface PartDefaults
  extends Pick<PartConfig, 'batchSize' | 'steps' | 'inspectEvery' | 'rate' | 'cooldown'> {
  readonly world: keyof typeof worlds
}

/**
 * The recipe of toybox: as many items as the weights that ship have seen in all their runs, in one run, with the settings of
 * the last of them; docs/training-log.md has what was really run, and how long it took.
 */
export const partDefaults: Readonly<Record<Part, PartDefaults>> = {
  codec: { batchSize: 8, steps: 6000, inspectEvery: 500, rate: 1, cooldown: 0.4, world: 'whole' },
  reference: { batchSize: 48, steps: 9790, inspectEvery: 500, rate: 0.8, cooldown: 0.75, world: 'whole' },
  motion: { batchSize: 32, steps: 8360, inspectEvery: 1000, rate: 0.8, cooldown: 0.5, world: 'whole' },
  denoiser: { batchSize: 8, steps: 5750, inspectEvery: 500, rate: 0.9, cooldown: 0.5, world: 'whole' },
  upscaler: { batchSize: 8, steps: 3600, inspectEvery: 500, rate: 1, cooldown: 0.25, world: 'whole' },
  interpolator: { batchSize: 8, steps: 2400, inspectEvery: 500, rate: 1, cooldown: 0.25, world: 'whole' },
  arc: { batchSize: 32, steps: 1200, inspectEvery: 200, rate: 1, cooldown: 0.25, world: 'whole' },
  classifier: { batchSize: 8, steps: 14600, inspectEvery: 1000, rate: 1, cooldown: 0.5, world: 'first' },
}
