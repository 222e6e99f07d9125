import { expect, it } from 'vitest'
import { compile, constant, floatsOf, input } from '../graph/index.ts'
import { mainThreadRuntime } from '../runtime/node.ts'
import { createRandom } from '../util/random.ts'
import { detailLoss } from './denoiser-loss.ts'

const shape = [1, 2, 3, 8, 8] as const
const size = shape.reduce<number>((a, b) => a * b, 1)

it('is nothing for as much detail elsewhere in a window, and much for half of it', async () => {
  const random = createRandom(4)
  const clean = Float32Array.from({ length: size }, () => random.normal())
  const weight = constant(new Array<number>(2 * 64).fill(1), [1, 2, 1, 8, 8])
  const loss = detailLoss(input('predicted', shape), input('clean', shape), weight)
  const session = await (await mainThreadRuntime()).open(compile({ loss }, { weights: new Map() }))
  const lossOf = async (predicted: Float32Array): Promise<number> => {
    const feed = (data: Float32Array) => ({ data, shape, dtype: 'f32' as const })
    return floatsOf(await session.run({ predicted: feed(predicted), clean: feed(clean) }), 'loss')[0] ?? -1
  }
  // Two columns of the same window in each other's place.
  const moved = clean.map((_, i) => clean[i ^ 1] ?? 0)
  expect(await lossOf(clean)).toBe(0)
  expect(await lossOf(moved)).toBeLessThan(1e-9)
  const [half, most] = [
    await lossOf(clean.map((value) => value / 2)),
    await lossOf(clean.map((value) => 0.8 * value)),
  ]
  expect(half).toBeGreaterThan(0.1)
  expect(most).toBeLessThan(half / 4)
  await session.close()
})
