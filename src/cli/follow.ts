import type { GenerateEvent } from '../pipeline/events.ts'
import { formatMemoryPlan } from './format-memory-plan.ts'
import { formatDuration, type Progress } from './progress.ts'

/** Shows a generator's events as progress until its result comes. */
export async function follow<Result>(
  events: AsyncGenerator<GenerateEvent, Result>,
  progress: Progress,
): Promise<Result> {
  let shots = 1
  while (true) {
    const next = await events.next()
    if (next.done) return next.value
    if (next.value.type === 'shots-planned') shots = next.value.shots.length
    showEvent(next.value, progress, shots)
  }
}

/** @param shots of the whole film: where there are several, a stage says which one it is at */
export function showEvent(event: GenerateEvent, progress: Progress, shots: number): void {
  switch (event.type) {
    case 'stage-start':
      progress.start(
        event.shot === null || shots < 2 ? event.stage : `${event.stage} ${event.shot + 1}/${shots}`,
      )
      break
    case 'stage-end':
      progress.end(formatDuration(event.milliseconds))
      break
    case 'step-end':
      progress.step(event.step, event.steps)
      break
    case 'warning':
      progress.say(`framewright: warning: ${event.warning.message}`)
      break
    case 'memory-planned':
      progress.say(formatMemoryPlan(event.plan))
      break
    case 'text-understood':
    case 'story-planned':
    case 'shots-planned':
    case 'reference-drawn':
    case 'motion-planned':
    case 'frames-expected':
    case 'frames-decoded':
    case 'frames-ready':
      break
  }
}
