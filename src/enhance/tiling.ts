/** Where tiles lie along a line; all are of the same length. */
export interface Tiling {
  readonly side: number
  /** Ascending multiples of the cell; the last tile reaches the line's end, or beyond it. */
  readonly starts: readonly number[]
}

/** Covers `length` pixels with tiles of `most` at most; sides and starts are multiples of `cell`. */
export function tilesOf(length: number, most: number, cell: number): Tiling {
  const up = (n: number): number => Math.ceil(n / cell) * cell
  const side = Math.min(up(length), Math.max(cell, Math.floor(most / cell) * cell))
  const last = Math.max(0, up(length - side))
  const count = Math.ceil(length / side)
  return { side, starts: Array.from({ length: count }, (_, i) => Math.min(i * side, last)) }
}
