import {
  add,
  at,
  type CompiledProgram,
  compile,
  div,
  gradient,
  type HostTensor,
  input,
  matmul,
  minimum,
  mul,
  parameter,
  reshape,
  sizeOf,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
  transpose,
} from '../graph/index.ts'
import type { ParameterDeclaration, Weights } from './parameters.ts'

export interface OptimiserConfig {
  /** Muon's rate, for hidden matrices. */
  readonly matrixRate: number
  /** AdamW's rate, for everything else. */
  readonly rate: number
  readonly weightDecay: number
  /** Gradients are scaled down to this norm when theirs is larger. */
  readonly clipNorm: number
  /** Momentum of Muon. */
  readonly momentum: number
  /** AdamW's decay of the mean and of the square. */
  readonly betas: readonly [number, number]
}

/** Muon's rate is an early trial's, on a small transformer; docs/training-log.md says where it looks too high. */
export const defaultOptimiser = {
  matrixRate: 4e-3,
  rate: 1e-3,
  weightDecay: 0.01,
  clipNorm: 1,
  momentum: 0.95,
  betas: [0.9, 0.98],
} as const satisfies OptimiserConfig

export interface TrainingProgramOptions {
  /** Further outputs, for the log. */
  readonly outputs?: Readonly<Record<string, Tensor>>
  /** Weights of networks that the loss uses and that do not learn. */
  readonly frozen?: Weights
}

/**
 * A whole training step as one program: forward, backward, clipping, update, moving average. It is written for the CPU.
 * State: every weight, its moments (`name|m`, `name|v`) and its moving average (`name|ema`).
 * Beside the loss's own inputs it takes scalars from `stepInputs`.
 */
export function trainingProgram(
  loss: Tensor,
  parameters: readonly ParameterDeclaration[],
  config: OptimiserConfig,
  { outputs: extra = {}, frozen = new Map() }: TrainingProgramOptions = {},
): CompiledProgram {
  const learned = parameters.filter(({ update }) => update !== 'none')
  const gradients = gradient(
    loss,
    learned.map(({ tensor }) => tensor),
  )
  const squares = gradients.map(square)
  const norm = sqrt(squares.map((one) => sum(one)).reduce((a, b) => add(a, b)))
  const clip = minimum(div(config.clipNorm, add(norm, 1e-6)), 1)
  const scalars: StepScalars = {
    rateScale: input('step.rateScale', []),
    adamScale: input('step.adamScale', []),
    adamEpsilon: input('step.adamEpsilon', []),
    emaDecay: input('step.emaDecay', []),
  }
  const outputs: Record<string, Tensor> = { loss, gradientNorm: norm, ...extra }
  const state: Record<string, string> = {}
  const keep = (name: string, value: Tensor): void => {
    outputs[`next:${name}`] = value
    state[`next:${name}`] = name
  }
  for (const [i, declared] of learned.entries()) {
    const { name, shape } = declared
    const g: Gradient = { raw: at(gradients, i), square: at(squares, i), clip }
    const updated = usesMuon(declared)
      ? muonUpdate(declared, g, config, scalars, keep)
      : adamUpdate(declared, g, config, scalars, keep)
    keep(name, updated)
    const average = parameter(`${name}|ema`, shape)
    keep(`${name}|ema`, add(mul(average, scalars.emaDecay), mul(updated, sub(1, scalars.emaDecay))))
  }
  return compile(outputs, { state, weights: frozen, inputs: Object.values(scalars), kernels: 'cpu' })
}

interface StepScalars {
  /** The schedule's factor on both rates. */
  readonly rateScale: Tensor
  /** √(1 − β₂ᵗ) / (1 − β₁ᵗ): Adam's bias correction. */
  readonly adamScale: Tensor
  /** ε·√(1 − β₂ᵗ): what is added before the correction to add ε after it. */
  readonly adamEpsilon: Tensor
  readonly emaDecay: Tensor
}

/** A gradient, and the number that clips it: where it is multiplied by another anyway, the two are one pass. */
interface Gradient {
  readonly raw: Tensor
  /** raw², which the norm is made of. */
  readonly square: Tensor
  readonly clip: Tensor
}

type Keep = (name: string, value: Tensor) => void

const usesMuon = ({ update, shape }: ParameterDeclaration): boolean => update === 'muon' && shape.length >= 2

/** Keeps Adam's division from zero. PyTorch's value, and in PyTorch's place: beside the corrected deviation. */
const adamEpsilon = 1e-8

