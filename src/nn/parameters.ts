import {
  type CompileOptions,
  type HostTensor,
  parameter,
  type Shape,
  sizeOf,
  type Tensor,
} from '../graph/index.ts'
import { FramewrightError } from '../util/errors.ts'
import { normalArray } from '../util/random.ts'

/** How a weight starts: a constant, or normal numbers of a standard deviation. */
export type Initial = { readonly value: number } | { readonly deviation: number }

/**
 * What the optimiser does with a weight: orthogonalised momentum for matrices of hidden layers, AdamW for the rest,
 * nothing for numbers that are measured and not learned.
 */
export type Update = 'muon' | 'adam' | 'none'

export interface ParameterDeclaration {
  readonly name: string
  readonly shape: Shape
  readonly initial: Initial
  readonly update: Update
  readonly tensor: Tensor
}

/** Numbers of a network's weights, by name. */
export type Weights = ReadonlyMap<string, HostTensor>

/** A network's weights by name: numbers, or their places in a file. */
export type NetworkWeights = NonNullable<CompileOptions['weights']>

/** How weights are read that a network does not have as it declares them. */
export interface WeightReading {
  /** What a network is given in a weight's place, as one that something is added to. @default the weight */
  readonly changed?: (name: string, weight: Tensor) => Tensor
  /** x·Wᵀ of a linear layer by its weight's name, as with weights of 8 bits; null for the plain product. @default null */
  readonly product?: (name: string, x: Tensor, outputs: number) => Tensor | null
}

/**
 * The weights that a network declares while its forward function runs.
 * `at` gives the same list under a longer name: `parameters.at('blocks.0').declare('weight', …)`.
 */
export class Parameters {
  readonly #prefix: string
  readonly #declared: Map<string, ParameterDeclaration>
  readonly #reading: WeightReading

  constructor(prefix = '', declared = new Map<string, ParameterDeclaration>(), reading: WeightReading = {}) {
    this.#prefix = prefix
    this.#declared = declared
    this.#reading = reading
  }

  /** Every declaration so far, in order. */
  get list(): readonly ParameterDeclaration[] {
    return [...this.#declared.values()]
  }

  at(name: string): Parameters {
    return new Parameters(`${this.#prefix}${name}.`, this.#declared, this.#reading)
  }

  /** The weight of this name; a second declaration of the same name is the same weight. */
  declare(name: string, shape: Shape, initial: Initial, update: Update = 'adam'): Tensor {
    const full = this.#prefix + name
    const known = this.#declared.get(full)
    if (known) return known.tensor
    const weight = parameter(full, shape)
    const tensor = this.#reading.changed?.(full, weight) ?? weight
    this.#declared.set(full, { name: full, shape, initial, update, tensor })
    return tensor
  }

  /** The product of a linear layer with the weight of this name, where it is read another way; else null. */
  product(name: string, x: Tensor, outputs: number): Tensor | null {
    return this.#reading.product?.(this.#prefix + name, x, outputs) ?? null
  }
}

/** How many numbers the weights hold. */
export function parameterCount(list: readonly ParameterDeclaration[]): number {
  return list.reduce((total, { shape }) => total + sizeOf(shape), 0)
}

/** First values: a weight's numbers depend on the seed and on its name only. */
export function initialise(list: readonly ParameterDeclaration[], seed: number): Map<string, HostTensor> {
  return new Map(
    list.map(({ name, shape, initial }) => {
      const size = sizeOf(shape)
      const data =
        'value' in initial
          ? new Float32Array(size).fill(initial.value)
          : normalArray(seed, streamOf(name), size).map((n) => n * initial.deviation)
      return [name, { data, shape, dtype: 'f32' as const }]
    }),
  )
}

/** FNV-1a: a stream of random numbers for every name. */
function streamOf(name: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193)
  return hash >>> 0
}

/**
 * Makes sure that weights are those of a network: all there, none too many, all of the right shape.
 * @throws FramewrightError E_WEIGHTS that lists every difference.
 */
export function checkWeights(
  list: readonly Pick<ParameterDeclaration, 'name' | 'shape'>[],
  weights: ReadonlyMap<string, { readonly shape: Shape }>,
  source: string,
): void {
  const names = new Set(list.map(({ name }) => name))
  const missing = list.filter(({ name }) => !weights.has(name)).map(({ name }) => name)
  const unexpected = [...weights.keys()].filter((name) => !names.has(name))
  const misshaped = list.flatMap(({ name, shape }) => {
    const got = weights.get(name)?.shape
    return got && got.join() !== shape.join() ? [`${name} is ${got.join('×')}, not ${shape.join('×')}`] : []
  })
  const parts = [
    ...(missing.length > 0 ? [`missing: ${some(missing)}`] : []),
    ...(unexpected.length > 0 ? [`unexpected: ${some(unexpected)}`] : []),
    ...(misshaped.length > 0 ? [`of another shape: ${some(misshaped)}`] : []),
  ]
  if (parts.length > 0) {
    throw new FramewrightError('E_WEIGHTS', `${source} does not fit the network (${parts.join('; ')})`)
  }
}

const some = (items: readonly string[]): string =>
  items.length <= 6 ? items.join(', ') : `${items.slice(0, 6).join(', ')} and ${items.length - 6} more`
