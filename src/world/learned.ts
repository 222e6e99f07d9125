import type { ClipScript } from './clip-script.ts'
import type { Looks } from './looks.ts'

/** What of the world a network has seen often enough to know it: names of the world's tables, each list sorted. */
export interface Learned {
  /** Ids of actors; absent where a network paints whoever it is shown a picture of. */
  readonly subjects?: readonly string[] | undefined
  readonly settings: readonly string[]
  /** Absent where a network sees none: the reference generator draws stills. */
  readonly actions?: readonly string[] | undefined
  readonly weathers: readonly string[]
  readonly seasons: readonly string[]
  /** Coats, accessories and tones of skin; empty where everyone was plain, absent as subjects are. */
  readonly looks?: readonly string[] | undefined
}

/** A subject that came up in fewer items than this is not said to be known: one look is not learning. */
export const leastItems = 20

/** A list of what is learned. */
export type LearnedKind = keyof Learned

/** Counts what a training draws. */
export interface LearnedTally {
  /** @param items @default 1 */
  add(kind: LearnedKind, name: string, items?: number): void
  /** What came up in at least `leastItems` items. */
  learned(): Learned
}

export function createTally(): LearnedTally {
  const counts = new Map<LearnedKind, Map<string, number>>()
  const known = (kind: LearnedKind): string[] =>
    [...(counts.get(kind) ?? [])].flatMap(([name, count]) => (count >= leastItems ? [name] : [])).sort()
  return {
    add(kind, name, items = 1) {
      const names = counts.get(kind) ?? new Map<string, number>()
      names.set(name, (names.get(name) ?? 0) + items)
      counts.set(kind, names)
    },
    learned: () => ({
      subjects: known('subjects'),
      settings: known('settings'),
      ...(counts.has('actions') ? { actions: known('actions') } : {}),
      weathers: known('weathers'),
      seasons: known('seasons'),
      looks: known('looks'),
    }),
  }
}

/** Counts all that a clip shows. */
export function tallyClip(tally: LearnedTally, script: ClipScript, items: number): void {
  for (const { actorId, action, looks } of script.actors) {
    tally.add('subjects', actorId, items)
    tally.add('actions', action, items)
    for (const look of looksIn(looks)) tally.add('looks', look, items)
  }
  tally.add('settings', script.setting, items)
  tally.add('weathers', script.weather, items)
  tally.add('seasons', script.season, items)
}

/** `blue coat`, `hat`, `dark skin`. */
export function looksIn({ coat, wears, skin }: Looks): string[] {
  return [coat && `${coat} coat`, wears?.kind, skin && `${skin} skin`].flatMap((look) => look ?? [])
}

/** What all of several networks know: a video needs each of them. */
export function learnedByAll([first, ...others]: readonly Learned[]): Learned | null {
  if (!first) return null
  return others.reduce(
    (all, one) => combined(all, one, (a, b) => a.filter((name) => b.includes(name))),
    first,
  )
}

/** What a network has learned in one training and in another that went on from it. */
export function learnedInTurn(first: Learned, second: Learned): Learned {
  return combined(first, second, (a, b) => [...new Set([...a, ...b])].sort())
}

function combined(
  a: Learned,
  b: Learned,
  both: (a: readonly string[], b: readonly string[]) => readonly string[],
): Learned {
  const where = <K extends 'subjects' | 'actions' | 'looks'>(
    key: K,
  ): Partial<Record<K, readonly string[]>> => {
    const [one, other] = [a[key], b[key]]
    const names = one && other ? both(one, other) : (one ?? other)
    return (names ? { [key]: names } : {}) as Partial<Record<K, readonly string[]>>
  }
  return {
    ...where('subjects'),
    settings: both(a.settings, b.settings),
    ...where('actions'),
    weathers: both(a.weathers, b.weathers),
    seasons: both(a.seasons, b.seasons),
    ...where('looks'),
  }
}
