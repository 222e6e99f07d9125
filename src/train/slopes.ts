import { abs, at, mean, slice, sub, type Tensor } from '../graph/index.ts'

/** Mean absolute difference between neighbours along an axis. */
export function slopes(x: Tensor, axis: number): Tensor {
  const size = at(x.shape, axis)
  return mean(abs(sub(slice(x, axis, 1, size), slice(x, axis, 0, size - 1))))
}
