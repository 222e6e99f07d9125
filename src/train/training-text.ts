import { join } from 'node:path'
import type { Runtime } from '../graph/index.ts'
import { readPart, readWeights } from '../runtime/weight-folder.ts'
import { miniLm } from '../text/index.ts'
import type { PartConfig } from './parts.ts'
import { openTextBatches, type TextBatches } from './text-batches.ts'

/** The text encoder for batches of captions; its weights lie beside the model's. */
export async function openTrainingText(
  { weights, threads }: Pick<PartConfig, 'weights' | 'threads'>,
  runtime: Runtime,
  tokens = 32,
): Promise<TextBatches> {
  const folder = join(weights, '..', 'minilm')
  const encoder = await readWeights(folder, 'model')
  const tokenizer = await readPart(folder, 'tokenizer')
  return openTextBatches({
    config: miniLm,
    weights: encoder,
    tokenizer,
    runtime,
    threads,
    batch: 16,
    tokens,
  })
}
