import {
  add,
  at,
  attention,
  conv,
  div,
  matmul,
  maximum,
  mul,
  pad,
  reshape,
  type Shape,
  silu,
  split,
  sqrt,
  square,
  sum,
  type Tensor,
  transpose,
  upsampleNearest,
} from '../../graph/index.ts'
import type { Parameters } from '../../nn/index.ts'
import type { FrameCache } from './frame-cache.ts'

/** A convolution by published weights; what is around x is added before. */
function convolve(
  p: Parameters,
  x: Tensor,
  outputs: number,
  kernel: Shape,
  options: { readonly padding?: Shape; readonly strides?: Shape } = {},
): Tensor {
  const inputs = at(x.shape, 1)
  const deviation = kernel.reduce((n, k) => n * k, inputs) ** -0.5
  const weight = p.declare('weight', [outputs, inputs, ...kernel], { deviation })
  const bias = p.declare('bias', [outputs], { value: 0 })
  return add(conv(x, weight, options), reshape(bias, [outputs, ...kernel.map(() => 1)]))
}

/** A 3×3×3 convolution that sees no later frame: [B, C, F, H, W] → [B, outputs, F, H, W]. */
export function causalConvolution(p: Parameters, x: Tensor, outputs: number, cache: FrameCache): Tensor {
  return convolve(p, cache.withTwoBefore(x), outputs, [3, 3, 3], { padding: [0, 1, 1] })
}

export function pointwise(p: Parameters, x: Tensor, outputs: number): Tensor {
  return convolve(p, x, outputs, [1, 1, 1])
}

/** Division by the root mean square over channels [B, C, ...S]; the gain has as many dimensions as published. */
export function channelNorm(p: Parameters, x: Tensor): Tensor {
  const channels = at(x.shape, 1)
  const gain = p.declare('gamma', [channels, ...x.shape.slice(2).map(() => 1)], { value: 1 })
  const length = sqrt(sum(square(x), [1], { keepDims: true }))
  return mul(div(x, maximum(length, 1e-12)), mul(gain, channels ** 0.5))
}

export function residualBlock(p: Parameters, x: Tensor, outputs: number, cache: FrameCache): Tensor {
  const around = at(x.shape, 1) === outputs ? x : pointwise(p.at('conv_shortcut'), x, outputs)
  const y = causalConvolution(p.at('conv1'), silu(channelNorm(p.at('norm1'), x)), outputs, cache)
  return add(around, causalConvolution(p.at('conv2'), silu(channelNorm(p.at('norm2'), y)), outputs, cache))
}

/** Frames as items of a batch: [B, C, F, H, W] → [B·F, C, H, W]. */
function framesApart(x: Tensor): Tensor {
  const [b, c, f, h, w] = x.shape as readonly [number, number, number, number, number]
  return reshape(transpose(x, [0, 2, 1, 3, 4]), [b * f, c, h, w])
}

/** The reverse, for a batch of `batch` videos. */
function framesTogether(x: Tensor, batch: number): Tensor {
  const [n, c, h, w] = x.shape as readonly [number, number, number, number]
  return transpose(reshape(x, [batch, n / batch, c, h, w]), [0, 2, 1, 3, 4])
}

/** Self-attention of each frame's cells, in one head. */
function frameAttention(p: Parameters, x: Tensor): Tensor {
  const channels = at(x.shape, 1)
  const frames = framesApart(x) // [N, C, H, W]
  const asTokens = (t: Tensor): Tensor => transpose(reshape(t, [at(t.shape, 0), at(t.shape, 1), -1]))
  const project = (part: Parameters, t: Tensor, outputs: number): Tensor => {
    const weight = part.declare('weight', [outputs, channels, 1, 1], { deviation: channels ** -0.5 })
    const product = matmul(t, reshape(weight, [outputs, channels]), { transposeB: true })
    return add(product, part.declare('bias', [outputs], { value: 0 }))
  }
  const qkv = project(p.at('to_qkv'), asTokens(channelNorm(p.at('norm'), frames)), 3 * channels)
  const [q, k, v] = split(qkv, 2, [channels, channels, channels]) as [Tensor, Tensor, Tensor]
  const seen = project(p.at('proj'), attention(q, k, v, 1), channels)
  return add(x, framesTogether(reshape(transpose(seen), frames.shape), at(x.shape, 0)))
}

/** The middle of both halves: two residual blocks around attention. */
export function middle(p: Parameters, x: Tensor, cache: FrameCache): Tensor {
  const width = at(x.shape, 1)
  const y = frameAttention(p.at('attentions.0'), residualBlock(p.at('resnets.0'), x, width, cache))
  return residualBlock(p.at('resnets.1'), y, width, cache)
}

/** The end of both halves. */
export function last(p: Parameters, x: Tensor, outputs: number, cache: FrameCache): Tensor {
  return causalConvolution(p.at('conv_out'), silu(channelNorm(p.at('norm_out'), x)), outputs, cache)
}

/** Half as high and wide, and half as many frames if in time too; of the first chunk, all frames stay. */
export function downsample(p: Parameters, x: Tensor, inTime: boolean, cache: FrameCache): Tensor {
  const width = at(x.shape, 1)
  const wider = pad(pad(framesApart(x), 2, 0, 1), 3, 0, 1)
  const smaller = framesTogether(
    convolve(p.at('resample.1'), wider, width, [3, 3], { strides: [2, 2] }),
    at(x.shape, 0),
  )
  const withBefore = inTime ? cache.withOneBefore(smaller) : null
  return withBefore
    ? convolve(p.at('time_conv'), withBefore, width, [3, 1, 1], { strides: [2, 1, 1] })
    : smaller
}

/** Twice as high and wide with half the channels, and twice as many frames if in time too; the first stays one. */
export function upsample(p: Parameters, x: Tensor, inTime: boolean, cache: FrameCache): Tensor {
  const withBefore = inTime ? cache.withTwoAfterFirst(x) : null
  const longer = withBefore
    ? interleave(convolve(p.at('time_conv'), withBefore, 2 * at(x.shape, 1), [3, 1, 1]))
    : x
  const wider = upsampleNearest(framesApart(longer), 2)
  const half = Math.floor(at(x.shape, 1) / 2)
  return framesTogether(
    convolve(p.at('resample.1'), wider, half, [3, 3], { padding: [1, 1] }),
    at(x.shape, 0),
  )
}

/** Channels [B, 2·C, F, H, W] to frames in turn: [B, C, 2·F, H, W]. */
function interleave(x: Tensor): Tensor {
  const [b, c2, f, h, w] = x.shape as readonly [number, number, number, number, number]
  const apart = transpose(reshape(x, [b, 2, c2 / 2, f, h, w]), [0, 2, 3, 1, 4, 5])
  return reshape(apart, [b, c2 / 2, 2 * f, h, w])
}
