import { add, at, conv, maximum, mul, reshape, type Tensor } from '../graph/index.ts'
import type { Initial, Parameters } from '../nn/index.ts'

/**
 * A convolution of 3×3 without padding: [B, C, H + 2, W + 2] → [B, outputs, H, W]. What comes out is made of real pixels
 * only, wherever a picture was cut into tiles.
 */
export function convolve(p: Parameters, x: Tensor, outputs: number): Tensor {
  // For the ReLU after it: He et al. 2015.
  const initial = { deviation: (2 / (9 * at(x.shape, 1))) ** 0.5 }
  return convolution(p, x, outputs, initial, 'muon')
}

/**
 * As `convolve`, for a network's last layer: nothing at first, and no hidden matrix. What it gives corrects a picture that
 * is nearly right: where it began at random, or went on in Muon's steps, which are as long in every direction, the
 * quickest way to less error was to silence the layers before it, and they never spoke again.
 */
export function convolveOut(p: Parameters, x: Tensor, outputs: number): Tensor {
  return convolution(p, x, outputs, { value: 0 }, 'adam')
}

/** x, and a tenth of it below 0: Maas et al. 2013. A cell that is below 0 everywhere can still learn. */
export function leakyRelu(x: Tensor): Tensor {
  return maximum(x, mul(x, 0.1))
}

function convolution(
  p: Parameters,
  x: Tensor,
  outputs: number,
  initial: Initial,
  update: 'muon' | 'adam',
): Tensor {
  const weight = p.declare('weight', [outputs, at(x.shape, 1), 3, 3], initial, update)
  const bias = p.declare('bias', [outputs], { value: 0 })
  return add(conv(x, weight), reshape(bias, [outputs, 1, 1]))
}
