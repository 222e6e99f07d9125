import type { Random } from '../util/random.ts'
import { actionRules } from './actions.ts'
import {
  isTogether,
  relationPhrase,
  relationWords,
  type Tense,
  tailOf,
  vehicleOf,
  verbPhrase,
} from './caption-deeds.ts'
import { groupName, lowered, nounPhrase, singular } from './caption-names.ts'
import { cameraWords, placeWords, whenWords } from './caption-scene.ts'
import { capitalised, join, type Marked, mark, type Span, spanOf } from './caption-text.ts'
import type { Facts } from './facts.ts'
import { verbsOf } from './verbs.ts'

/** A caption and where in it things are said; null for what is left out. */
export interface Caption {
  readonly text: string
  readonly actors: readonly { readonly phrase: string; readonly span: Span; readonly action: Span | null }[]
  readonly setting: Span | null
  readonly time: Span | null
  readonly season: Span | null
  readonly weather: Span | null
  readonly relation: Span | null
  readonly camera: Span | null
}

/** Tells the facts in one of many ways; leaves some out now and then, and never tells what is not so. */
export function writeCaption(random: Random, facts: Facts): Caption {
  const words = createWords(random, facts)
  const text = capitalised(random.pick(templates)(words))
  return {
    text: text.text,
    actors: facts.deeds.map((_, i) => {
      const span = spanOf(text, `actor:${i}`) ?? { start: 0, end: 0 }
      const phrase = text.text.slice(span.start, span.end)
      const single = facts.isGroup ? singular(phrase, facts.deeds[0]) : phrase
      return {
        phrase: span.start === 0 ? lowered(single) : single,
        span,
        action: spanOf(text, `action:${i}`),
      }
    }),
    setting: spanOf(text, 'setting'),
    time: spanOf(text, 'time'),
    season: spanOf(text, 'season'),
    weather: spanOf(text, 'weather'),
    relation: spanOf(text, 'relation'),
    camera: spanOf(text, 'camera'),
  }
}

/** The choices of one caption, ready to be put in an order. */
interface Words {
  /** Who and what, with directions: `a dog runs to the left`. */
  clause(tense: Tense): Marked
  readonly place: Marked | ''
  readonly time: Marked | ''
  readonly camera: Marked | ''
  readonly tense: Tense
  readonly number: 'one' | 'many'
}

const templates: readonly ((w: Words) => Marked)[] = [
  (w) => sentence(w.clause(w.tense), w.place, w.time, w.camera),
  (w) => sentence(w.clause(w.tense), w.place, w.time, w.camera),
  (w) => sentence(w.clause('present'), w.place, w.time, w.camera),
  (w) => sentence(w.clause('progressive'), w.place, w.time, w.camera),
  (w) => sentence(w.clause('progressive'), w.time, w.place, w.camera),
  (w) => join(w.clause('participle'), w.place, w.time),
  (w) => sentence(w.clause('participle'), w.place, w.time, w.camera),
  (w) => sentence(comma(w.time), w.clause(w.tense), w.place, w.camera),
  (w) => sentence(comma(w.place), w.clause(w.tense), w.time, w.camera),
  (w) => sentence(comma(join(w.place, w.time)), w.clause(w.tense), w.camera),
  (w) =>
    sentence(
      w.number === 'many' ? 'there are' : 'there is',
      w.clause('participle'),
      w.place,
      w.time,
      w.camera,
    ),
  (w) => sentence('we see', w.clause('participle'), w.place, w.time, w.camera),
  (w) => join('a video of', w.clause('participle'), w.place, w.time),
  (w) => join('a short clip of', w.clause('participle'), w.place, w.time),
  (w) => sentence('show', w.clause('participle'), w.place, w.time, w.camera),
  (w) => join(w.clause('participle'), prefixed(',', w.place), prefixed(',', w.time)),
  (w) => join(sentence(w.clause(w.tense), w.place), w.time === '' ? '' : sentence('It happens', w.time)),
  (w) => sentence('a scene', w.place, w.time, ':', w.clause(w.tense)),
]

/** Words with a full stop. */
function sentence(...parts: readonly (Marked | string)[]): Marked {
  return join(...parts, '.')
}

function comma(part: Marked | ''): Marked | '' {
  return part === '' || part.text === '' ? '' : join(part, ',')
}

function prefixed(before: string, part: Marked | ''): Marked | '' {
  return part === '' ? '' : join(before, part)
}

function createWords(random: Random, facts: Facts): Words {
  const { deeds, relation } = facts
  const names = facts.isGroup
    ? [groupName(random, deeds)]
    : deeds.map((deed, i) =>
        mark(`actor:${i}`, nounPhrase(random, deed, facts.known?.includes(i) ? 'known' : 'new')),
      )
  const verbs = deeds.map((deed) => random.pick(verbsOf(deed.action, deed.medium, vehicleOf(deed))))
  const tails = deeds.map((deed, i) => tailOf(random, deed, verbs[i]))
  const first = deeds[0]
  const isMinimal = random.uniform() < 0.08
  const place = isMinimal ? '' : placeWords(random, facts, goes(facts) ? 'along' : 'at')
  const time = isMinimal ? '' : whenWords(random, facts)
  const camera = isMinimal ? '' : cameraWords(random, facts)
  const together = facts.isGroup === true || (deeds.length === 2 && isTogether(deeds))
  const link = random.pick(['while', 'and', 'as'])
  const stands = relation ? relationWords(random, relation, verbs[0]) : null
  const clause = (tense: Tense): Marked => {
    const one = (i: number, number: 'one' | 'many' = 'one'): Marked =>
      verbPhrase(i, verbs[i], tense, number, tails[i] ?? '')
    const [a, b, ...more] = names
    if (!a) return join('')
    if (facts.isGroup) return join(a, one(0, 'many'))
    if (!b) return join(a, one(0))
    const others = more.map((name, i) => join('and', name, one(i + 2)))
    if (stands) return join(a, relationPhrase(stands, tense), b, ...others)
    const target = first?.target ?? null
    if (target !== null)
      return join(a, verbPhrase(0, verbs[0], tense, 'one', ''), b, tails[0] ?? '', ...others)
    if (together) return join(a, 'and', b, one(0, 'many'))
    if (more.length > 0) return join(a, one(0), ',', b, one(1), ...others)
    return join(a, one(0), tense === 'participle' && link !== 'and' ? 'and' : link, b, one(1))
  }
  return {
    clause,
    place,
    time,
    camera,
    tense: random.pick(['present', 'present', 'progressive', 'progressive', 'past']),
    number: together ? 'many' : 'one',
  }
}

/** True where the first one goes from place to place. */
function goes({ deeds: [first] }: Facts): boolean {
  if (!first || first.action === 'rise' || first.action === 'fall') return false
  return actionRules[first.action].speed[1] > 0
}
