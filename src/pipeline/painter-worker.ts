import { type Runtime, withOptions } from '../graph/index.ts'
import { type ChunkPainter, openChunkPainter } from '../models/chunk-painter.ts'
import { toyboxCodec } from '../models/codec.ts'
import { openEncoder } from '../models/codec-encoder.ts'
import { toyboxDenoiser } from '../models/denoiser.ts'
import { mainThreadRuntime } from '../runtime/node.ts'
import { serveCalls } from '../runtime/serve-calls.ts'
import type { PainterNote, PainterRequest } from './painter-thread.ts'

let painter: ChunkPainter | null = null

async function open({ denoiser, codec, session, options }: PainterRequest & { kind: 'open' }): Promise<void> {
  const runtime = await mainThreadRuntime()
  const { size, frames: groups } = toyboxDenoiser
  const own = (weightFolder: string): Runtime => withOptions(runtime, { ...session, weightFolder })
  const encoder = await openEncoder(own(codec.weightFolder), toyboxCodec, codec.weights, { size, groups })
  painter = await openChunkPainter(
    own(denoiser.weightFolder),
    toyboxDenoiser,
    denoiser.weights,
    encoder,
    options,
  )
}

serveCalls(async (request: PainterRequest, { signal, note }): Promise<unknown> => {
  if (request.kind === 'open') return open(request)
  if (painter === null) throw new RangeError('the painter is opened before it paints')
  const onStep = (step: number, predicted: Float32Array): void =>
    note({ step, predicted } satisfies PainterNote)
  return painter.paint(request.task, { signal, onStep })
})