/** AdamW (Loshchilov & Hutter 2017, arXiv 1711.05101), with the numbers of torch.optim.AdamW. */
function adamUpdate(
  { name, shape, tensor }: ParameterDeclaration,
  { raw, square: squared, clip }: Gradient,
  { rate, weightDecay, betas: [b1, b2] }: OptimiserConfig,
  scalars: StepScalars,
  keep: Keep,
): Tensor {
  const m = add(mul(parameter(`${name}|m`, shape), b1), mul(raw, mul(clip, 1 - b1)))
  const v = add(mul(parameter(`${name}|v`, shape), b2), mul(squared, mul(square(clip), 1 - b2)))
  keep(`${name}|m`, m)
  keep(`${name}|v`, v)
  const step = div(m, add(sqrt(v), scalars.adamEpsilon))
  // Gains and biases are not decayed.
  const decayed = shape.length >= 2 ? mul(tensor, sub(1, mul(scalars.rateScale, rate * weightDecay))) : tensor
  return sub(decayed, mul(step, mul(scalars.adamScale, mul(scalars.rateScale, rate))))
}

/**
 * Muon (Jordan et al. 2024): momentum, made orthogonal by five Newton–Schulz steps,
 * scaled to Adam's size by 0.2·√(longer side) (Liu et al. 2025, arXiv 2502.16982).
 */
function muonUpdate(
  { name, shape, tensor }: ParameterDeclaration,
  { raw, clip }: Gradient,
  { matrixRate, weightDecay, momentum }: OptimiserConfig,
  scalars: StepScalars,
  keep: Keep,
): Tensor {
  const g = mul(raw, clip)
  const m = add(mul(parameter(`${name}|m`, shape), momentum), g)
  keep(`${name}|m`, m)
  const rows = at(shape, 0)
  const columns = sizeOf(shape) / rows
  const nesterov = reshape(add(g, mul(m, momentum)), [rows, columns])
  const direction = reshape(orthogonalise(nesterov), shape)
  const size = 0.2 * Math.sqrt(Math.max(rows, columns))
  const decayed = mul(tensor, sub(1, mul(scalars.rateScale, matrixRate * weightDecay)))
  return sub(decayed, mul(direction, mul(scalars.rateScale, matrixRate * size)))
}

/** Pushes all singular values of a matrix toward 1 with the quintic iteration of Muon. */
export function orthogonalise(matrix: Tensor): Tensor {
  const tall = at(matrix.shape, 0) > at(matrix.shape, 1)
  let x = tall ? transpose(matrix) : matrix
  x = div(x, add(sqrt(sum(square(x))), 1e-7))
  for (let i = 0; i < 5; i++) {
    const gram = matmul(x, transpose(x))
    const poly = add(mul(gram, -4.775), mul(matmul(gram, gram), 2.0315))
    x = add(mul(x, 3.4445), matmul(poly, x))
  }
  return tall ? transpose(x) : x
}

/** The state of a fresh training: the weights, moments of zero, averages that start at the weights. */
export function initialState(
  parameters: readonly ParameterDeclaration[],
  weights: Weights,
): Record<string, HostTensor> {
  const state: Record<string, HostTensor> = {}
  for (const declared of parameters) {
    const { name, shape } = declared
    const value = weights.get(name)
    if (!value) throw new RangeError(`there are no first values for ${name}`)
    const nothing = (): HostTensor => ({ data: new Float32Array(sizeOf(shape)), shape, dtype: 'f32' })
    state[name] = value
    if (declared.update === 'none') continue
    state[`${name}|ema`] = value
    state[`${name}|m`] = nothing()
    if (!usesMuon(declared)) state[`${name}|v`] = nothing()
  }
  return state
}

/** The scalars of step `step` (from 0), for a rate factor and a moving average's decay. */
export function stepInputs(
  step: number,
  { betas: [b1, b2] }: OptimiserConfig,
  rateScale: number,
  emaDecay: number,
): Record<string, HostTensor> {
  const scalar = (value: number): HostTensor => ({ data: Float32Array.of(value), shape: [], dtype: 'f32' })
  const t = step + 1
  const deviationCorrection = Math.sqrt(1 - b2 ** t)
  return {
    'step.rateScale': scalar(rateScale),
    'step.adamScale': scalar(deviationCorrection / (1 - b1 ** t)),
    'step.adamEpsilon': scalar(adamEpsilon * deviationCorrection),
    'step.emaDecay': scalar(emaDecay),
  }
}
