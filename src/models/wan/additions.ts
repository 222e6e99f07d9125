import { add, constant, type HostTensor, matmul, mul, reshape, type Tensor } from '../../graph/index.ts'

/**
 * What is added to a weight: a matrix of low rank, scale · up · down (LoRA, Hu et al. 2021, arXiv 2106.09685), or numbers
 * of its own shape times scale.
 */
export type WeightAddition =
  | {
      readonly kind: 'low-rank'
      /** [rank, inputs], and [outputs, rank]. */
      readonly down: HostTensor
      readonly up: HostTensor
      readonly scale: number
    }
  | { readonly kind: 'full'; readonly value: HostTensor; readonly scale: number }

/** By the weight's name; several are added one after the other. */
export type WeightAdditions = ReadonlyMap<string, readonly WeightAddition[]>

/** Weights with their additions: the runtime computes the sum once, when it opens the program. */
export const addTo =
  (additions: WeightAdditions) =>
  (name: string, weight: Tensor): Tensor =>
    (additions.get(name) ?? []).reduce((sum, addition) => add(sum, additionTensor(addition, weight)), weight)

/** A linear layer's product with what is added to its weight alone: x [..., inputs] → [..., outputs]; null for nothing. */
export function addedProduct(additions: readonly WeightAddition[], x: Tensor): Tensor | null {
  const products = additions.map((addition) => {
    const { scale } = addition
    if (addition.kind === 'full') return matmul(x, tensorOf(addition.value), { transposeB: true, scale })
    const inner = matmul(x, tensorOf(addition.down), { transposeB: true })
    return matmul(inner, tensorOf(addition.up), { transposeB: true, scale })
  })
  return products.length === 0 ? null : products.reduce((sum, product) => add(sum, product))
}

function additionTensor(addition: WeightAddition, { shape }: Tensor): Tensor {
  if (addition.kind === 'full') return mul(tensorOf(addition.value), addition.scale)
  const product = matmul(tensorOf(addition.up), tensorOf(addition.down), { scale: addition.scale })
  return reshape(product, shape)
}

const tensorOf = ({ data, shape }: HostTensor): Tensor => constant(data as Float32Array, shape)
