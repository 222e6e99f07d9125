import type { Action, SceneGraph } from '../text/scene-graph.ts'
import { type Description, describeCast } from './cast-descriptions.ts'
import { entityOf } from './clauses.ts'
import { clothes, headOf } from './word-lists.ts'

/** Looks that an action changes. */
export interface LookChange {
  readonly id: string
  readonly action: Action
  readonly description: Description
}

/** How everyone looks at first, what is part of those looks, and what the story does to them. */
export interface CastLooks {
  readonly first: ReadonlyMap<string, Description>
  /** Things that are drawn with someone, by that one's id: what is worn or carried from the start. */
  readonly parts: ReadonlyMap<string, readonly string[]>
  readonly changes: readonly LookChange[]
}

const dressing: ReadonlySet<string> = new Set(['put on', 'wear', 'don', 'dress', 'try on'])
const undressing: ReadonlySet<string> = new Set(['take off', 'remove', 'lose'])

/** Follows everyone's looks through the story. */
export function followLooks(graph: SceneGraph): CastLooks {
  const first = new Map(describeCast(graph))
  const parts = new Map<string, readonly string[]>()
  for (const { subject, relation, object } of graph.relations) {
    const [whole, part] = [first.get(subject), first.get(object)]
    if (!whole || !part || subject === object || !isFromTheStart(graph, subject, relation, object)) continue
    const joint = (parts.get(subject) ?? []).length > 0 ? 'and' : relation === 'wear' ? 'wearing' : 'with'
    first.set(subject, { ...whole, phrase: `${whole.phrase} ${joint} ${part.phrase}` })
    parts.set(subject, [...(parts.get(subject) ?? []), object])
  }
  return { first, parts, changes: changesOf(graph, first, parts) }
}

/** "An old man with an umbrella", "a girl in a red hat": said where the one is first named. */
function isFromTheStart(graph: SceneGraph, subject: string, relation: string, object: string): boolean {
  if (relation !== 'wear' && relation !== 'with') return false
  const isSomeone = graph.characters.some(({ id }) => id === subject)
  const [one] = entityOf(graph, subject)?.mentions ?? []
  const [other] = entityOf(graph, object)?.mentions ?? []
  if (!isSomeone || !one || !other || one.sentence !== other.sentence) return false
  const between = graph.text.slice(one.end, Math.max(one.end, other.start))
  return /^\s*,?\s*(?:with|in|wearing|carrying|who wears|who is wearing)\s*$/i.test(between)
}

function changesOf(
  graph: SceneGraph,
  first: ReadonlyMap<string, Description>,
  parts: CastLooks['parts'],
): LookChange[] {
  const worn = new Map<string, readonly string[]>()
  return graph.actions.flatMap((action) => {
    const garments = action.patients.filter((id) => clothes.has(headOf(entityOf(graph, id)?.lemma ?? '')))
    const isOn = dressing.has(action.lemma)
    const isChange = isOn || undressing.has(action.lemma)
    if (!isChange || garments.length === 0 || action.negated) return []
    return action.agents.flatMap((id) => {
      const base = first.get(id)
      // "A dog wearing sunglasses" has them on from the start.
      const isOnAlready = isOn && garments.every((one) => parts.get(id)?.includes(one))
      if (!base || isOnAlready) return []
      const before = worn.get(id) ?? []
      const now = isOn
        ? [...before.filter((one) => !garments.includes(one)), ...garments]
        : before.filter((one) => !garments.includes(one))
      worn.set(id, now)
      // What nobody has seen on them is not taken off the picture.
      if (!isOn && now.length === before.length) return []
      const phrases = now.flatMap((one) => first.get(one)?.phrase ?? [])
      const phrase = phrases.length > 0 ? `${base.phrase} wearing ${phrases.join(' and ')}` : base.phrase
      return [{ id, action, description: { ...base, phrase } }]
    })
  })
}
