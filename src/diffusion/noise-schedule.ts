/**
 * The walk of a network that was trained on a thousand levels of noise: as times for a `Sampler`, and as the numbers
 * that the network is told. A time t leaves the share σ = 1 − t of noise.
 */
export interface NoiseSchedule {
  /** From noise to clean, one more than there are steps; the last is 1. */
  readonly times: readonly number[]
  /** What the network is told at each step: about 1000·σ, by each scheduler's own rounding. */
  readonly timesteps: readonly number[]
}

/** Levels of noise in training. */
const levels = 1000

/** Moves a share of noise toward 1 (Esser et al. 2024, arXiv 2403.03206, equation 23). */
const shiftNoise = (noise: number, shift: number): number => (shift * noise) / (1 + (shift - 1) * noise)

/** The same with every operation in 32 bits, as the reference has it for its table of all levels. */
function shiftNoise32(noise: number, shift: number): number {
  const share = Math.fround(noise)
  const below = Math.fround(1 + Math.fround(Math.fround(shift - 1) * share))
  return Math.fround(Math.fround(Math.fround(shift) * share) / below)
}

/** Evenly spaced numbers with both ends, in the order of NumPy's operations: the last bit decides what is cut off. */
function evenly(from: number, to: number, count: number): number[] {
  const distance = (to - from) / (count - 1)
  return Array.from({ length: count }, (_, i) => (i > 0 && i === count - 1 ? to : i * distance + from))
}

/** Noise below 1 by this: at 1 itself UniPC's logarithm of what is clean has no value. */
const leastClean = 1e-6

/**
 * The noise of Wan's UniPC: even from 1 to 1/1000, shifted, in 32 bits; the network is told whole numbers, cut off
 * (UniPCMultistepScheduler of diffusers with flow sigmas).
 * @param steps 1 or more
 * @param shift above 0; Wan 2.1 uses 3 for 480p, 5 for 720p; 1 moves nothing
 * @throws RangeError when either is out of range
 */
export function uniPcSchedule(steps: number, shift: number): NoiseSchedule {
  checkSchedule(steps, shift)
  const noise = evenly(1, 1 / levels, steps + 1)
    .slice(0, steps)
    .map((even) => shiftNoise(even, shift))
    .map((share) => (Math.abs(share - 1) < leastClean ? share - leastClean : share))
  return { times: timesOf(noise), timesteps: noise.map((share) => Math.trunc(share * levels)) }
}

/**
 * The noise of flow matching's Euler steps: even between the shifted ends of the training's levels, and shifted once
 * more (FlowMatchEulerDiscreteScheduler of diffusers).
 * @param steps 1 or more
 * @param shift above 0; 1 moves nothing
 * @throws RangeError when either is out of range
 */
export function flowEulerSchedule(steps: number, shift: number): NoiseSchedule {
  checkSchedule(steps, shift)
  const noise = (
    steps === 1 ? [levels] : evenly(levels, shiftNoise32(1 / levels, shift) * levels, steps)
  ).map((level) => shiftNoise(level / levels, shift))
  return { times: timesOf(noise), timesteps: noise.map(tellExactly) }
}

/**
 * FastWan's three steps, from distribution matching distillation (Yin et al. 2024, arXiv 2405.14867; FastVideo's
 * FastWan2.1-T2V-1.3B): times 1000, 757 and 522, each with the nearest noise of a table of 1000 with shift 8.
 */
export function fastWanSchedule(): NoiseSchedule {
  const timesteps = [1000, 757, 522]
  const table = Array.from({ length: levels }, (_, i) => shiftNoise32(1 - i / levels, 8))
  const distance = (share: number, time: number): number => Math.abs(share * levels - time)
  const noise = timesteps.map((time) =>
    table.reduce((best, share) => (distance(share, time) < distance(best, time) ? share : best)),
  )
  return { times: timesOf(noise), timesteps }
}

/**
 * Self-Forcing's four steps (Huang et al. 2025, arXiv 2506.08009): noise 1, ¾, ½ and ¼ of a table with shift 5.
 */
export function selfForcingSchedule(): NoiseSchedule {
  const noise = [1, 0.75, 0.5, 0.25].map((share) => shiftNoise32(share, 5))
  return { times: timesOf(noise), timesteps: noise.map(tellExactly) }
}

/** Shares of noise are 32-bit numbers in the reference; 1 minus such a number is exact in 64 bits. */
const timesOf = (noise: readonly number[]): number[] => [...noise.map((share) => 1 - Math.fround(share)), 1]

const tellExactly = (share: number): number => Math.fround(Math.fround(share) * levels)

function checkSchedule(steps: number, shift: number): void {
  if (!Number.isInteger(steps) || steps < 1) {
    throw new RangeError(`a schedule has 1, 2, 3 … steps, got ${steps}`)
  }
  if (!(shift > 0 && Number.isFinite(shift))) throw new RangeError(`a shift is above 0, got ${shift}`)
}
