import { constant, type Tensor } from '../../graph/index.ts'

/** Cosines and sines of every token's turns, each [frames·rows·columns, headWidth / 2]. */
export interface RotaryTable {
  readonly cosines: Tensor
  readonly sines: Tensor
}

/** The slowest turn is by one part in this of the fastest. */
const slowest = 10_000

/**
 * Rotary positions in time, height and width (Su et al. 2021, arXiv 2104.09864), as Wan shares a head among them: the
 * height and the width have a third each, rounded down to pairs, and time has the rest.
 * @param grid frames, rows and columns of tokens
 */
export function rotaryTable(grid: readonly [number, number, number], headWidth: number): RotaryTable {
  const { cosines, sines } = rotaryAngles(grid, headWidth)
  const shape = [cosines.length / (headWidth / 2), headWidth / 2]
  return { cosines: constant(cosines, shape), sines: constant(sines, shape) }
}

/** The same as numbers on the host. */
export function rotaryAngles(
  grid: readonly [number, number, number],
  headWidth: number,
): { readonly cosines: Float32Array; readonly sines: Float32Array } {
  const third = 2 * Math.floor(headWidth / 6)
  const shares = [headWidth - 2 * third, third, third]
  const [frames, rows, columns] = grid
  const angles = new Float64Array((frames * rows * columns * headWidth) / 2)
  let i = 0
  for (let token = 0; token < frames * rows * columns; token++) {
    const place = [Math.floor(token / (rows * columns)), Math.floor(token / columns) % rows, token % columns]
    for (const [axis, share] of shares.entries()) {
      for (let pair = 0; pair < share; pair += 2)
        angles[i++] = (place[axis] ?? 0) * slowest ** (-pair / share)
    }
  }
  return { cosines: Float32Array.from(angles, Math.cos), sines: Float32Array.from(angles, Math.sin) }
}
