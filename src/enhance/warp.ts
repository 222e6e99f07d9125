import {
  add,
  at,
  cast,
  constant,
  gather,
  maximum,
  minimum,
  mul,
  reshape,
  slice,
  sub,
  type Tensor,
  transpose,
} from '../graph/index.ts'

/**
 * Samples pictures where `motion` points to, bilinearly; what points outside takes the edge.
 * @param pictures [B, C, Hp, Wp], of which no gradient is known
 * @param motion Δx and Δy in pixels, [B, 2, H, W]
 * @param offset where the motion's left top corner lies in the pictures, in pixels from both edges
 * @returns [B, C, H, W]
 */
export function warp(pictures: Tensor, motion: Tensor, offset: number): Tensor {
  const [batch, channels, tall, wide] = pictures.shape as [number, number, number, number]
  const [height, width] = [at(motion.shape, 2), at(motion.shape, 3)]
  const places = batch * height * width
  const line = (count: number, shape: readonly number[]): Tensor =>
    constant(
      Float32Array.from({ length: count }, (_, i) => i + offset),
      shape,
    )
  // The last pixel but a little: the one after it must be there.
  const clamp = (t: Tensor, size: number): Tensor => minimum(maximum(t, 0), size - 1.001)
  const x = clamp(add(slice(motion, 1, 0, 1), line(width, [1, 1, 1, width])), wide)
  const y = clamp(add(slice(motion, 1, 1, 2), line(height, [1, 1, height, 1])), tall)
  const left = cast(cast(x, 'i64'), 'f32')
  const top = cast(cast(y, 'i64'), 'f32')
  const first = constant(
    Float32Array.from({ length: batch }, (_, b) => b * tall * wide),
    [batch, 1, 1, 1],
  )
  const corner = add(first, add(mul(top, wide), left))
  const rows = reshape(transpose(pictures, [0, 2, 3, 1]), [batch * tall * wide, channels])
  const take = (beyond: number): Tensor => gather(rows, cast(reshape(add(corner, beyond), [places]), 'i64'))
  const right = reshape(sub(x, left), [places, 1])
  const down = reshape(sub(y, top), [places, 1])
  const between = (a: Tensor, b: Tensor, share: Tensor): Tensor => add(a, mul(share, sub(b, a)))
  const mixed = between(between(take(0), take(1), right), between(take(wide), take(wide + 1), right), down)
  return transpose(reshape(mixed, [batch, height, width, channels]), [0, 3, 1, 2])
}
