import { createRandom } from '../util/random.ts'
import { nounPhrase } from '../world/caption-names.ts'
import type { ClipScript } from '../world/clip-script.ts'
import { settings } from '../world/settings.ts'
import { expectedOf } from './expected-facts.ts'
import type { Category, Suite, SuiteItem } from './suite.ts'
import { categories, parseSuite } from './suite.ts'
import { scriptFor, shotFrames } from './suite-scripts.ts'

/** How many prompts of each category there are: two hundred. */
export const shares: Readonly<Record<Category, number>> = {
  solo: 70,
  pair: 50,
  colour: 20,
  weather: 15,
  count: 15,
  relation: 15,
  identity: 15,
}

/** Frames a second of the world. */
const fps = 12

/**
 * Makes a suite of the world's held-out scripts: a pure function of its seed. Categories alternate, so that its first
 * items are a fair part of the whole.
 */
export function makeSuite(name: string, seed: number): Suite {
  const lists = categories.map((category) => ({ category, items: itemsOf(category, seed, shares[category]) }))
  const placed = lists.flatMap(({ items }, list) =>
    items.map((item, i) => ({ item, list, place: (i + 0.5) / items.length })),
  )
  const items = placed.sort((a, b) => a.place - b.place || a.list - b.list).map(({ item }) => item)
  return parseSuite({ format: 1, name, seed, seconds: shotFrames / fps, items }, name)
}

/** Seeds of categories lie apart, and apart from those of trainings. */
const seedsPerCategory = 10_000_000
const firstSeed = 900_000_000_000

function itemsOf(category: Category, seed: number, count: number): SuiteItem[] {
  const items: SuiteItem[] = []
  const known = new Set<string>()
  const from = firstSeed + (seed * categories.length + categories.indexOf(category)) * seedsPerCategory
  for (let next = from; items.length < count; next++) {
    const scripts = scriptFor(category, next)
    const told = scripts?.map(({ caption }) => caption.text).join(' ')
    if (!scripts || told === undefined || known.has(told)) continue
    known.add(told)
    const id = `${category}-${`${items.length + 1}`.padStart(3, '0')}`
    const shots = scripts.map((script) => ({ caption: script.caption.text, expected: expectedOf(script) }))
    const [first] = shots
    const isStory = category === 'identity'
    items.push({
      id,
      category,
      source: { seed: next },
      shots,
      prompt: isStory ? null : (first?.caption ?? null),
      storyboard: isStory ? storyboardOf(scripts, next) : null,
    })
  }
  return items
}

/** The shots of a story as a person would write them down. */
function storyboardOf(scripts: readonly ClipScript[], seed: number): Record<string, unknown> {
  const actor = scripts[0]?.actors[0]
  if (!actor) throw new RangeError('a story has somebody in it')
  const id = `${actor.actorId}-1`
  return {
    format: 1,
    cast: [{ id, kind: 'character', description: nounPhrase(createRandom(seed, 81), actor, 'new') }],
    shots: scripts.map(({ caption, setting, time, frames }, i) => ({
      id: `shot-${i + 1}`,
      prompt: caption.text,
      cast: [id],
      setting: {
        place: settings[setting].phrases[0] ?? setting,
        ...(settings[setting].saysTime ? { time } : {}),
      },
      camera: { framing: 'wide', move: 'still' },
      durationSeconds: frames / fps,
      arc: { position: (i + 0.5) / scripts.length, tension: 0.5, valence: 0, beat: 'rising' },
    })),
  }
}
