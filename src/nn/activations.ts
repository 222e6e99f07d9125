import { add, mul, type Tensor, tanh } from '../graph/index.ts'

/**
 * GELU's approximation by tanh (Hendrycks & Gimpel 2016, arXiv 1606.08415, section 2), which many published networks
 * were trained with; in the order of operations that the runtime makes one kernel of.
 */
export function geluTanh(x: Tensor): Tensor {
  const inner = mul(mul(x, 0.7978845608028654), add(mul(mul(x, 0.044715), x), 1))
  return mul(mul(x, 0.5), add(tanh(inner), 1))
}
