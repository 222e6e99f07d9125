import { mainThreadRuntime } from '../runtime/node.ts'
import { createTask } from './create-task.ts'
import type { Part, PartConfig } from './parts.ts'
import { publishCheckpoint, publishWeights } from './publish.ts'
import { readStartWeights } from './start-weights.ts'
import { type TrainingEvent, type TrainingResult, train } from './trainer.ts'

export interface TrainPartOptions {
  /** Stops after the step, with a checkpoint. */
  readonly signal: AbortSignal
  readonly onEvent: (event: TrainingEvent) => void
}

/**
 * Trains one network of toybox, going on from its folder's checkpoint if there is one;
 * when the steps are done its weights go into the weight folder.
 */
export async function trainPart(
  part: Part,
  config: PartConfig,
  { signal, onEvent }: TrainPartOptions,
): Promise<TrainingResult> {
  const runtime = await mainThreadRuntime()
  const task = await createTask(part, config, runtime)
  const { from, ...settings } = config
  const result = await train(task, {
    ...settings,
    runtime,
    ...(from === null ? {} : { from: await readStartWeights(from) }),
    signal,
    onEvent,
  })
  if (result.finished) await publishWeights(task, config, result.weights, result.step)
  return result
}

/** Puts a run's checkpoint into the weight folder as it is, finished or not. */
export async function publishPart(part: Part, config: PartConfig): Promise<void> {
  await publishCheckpoint(part, config, await mainThreadRuntime())
}
