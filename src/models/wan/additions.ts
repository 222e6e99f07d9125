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

function additionTensor(addition: WeightAddition, { shape }: Tensor): Tensor {
  const tensor = ({ data, shape: own }: HostTensor): Tensor => constant(data as Float32Array, own)
  if (addition.kind === 'full') return mul(tensor(addition.value), addition.scale)
  const product = matmul(tensor(addition.up), tensor(addition.down), { scale: addition.scale })
  return reshape(product, shape)
}
