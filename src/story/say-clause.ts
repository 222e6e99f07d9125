import type { SceneGraph } from '../text/scene-graph.ts'
import type { Clause } from './clauses.ts'
import { denied, passive, present } from './inflect.ts'
import type { Namer } from './namer.ts'
import { atPlace, type CarriedSetting, withThe } from './setting-carry.ts'
import { classOf } from './verb-classes.ts'
import { pronouns } from './word-lists.ts'

/** A clause as subject and predicate, in the present tense. */
export interface SaidClause {
  readonly subject: string
  readonly predicate: string
  readonly isPlaceSaid: boolean
}

/** Says a clause with descriptions for names; null where it names nobody. */
export function sayClause(
  graph: SceneGraph,
  { action, start, end, prepositions, complements }: Clause,
  setting: CarriedSetting,
  namer: Namer,
): SaidClause | null {
  const { negated, agents, patients } = action
  const lemma = patients.length === 0 && speaking.has(action.lemma) ? 'speak' : action.lemma
  if (agents.length === 0) {
    if (patients.length === 0) return null
    const subject = namer.list(patients)
    return { subject, predicate: passive(lemma, namer.isPlural(patients), negated), isPlaceSaid: false }
  }
  const subject = namer.list(agents)
  const isPlural = namer.isPlural(agents)
  const verb = negated ? denied(lemma, isPlural) : present(lemma, isPlural)
  const others = patients.filter((id) => !agents.includes(id))
  const objects = sayPatients(graph, lemma, others, prepositions, namer)
  const moving = movingPlace(graph.text.slice(start, end), setting.place, lemma)
  const further = complements.map(({ preposition, id }) => `${preposition} ${namer.name(id)}`)
  const rest = [objects, ...further, moving ?? ''].join(' ')
  const isInto =
    action.direction === 'in' && !/\binto\b/.test(rest) && atPlace(setting.place).startsWith('in ')
  const direction = sayDirection(isInto ? null : action.direction, rest)
  const into = isInto ? `into ${withThe(setting.place)}` : moving
  const manner = action.manner !== null && !pronouns.has(action.manner) ? action.manner : ''
  const predicate = [verb, direction.before, objects, direction.after, ...further, manner, into ?? '']
    .filter((part) => part !== '')
    .join(' ')
  return { subject, predicate, isPlaceSaid: into !== null }
}

/** Verbs whose words the shot does not hold. */
const speaking: ReadonlySet<string> = new Set(['say', 'tell', 'ask', 'reply', 'answer', 'explain'])

const giving: ReadonlySet<string> = new Set(
  'give show tell bring send hand offer teach throw feed pass buy lend'.split(' '),
)

const usualPrepositions: ReadonlyMap<string, string> = new Map(
  `look:at wave:at laugh:at smile:at bark:at point:at stare:at gaze:at shout:at roar:at growl:at wink:at nod:at bow:to talk:to
  listen:to speak:to sing:to whisper:to walk:to run:to go:to swim:to fly:to crawl:to tiptoe:to shuffle:to come:to
  land:on knock:on arrive:at wait:for beg:for play:with dance:with jump:at turn:to crash:into`
    .split(/\s+/)
    .map((pair) => {
      const [verb = '', preposition = ''] = pair.split(':')
      return [verb, preposition] as const
    }),
)

function sayPatients(
  graph: SceneGraph,
  lemma: string,
  patients: readonly string[],
  prepositions: ReadonlyMap<string, string>,
  namer: Namer,
): string {
  const bare = patients.filter((id) => !prepositions.has(id))
  const isCharacter = (id: string): boolean => graph.characters.some((one) => one.id === id)
  const gives = giving.has(lemma) && bare.length === 2 && bare.some(isCharacter) && !bare.every(isCharacter)
  const inOrder = gives ? [...bare].sort((a, b) => Number(isCharacter(b)) - Number(isCharacter(a))) : bare
  const usual = lemma.includes(' ') ? '' : (usualPrepositions.get(lemma) ?? '')
  const first = gives ? inOrder.map((id) => namer.name(id)).join(' ') : namer.list(inOrder)
  const rest = patients
    .filter((id) => prepositions.has(id))
    .map((id) => `${prepositions.get(id) ?? ''} ${namer.name(id)}`.trim())
  const direct = first === '' || usual === '' || rest.length > 0 ? first : `${usual} ${first}`
  return [direct, ...rest].filter((part) => part !== '').join(' ')
}

/** "Up the green hill": how the clause itself gets to the place; null where it does not. */
function movingPlace(words: string, place: string, lemma: string): string | null {
  if (!words.toLowerCase().includes(place.toLowerCase())) return null
  const escaped = place.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const way =
    '(?:out of|up to|down to|away from|into|onto|through|across|along|over|under|around|past|up|down|toward|towards|to|from)'
  const found = new RegExp(
    `\\b(${way})\\s+(?:(?:an?|the|his|her|its|their)\\s+)?${escaped}(?![\\p{L}])`,
    'iu',
  ).exec(words)
  if (found?.[1] !== undefined) return `${found[1].toLowerCase()} ${withThe(place)}`
  const goesHome = place.toLowerCase() === 'home' && /\bhome\b/i.test(words)
  return goesHome && ['go', 'hurry'].includes(classOf(lemma, 'nobody')) ? 'home' : null
}

/** A way that needs nothing behind it is said where the text says it; "through" without a place is not. */
function sayDirection(
  direction: string | null,
  rest: string,
): { readonly before: string; readonly after: string } {
  const none = { before: '', after: '' }
  if (direction === null || new RegExp(`\\b${direction}(?:s|to)?\\b`, 'i').test(rest)) return none
  if (direction === 'left' || direction === 'right') return { before: '', after: `to the ${direction}` }
  const stands = ['up', 'down', 'away', 'forward', 'backward', 'around', 'in', 'out', 'off'].includes(
    direction,
  )
  return stands ? { before: '', after: direction } : none
}
