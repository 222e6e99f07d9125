/** The candidate that is the fewest slips away from a word; null where none is near. */
export function nearest(word: string, candidates: readonly string[]): string | null {
  const ranked = candidates
    .map((candidate) => ({ candidate, slips: slips(word, candidate) }))
    .sort((a, b) => a.slips - b.slips)
  const [best] = ranked
  // A third of the word may be wrong; a slip or two in any.
  return best && best.slips <= Math.max(2, word.length / 3) ? best.candidate : null
}

/** Letters to insert, delete or replace (Levenshtein 1966), two rows at a time. */
export function slips(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
