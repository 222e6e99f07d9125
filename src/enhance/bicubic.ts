/** Pixels to each side of a pixel that bicubic interpolation of the pixels inside it looks at. */
export const bicubicReach = 2

/**
 * Bicubic interpolation to `factor` times the size as convolution kernels [factor², 5, 5]: one for each place in the
 * pixel, row by row. Weights: Keys 1981 with a = −½, pixels being areas, not points.
 */
export function bicubicKernel(factor: number): Float32Array {
  const side = 2 * bicubicReach + 1
  const lines = Array.from({ length: factor }, (_, place) => lineOf((place + 0.5) / factor - 0.5))
  const out = new Float32Array(factor * factor * side * side)
  let to = 0
  for (const vertical of lines) {
    for (const horizontal of lines) {
      for (const v of vertical) for (const h of horizontal) out[to++] = v * h
    }
  }
  return out
}

/** Weights of the five pixels around a place `offset` from the middle one's centre, −½ to ½. */
function lineOf(offset: number): number[] {
  return Array.from({ length: 2 * bicubicReach + 1 }, (_, i) => weightAt(Math.abs(i - bicubicReach - offset)))
}

/** The cubic convolution kernel: R. Keys, "Cubic convolution interpolation for digital image processing", 1981. */
function weightAt(x: number): number {
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1
  if (x < 2) return ((-0.5 * x + 2.5) * x - 4) * x + 2
  return 0
}
