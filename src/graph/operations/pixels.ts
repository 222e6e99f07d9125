import { apply, at, inputOf, type Operation, output, shapeError, showShape, type Tensor } from '../tensor.ts'
import { add, cast, maximum, minimum, mul } from './elementwise.ts'
import { reshape, transpose } from './layout.ts'
import { sum } from './reduce.ts'

function requirePicture(name: string, x: Tensor, factor: number): void {
  if (x.rank !== 4) throw shapeError(name, `takes pictures [B, C, H, W], got ${showShape(x.shape)}`)
  if (!Number.isInteger(factor) || factor < 1)
    throw shapeError(name, `the factor is 1, 2, 3 …, got ${factor}`)
}

export const upsampleOperation: Operation<number> = {
  name: 'upsampleNearest',
  infer: (inputs, factor) => {
    const x = inputOf({ inputs }, 0)
    requirePicture('upsampleNearest', x, factor)
    const [b, c, h, w] = [at(x.shape, 0), at(x.shape, 1), at(x.shape, 2), at(x.shape, 3)]
    return [{ shape: [b, c, h * factor, w * factor], dtype: x.dtype }]
  },
  gradient: (node, [g]) => {
    if (!g) return [null]
    const factor = node.attributes as number
    const [b, c, h, w] = inputOf(node, 0).shape as [number, number, number, number]
    const blocks = reshape(g, [b * c * h, factor, w, factor])
    return [reshape(sum(blocks, [1, 3]), [b, c, h, w])]
  },
  onnx: (node, [x = ''], { emit, floats }) => {
    const factor = node.attributes as number
    return emit('Resize', [x, '', floats([1, 1, factor, factor], [4])], {
      mode: { string: 'nearest' },
      coordinate_transformation_mode: { string: 'asymmetric' },
      nearest_mode: { string: 'floor' },
    })
  },
}

/** Every picture cell `factor` times as wide and high: [B, C, H, W] → [B, C, H·f, W·f], nearest. */
export function upsampleNearest(x: Tensor, factor: number): Tensor {
  return apply(upsampleOperation, [x], factor)
}

export const pixelUnshuffleOperation: Operation<number> = {
  name: 'pixelUnshuffle',
  infer: (inputs, factor) => {
    const x = inputOf({ inputs }, 0)
    requirePicture('pixelUnshuffle', x, factor)
    const [b, c, h, w] = [at(x.shape, 0), at(x.shape, 1), at(x.shape, 2), at(x.shape, 3)]
    if (h % factor !== 0 || w % factor !== 0) {
      throw shapeError('pixelUnshuffle', `${showShape(x.shape)} is not made of ${factor}×${factor} blocks`)
    }
    return [{ shape: [b, c * factor * factor, h / factor, w / factor], dtype: x.dtype }]
  },
  gradient: (node, [g]) => [g ? pixelShuffle(g, node.attributes as number) : null],
  onnx: (node, [x = ''], { emit, ints }) => {
    const factor = node.attributes as number
    const [b, c, h, w] = inputOf(node, 0).shape as [number, number, number, number]
    // SpaceToDepth puts the place in the block before the channel; PyTorch's order is the other way round.
    const [deep = ''] = emit('SpaceToDepth', [x], { blocksize: { int: factor } })
    const [h2, w2] = [h / factor, w / factor]
    const [byPlace = ''] = emit('Reshape', [deep, ints([b, factor * factor, c, h2 * w2])])
    const [byChannel = ''] = emit('Transpose', [byPlace], { perm: { ints: [0, 2, 1, 3] } })
    return emit('Reshape', [byChannel, ints([b, c * factor * factor, h2, w2])])
  },
}

/** Space to channels: [B, C, H·f, W·f] → [B, C·f·f, H, W] (PyTorch's pixel_unshuffle order). */
export function pixelUnshuffle(x: Tensor, factor: number): Tensor {
  return apply(pixelUnshuffleOperation, [x], factor)
}

export const pixelShuffleOperation: Operation<number> = {
  name: 'pixelShuffle',
  infer: (inputs, factor) => {
    const x = inputOf({ inputs }, 0)
    requirePicture('pixelShuffle', x, factor)
    const [b, c, h, w] = [at(x.shape, 0), at(x.shape, 1), at(x.shape, 2), at(x.shape, 3)]
    if (c % (factor * factor) !== 0) {
      throw shapeError('pixelShuffle', `${c} channels are not made of ${factor}×${factor} blocks`)
    }
    return [{ shape: [b, c / (factor * factor), h * factor, w * factor], dtype: x.dtype }]
  },
  gradient: (node, [g]) => [g ? pixelUnshuffle(g, node.attributes as number) : null],
  onnx: (node, [x = ''], { emit, ints }) => {
    const f = node.attributes as number
    const [b, c, h, w] = output(node, 0).shape as [number, number, number, number]
    // Places in a row go between the columns, then rows between the rows: each moves one axis,
    // which runs up to twice as fast as DepthToSpace.
    const [apart = ''] = emit('Reshape', [x, ints([b * c * f, f, (h / f) * (w / f)])])
    const [columns = ''] = emit('Transpose', [apart], { perm: { ints: [0, 2, 1] } })
    const [rows = ''] = emit('Reshape', [columns, ints([b * c, f, h / f, w])])
    const [picture = ''] = emit('Transpose', [rows], { perm: { ints: [0, 2, 1, 3] } })
    return emit('Reshape', [picture, ints([b, c, h, w])])
  },
}

/** Channels to space: [B, C·f·f, H, W] → [B, C, H·f, W·f] (PyTorch's pixel_shuffle order). */
export function pixelShuffle(x: Tensor, factor: number): Tensor {
  return apply(pixelShuffleOperation, [x], factor)
}

/** Pictures [N, C, H, W] in [−1, 1] as 8-bit pixels [N, H, W, C]; what lies outside becomes 0 or 255. */
export function pictureBytes(x: Tensor): Tensor {
  requirePicture('pictureBytes', x, 1)
  // A cast to bytes cuts off: half a level more rounds.
  const levels = minimum(maximum(add(mul(x, 127.5), 128), 0), 255)
  return cast(transpose(levels, [0, 2, 3, 1]), 'u8')
}
