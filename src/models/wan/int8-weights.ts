import { add, at, int8Product, parameter, type Shape, type Tensor } from '../../graph/index.ts'
import type { NetworkWeights } from '../../nn/index.ts'
import { addedProduct, type WeightAdditions } from './additions.ts'

/**
 * Whether a weight of the transformer is one of those that are rounded to 8 bits: the matrices of its blocks, 98 of 100
 * numbers. What comes before the blocks and behind them takes little time, and keeps its numbers.
 */
export function isRounded(name: string, shape: Shape): boolean {
  return /^blocks\.\d+\..+\.weight$/.test(name) && shape.length === 2
}

/** Under which name a rounded weight's scales lie beside it. */
export const scaleName = (weight: string): string => `${weight}.scale`

/** How `int8WeightFile` rounds a transformer. */
export const wanRounding = { isRounded, scaleName } as const

/** Products with those of the weights that are rounded; what is added to a weight is multiplied beside it, in 32 bits. */
export const int8Products =
  (weights: NetworkWeights, additions: WeightAdditions) =>
  (name: string, x: Tensor, outputs: number): Tensor | null => {
    const weight = weights.get(name)
    if (!weight || !('location' in weight ? weight.fileType === 'I8' : weight.dtype === 'i8')) return null
    const matrix = parameter(name, [at(x.shape, -1), outputs], 'i8')
    const product = int8Product(x, matrix, parameter(scaleName(name), [outputs]))
    const added = addedProduct(additions.get(name) ?? [], x)
    return added === null ? product : add(product, added)
  }
