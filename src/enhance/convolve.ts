import { add, at, conv, reshape, type Tensor } from '../graph/index.ts'
import type { Parameters } from '../nn/index.ts'

/**
 * A convolution of 3×3 without padding: [B, C, H + 2, W + 2] → [B, outputs, H, W]. What comes out is made of real pixels
 * only, wherever a picture was cut into tiles.
 * @param gain deviation of the first weights, times √inputs. @default √2, for ReLU after it
 */
export function convolve(p: Parameters, x: Tensor, outputs: number, gain = Math.SQRT2): Tensor {
  const inputs = at(x.shape, 1)
  const initial = { deviation: gain * (9 * inputs) ** -0.5 }
  const weight = p.declare('weight', [outputs, inputs, 3, 3], initial, 'muon')
  const bias = p.declare('bias', [outputs], { value: 0 })
  return add(conv(x, weight), reshape(bias, [outputs, 1, 1]))
}
