/** Someone in a shot, once for each that there are of it. */
export interface Head<T> {
  readonly member: T
  /** 1 for the first of its kind, then 2, 3 … */
  readonly number: number
}

/**
 * `three birds` are three: every member once, as many as a shot holds, then, while there is room, the rest of each.
 * Those of a kind stand together, in the members' order.
 * @param most heads that a shot holds
 */
export function headsOf<T>(members: readonly T[], countOf: (member: T) => number, most: number): Head<T>[] {
  const shown = members.slice(0, most)
  let room = most - shown.length
  return shown.flatMap((member) => {
    const more = Math.min(room, Math.max(0, countOf(member) - 1))
    room -= more
    return Array.from({ length: 1 + more }, (_, i) => ({ member, number: i + 1 }))
  })
}

/** `bird`, `bird-2`, `bird-3`. */
export const headId = (id: string, number: number): string => (number === 1 ? id : `${id}-${number}`)
