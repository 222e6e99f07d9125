import { velocity } from './flow.ts'

/** Predicts the clean sample of x at time t, for the step of this index. */
export type Denoise = (x: Float32Array, t: number, index: number) => Promise<Float32Array>

export interface SamplerOptions {
  /** Checked before every step; the sampler rejects with its reason. */
  readonly signal?: AbortSignal
  /** Called with x after every step; puts back what is given and must not drift. */
  readonly restore?: (x: Float32Array) => void
}

/** What a sampler yields after each step. */
export interface SamplerStep {
  readonly index: number
  readonly steps: number
  /** The sample at the step's end. */
  readonly x: Float32Array
  /** The clean sample as predicted in this step: a preview. */
  readonly predicted: Float32Array
}

/** A sampler walks x through the times of a schedule, 0 noise to 1 clean. */
export type Sampler = (
  denoise: Denoise,
  x: Float32Array,
  schedule: readonly number[],
  options?: SamplerOptions,
) => AsyncGenerator<SamplerStep, Float32Array>

/** Euler's method on the flow's equation. */
export const euler: Sampler = async function* (denoise, start, schedule, options = {}) {
  const steps = schedule.length - 1
  let x = start
  for (let index = 0; index < steps; index++) {
    options.signal?.throwIfAborted()
    const t = schedule[index] ?? 0
    const next = schedule[index + 1] ?? 1
    const predicted = await denoise(x, t, index)
    x = move(x, velocity(x, predicted, t), next - t)
    options.restore?.(x)
    yield { index, steps, x, predicted }
  }
  return x
}

/** Heun's method (Karras et al. 2022, arXiv 2206.00364, algorithm 1 without churn): two predictions a step but the last. */
export const heun: Sampler = async function* (denoise, start, schedule, options = {}) {
  const steps = schedule.length - 1
  let x = start
  for (let index = 0; index < steps; index++) {
    options.signal?.throwIfAborted()
    const t = schedule[index] ?? 0
    const next = schedule[index + 1] ?? 1
    const predicted = await denoise(x, t, index)
    const first = velocity(x, predicted, t)
    const ahead = move(x, first, next - t)
    options.restore?.(ahead)
    if (next < 1) {
      options.signal?.throwIfAborted()
      const second = velocity(ahead, await denoise(ahead, next, index), next)
      x = move(
        x,
        first.map((v, i) => (v + (second[i] ?? 0)) / 2),
        next - t,
      )
      options.restore?.(x)
    } else x = ahead
    yield { index, steps, x, predicted }
  }
  return x
}

function move(x: Float32Array, direction: Float32Array, distance: number): Float32Array {
  const out = new Float32Array(x.length)
  for (let i = 0; i < out.length; i++) out[i] = (x[i] ?? 0) + distance * (direction[i] ?? 0)
  return out
}

/** Classifier-free guidance (Ho & Salimans 2022, arXiv 2207.12598) on predictions of the clean sample. */
export function guide(unconditional: Float32Array, conditional: Float32Array, scale: number): Float32Array {
  return conditional.map((value, i) => {
    const without = unconditional[i] ?? 0
    return without + scale * (value - without)
  })
}

/** The same sample for both sides of `guide`, one after the other. */
export function twice(x: Float32Array): Float32Array {
  const both = new Float32Array(x.length * 2)
  both.set(x)
  both.set(x, x.length)
  return both
}
