import { describe, expect, it } from 'vitest'
import { compile, floatsOf, hostTensor, input } from '../graph/index.ts'
import { mainThreadRuntime } from '../runtime/node.ts'
import { createRandom, normalArray } from '../util/random.ts'
import { drawEach, drawTogether, leastSpread, natsOfEach, natsTogether } from './mixture.ts'

const [slots, components, numbers] = [3, 2, 4]
const size = 1 + 2 * numbers
const shape = [1, 1, slots, components, size]
const predicted = normalArray(1, 1, slots * components * size)
const targets = normalArray(1, 2, slots * numbers)
/** The last slot has two numbers only. */
const own = (slot: number): number[] => (slot < 2 ? [1, 1, 1, 1] : [1, 1, 0, 0])

const rowOf = (slot: number, k: number): Float32Array =>
  predicted.subarray((slot * components + k) * size, (slot * components + k + 1) * size)

function densityOf(slot: number, k: number): number {
  const row = rowOf(slot, k)
  return own(slot).reduce((product, counts, i) => {
    if (counts === 0) return product
    const spread = leastSpread + Math.exp(row[1 + numbers + i] ?? 0)
    const z = ((targets[slot * numbers + i] ?? 0) - (row[1 + i] ?? 0)) / spread
    return (product * Math.exp(-z * z * 0.5)) / (spread * Math.sqrt(2 * Math.PI))
  }, 1)
}

const weightsOf = (logits: readonly number[]): number[] => {
  const total = logits.reduce((sum, logit) => sum + Math.exp(logit), 0)
  return logits.map((logit) => Math.exp(logit) / total)
}

async function evaluate(mask: readonly number[]): Promise<{ each: Float32Array; together: Float32Array }> {
  const [p, t] = [input('predicted', shape), input('targets', [1, 1, slots, numbers])]
  const program = compile({
    each: natsOfEach(p, t, own),
    together: natsTogether(p, t, own, input('mask', [1, 1, slots])),
  })
  const session = await (await mainThreadRuntime()).open(program)
  const outputs = await session.run({
    predicted: hostTensor(predicted, shape),
    targets: hostTensor(targets, [1, 1, slots, numbers]),
    mask: hostTensor(Float32Array.from(mask), [1, 1, slots]),
  })
  await session.close()
  return { each: floatsOf(outputs, 'each'), together: floatsOf(outputs, 'together') }
}

describe('the likelihood', () => {
  it('of each slot is that of its own mixture of normals', async () => {
    const { each } = await evaluate([1, 1, 1])
    for (let slot = 0; slot < slots; slot++) {
      const weights = weightsOf([0, 1].map((k) => rowOf(slot, k)[0] ?? 0))
      const likelihood = weights.reduce((sum, weight, k) => sum + weight * densityOf(slot, k), 0)
      expect(each[slot]).toBeCloseTo(-Math.log(likelihood), 4)
    }
  })

  it('of all slots together is that of one mixture over the scene, without slots that are not there', async () => {
    const weights = weightsOf(
      [0, 1].map((k) => [0, 1, 2].reduce((sum, slot) => sum + (rowOf(slot, k)[0] ?? 0), 0)),
    )
    for (const mask of [
      [1, 1, 1],
      [1, 0, 1],
      [0, 0, 0],
    ]) {
      const { together } = await evaluate(mask)
      const likelihood = weights.reduce(
        (sum, weight, k) =>
          sum + weight * mask.reduce((product, m, slot) => (m ? product * densityOf(slot, k) : product), 1),
        0,
      )
      expect(together[0]).toBeCloseTo(-Math.log(likelihood), 4)
    }
  })
})

describe('draws', () => {
  // Two slots of one number: −1 in the first component, 1 in the second, both as likely, hardly any spread.
  const mixture = {
    data: Float32Array.from([0, -1, -20, 0, 1, -20, 0, -1, -20, 0, 1, -20]),
    slots: 2,
    components: 2,
  }
  const signs = (draw: typeof drawEach): string[] =>
    Array.from({ length: 200 }, (_, seed) =>
      draw(mixture, 0.6, createRandom(seed, 1))
        .map(([x]) => Math.sign(x ?? 0))
        .join(' '),
    )

  it('of all slots together are of one component', () => {
    const drawn = signs(drawTogether)
    expect(new Set(drawn)).toEqual(new Set(['-1 -1', '1 1']))
    expect(drawn.filter((sign) => sign === '1 1').length).toBeGreaterThan(60)
  })

  it('of each slot by itself are of all pairs', () => {
    expect(new Set(signs(drawEach)).size).toBe(4)
  })

  it('are the same for the same random numbers', () => {
    expect(drawEach(mixture, 1, createRandom(3, 1))).toEqual(drawEach(mixture, 1, createRandom(3, 1)))
  })
})
