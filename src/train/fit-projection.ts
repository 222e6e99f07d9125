import type { LatentProjection } from '../models/latent-projection.ts'
import type { Frames } from '../video/frames.ts'

/** Pairs of latents and the frames that they stand for, from which a projection is solved. */
export interface ProjectionFit {
  /**
   * @param latent [channels, rows, columns]: one latent frame
   * @param frames those that it stands for, RGB; their mean is what the projection is to show
   */
  add(latent: Float32Array, frames: Frames): void
  /** The projection with the least squared error over all that was added. */
  solve(): LatentProjection
}

/** Share of its variance that is added to each channel's square: channels that hang together are solved for as well; … */
const ridge = 1e-4
/** … and a channel that never changes. */
const least = 1e-9

/**
 * Fits a projection by least squares: sums of products are kept as pairs come, and solved by Cholesky's method.
 * @param channels of a latent cell
 * @param side pixels on a side that are to stand for a cell
 */
export function fitProjection(channels: number, side: number): ProjectionFit {
  const [inputs, outputs] = [channels + 1, 3 * side * side]
  const squares = new Float64Array(inputs * inputs)
  const products = new Float64Array(inputs * outputs)
  let count = 0
  return {
    add(latent, frames) {
      const cells = latent.length / channels
      const block = Math.sqrt((frames.height * frames.width) / cells) / side
      if (!Number.isInteger(block)) {
        throw new RangeError(
          `${frames.width}×${frames.height} frames are not made of ${cells} cells of ${side}×${side} blocks of pixels`,
        )
      }
      const columns = frames.width / (block * side)
      const x = new Float64Array(inputs).fill(1)
      const y = new Float64Array(outputs)
      for (let cell = 0; cell < cells; cell++) {
        for (let c = 0; c < channels; c++) x[c] = latent[c * cells + cell] ?? 0
        const place = { top: Math.floor(cell / columns) * side, left: (cell % columns) * side, side, block }
        readBlocks(frames, place, y)
        for (let i = 0; i < inputs; i++) {
          const value = x[i] ?? 0
          for (let j = 0; j <= i; j++) add(squares, i * inputs + j, value * (x[j] ?? 0))
          for (let j = 0; j < outputs; j++) add(products, i * outputs + j, value * (y[j] ?? 0))
        }
      }
      count += cells
    },
    solve() {
      const system = squares.slice()
      for (let c = 0; c < channels; c++) {
        const spread = (squares[c * inputs + c] ?? 0) - (squares[channels * inputs + c] ?? 0) ** 2 / count
        add(system, c * inputs + c, ridge * spread + least * count)
      }
      const solved = solvePositive(system, products, inputs, outputs)
      const numberOf = (output: number, from: number): number => solved[from * outputs + output] ?? 0
      return {
        channels,
        side,
        matrix: Float32Array.from({ length: outputs * channels }, (_, i) =>
          numberOf(Math.floor(i / channels), i % channels),
        ),
        bias: Float32Array.from({ length: outputs }, (_, i) => numberOf(i, channels)),
      }
    },
  }
}

const add = (sums: Float64Array, at: number, value: number): void => {
  sums[at] = (sums[at] ?? 0) + value
}

/** Blocks of `block` pixels on a side; top and left in blocks. */
interface CellPlace {
  readonly top: number
  readonly left: number
  readonly side: number
  readonly block: number
}

/** The mean of each of a cell's blocks over all frames, [side, side, 3] in [0, 1], into `out`. */
function readBlocks(
  { data, count, height, width, channels }: Frames,
  { top, left, side, block }: CellPlace,
  out: Float64Array,
): void {
  const scale = 1 / (255 * count * block * block)
  out.fill(0)
  for (let f = 0; f < count; f++) {
    for (let y = 0; y < side * block; y++) {
      for (let x = 0; x < side * block; x++) {
        const from = ((f * height + top * block + y) * width + left * block + x) * channels
        const to = (Math.floor(y / block) * side + Math.floor(x / block)) * 3
        for (let c = 0; c < 3; c++) add(out, to + c, scale * (data[from + c] ?? 0))
      }
    }
  }
}

/**
 * Solves A·X = B by Cholesky's method.
 * @param a [n, n], positive definite; only its lower half is read
 * @param b [n, m]
 */
function solvePositive(a: Float64Array, b: Float64Array, n: number, m: number): Float64Array {
  const lower = a.slice()
  const entry = (i: number, j: number): number => lower[i * n + j] ?? 0
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = entry(i, j)
      for (let k = 0; k < j; k++) rest -= entry(i, k) * entry(j, k)
      lower[i * n + j] = i === j ? Math.sqrt(rest) : rest / entry(j, j)
    }
  }
  const x = b.slice()
  const eliminate = (i: number, k: number, share: number): void => {
    for (let c = 0; c < m; c++) add(x, i * m + c, -share * (x[k * m + c] ?? 0))
  }
  const divide = (i: number): void => {
    for (let c = 0; c < m; c++) x[i * m + c] = (x[i * m + c] ?? 0) / entry(i, i)
  }
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) eliminate(i, k, entry(i, k))
    divide(i)
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) eliminate(i, k, entry(k, i))
    divide(i)
  }
  return x
}
