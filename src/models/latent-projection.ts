import { at, type HostTensor, hostTensor } from '../graph/index.ts'
import type { Weights } from '../nn/index.ts'
import { FramewrightError } from '../util/errors.ts'
import { createFrames, type Frames } from '../video/frames.ts'

/**
 * Roughly what latents look like, without their decoder: every cell's numbers through one matrix give its pixels. See
 * `fitProjection` for where the matrix comes from.
 */
export interface LatentProjection {
  /** Numbers of a latent cell. */
  readonly channels: number
  /** Pixels on a side that stand for a cell. */
  readonly side: number
  /** [side·side·3, channels]: pixels by rows, red, green and blue of each, 0 black to 1 white. */
  readonly matrix: Float32Array
  /** [side·side·3]. */
  readonly bias: Float32Array
}

/** Latents that a projection is used on, and how they lie in memory. */
export interface ProjectedLatents {
  readonly data: Float32Array
  /** Whether all frames of a channel lie together [C, F, h, w], or all channels of a frame [F, C, h, w]. */
  readonly order: 'channels-first' | 'frames-first'
  readonly frames: number
  readonly rows: number
  readonly columns: number
}

/** Pictures of latents, `side` pixels a cell. @param fps latent frames a second */
export function projectLatents(
  { channels, side, matrix, bias }: LatentProjection,
  { data, order, frames, rows, columns }: ProjectedLatents,
  fps: number,
): Frames {
  const area = rows * columns
  const [channelStride, frameStride] =
    order === 'channels-first' ? [frames * area, area] : [area, channels * area]
  const [height, width] = [rows * side, columns * side]
  const pixels = new Uint8Array(frames * height * width * 3)
  const cell = new Float64Array(channels)
  for (let f = 0; f < frames; f++) {
    for (let i = 0; i < area; i++) {
      for (let c = 0; c < channels; c++) cell[c] = data[f * frameStride + c * channelStride + i] ?? 0
      const top = (f * rows + Math.floor(i / columns)) * side
      const left = (i % columns) * side
      for (let out = 0; out < bias.length; out++) {
        let value = bias[out] ?? 0
        for (let c = 0; c < channels; c++) value += (matrix[out * channels + c] ?? 0) * (cell[c] ?? 0)
        const pixel = Math.floor(out / 3)
        const y = top + Math.floor(pixel / side)
        const x = left + (pixel % side)
        pixels[(y * width + x) * 3 + (out % 3)] = Math.round(255 * Math.min(1, Math.max(0, value)))
      }
    }
  }
  return createFrames({ data: pixels, count: frames, height, width, channels: 3, fps })
}

/** A projection as tensors of a file: `matrix` and `bias`. */
export function projectionTensors({
  channels,
  matrix,
  bias,
}: LatentProjection): ReadonlyMap<string, HostTensor> {
  return new Map([
    ['matrix', hostTensor(matrix, [bias.length, channels])],
    ['bias', hostTensor(bias, [bias.length])],
  ])
}

/**
 * The projection that `projectionTensors` wrote.
 * @param channels that the latents have
 * @throws FramewrightError E_WEIGHTS when the tensors are of another shape
 */
export function parseProjection(tensors: Weights, channels: number): LatentProjection {
  const [matrix, bias] = [tensors.get('matrix'), tensors.get('bias')]
  const outputs = bias ? at(bias.shape, 0) : 0
  const side = Math.sqrt(outputs / 3)
  const fits = matrix?.shape.join() === [outputs, channels].join() && Number.isInteger(side) && side > 0
  if (!fits || !bias) {
    throw new FramewrightError(
      'E_WEIGHTS',
      `a projection of ${channels} channels has a matrix of side·side·3×${channels} and a bias, got ${matrix?.shape.join('×') ?? 'no matrix'}`,
    )
  }
  return { channels, side, matrix: matrix.data as Float32Array, bias: bias.data as Float32Array }
}
