import { FramewrightError } from '../util/errors.ts'
import { createRandom } from '../util/random.ts'
import { chooseFacts, type FactsOptions } from './choose-facts.ts'
import type { ClipScript } from './clip-script.ts'
import { direct } from './direct.ts'
import type { Deed } from './facts.ts'
import { isHeldOutCombination } from './held-out.ts'
import type { SettingName } from './settings.ts'

export type { ClipScript, ScriptActor } from './clip-script.ts'

export interface ScriptOptions extends Omit<FactsOptions, 'identities' | 'scene'> {
  /** How long the clip is. @default 16 */
  readonly frames?: number | undefined
  /** Which combinations of actor, action and setting may come up. @default 'any' */
  readonly split?: 'train' | 'heldout' | 'any' | undefined
}

/** Draws that do not fit together are drawn again, so often. */
export const mostAttempts = 2000

/**
 * The clip of a seed, with one actor or two: a pure function, the same on every machine up to the last bits of sine.
 * @throws FramewrightError E_OPTION when nothing fits the options
 */
export function scriptClip(seed: number, options: ScriptOptions = {}): ClipScript {
  const split = options.split ?? 'any'
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    const random = createRandom(seed, attempt)
    const facts = chooseFacts(random, options)
    if (!facts) continue
    if (split !== 'any' && isHeldOut(facts) !== (split === 'heldout')) continue
    return direct(seed, random, facts, { frames: options.frames ?? 16 })
  }
  throw new FramewrightError('E_OPTION', 'no clip fits `cast`, `places` and `split`: allow more of them')
}

/** True when one of its combinations of actor, action and setting is kept out of training. */
export function isHeldOut(clip: {
  readonly actors?: readonly Deed[]
  readonly deeds?: readonly Deed[]
  readonly setting: SettingName
}): boolean {
  return (clip.actors ?? clip.deeds ?? []).some((deed) =>
    isHeldOutCombination(deed.actorId, deed.action, clip.setting),
  )
}
