import type { Random } from '../util/random.ts'
import { actorOf } from './actors.ts'
import { join, type Marked, mark } from './caption-text.ts'
import type { Deed, Pace, RelationName } from './facts.ts'
import { conjugate, type Verb } from './verbs.ts'

/** How captions tell what someone does, or where someone is beside another. */

export type Tense = 'present' | 'progressive' | 'past' | 'participle'

export function verbPhrase(
  i: number,
  verb: Verb | undefined,
  tense: Tense,
  number: 'one' | 'many',
  tail: string,
): Marked {
  if (!verb) return join('')
  const be = number === 'many' ? 'are' : 'is'
  // `is parked`, not `is being parked`; `a car parked`.
  const still = verb.base === 'be'
  const word =
    tense === 'past'
      ? conjugate(verb.base, 'past', number)
      : tense === 'present'
        ? conjugate(verb.base, number === 'many' ? 'base' : 'third', number)
        : still
          ? tense === 'progressive'
            ? be
            : ''
          : join(tense === 'progressive' ? be : '', conjugate(verb.base, 'participle')).text
  const said = mark(`action:${i}`, word, verb.rest)
  return join(number === 'many' ? mark('action:2', mark('action:1', said)) : said, tail)
}

/** True where one verb tells both: `a dog and a cat dance`. */
export function isTogether(deeds: readonly Deed[]): boolean {
  const [a, b] = deeds
  return (
    !!a &&
    !!b &&
    a.target === null &&
    b.target === null &&
    a.action === b.action &&
    a.direction === b.direction &&
    a.pace === b.pace &&
    a.medium === b.medium &&
    vehicleOf(a) === vehicleOf(b)
  )
}

export function vehicleOf(deed: Deed): 'drives' | 'moves' {
  return actorOf(deed.actorId).kinds[0] === 'drives' ? 'drives' : 'moves'
}

/** How a relation is told: by `be` or the first one's own verb. */
export interface RelationWords {
  readonly verb: string
  readonly where: string
}

export function relationWords(random: Random, relation: RelationName, verb: Verb | undefined): RelationWords {
  const own = random.pick(['be', 'be', verb?.base ?? 'be'])
  return { verb: own, where: random.pick(relationPhrases[relation]) }
}

/** `is to the left of`, `sleeping behind`. */
export function relationPhrase({ verb, where }: RelationWords, tense: Tense): Marked {
  const words = mark('relation', where)
  if (verb === 'be') return join(tense === 'participle' ? '' : tense === 'past' ? 'was' : 'is', words)
  const form = tense === 'past' ? 'past' : tense === 'present' ? 'third' : 'participle'
  return join(tense === 'progressive' ? 'is' : '', mark('action:0', conjugate(verb, form)), words)
}

const relationPhrases: { readonly [R in RelationName]: readonly string[] } = {
  'left-of': ['to the left of', 'left of', 'on the left of'],
  'right-of': ['to the right of', 'right of', 'on the right of'],
  above: ['above', 'over', 'high above'],
  behind: ['behind', 'behind'],
  'in-front-of': ['in front of', 'in front of', 'before'],
}

/** Direction and pace, in either order. */
export function tailOf(random: Random, deed: Deed, verb: Verb | undefined): string {
  const direction = deed.direction && random.uniform() < 0.7 ? random.pick(directionPhrases(deed)) : ''
  const pace =
    deed.pace === 'usual' || random.uniform() < 0.2 || verb?.base === 'be'
      ? ''
      : random.pick(paceWords[deed.pace])
  const said = pace.includes(verb?.base ?? '-') ? '' : pace
  return random.uniform() < 0.5 ? join(direction, said).text : join(said, direction).text
}

function directionPhrases(deed: Deed): readonly string[] {
  const to = deed.direction === 'left' ? 'left' : 'right'
  const from = to === 'left' ? 'right' : 'left'
  if (deed.action === 'enter') return [`from the ${from}`, `from the ${from} side`]
  if (deed.action === 'leave') return [`to the ${to}`, `on the ${to}`, `on the ${to} side`]
  return [`to the ${to}`, `to the ${to}`, `from ${from} to ${to}`, `towards the ${to}`, `${to}wards`]
}

const paceWords: { readonly [P in Pace]: readonly string[] } = {
  slow: ['slowly', 'slowly', 'gently', 'at a slow pace'],
  usual: [],
  fast: ['quickly', 'fast', 'very fast', 'at high speed'],
}
