import type { Action, Entity, SceneGraph } from '../text/scene-graph.ts'

/** Something of a clause beside who does it and to whom: `over a bench`, `with a camera`. */
export interface Complement {
  readonly preposition: string
  /** An entity's id. */
  readonly id: string
}

/** Where an action stands in its sentence, and the words that join it to what it is done with. */
export interface Clause {
  readonly action: Action
  /** Where its verb stands; null where the sentence does not hold it. */
  readonly verb: Place | null
  /** UTF-16 units of the graph's text, end exclusive; empty where the sentence does not hold the verb. */
  readonly start: number
  readonly end: number
  /** Prepositions before patients, by id: `at` for whom one laughs at. */
  readonly prepositions: ReadonlyMap<string, string>
  readonly complements: readonly Complement[]
}

/** One clause an action, in the actions' order. */
export function findClauses(graph: SceneGraph): readonly Clause[] {
  const clauses: Clause[] = []
  for (const [sentence, { start, end }] of graph.sentences.entries()) {
    const actions = graph.actions.filter((action) => action.sentence === sentence)
    const verbs = locateVerbs(graph, sentence, actions)
    for (const [i, action] of actions.entries()) {
      const verb = verbs[i] ?? null
      const from = i === 0 ? start : (verb?.start ?? end)
      const next = verbs.slice(i + 1).find((one) => one !== null)
      clauses.push(readClause(graph, action, { from, verb, to: next?.start ?? end }))
    }
  }
  const known = new Set(clauses.map(({ action }) => action))
  const lost = graph.actions.filter((action) => !known.has(action))
  return [...clauses, ...lost.map(withoutWords)]
}

function withoutWords(action: Action): Clause {
  return { action, verb: null, start: 0, end: 0, prepositions: new Map(), complements: [] }
}

interface Place {
  readonly start: number
  readonly end: number
}

/** The word of each action's verb, in order: a verb that comes twice is the second one the second time. */
function locateVerbs(
  { sentences }: SceneGraph,
  sentence: number,
  actions: readonly Action[],
): readonly (Place | null)[] {
  const tokens = sentences[sentence]?.tokens ?? []
  let from = 0
  return actions.map(({ lemma }) => {
    const [verb = ''] = lemma.split(' ')
    const isVerb = (word: string): boolean => word === verb
    const index = tokens.findIndex((token, i) => i >= from && isVerb(token.lemma))
    const token = tokens[index]
    if (!token) return null
    from = index + 1
    return token
  })
}

interface Span {
  readonly from: number
  readonly verb: Place | null
  readonly to: number
}

/** UTF-16 units of the longest preposition, "at the bottom of", with room around it. */
const longestPreposition = 30

const preposition = new RegExp(
  `(?:^|\\s)((?:(?:in|on|at|to|from)\\s+(?:the\\s+)?(?:front|top|middle|edge|side|back|bottom|end|foot|centre|center|corner)\\s+of|` +
    `next\\s+to|out\\s+of|away\\s+from|close\\s+to|(?:up|down|back|out|off)\\s+(?:at|to|into|onto|from|in|on)|` +
    `about|above|across|after|against|along|among|around|at|before|behind|below|beneath|beside|between|beyond|by|down|for|` +
    `from|in|inside|into|near|of|off|on|onto|out|outside|over|past|through|to|toward|towards|under|underneath|up|upon|with|` +
    `without))\\s*$`,
  'i',
)

function readClause(graph: SceneGraph, action: Action, { from, verb, to }: Span): Clause {
  if (!verb) return withoutWords(action)
  const prepositions = new Map<string, string>()
  const complements: Complement[] = []
  for (const { id, mentions } of [...graph.characters, ...graph.objects]) {
    const mention = mentions.find(({ start, end }) => start >= from && end <= to && start !== verb.start)
    if (!mention || action.agents.includes(id)) continue
    const before = graph.text.slice(
      Math.max(mention.start > verb.end ? verb.end : from, mention.start - longestPreposition),
      mention.start,
    )
    const word = preposition.exec(before)?.[1]?.toLowerCase().replace(/\s+/g, ' ') ?? null
    if (word === null || word === 'of') continue
    if (!action.patients.includes(id)) complements.push({ preposition: word, id })
    else if (mention.start > verb.start) prepositions.set(id, withoutParticle(word, action.lemma))
  }
  const byMention = new Map(complements.map(({ id }) => [id, firstIn(graph, id, from, to)]))
  complements.sort((a, b) => (byMention.get(a.id) ?? 0) - (byMention.get(b.id) ?? 0))
  return { action, verb, start: from, end: to, prepositions, complements }
}

/** "Turns into": the particle is in the verb. */
function withoutParticle(word: string, lemma: string): string {
  const [, ...particles] = lemma.split(' ')
  return word
    .split(' ')
    .filter((part) => !particles.includes(part))
    .join(' ')
}

function firstIn(graph: SceneGraph, id: string, from: number, to: number): number {
  const mentions = entityOf(graph, id)?.mentions ?? []
  return mentions.find(({ start, end }) => start >= from && end <= to)?.start ?? 0
}

/** A character or an object by its id. */
export function entityOf({ characters, objects }: SceneGraph, id: string): Entity | undefined {
  return characters.find((one) => one.id === id) ?? objects.find((one) => one.id === id)
}
