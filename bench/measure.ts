import { cpus, loadavg } from 'node:os'

/** Something to time: one call is one run. */
export interface Job {
  readonly name: string
  /** Floating-point operations of one run, a multiplication and an addition counted as two. */
  readonly operations: number
  readonly run: () => Promise<unknown>
}

export interface Measured {
  readonly name: string
  readonly medianSeconds: number
  /** 10⁹ operations a second, by the median. */
  readonly gigaflops: number
}

/**
 * Median times of jobs that take turns, so that whatever else the machine does weighs on all of them alike.
 * Every job runs twice before.
 */
export async function measure(jobs: readonly Job[], rounds: number): Promise<Measured[]> {
  const seconds = jobs.map((): number[] => [])
  for (let round = -2; round < rounds; round++) {
    for (const [i, job] of jobs.entries()) {
      const start = performance.now()
      await job.run()
      if (round >= 0) seconds[i]?.push((performance.now() - start) / 1000)
    }
  }
  return jobs.map(({ name, operations }, i) => {
    const medianSeconds = median(seconds[i] ?? [])
    return { name, medianSeconds, gigaflops: operations / medianSeconds / 1e9 }
  })
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]]
  return ((low ?? Number.NaN) + (high ?? Number.NaN)) / 2
}

/** What else the machine was doing: numbers of a busy one say little. */
export function machineState(): string {
  return `${cpus().length} cores, load ${(loadavg()[0] ?? 0).toFixed(2)} at the start`
}
