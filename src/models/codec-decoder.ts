import { compile, floatsOf, hostTensor, input, type Runtime } from '../graph/index.ts'
import { type NetworkWeights, Parameters } from '../nn/index.ts'
import type { Frames } from '../video/index.ts'
import { type CodecConfig, codecStride, decode } from './codec.ts'
import { framesOf } from './codec-pixels.ts'

/** Turns latents into frames, a latent frame at a time, so that memory does not grow with the length. */
export interface Decoder {
  /**
   * @param latents [C, S, S], one latent frame
   * @param previous the one before it; itself for a clip's first
   * @returns its frames, RGB
   */
  decode(latents: Float32Array, previous: Float32Array): Promise<Frames>
  close(): Promise<void>
}

/** Opens the codec's second half for latent frames of `size`×`size` cells. */
export async function openDecoder(
  runtime: Runtime,
  config: CodecConfig,
  weights: NetworkWeights,
  { size, fps, threads }: { readonly size: number; readonly fps: number; readonly threads?: number },
): Promise<Decoder> {
  const parameters = new Parameters()
  const shape = [1, config.latentChannels, size, size]
  const pixels = decode(parameters, config, input('latents', shape), input('previous', shape))
  const program = compile({ pixels }, { weights: weights })
  const session = await runtime.open(program, threads === undefined ? {} : { threads })
  const side = size * codecStride
  return {
    decode: async (latents, previous) => {
      const outputs = await session.run({
        latents: hostTensor(latents, shape),
        previous: hostTensor(previous, shape),
      })
      return framesOf(floatsOf(outputs, 'pixels'), config.framesPerLatent, side, fps)
    },
    close: () => session.close(),
  }
}
