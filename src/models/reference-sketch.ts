import {
  add,
  at,
  concat,
  div,
  exp,
  matmul,
  pixelShuffle,
  reshape,
  silu,
  sum,
  type Tensor,
  upsampleNearest,
} from '../graph/index.ts'
import { convolution, linear, type Parameters, rmsNorm } from '../nn/index.ts'
import type { ReferenceConditions, ReferenceConfig } from './reference.ts'

/**
 * A picture straight from its words and its take, [B, channels, R, R] in about [−1, 1]: where both say all there is to say,
 * it is a plain function of them, learned from every picture whatever its noise. Cells of two, one and half of the
 * body's size are drawn one after the other.
 */
export function sketchReference(
  p: Parameters,
  { size, cellPixels, sketchWidth, sketchChannels }: ReferenceConfig,
  conditions: ReferenceConditions,
  channels: number,
): Tensor {
  const b = at(conditions.text.shape, 0)
  const told = concat([rmsNorm(p.at('norm'), meanOfWords(conditions)), conditions.kind, conditions.take], 1)
  const first = silu(linear(p.at('in'), told, sketchWidth))
  const idea = add(first, silu(linear(p.at('idea'), first, sketchWidth)))
  const [wide, half] = [sketchChannels, sketchChannels / 2]
  const side = size / 2
  const coarse = reshape(linear(p.at('cells'), idea, wide * side * side), [b, wide, side, side])
  const cells = convolution(p.at('one'), silu(upsampleNearest(coarse, 2)), wide, 3)
  const closer = add(cells, convolution(p.at('closer'), silu(cells), wide, 3))
  const fine = convolution(p.at('half'), silu(upsampleNearest(closer, 2)), half, 3)
  const pixels = cellPixels / 2
  return pixelShuffle(convolution(p.at('out'), silu(fine), channels * pixels ** 2, 3), pixels)
}

/** Mean of the words' vectors without padding: [B, textWidth]. */
function meanOfWords({ text, textBias }: ReferenceConditions): Tensor {
  const [b, tokens, width] = [at(text.shape, 0), at(text.shape, 1), at(text.shape, 2)]
  const present = exp(reshape(textBias, [b, 1, tokens]))
  return reshape(div(matmul(present, text), sum(present, [2], { keepDims: true })), [b, width])
}
