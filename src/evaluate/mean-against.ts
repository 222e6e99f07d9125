/** A mean, and how far it lies from another of the same things. */
export interface Against {
  readonly mean: number
  /** Mean difference from the others, and its standard error over the pairs. */
  readonly difference: number
  readonly standardError: number
  readonly n: number
}

/** Means over pairs; one that lacks a number is left out. */
export function meanAgainst(values: readonly (number | null)[], others: readonly (number | null)[]): Against {
  const pairs = values.flatMap((value, i) => {
    const other = others[i] ?? null
    return value === null || other === null ? [] : [{ value, difference: value - other }]
  })
  const n = pairs.length
  const meanOf = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0) / n
  const difference = meanOf(pairs.map((pair) => pair.difference))
  const variance = pairs.reduce((sum, pair) => sum + (pair.difference - difference) ** 2, 0) / (n - 1)
  return {
    mean: meanOf(pairs.map(({ value }) => value)),
    difference,
    standardError: Math.sqrt(variance / n),
    n,
  }
}
