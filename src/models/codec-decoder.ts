import { bytesOf, compile, hostTensor, input, pictureBytes, type Runtime, reshape } from '../graph/index.ts'
import { type NetworkWeights, Parameters } from '../nn/index.ts'
import { createFrames, type Frames } from '../video/frames.ts'
import { type CodecConfig, codecStride, decode } from './codec.ts'

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
  const side = size * codecStride
  const shape = [1, config.latentChannels, size, size]
  const decoded = decode(parameters, config, input('latents', shape), input('previous', shape))
  const count = config.framesPerLatent
  const pixels = pictureBytes(reshape(decoded, [count, 3, side, side]))
  const program = compile({ pixels }, { weights: weights })
  const session = await runtime.open(program, threads === undefined ? {} : { threads })
  return {
    decode: async (latents, previous) => {
      const outputs = await session.run({
        latents: hostTensor(latents, shape),
        previous: hostTensor(previous, shape),
      })
      return createFrames({
        data: bytesOf(outputs, 'pixels'),
        count,
        height: side,
        width: side,
        channels: 3,
        fps,
      })
    },
    close: () => session.close(),
  }
}
