import type { Action, Relation, SceneGraph } from '../text/scene-graph.ts'
import type { Beside } from '../video/beside.ts'

/** What is asked of one: to go somewhere in the picture, round or stay, to get larger or smaller, to come into it or leave it. */
export type SoloAsk =
  | 'goes left'
  | 'goes right'
  | 'faces left'
  | 'faces right'
  | 'goes up'
  | 'goes down'
  | 'travels'
  | 'circles'
  | 'spins'
  | 'stays'
  | 'grows'
  | 'shrinks'
  | 'comes in'
  | 'leaves'

/** What is asked of one beside another: `comes to` ends nearer than it began, `goes after` has the other before it. */
export type PairAsk = 'goes after' | 'comes to' | Beside

export type CameraAsk = 'pans left' | 'pans right' | 'zooms in' | 'zooms out'

/** What a text asks of its shot's staging, as far as it shows in where everyone is. */
export type StagingAsk<Who = string> =
  | { readonly of: 'one'; readonly ask: SoloAsk; readonly who: Who }
  | { readonly of: 'two'; readonly ask: PairAsk; readonly who: Who; readonly whom: Who }
  | { readonly of: 'camera'; readonly ask: CameraAsk }

const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/))

/** Verbs of which a direction tells only where somebody looks. */
const looking = words('look face gaze stare point wave peer watch')
const travelling =
  words(`walk run drive ride fly swim sail race dash sprint rush stroll wander march soar glide travel roll
  cross gallop trot crawl ski surf row chase follow pursue`)
const staying = words(
  `stand sit sleep wait rest stay lie nap doze meditate juggle shake tremble shiver wiggle dance sway`,
)
const spinning = words('spin twirl whirl')
const entering = words('enter arrive')
const following = words('chase follow pursue')

/** Who goes so goes round. */
const circling = /\bin (?:a )?circles?\b|\bround and round\b/i

/** "Walks around the town": here and there in it. */
const aroundSomething = /\ba?round (?:a|an|the)\b/i

/** Who goes so is at the end where it began. */
const returning = /\b(?:circles?|circling|round|around|back)\b/i

/** Of a scene graph; who is asked is named by the graph's ids. What is said not to happen is not asked. */
export function stagingOf({ actions, relations, camera, sentences }: SceneGraph): StagingAsk[] {
  const textOf = ({ sentence }: Action): string => sentences[sentence]?.text ?? ''
  const told = actions.filter(({ negated }) => !negated)
  return [
    ...told.flatMap((action) =>
      asksOfAction(action, textOf(action), told.filter(isBeside(action)).length === 1),
    ),
    ...relations.flatMap(asksOfRelation),
    ...camera.flatMap(({ move }) => asksOfCamera(move)),
  ]
}

const isBeside =
  ({ sentence }: Action) =>
  (other: Action): boolean =>
    other.sentence === sentence

/** @param isAlone whether the sentence tells of no other action: then all of its words are of this one */
function asksOfAction(action: Action, text: string, isAlone: boolean): StagingAsk[] {
  const { agents, patients, lemma } = action
  const [verb = ''] = lemma.split(' ')
  const solo =
    changesOf(verb, text) ??
    turnsOf(action, verb, isAlone ? text : '') ??
    soloOf(action, verb).filter((ask) => ask !== 'travels' || !returning.test(text))
  const asks = agents.flatMap((who) => solo.map((ask): StagingAsk => ({ of: 'one', ask, who })))
  const [who] = agents
  const [whom] = patients
  if (who === undefined || whom === undefined || who === whom) return asks
  if (following.has(verb)) {
    const goes = solo.map((ask): StagingAsk => ({ of: 'one', ask, who: whom }))
    return [...asks, ...goes, { of: 'two', ask: 'goes after', who, whom }]
  }
  if (verb === 'meet' || verb === 'greet' || verb === 'approach')
    return [...asks, { of: 'two', ask: 'comes to', who, whom }]
  return asks
}

const becoming = words('grow get become')
const larger = /\b(?:bigger|larger|taller|closer|nearer)\b/i
const smaller = /\b(?:smaller|tinier|shorter|far(?:ther)?|further)\b/i

/** "Grows smaller", "gets closer", "goes off into the distance"; null where the sentence says neither, or both. */
function changesOf(verb: string, text: string): SoloAsk[] | null {
  if (/^(?:go|move)$/.test(verb) && /\binto the distance\b/i.test(text)) return ['shrinks']
  if (!becoming.has(verb)) return null
  const [grows, shrinks] = [larger.test(text), smaller.test(text)]
  if (grows === shrinks) return grows ? [] : null
  return [grows ? 'grows' : 'shrinks']
}

/** "Circles", "runs around", "flies in circles", "twirls", "turns round and round"; null for another action. */
function turnsOf({ direction, patients }: Action, verb: string, text: string): SoloAsk[] | null {
  if (spinning.has(verb)) return ['stays', 'spins']
  if (patients.length > 0) return null
  if (verb === 'turn' && circling.test(text)) return ['stays', 'spins']
  if (verb === 'circle') return ['circles']
  const goes = travelling.has(verb) || verb === 'go'
  const isRound = direction === 'around' && !aroundSomething.test(text)
  return goes && (isRound || circling.test(text)) ? ['circles'] : null
}

function soloOf({ lemma, direction, patients }: Action, verb: string): SoloAsk[] {
  if (direction === 'left' || direction === 'right')
    return looking.has(verb) ? [`faces ${direction}`] : [`goes ${direction}`]
  if (verb === 'fall' || verb === 'sink' || verb === 'drop')
    return lemma === verb && patients.length === 0 ? ['goes down'] : []
  if (verb === 'rise') return ['goes up']
  if (travelling.has(verb) || verb === 'go' || verb === 'come' || verb === 'float') {
    if (direction === 'up') return ['goes up']
    if (direction === 'down') return verb === 'come' || verb === 'float' ? ['goes down'] : []
    if (direction === 'in') return patients.length === 0 ? ['comes in'] : []
    if (direction === 'toward' && verb === 'come') return patients.length === 0 ? ['grows'] : []
    if (direction === 'around' || direction === 'backward' || !travelling.has(verb)) return []
    return ['travels']
  }
  if (entering.has(verb)) return ['comes in']
  if (lemma === 'leave' && direction === null) return ['leaves']
  if (verb === 'grow' && patients.length === 0) return ['grows']
  if (verb === 'shrink') return ['shrinks']
  if (verb === 'approach' && patients.length === 0) return ['grows']
  return staying.has(verb) && direction === null ? ['stays'] : []
}

/** How prepositions are asked; those that say no side are not. */
const sides: Readonly<Record<string, PairAsk>> = {
  'left of': 'left of',
  'right of': 'right of',
  above: 'above',
  over: 'above',
  below: 'below',
  beneath: 'below',
  under: 'below',
  behind: 'behind',
  'in front of': 'in front of',
}

function asksOfRelation({ subject, relation, object }: Relation): StagingAsk[] {
  const ask = Object.hasOwn(sides, relation) ? sides[relation] : undefined
  return ask ? [{ of: 'two', ask, who: subject, whom: object }] : []
}

const moves: Readonly<Record<string, CameraAsk>> = {
  'pan left': 'pans left',
  'pan right': 'pans right',
  'zoom in': 'zooms in',
  'zoom out': 'zooms out',
}

function asksOfCamera(move: string): StagingAsk[] {
  const ask = Object.hasOwn(moves, move) ? moves[move] : undefined
  return ask ? [{ of: 'camera', ask }] : []
}
