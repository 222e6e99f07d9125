import { createTally, type Learned, tallyClip } from '../world/learned.ts'
import type { WorldContent } from '../world/worlds.ts'
import { trainingScript } from './training-script.ts'

/** Two frames of a script have all the facts. */
const fewFrames = 2

/**
 * What a training on clips has really drawn. Everything random in it follows from its seed: the scripts are written
 * again, without their pictures.
 * @param drawn how many items were made of the clip of each seed
 */
export function learnedFromClips(drawn: ReadonlyMap<number, number>, content: WorldContent): Learned {
  const tally = createTally()
  for (const [seed, items] of drawn) {
    tallyClip(tally, trainingScript(seed, { ...content, split: 'train', frames: fewFrames }), items)
  }
  return tally.learned()
}
