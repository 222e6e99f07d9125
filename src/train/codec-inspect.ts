import { compile, floatsOf, type HostTensor, hostTensor, input, type Runtime } from '../graph/index.ts'
import { type CodecConfig, codecStride, decodeRaw, encodeRaw, previousLatents } from '../models/codec.ts'
import { framesOf, groupedFrames } from '../models/codec-pixels.ts'
import { Parameters, type Weights } from '../nn/index.ts'
import { contactSheet, type Frames, joinFrames, writePng } from '../video/index.ts'

/** Decodes what the codec encoded, beside the original: a sheet, and the peak signal-to-noise ratio in dB. */
export async function inspectCodec(
  runtime: Runtime,
  config: CodecConfig,
  weights: Weights,
  clips: readonly Frames[],
  path: string,
): Promise<number> {
  const [first] = clips
  if (!first) throw new RangeError('there are no clips to look at')
  const parameters = new Parameters()
  const shape = [first.count / config.framesPerLatent, config.framesPerLatent * 3, first.height, first.width]
  const latents = encodeRaw(parameters, config, input('frames', shape))
  const pixels = decodeRaw(parameters, config, latents, previousLatents(latents))
  const session = await runtime.open(compile({ pixels }, { weights }), { threads: 2 })
  const shown: Frames[] = []
  let squares = 0
  let count = 0
  for (const clip of clips) {
    const outputs = await session.run({
      frames: hostTensor(groupedFrames(clip, config.framesPerLatent), shape),
    })
    const decoded = framesOf(floatsOf(outputs, 'pixels'), clip.count, clip.height, clip.fps)
    for (const [i, value] of decoded.data.entries()) squares += (value - (clip.data[i] ?? 0)) ** 2
    count += decoded.data.length
    shown.push(clip, decoded)
  }
  await session.close()
  const sheet = await contactSheet(shown, { columns: 2, framesPerRow: 4, frameWidth: first.width })
  await writePng(path, sheet)
  return 10 * Math.log10(255 ** 2 / (squares / count))
}

/** Mean and deviation of every latent channel, put into the weights that scale latents. */
export async function measureLatents(
  runtime: Runtime,
  config: CodecConfig,
  weights: Weights,
  clips: readonly Frames[],
): Promise<Map<string, HostTensor>> {
  const joined = joinFrames(clips)
  const parameters = new Parameters()
  const shape = [
    joined.count / config.framesPerLatent,
    config.framesPerLatent * 3,
    joined.height,
    joined.width,
  ]
  const latents = encodeRaw(parameters, config, input('frames', shape))
  const needed = new Map([...weights].filter(([name]) => name.startsWith('encoder.')))
  const session = await runtime.open(compile({ latents }, { weights: needed }), { threads: 2 })
  const outputs = await session.run({
    frames: hostTensor(groupedFrames(joined, config.framesPerLatent), shape),
  })
  await session.close()
  const numbers = floatsOf(outputs, 'latents')
  const channels = config.latentChannels
  const area = (joined.height / codecStride) * (joined.width / codecStride)
  const mean = new Float32Array(channels)
  const square = new Float32Array(channels)
  for (const [i, value] of numbers.entries()) {
    const c = Math.floor(i / area) % channels
    mean[c] = (mean[c] ?? 0) + value
    square[c] = (square[c] ?? 0) + value * value
  }
  const perChannel = numbers.length / channels
  const deviation = square.map((sum, c) => {
    const m = (mean[c] ?? 0) / perChannel
    return Math.sqrt(sum / perChannel - m * m)
  })
  const measured = new Map(weights)
  measured.set('latents.mean', {
    data: mean.map((sum) => sum / perChannel),
    shape: [channels],
    dtype: 'f32',
  })
  measured.set('latents.deviation', { data: deviation, shape: [channels], dtype: 'f32' })
  return measured
}
