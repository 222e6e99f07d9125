import { add, at, mean, mul, slice, sqrt, square, sub, type Tensor } from '../graph/index.ts'

/** Errors below this are as good as none: two levels and a half of 255, for pixels in [−1, 1]. */
const softness = 0.02

/**
 * Mean error of pictures and, half as much, of their slopes: soft edges cost twice. Errors count as √(e² + ε²) (Charbonnier
 * et al. 1994): with |e| the flat parts of a picture, where the error is nearly nothing, held every correction at nothing.
 */
export function pictureLoss(pictures: Tensor, truth: Tensor): Tensor {
  const error = sub(pictures, truth)
  const slope = (axis: number): Tensor => {
    const size = at(error.shape, axis)
    return softMean(sub(slice(error, axis, 1, size), slice(error, axis, 0, size - 1)))
  }
  return add(softMean(error), mul(add(slope(2), slope(3)), 0.5))
}

/** Mean of √(e² + ε²). */
export function softMean(error: Tensor): Tensor {
  return mean(sqrt(add(square(error), softness ** 2)))
}
