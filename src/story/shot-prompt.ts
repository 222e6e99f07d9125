import type { SceneGraph } from '../text/scene-graph.ts'
import type { Description } from './cast-descriptions.ts'
import { circumstances } from './circumstances.ts'
import type { Clause } from './clauses.ts'
import { Namer } from './namer.ts'
import { sayClause } from './say-clause.ts'
import type { CarriedSetting } from './setting-carry.ts'
import { pronouns } from './word-lists.ts'

/** A shot in words, and whom it names, in order. */
export interface WrittenShot {
  readonly prompt: string
  readonly cast: readonly string[]
}

export interface PromptParts {
  readonly graph: SceneGraph
  /** What happens in the shot, in order; states and events together. */
  readonly clauses: readonly Clause[]
  /** Who is only seen, beside what happens. */
  readonly seen: readonly string[]
  readonly descriptions: ReadonlyMap<string, Description>
  /** Things that are in someone's description already. */
  readonly parts: ReadonlyMap<string, readonly string[]>
  readonly setting: CarriedSetting
}

/** Only those who are in the cast, and nothing that their description says. */
function known(
  clause: Clause,
  descriptions: ReadonlyMap<string, Description>,
  looks: ReadonlyMap<string, readonly string[]>,
): Clause {
  const { action, complements } = clause
  const agents = [...new Set(action.agents)].filter((id) => descriptions.has(id))
  const patients = [...new Set(action.patients)].filter((id) => descriptions.has(id))
  const named = [...agents, ...patients, ...complements.map(({ id }) => id)]
  const worn = named.flatMap((id) => looks.get(id) ?? [])
  return {
    ...clause,
    action: { ...action, agents, patients },
    complements: complements.filter(({ id }) => descriptions.has(id) && !worn.includes(id)),
  }
}

/** All but wearing what a description says already, where anything else happens. */
function newsIn(
  clauses: readonly Clause[],
  looks: ReadonlyMap<string, readonly string[]>,
): readonly Clause[] {
  const news = clauses.filter(({ action: { lemma, agents, patients, negated } }) => {
    const isPart = (id: string): boolean => agents.some((agent) => looks.get(agent)?.includes(id))
    return lemma !== 'wear' || negated || patients.length === 0 || !patients.every(isPart)
  })
  return news.length > 0 ? news : clauses
}

/**
 * A shot's events as a caption in the present tense, complete in itself: every name is a description, and place, time
 * and weather are said. Null where the clauses name nobody.
 */
export function writeEvents({
  graph,
  clauses,
  seen,
  descriptions,
  parts: looks,
  setting,
}: PromptParts): WrittenShot | null {
  const namer = new Namer(descriptions)
  const parts: string[] = []
  let lastAgents = ''
  let isPlaceSaid = false
  for (const clause of newsIn(clauses, looks)) {
    const said = sayClause(graph, known(clause, descriptions, looks), setting, namer)
    if (said === null) continue
    const isSame = clause.action.agents.join() === lastAgents && lastAgents !== ''
    parts.push(
      isSame
        ? `and ${said.predicate}`
        : `${parts.length > 0 ? 'while ' : ''}${said.subject} ${said.predicate}`,
    )
    lastAgents = clause.action.agents.join()
    isPlaceSaid ||= said.isPlaceSaid
  }
  if (parts.length === 0) return null
  const others = seen.filter((id) => !namer.ids.includes(id))
  if (others.length > 0) parts.push(`near ${namer.list(others)}`)
  return {
    prompt: finished([...parts, ...circumstances(setting, isPlaceSaid, parts.join(' '), namer.isSky)]),
    cast: namer.ids,
  }
}

/** A shot in which somebody or something is only seen. */
export function writeView(
  ids: readonly string[],
  descriptions: ReadonlyMap<string, Description>,
  setting: CarriedSetting,
  pose = '',
): WrittenShot {
  const namer = new Namer(descriptions)
  const subject = namer.list(ids)
  return {
    prompt: finished([subject, pose, ...circumstances(setting, false, subject, namer.isSky)]),
    cast: namer.ids,
  }
}

/** One sentence with a capital and a full stop; whatever pronoun a name has brought in is left out. */
function finished(parts: readonly string[]): string {
  const words = parts
    .join(' ')
    .split(/\s+/)
    .filter((word) => word !== '' && !pronouns.has(word.toLowerCase()))
    .join(' ')
    .slice(0, 1900)
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}.`
}
