import { gigabytes, type MemoryPlan } from '../pipeline/wan/memory-plan.ts'
import { formatSeconds } from './progress.ts'

/** One line: what stays in memory, how much that will be, and how long a step is expected to take. */
export function formatMemoryPlan(plan: MemoryPlan): string {
  const { blocks, precision, resident, peakBytes, budgetBytes, streamedBytes, stepSeconds } = plan
  const stay =
    resident === blocks
      ? `all ${blocks} blocks stay`
      : `${resident} of ${blocks} blocks stay, ${gigabytes(streamedBytes)} are read at every step`
  const time =
    stepSeconds === null ? '' : `; a step is expected to take ${formatSeconds(Math.max(1, stepSeconds))}`
  const bits = precision === 'int8' ? ' in 8 bits' : ''
  return `memory     ${stay}${bits}; at most ${gigabytes(peakBytes)} of ${gigabytes(budgetBytes)}${time}`
}
