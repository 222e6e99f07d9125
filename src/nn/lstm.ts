import { add, at, mul, sigmoid, split, type Tensor, tanh } from '../graph/index.ts'
import { linear } from './layers.ts'
import type { Parameters } from './parameters.ts'

/** What an LSTM layer carries from step to step; both [B, width]. */
export interface LstmState {
  readonly hidden: Tensor
  readonly cell: Tensor
}

/**
 * One step of an LSTM layer (Hochreiter & Schmidhuber 1997; gates in the order input, forget, cell, output):
 * x [B, inputs] and the state → the next state.
 */
export function lstmStep(p: Parameters, x: Tensor, state: LstmState): LstmState {
  const width = at(state.hidden.shape, 1)
  const fromInput = linear(p.at('input'), x, 4 * width)
  const fromHidden = linear(p.at('hidden'), state.hidden, 4 * width, { bias: false })
  const [i, f, g, o] = split(add(fromInput, fromHidden), 1, [width, width, width, width]) as [
    Tensor,
    Tensor,
    Tensor,
    Tensor,
  ]
  // A forget gate that starts open (Jozefowicz et al. 2015) keeps early steps within reach of the gradient.
  const cell = add(mul(sigmoid(add(f, 1)), state.cell), mul(sigmoid(i), tanh(g)))
  return { hidden: mul(sigmoid(o), tanh(cell)), cell }
}
