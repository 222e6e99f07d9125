import { execFile } from 'node:child_process'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { HostTensor, Runtime } from '../graph/index.ts'
import { readTensorFile } from '../runtime/tensor-file.ts'
import { type WeightPart, writePart } from '../runtime/weight-folder.ts'
import { learnedInTurn } from '../world/learned.ts'
import { readPartLearned, writeLearned } from '../world/learned-file.ts'
import { createTask } from './create-task.ts'
import type { Part, PartConfig } from './parts.ts'
import { averagesIn } from './start-weights.ts'
import type { TrainingTask } from './trainer.ts'

/** Puts the moving averages of a run's checkpoint into the weight folder, in 16 bits, with an entry in its manifest. */
export async function publishCheckpoint(
  part: Part,
  config: PartConfig,
  runtime: Runtime,
): Promise<WeightPart> {
  const task = await createTask(part, config, runtime)
  const { tensors, metadata } = await readTensorFile(join(config.folder, 'checkpoint.safetensors'))
  return publishWeights(task, config, averagesIn(tensors), Number(metadata.step))
}

/** Writes weights as `publishCheckpoint` does, and what they have learned. @param step how many steps they were trained */
export async function publishWeights(
  task: TrainingTask,
  config: PartConfig,
  weights: ReadonlyMap<string, HostTensor>,
  step: number,
): Promise<WeightPart> {
  const whole = task.finish ? await task.finish(weights) : weights
  const { seed, batchSize } = config
  if (task.learned) {
    const before = config.from === null ? null : readPartLearned(dirname(config.from), task.name)
    const own = task.learned(step)
    await writeLearned(config.weights, task.name, before ? learnedInTurn(before, own) : own)
  }
  return writePart(config.weights, { name: 'toybox', part: task.name }, whole, {
    trainedOn: `${task.source ?? 'the toybox world'}, ${(step * task.batchSize).toLocaleString('en')} items`,
    commit: await currentCommit(),
    settings: { seed, batchSize, steps: step },
  })
}

/** The commit that is checked out; null outside a clone. */
export async function currentCommit(): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)('git', ['rev-parse', 'HEAD'])
    return stdout.trim()
  } catch {
    return null
  }
}
