import type { Sampler } from './sampler.ts'

/**
 * The sampler of networks that were distilled to a few steps (Song et al. 2023, arXiv 2303.01469, algorithm 1; Yin et
 * al. 2024, arXiv 2405.14867): the clean sample is predicted at once, and noise is added again for the next step.
 * @param noise new normal noise for the end of the step `index`, as many numbers as the sample has
 */
export const fewStep = (noise: (index: number) => Float32Array): Sampler =>
  async function* (denoise, start, schedule, options = {}) {
    const steps = schedule.length - 1
    let x = start
    for (let index = 0; index < steps; index++) {
      options.signal?.throwIfAborted()
      const predicted = await denoise(x, schedule[index] ?? 0, index)
      const next = schedule[index + 1] ?? 1
      x = next < 1 ? addAgain(predicted, noise(index), next) : predicted.slice()
      options.restore?.(x)
      yield { index, steps, x, predicted }
    }
    return x
  }

function addAgain(clean: Float32Array, noise: Float32Array, time: number): Float32Array {
  return clean.map((value, i) => time * value + (1 - time) * (noise[i] ?? 0))
}
