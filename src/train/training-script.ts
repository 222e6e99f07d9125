import { createRandom } from '../util/random.ts'
import { scriptEnsemble } from '../world/ensemble.ts'
import { type ClipScript, type ScriptOptions, scriptClip } from '../world/script.ts'

/** How many clips are of several of a kind, of one beside another, or of three who each do something. */
const ensembleShare = 0.25

/** Apart from the streams of what the clip shows. */
const kindStream = 2 ** 42

/**
 * The clip of a seed as the mover and the painter are taught it: one actor or two, or an ensemble. A pure function.
 * @throws FramewrightError E_OPTION when nothing fits the options
 */
export function trainingScript(seed: number, options: ScriptOptions): ClipScript {
  const isEnsemble = createRandom(seed, kindStream).uniform() < ensembleShare
  return isEnsemble ? scriptEnsemble(seed, options) : scriptClip(seed, options)
}
