import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom } from '../util/random.ts'
import { latentFlow, schedule, trainingTime, velocity } from './flow.ts'
import { euler, guide, heun, type Sampler } from './sampler.ts'

describe('schedule', () => {
  it('goes from noise to clean, always forward', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.double({ min: 1, max: 12, noNaN: true }),
        (steps, shift) => {
          const times = schedule({ shift, lastDistance: 0.1 }, steps)
          expect(times).toHaveLength(steps + 1)
          expect(times[0]).toBeCloseTo(0, 12)
          expect(times.at(-1)).toBe(1)
          for (const [i, t] of times.entries()) if (i > 0) expect(t).toBeGreaterThan(times[i - 1] ?? 1)
        },
      ),
    )
  })

  it('begins no step nearer to clean than training looks', () => {
    for (const steps of [29, 50, 200]) {
      const times = schedule({ shift: 3, lastDistance: 0.1 }, steps)
      expect(times.at(-2)).toBeCloseTo(0.9, 9)
      const early = schedule({ shift: 3, lastDistance: 0.28 }, steps)
      expect(early.at(-2)).toBeCloseTo(0.72, 9)
    }
  })

  it('moves times toward noise by the published formula', () => {
    // Esser et al. 2024, equation 23, in terms of the share of noise: s·n / (1 + (s − 1)·n).
    const [, middle] = schedule({ shift: 3, lastDistance: 0.1 }, 2)
    expect(1 - (middle ?? 0)).toBeCloseTo((3 * 0.5) / (1 + 2 * 0.5), 12)
  })
})

describe('training times', () => {
  it('have the logit-normal median', () => {
    const random = createRandom(3)
    const times = Array.from({ length: 4001 }, () => trainingTime(latentFlow, random)).sort((a, b) => a - b)
    const median = 1 / (1 + Math.exp(-latentFlow.logitMean))
    expect(times[2000]).toBeCloseTo(median, 1)
    expect(times[0]).toBeGreaterThan(0)
    expect(times.at(-1)).toBeLessThan(1)
  })
})

/** A Gaussian of mean m and deviation s: its best prediction of the clean sample is known in closed form. */
function gaussian(m: number, s: number) {
  return async (x: Float32Array, t: number): Promise<Float32Array> => {
    const variance = t * t * s * s + (1 - t) ** 2
    return x.map((value) => m + ((t * s * s) / variance) * (value - t * m))
  }
}

describe.each([
  ['euler', euler],
  ['heun', heun],
] as const)('%s', (name, sampler: Sampler) => {
  it('carries noise to the distribution whose prediction it follows', async () => {
    const random = createRandom(5)
    const start = Float32Array.from({ length: 4000 }, () => random.normal())
    let x: Float32Array = start
    for await (const step of sampler(gaussian(2, 0.5), start, schedule({ shift: 1, lastDistance: 0.1 }, 40)))
      x = step.x
    const mean = x.reduce((a, b) => a + b, 0) / x.length
    const deviation = Math.sqrt(x.reduce((a, b) => a + (b - mean) ** 2, 0) / x.length)
    // The flow maps each noise number n to 2 + 0.5·n exactly; Heun's error is smaller by an order.
    const worst = Math.max(...x.map((value, i) => Math.abs(value - (2 + 0.5 * (start[i] ?? 0)))))
    expect(mean).toBeCloseTo(2, 1)
    expect(deviation).toBeCloseTo(0.5, 1)
    expect(worst).toBeLessThan(name === 'heun' ? 0.05 : 0.15)
  })

  it('puts back what is given after every step', async () => {
    const restore = (x: Float32Array): void => {
      x[0] = 7
    }
    const seen: number[] = []
    for await (const step of sampler(gaussian(0, 1), new Float32Array(3), [0, 0.3, 1], { restore })) {
      seen.push(step.x[0] ?? 0)
    }
    expect(seen).toEqual([7, 7])
  })

  it('stops between steps when aborted', async () => {
    const stop = new AbortController()
    const reason = new Error('enough')
    const steps: number[] = []
    const run = async (): Promise<void> => {
      for await (const step of sampler(gaussian(0, 1), new Float32Array(3), [0, 0.3, 0.6, 1], {
        signal: stop.signal,
      })) {
        steps.push(step.index)
        stop.abort(reason)
      }
    }
    await expect(run()).rejects.toBe(reason)
    expect(steps).toEqual([0])
  })
})

describe('guidance', () => {
  it('is the conditional prediction at 1 and the other at 0', () => {
    const [a, b] = [Float32Array.of(1, 2), Float32Array.of(5, 3)]
    expect(guide(a, b, 1)).toEqual(b)
    expect(guide(a, b, 0)).toEqual(a)
    expect(guide(a, b, 2)).toEqual(Float32Array.of(9, 4))
  })
})

describe('velocity', () => {
  it('points from noise to clean', () => {
    const [clean, noise, t] = [3, -1, 0.25]
    const x = t * clean + (1 - t) * noise
    expect(velocity(Float32Array.of(x), Float32Array.of(clean), t)[0]).toBeCloseTo(clean - noise, 6)
  })
})
