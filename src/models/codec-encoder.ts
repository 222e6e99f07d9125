import { compile, floatsOf, hostTensor, input, type Runtime } from '../graph/index.ts'
import { type NetworkWeights, Parameters } from '../nn/index.ts'
import { type CodecConfig, codecStride, encode } from './codec.ts'

/** Turns frames into latents. */
export interface Encoder {
  /**
   * @param pixels groups of frames in [−1, 1], [groups, framesPerLatent·3, 8S, 8S]
   * @returns latents of mean 0 and deviation 1, [groups, C, S, S]
   */
  encode(pixels: Float32Array): Promise<Float32Array>
  close(): Promise<void>
}

/** Opens the codec's first half for `groups` groups of frames at a time, of `size`×`size` cells. */
export async function openEncoder(
  runtime: Runtime,
  config: CodecConfig,
  weights: NetworkWeights,
  { groups, size, threads }: { readonly groups: number; readonly size: number; readonly threads?: number },
): Promise<Encoder> {
  const side = size * codecStride
  const shape = [groups, config.framesPerLatent * 3, side, side]
  const latents = encode(new Parameters(), config, input('pixels', shape))
  const program = compile({ latents }, { weights })
  const session = await runtime.open(program, threads === undefined ? {} : { threads })
  return {
    encode: async (pixels) =>
      floatsOf(await session.run({ pixels: hostTensor(pixels, shape) }), 'latents').slice(),
    close: () => session.close(),
  }
}
