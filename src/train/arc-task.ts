import {
  add,
  concat,
  constant,
  div,
  type Feeds,
  hostTensor,
  input,
  mul,
  type Runtime,
  reshape,
  slice,
  square,
  sub,
  sum,
  type Tensor,
} from '../graph/index.ts'
import { type ArcConfig, predictNext } from '../models/arc.ts'
import { openArcNetwork } from '../models/arc-sampler.ts'
import { defaultOptimiser, Parameters, trainingProgram, type Weights } from '../nn/index.ts'
import { createRandom } from '../util/random.ts'
import type { FeatureStory } from './stories.ts'
import type { TrainingTask } from './trainer.ts'

export interface ArcTaskOptions {
  readonly config: ArcConfig
  readonly seed: number
  readonly batchSize: number
  readonly stories: readonly FeatureStory[]
  /** Stories that training never sees. */
  readonly heldOut: readonly FeatureStory[]
  readonly runtime: Runtime
}

/** Shots that one training step unrolls. */
const unrolled = 24

/** Noise on what the network sees: few stories, told again and again. */
const inputNoise = 0.3

const optimiser = { ...defaultOptimiser, matrixRate: 1e-3, rate: 5e-4, weightDecay: 0.2 }

/** The arc network's training: stories shot by shot, each from the shots before it. */
export function arcTask(options: ArcTaskOptions): TrainingTask {
  const { config, batchSize, seed, stories } = options
  const { parameters, loss } = arcLoss(config, batchSize)
  return {
    name: 'arc',
    source: `${stories.length} fables and fairy tales in the public domain`,
    parameters: parameters.list,
    program: trainingProgram(loss, parameters.list, optimiser),
    optimiser,
    batchSize,
    batch: async (step) => arcFeeds(config, stories, { seed, step, batchSize }),
    inspect: (weights) => inspectArc(options, weights),
  }
}

/** The mean squared error a number of the next shots, over the shots that there are. */
export function arcLoss(config: ArcConfig, batch: number): { parameters: Parameters; loss: Tensor } {
  const parameters = new Parameters()
  const shots = input('shots', [batch, unrolled, config.features])
  const targets = input('targets', [batch, unrolled, config.features])
  const starts = input('starts', [batch, unrolled])
  const mask = input('mask', [batch, unrolled])
  const zeros = constant(new Array<number>(batch * config.width).fill(0), [batch, config.width])
  let state = { hidden: zeros, cell: zeros }
  const predicted: Tensor[] = []
  for (let i = 0; i < unrolled; i++) {
    const shot = reshape(slice(shots, 1, i, i + 1), [batch, config.features])
    const isStart = slice(starts, 1, i, i + 1)
    const out = predictNext(parameters, config, { shot, isStart }, state)
    state = { hidden: out.state.hidden, cell: out.state.cell }
    predicted.push(reshape(out.next, [batch, 1, config.features]))
  }
  const errors = sum(square(sub(concat(predicted, 1), targets)), [2])
  const count = add(mul(sum(mask), config.features), 1e-6)
  return { parameters, loss: div(sum(mul(errors, mask)), count) }
}

interface BatchOf {
  readonly seed: number
  readonly step: number
  readonly batchSize: number
}

/** Windows of stories: from the beginning, or, of long ones, from a shot on the way. */
function arcFeeds(
  config: ArcConfig,
  stories: readonly FeatureStory[],
  { seed, step, batchSize }: BatchOf,
): Feeds {
  const { features } = config
  const shots = new Float32Array(batchSize * unrolled * features)
  const targets = new Float32Array(batchSize * unrolled * features)
  const starts = new Float32Array(batchSize * unrolled)
  const mask = new Float32Array(batchSize * unrolled)
  for (let item = 0; item < batchSize; item++) {
    const random = createRandom(seed, step * batchSize + item)
    const { rows } = random.pick(stories)
    const spare = rows.length - unrolled
    const first = spare > 0 && random.uniform() < 0.5 ? random.integer(spare + 1) : 0
    for (let i = 0; i < unrolled && first + i < rows.length; i++) {
      const place = item * unrolled + i
      const seen = rows[first + i - 1]
      if (seen)
        shots.set(
          seen.map((value) => value + inputNoise * random.normal()),
          place * features,
        )
      starts[place] = seen ? 0 : 1
      targets.set(rows[first + i] ?? [], place * features)
      mask[place] = 1
    }
  }
  return {
    shots: hostTensor(shots, [batchSize, unrolled, features]),
    targets: hostTensor(targets, [batchSize, unrolled, features]),
    starts: hostTensor(starts, [batchSize, unrolled]),
    mask: hostTensor(mask, [batchSize, unrolled]),
  }
}

/**
 * Squared errors a number on held-out stories, second shots and later: of the network, of "the next is like the last",
 * and of "the next is like the average shot at this place of a story" (tenths of the story, from training).
 */
async function inspectArc(
  { config, stories, heldOut, runtime }: ArcTaskOptions,
  weights: Weights,
): Promise<Record<string, number>> {
  const average = averageByTenth(stories, config.features)
  const network = await openArcNetwork(runtime, config, weights)
  const errors = { network: 0, carryOver: 0, average: 0 }
  let count = 0
  try {
    for (const { rows } of heldOut) {
      const shown = rows.slice(0, longestJudged)
      const expected = await network.predict(shown)
      for (let i = 1; i < shown.length; i++) {
        const actual = shown[i] ?? []
        errors.network += squaredError(expected[i] ?? [], actual)
        errors.carryOver += squaredError(shown[i - 1] ?? [], actual)
        errors.average += squaredError(average[tenthOf(i, rows.length)] ?? [], actual)
        count += config.features
      }
    }
  } finally {
    await network.close()
  }
  return {
    heldOutError: errors.network / count,
    carryOverError: errors.carryOver / count,
    averageError: errors.average / count,
    heldOutShots: count / config.features,
  }
}

/** Of a long tale only its beginning counts, so that it does not outweigh the fables. */
const longestJudged = 60

function squaredError(a: readonly number[], b: readonly number[]): number {
  return b.reduce((sum, value, i) => sum + (value - (a[i] ?? 0)) ** 2, 0)
}

const tenthOf = (i: number, count: number): number => Math.min(9, Math.floor((10 * i) / count))

function averageByTenth(stories: readonly FeatureStory[], features: number): number[][] {
  const sums = Array.from({ length: 10 }, () => ({ total: new Array<number>(features).fill(0), count: 0 }))
  for (const { rows } of stories) {
    for (const [i, row] of rows.entries()) {
      const tenth = sums[tenthOf(i, rows.length)]
      if (!tenth) continue
      tenth.count++
      for (const [k, value] of row.entries()) tenth.total[k] = (tenth.total[k] ?? 0) + value
    }
  }
  return sums.map(({ total, count }) => total.map((value) => value / Math.max(1, count)))
}
