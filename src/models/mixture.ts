import {
  add,
  at,
  constant,
  div,
  exp,
  log,
  max,
  minimum,
  mul,
  reshape,
  slice,
  square,
  sub,
  sum,
  type Tensor,
} from '../graph/index.ts'
import type { Random } from '../util/random.ts'

/**
 * Mixtures of normal distributions (mixture density networks; Bishop 1994): their likelihood, for training, and draws
 * from them. A network gives one for every slot, [slots, K, 1 + 2·numbers]: for each of K components the logit of its
 * weight, its means, and the logarithms of its spreads.
 * Slots may be each by itself, or together: then the k-th components of all slots are one component of the whole
 * scene, so that who is ahead of whom is drawn once and not twice.
 */

/** Below this spread a normal is not sharpened further: half a pixel's thousandth gains nothing. */
export const leastSpread = 0.05

/** Spreads are not larger than e to this. */
const largestLogSpread = 3

/** With ones, which of its numbers a slot has: only they count. */
export type OwnNumbers = (slot: number) => readonly number[]

/**
 * −ln p of each slot's numbers under its own mixture.
 * @param predicted [B, T, slots, K, 1 + 2·numbers]
 * @param targets [B, T, slots, numbers]
 * @returns [B, T, slots], in nats
 */
export function natsOfEach(predicted: Tensor, targets: Tensor, own: OwnNumbers): Tensor {
  const logits = logitsOf(predicted)
  return sub(logSumExp(logits), logSumExp(sub(logits, natsOfComponents(predicted, targets, own))))
}

/**
 * −ln p of all slots' numbers together. Shapes as for `natsOfEach`.
 * @param mask 1 for slots that there are, [B, T, slots]
 * @returns [B, T], in nats
 */
export function natsTogether(predicted: Tensor, targets: Tensor, own: OwnNumbers, mask: Tensor): Tensor {
  const logits = sum(logitsOf(predicted), [2])
  const present = reshape(mask, [...mask.shape, 1])
  const nats = sum(mul(natsOfComponents(predicted, targets, own), present), [2])
  return sub(logSumExp(logits), logSumExp(sub(logits, nats)))
}

function logitsOf(predicted: Tensor): Tensor {
  return reshape(slice(predicted, 4, 0, 1), predicted.shape.slice(0, 4))
}

/** −ln of each component's density, [B, T, slots, K]. */
function natsOfComponents(predicted: Tensor, targets: Tensor, own: OwnNumbers): Tensor {
  const [slots, numbers] = [at(targets.shape, 2), at(targets.shape, 3)]
  const means = slice(predicted, 4, 1, 1 + numbers)
  const raw = slice(predicted, 4, 1 + numbers, 1 + 2 * numbers)
  const spread = add(exp(minimum(raw, largestLogSpread)), leastSpread)
  const wanted = reshape(targets, [...targets.shape.slice(0, 3), 1, numbers])
  const nats = add(mul(square(div(sub(wanted, means), spread)), 0.5), log(spread))
  const counted = Array.from({ length: slots }, (_, slot) => own(slot)).flat()
  const perNumber = mul(add(nats, 0.5 * Math.log(2 * Math.PI)), constant(counted, [slots, 1, numbers]))
  return sum(perNumber, [4])
}

/** ln Σ eˣ over the last dimension. */
function logSumExp(x: Tensor): Tensor {
  const highest = max(x, [-1], { keepDims: true })
  const total = log(sum(exp(sub(x, highest)), [-1]))
  return add(total, reshape(highest, total.shape))
}

/** A mixture as a network gave it: [slots, components, 1 + 2·numbers]. */
export interface Mixture {
  readonly data: Float32Array
  readonly slots: number
  readonly components: number
}

/** One draw, numbers by slot, each from its own mixture; a temperature below 1 sharpens weights and spreads. */
export function drawEach(mixture: Mixture, temperature: number, random: Random): number[][] {
  return Array.from({ length: mixture.slots }, (_, slot) => {
    const chosen = choose(weightLogits(mixture, slot), temperature, random)
    return drawNormals(mixture, slot, chosen, temperature, random)
  })
}

/** One draw, numbers by slot, of all slots together. */
export function drawTogether(mixture: Mixture, temperature: number, random: Random): number[][] {
  const bySlot = Array.from({ length: mixture.slots }, (_, slot) => weightLogits(mixture, slot))
  const joint = Array.from({ length: mixture.components }, (_, k) =>
    bySlot.reduce((total, logits) => total + (logits[k] ?? 0), 0),
  )
  const chosen = choose(joint, temperature, random)
  return bySlot.map((_, slot) => drawNormals(mixture, slot, chosen, temperature, random))
}

const sizeOfComponent = ({ data, slots, components }: Mixture): number => data.length / (slots * components)

function weightLogits(mixture: Mixture, slot: number): number[] {
  const size = sizeOfComponent(mixture)
  const from = slot * mixture.components
  return Array.from({ length: mixture.components }, (_, k) => mixture.data[(from + k) * size] ?? 0)
}

function choose(logits: readonly number[], temperature: number, random: Random): number {
  const sharpened = logits.map((logit) => logit / temperature)
  const highest = Math.max(...sharpened)
  const weights = sharpened.map((logit) => Math.exp(logit - highest))
  let left = random.uniform() * weights.reduce((a, b) => a + b, 0)
  const chosen = weights.findIndex((weight) => {
    left -= weight
    return left < 0
  })
  return Math.max(0, chosen)
}

function drawNormals(
  mixture: Mixture,
  slot: number,
  component: number,
  temperature: number,
  random: Random,
): number[] {
  const size = sizeOfComponent(mixture)
  const numbers = (size - 1) / 2
  const base = (slot * mixture.components + component) * size + 1
  return Array.from({ length: numbers }, (_, i) => {
    const spread = leastSpread + Math.exp(Math.min(largestLogSpread, mixture.data[base + numbers + i] ?? 0))
    return (mixture.data[base + i] ?? 0) + temperature * spread * random.normal()
  })
}
