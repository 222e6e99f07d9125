import { documentErrors, listed } from '../util/document-errors.ts'
import { type Storyboard, storyboardSchema } from './storyboard.ts'

const { explain, parse, wrong } = documentErrors({
  code: 'E_STORY',
  name: 'storyboard',
  allowed: {
    invalid_format: 'must be made of letters, digits, "-" and "_"',
    invalid_union: 'must be { "type": "cut" } or { "type": "crossfade", "seconds": … }',
  },
})

/**
 * Reads a storyboard that a person or a program has written; what is left out gets its default.
 * @param value the document, as JSON text or as what `JSON.parse` gives
 * @throws FramewrightError E_STORY, one sentence that names the path and what is allowed there
 */
export function parseStoryboard(value: unknown): Storyboard {
  const document = typeof value === 'string' ? parse(value) : value
  const parsed = storyboardSchema.safeParse(document)
  if (!parsed.success) throw explain(parsed.error, storyboardSchema, document)
  checkReferences(parsed.data)
  return parsed.data
}

/** Ids that name something that is there, and only one of it. */
function checkReferences({ cast, shots }: Storyboard): void {
  const members = uniqueIds(cast, 'cast')
  const shotIds = uniqueIds(shots, 'shots')
  for (const [i, { changes }] of cast.entries()) {
    for (const [j, { fromShot }] of changes.entries()) {
      checkKnown(fromShot, shotIds, `cast[${i}].changes[${j}].fromShot`)
    }
  }
  for (const [i, { cast: ids, actions }] of shots.entries()) {
    for (const [j, id] of ids.entries()) checkKnown(id, members, `shots[${i}].cast[${j}]`)
    for (const [j, { agents, patients }] of actions.entries()) {
      for (const [k, id] of agents.entries())
        checkKnown(id, members, `shots[${i}].actions[${j}].agents[${k}]`)
      for (const [k, id] of patients.entries())
        checkKnown(id, members, `shots[${i}].actions[${j}].patients[${k}]`)
    }
  }
  for (const [i, { transition, durationSeconds }] of shots.entries()) {
    if (transition.type !== 'crossfade' || transition.seconds <= durationSeconds) continue
    throw wrong(
      `shots[${i}].transition.seconds`,
      `must be at most the shot’s ${durationSeconds} s`,
      transition.seconds,
    )
  }
}

function uniqueIds(list: readonly { readonly id: string }[], path: string): ReadonlySet<string> {
  const ids = new Set<string>()
  for (const [i, { id }] of list.entries()) {
    if (ids.has(id)) throw wrong(`${path}[${i}].id`, 'must be another id than those before it', id)
    ids.add(id)
  }
  return ids
}

function checkKnown(id: string, known: ReadonlySet<string>, path: string): void {
  if (!known.has(id)) throw wrong(path, `must be one of ${listed([...known])}`, id)
}
