import { FramewrightError } from '../util/errors.ts'
import { scriptEnsemble } from '../world/ensemble.ts'
import { type ClipScript, scriptClip } from '../world/script.ts'
import { scriptStory } from '../world/story-script.ts'
import { worlds } from '../world/worlds.ts'
import type { Category, SuiteItem } from './suite.ts'

/** Frames of a shot: two seconds of the world. */
export const shotFrames = 24

/** Combinations that no training has seen, of what the classifier reads. */
const heldOut = { ...worlds.first, split: 'heldout', frames: shotFrames } as const

/** The scripts of a seed, one a shot; some do not fit their category: see `fits`. */
const scriptsOf: Readonly<Record<Category, (seed: number) => readonly ClipScript[]>> = {
  solo: (seed) => [scriptClip(seed, heldOut)],
  pair: (seed) => [scriptClip(seed, heldOut)],
  colour: (seed) => [scriptClip(seed, { ...heldOut, looks: 'varied' })],
  weather: (seed) => [scriptClip(seed, { ...heldOut, weather: 'any' })],
  count: (seed) => [scriptEnsemble(seed, { ...heldOut, kinds: ['count'] })],
  relation: (seed) => [scriptEnsemble(seed, { ...heldOut, kinds: ['relation'] })],
  identity: (seed) => scriptStory(seed, { ...heldOut, looks: 'varied', shots: 2 }).shots,
}

/** A category's script of a seed; null where it shows something else. */
export function scriptFor(category: Category, seed: number): readonly ClipScript[] | null {
  const scripts = scriptsOf[category](seed)
  return scripts.every((script) => fits(category, script)) && isOne(category, scripts) ? scripts : null
}

/** Whoever is alone in the first shot is alone in the second, somewhere else. */
function isOne(category: Category, [first, second]: readonly ClipScript[]): boolean {
  if (category !== 'identity') return true
  return first?.actors[0]?.actorId === second?.actors[0]?.actorId && first?.setting !== second?.setting
}

function fits(category: Category, { actors, caption, weather }: ClipScript): boolean {
  switch (category) {
    case 'solo':
      return actors.length === 1 && caption.actors[0]?.action !== null
    case 'pair':
      return actors.length === 2 && actors[0]?.actorId !== actors[1]?.actorId
    case 'colour':
      return (
        actors.length === 1 && actors.every(({ looks }, i) => says(caption.actors[i]?.phrase, looks.coat))
      )
    case 'weather':
      return weather !== 'clear' && caption.weather !== null
    case 'count':
      return true
    case 'relation':
      return caption.relation !== null
    case 'identity':
      return actors.length === 1
  }
}

/** True where a phrase says a word. */
export function says(phrase: string | undefined, word: string | null): boolean {
  return word !== null && phrase !== undefined && new RegExp(`\\b${word}\\b`, 'i').test(phrase)
}

/**
 * The scripts that an item was made from.
 * @throws FramewrightError E_DATA when the world has changed so that they say something else
 */
export function scriptsOfItem({ id, category, source, shots }: SuiteItem): readonly ClipScript[] {
  const scripts = scriptsOf[category](source.seed)
  const isSame =
    scripts.length === shots.length && scripts.every(({ caption }, i) => caption.text === shots[i]?.caption)
  if (isSame) return scripts
  throw new FramewrightError(
    'E_DATA',
    `the world has changed since the suite was made (${id} is "${scripts[0]?.caption.text}" now): make it again with "npx tsx scripts/build-suite.ts"`,
  )
}
