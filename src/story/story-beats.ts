import type { SceneGraph } from '../text/scene-graph.ts'
import { type Clause, findClauses } from './clauses.ts'
import { isMeanwhile } from './moments.ts'
import { isState } from './verb-classes.ts'

/**
 * One thing that the text shows: an event with the states that go with it and with what goes on meanwhile, or a look at
 * somebody or at a place.
 */
export interface StoryBeat {
  readonly sentence: number
  /** In the order of the text; empty for a look. */
  readonly clauses: readonly Clause[]
  /** Whom a look is at; empty for the place itself. */
  readonly seen: readonly string[]
}

/** What a scene graph tells, in order; and the sentences that tell nothing which can be shown. */
export function findBeats(graph: SceneGraph): {
  readonly beats: readonly StoryBeat[]
  readonly silent: readonly string[]
} {
  const clauses = findClauses(graph)
  const shown = new Set(
    clauses.flatMap(({ action, complements }) => [
      ...action.agents,
      ...action.patients,
      ...complements.map(({ id }) => id),
    ]),
  )
  const beats: StoryBeat[] = []
  const silent: string[] = []
  for (const [sentence, { text }] of graph.sentences.entries()) {
    const own = clauses.filter(({ action }) => action.sentence === sentence)
    const named = namedIn(graph, sentence)
    const unseen = named.filter((id) => !shown.has(id) && graph.characters.some((one) => one.id === id))
    const hasSetting = graph.settings.some((one) => one.sentence === sentence)
    if (own.length > 0) {
      if (unseen.length > 0) beats.push({ sentence, clauses: [], seen: unseen })
      beats.push(...inMoments(graph, own).map((group) => ({ sentence, clauses: group, seen: [] })))
    } else if (named.length > 0 || hasSetting) beats.push({ sentence, clauses: [], seen: named })
    else if (!graph.camera.some((one) => one.sentence === sentence) && /[\p{L}\p{N}]/u.test(text))
      silent.push(text)
    for (const id of unseen) shown.add(id)
  }
  const outside = clauses.filter(({ action }) => graph.sentences[action.sentence] === undefined)
  beats.push(
    ...inMoments(graph, outside).map((group) => ({
      sentence: group[0]?.action.sentence ?? 0,
      clauses: group,
      seen: [],
    })),
  )
  return { beats, silent }
}

/** How many events a text tells; looks at people and places are none. A text with more than one is a story. */
export function countEvents(graph: SceneGraph): number {
  return findBeats(graph).beats.filter(({ clauses }) => clauses.length > 0).length
}

/** Whom a sentence names, first named first. */
function namedIn({ characters, objects }: SceneGraph, sentence: number): string[] {
  return [...characters, ...objects]
    .flatMap(({ id, mentions }) => {
      const mention = mentions.find((one) => one.sentence === sentence)
      return mention ? [{ id, start: mention.start }] : []
    })
    .sort((a, b) => a.start - b.start)
    .map(({ id }) => id)
}

/**
 * A state goes with the next event of its sentence, or with the last; so does what goes on meanwhile, with the event
 * before it first. States alone are one look.
 */
function inMoments(graph: SceneGraph, clauses: readonly Clause[]): Clause[][] {
  const groups: Clause[][] = []
  let waiting: Clause[] = []
  for (const [i, clause] of clauses.entries()) {
    const isAside = isMeanwhile(graph, clause, clauses[i - 1] ?? null)
    const last = groups.at(-1)
    if (isState(clause.action) || (isAside && !last)) waiting.push(clause)
    else if (isAside && last) {
      last.push(...waiting, clause)
      waiting = []
    } else {
      groups.push([...waiting, clause])
      waiting = []
    }
  }
  const last = groups.at(-1)
  if (last) last.push(...waiting)
  else if (waiting.length > 0) groups.push(waiting)
  return groups
}
