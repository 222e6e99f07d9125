import { parentPort, workerData } from 'node:worker_threads'
import { renderBatch } from './clip-batch.ts'
import type { WorkerStart } from './clip-stream.ts'
import { loadPack } from './pack.ts'

/** Worker of `createClipStream`: gets a batch's index, answers with the batch (its pixels moved, not copied). */
const { pack: folder, spec } = workerData as WorkerStart
const port = parentPort
const pack = await loadPack(folder)

port?.on('message', (index: number) => {
  const batch = renderBatch(pack, spec, index)
  port.postMessage(batch, [batch.frames.buffer, ...batch.masks.map((mask) => mask.buffer)])
})
