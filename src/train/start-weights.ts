import type { HostTensor } from '../graph/index.ts'
import { readTensorFile } from '../runtime/tensor-file.ts'

/** Weights to start a training from: a weight file, or the moving averages of a checkpoint. */
export async function readStartWeights(path: string): Promise<Map<string, HostTensor>> {
  const { tensors } = await readTensorFile(path)
  const averages = averagesIn(tensors)
  return averages.size > 0 ? averages : tensors
}

/** The moving averages in a checkpoint, by their weights' names. */
export function averagesIn(tensors: ReadonlyMap<string, HostTensor>): Map<string, HostTensor> {
  const suffix = '|ema'
  return new Map(
    [...tensors].flatMap(([name, value]) =>
      name.endsWith(suffix) ? [[name.slice(0, -suffix.length), value] as const] : [],
    ),
  )
}
