import { guide } from '../../diffusion/index.ts'
import type { WanNetwork, WanReading } from '../../models/wan/transformer-session.ts'
import type { Walk } from './scheduler.ts'

export interface DenoiseOptions extends Walk {
  /** Normal noise, [1, channels, F, H, W]. */
  readonly noise: Float32Array
  /** What is given beside the noise, [1, more channels, F, H, W]; null for text-to-video. @default null */
  readonly condition?: Float32Array | null
  /** The prompt, as `network.read` gives it. */
  readonly prompt: WanReading
  /** What guidance pushes away from; null for guidance 1, which takes half the time. */
  readonly negative: WanReading | null
  readonly guidance: number
  /** Predictions of steps that are done already, of the same walk: they are not made again. @default none */
  readonly done?: readonly Float32Array[]
  readonly signal?: AbortSignal
  readonly onBlock?: (done: number, blocks: number) => void
  /** Before the next step begins; `predicted` is the clean sample as the network saw it. */
  readonly onStep?: (step: DenoiseStep) => Promise<void> | void
}

export interface DenoiseStep {
  readonly index: number
  readonly steps: number
  readonly predicted: Float32Array
  /** Whether it was among `done`. */
  readonly isDone: boolean
}

/**
 * Walks from noise to latents. The walk depends on the network through its predictions alone: with those of the first
 * steps given, it goes on as if it had never stopped, to the bit.
 */
export async function denoiseLatents(network: WanNetwork, options: DenoiseOptions): Promise<Float32Array> {
  const { sampler, schedule, noise, condition = null, prompt, negative, guidance, done = [] } = options
  const { signal, onBlock, onStep } = options
  const readings = negative === null ? [prompt] : [prompt, negative]
  const about = { ...(signal ? { signal } : {}), ...(onBlock ? { onBlock } : {}) }
  const predict = async (x: Float32Array, time: number, index: number): Promise<Float32Array> => {
    const known = done[index]
    if (known) return known
    const seen = condition === null ? x : joined(x, condition)
    const [wanted, away] = await network.predict(seen, schedule.timesteps[index] ?? 0, readings, about)
    const velocity = away && wanted ? guide(away, wanted, guidance) : (wanted ?? x)
    // x = (1 − σ)·clean + σ·noise, and the velocity is noise − clean.
    return x.map((value, i) => value - (1 - time) * (velocity[i] ?? 0))
  }
  const walk = sampler(predict, noise, schedule.times, signal ? { signal } : {})
  while (true) {
    const next = await walk.next()
    if (next.done) return next.value
    const { index, steps, predicted } = next.value
    await onStep?.({ index, steps, predicted, isDone: index < done.length })
  }
}

/** Channels of one sample, and more behind them. */
function joined(x: Float32Array, more: Float32Array): Float32Array {
  const all = new Float32Array(x.length + more.length)
  all.set(x)
  all.set(more, x.length)
  return all
}
