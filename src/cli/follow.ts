import type { GenerateEvent } from '../pipeline/events.ts'
import { formatDuration, type Progress } from './progress.ts'

/** Shows a generator's events as progress until its result comes. */
export async function follow<Result>(
  events: AsyncGenerator<GenerateEvent, Result>,
  progress: Progress,
): Promise<Result> {
  while (true) {
    const next = await events.next()
    if (next.done) return next.value
    show(next.value, progress)
  }
}

function show(event: GenerateEvent, progress: Progress): void {
  switch (event.type) {
    case 'stage-start':
      progress.start(event.stage)
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
    case 'text-understood':
    case 'reference-drawn':
    case 'motion-planned':
    case 'frames-decoded':
      break
  }
}
