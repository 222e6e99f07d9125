/** Share of combinations of actor, action and setting that training never sees. */
const heldOutOf = 20

/**
 * True for a combination that is kept for evaluation: by a hash of its names (FNV-1a, 32 bits), so that it never
 * changes when actors, actions or settings are added.
 */
export function isHeldOutCombination(actorId: string, action: string, setting: string): boolean {
  let hash = 0x811c9dc5
  for (const character of `${actorId}|${action}|${setting}`) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193)
  }
  // The low bits of FNV mix poorly: fold the high ones in.
  return ((hash ^ (hash >>> 15)) >>> 0) % heldOutOf === 0
}
