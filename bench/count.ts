import { nodesBefore } from '../src/graph/gradient.ts'
import type { MatmulAttributes } from '../src/graph/operations/contraction.ts'
import { at, inputOf, output, sizeOf, type Tensor } from '../src/graph/tensor.ts'

/**
 * Floating-point operations of matrix products, convolutions and attention that lead to tensors.
 * The rest of a network is small beside them, and what a gradient computes again is no work done.
 */
export function countOperations(...tensors: readonly Tensor[]): number {
  let total = 0
  for (const node of nodesBefore(tensors)) {
    const { name } = node.operation
    if (name === 'matmul') {
      const { transposeA } = node.attributes as MatmulAttributes
      total += 2 * sizeOf(output(node, 0).shape) * at(inputOf(node, 0).shape, transposeA ? -2 : -1)
    }
    if (name === 'conv') {
      total += 2 * sizeOf(output(node, 0).shape) * sizeOf(inputOf(node, 1).shape.slice(1))
    }
    if (name === 'attention') {
      const [q, k, v] = [inputOf(node, 0).shape, inputOf(node, 1).shape, inputOf(node, 2).shape]
      total += 2 * at(q, 0) * at(q, 1) * at(k, 1) * (at(q, 2) + at(v, 2))
    }
  }
  return total
}

/** A training step's: the forward pass once, and twice as much for the gradients in inputs and weights. */
export const countStep = (loss: Tensor): number => 3 * countOperations(loss)
