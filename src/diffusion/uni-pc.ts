import type { Sampler } from './sampler.ts'

/** A prediction of the clean sample, and the time that it was made at. */
interface Prediction {
  readonly time: number
  readonly clean: Float32Array
}

/**
 * UniPC of order 2 with B₂(h), predicting clean samples (Zhao et al. 2023, arXiv 2302.04867, algorithms 5 to 8), as Wan
 * uses it: the first and the last step are of order 1, and every step but the first corrects the one before.
 * Its times begin above 0, as `uniPcSchedule`'s do.
 */
export const uniPc: Sampler = async function* (denoise, start, schedule, options = {}) {
  const steps = schedule.length - 1
  /** What the step before began with, after its correction. */
  let from = start
  let x = start
  let last: Prediction | null = null
  let beforeLast: Prediction | null = null
  for (let index = 0; index < steps; index++) {
    options.signal?.throwIfAborted()
    const time = schedule[index] ?? 0
    const now: Prediction = { time, clean: await denoise(x, time, index) }
    if (last) {
      x = correct(from, now, last, beforeLast)
      options.restore?.(x)
    }
    from = x
    x = predict(from, schedule[index + 1] ?? 1, now, index < steps - 1 ? last : null)
    options.restore?.(x)
    yield { index, steps, x, predicted: now.clean }
    beforeLast = index < steps - 1 ? last : null
    last = now
  }
  return x
}

/** λ: half the logarithm of signal over noise, squared. */
const logRatio = (time: number): number => Math.log(time) - Math.log(1 - time)

/** The step that both parts share: its length in λ, and the factors of what it starts from and of predictions. */
function stepFrom(time: number, next: number) {
  const length = logRatio(next) - logRatio(time)
  const gain = -next * Math.expm1(-length)
  return { length, keep: (1 - next) / (1 - time), gain }
}

/** UniP: the sample at the next time. `before` makes it of order 2. */
function predict(from: Float32Array, next: number, now: Prediction, before: Prediction | null): Float32Array {
  const { length, keep, gain } = stepFrom(now.time, next)
  const ratio = before ? (logRatio(before.time) - logRatio(now.time)) / length : 1
  const slope = before ? (0.5 * gain) / ratio : 0
  return from.map((value, i) => {
    const clean = now.clean[i] ?? 0
    return keep * value + gain * clean + slope * ((before?.clean[i] ?? clean) - clean)
  })
}

/** UniC: the sample at this time once more, now that a prediction has been made here. */
function correct(
  from: Float32Array,
  now: Prediction,
  last: Prediction,
  before: Prediction | null,
): Float32Array {
  const { length, keep, gain } = stepFrom(last.time, now.time)
  const ratio = before ? (logRatio(before.time) - logRatio(last.time)) / length : 1
  const [early, late] = before ? correctorWeights(length, ratio) : [0, 0.5]
  return from.map((value, i) => {
    const clean = last.clean[i] ?? 0
    const change = early * ((before?.clean[i] ?? clean) - clean) + late * ((now.clean[i] ?? 0) - clean)
    return keep * value + gain * (clean + change)
  })
}

/** The weights of the two differences: ρ₁/r and ρ₂ of R·ρ = b, where R = [[1, 1], [r, 1]]. */
function correctorWeights(length: number, ratio: number): [number, number] {
  const h = -length
  const scale = Math.expm1(h)
  const phi = scale / h - 1
  const [first, second] = [phi / scale, (2 * (phi / h - 0.5)) / scale]
  const rho = (second - first) / (ratio - 1)
  return [rho / ratio, first - rho]
}
