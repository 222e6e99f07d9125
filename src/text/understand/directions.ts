import { type Direction, directions } from '../scene-graph.ts'
import type { WordNet } from '../wordnet/wordnet.ts'
import type { Clause } from './clause.ts'
import type { Referents } from './referents.ts'
import { sideOf } from './roles.ts'

/** The way that something is done: sideways before all else, then adverbs, then prepositions. */
export function directionOf(
  { adverbs, obliques, verb }: Clause,
  referents: Referents,
  wordnet: WordNet,
): Direction | null {
  const side = obliques.flatMap(({ preposition, nominal }) => {
    if (nominal.kind !== 'noun' || referents.roleOf(nominal) !== 'side') return []
    return [preposition === 'from' ? oppositeOf(sideOf(nominal)) : sideOf(nominal)]
  })
  const told = adverbs.map(directionOfAdverb).filter((way) => way !== null)
  const sideways = [...side, ...told].filter((way) => way === 'left' || way === 'right')
  const last = sideways.at(-1)
  if (last !== undefined) return last
  const [first] = told
  if (first !== undefined) return first
  const isMotion =
    wordnet
      .verb(verb?.base ?? '')
      ?.classes.slice(0, 2)
      .includes('m') ?? false
  for (const { preposition, anchorSlot, nominal } of obliques) {
    const isWay = referents.placeName(nominal) !== null || referents.idsOf([nominal]).length > 0
    const way = anchorSlot === 'subject' || !isWay ? null : directionOfPreposition(preposition)
    if (way !== null && (isMotion || way === 'toward' || way === 'up' || way === 'down')) return way
  }
  return null
}

function oppositeOf(side: 'left' | 'right'): 'left' | 'right' {
  return side === 'left' ? 'right' : 'left'
}

const ways: Readonly<Record<string, Direction>> = Object.assign(Object.create(null), {
  left: 'left',
  leftward: 'left',
  leftwards: 'left',
  'to left': 'left',
  'from right': 'left',
  right: 'right',
  rightward: 'right',
  rightwards: 'right',
  'to right': 'right',
  'from left': 'right',
  up: 'up',
  upward: 'up',
  upwards: 'up',
  down: 'down',
  downward: 'down',
  downwards: 'down',
  forward: 'forward',
  forwards: 'forward',
  ahead: 'forward',
  backward: 'backward',
  backwards: 'backward',
  back: 'backward',
  away: 'away',
  aside: 'away',
  around: 'around',
  round: 'around',
  in: 'in',
  out: 'out',
  across: 'across',
  along: 'along',
  through: 'through',
  over: 'over',
  past: 'past',
  by: 'past',
  off: 'off',
  closer: 'toward',
  nearer: 'toward',
  under: 'under',
})

/** `Leftwards` → `left`; null for adverbs that tell no way. */
function directionOfAdverb(adverb: string): Direction | null {
  return ways[adverb] ?? null
}

/** `Into` → `in`; null for prepositions that tell no way. */
function directionOfPreposition(preposition: string): Direction | null {
  const named: Readonly<Record<string, Direction>> = {
    into: 'in',
    'out of': 'out',
    'away from': 'away',
    'up to': 'toward',
  }
  if (preposition === 'in') return null
  return named[preposition] ?? directions.find((way) => way === preposition) ?? null
}
