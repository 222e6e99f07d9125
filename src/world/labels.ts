import { pairActions, soloActions } from './actions.ts'
import { accessoryKinds, coats } from './looks.ts'
import { worlds } from './worlds.ts'

/**
 * What the classifier can tell apart: the names of its heads' outputs, in the order of its weights. Adding a name
 * anywhere means training it again.
 */
export const classifierLabels = {
  subjects: worlds.first.cast,
  actions: [...soloActions, ...pairActions],
  directions: ['left', 'right', 'none'],
  /** `own`: the colours of the actor's own picture. */
  coats: ['own', ...coats],
  accessories: ['none', ...accessoryKinds],
  settings: worlds.first.places,
  times: ['day', 'sunset', 'night'],
  weathers: ['clear', 'rain', 'snow', 'fog'],
  counts: ['1', '2', '3'],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type LabelKind = keyof typeof classifierLabels

/** The place of a name among a head's outputs; −1 where the classifier does not know it. */
export function labelIndex(kind: LabelKind, name: string): number {
  return (classifierLabels[kind] as readonly string[]).indexOf(name)
}
