import * as ort from 'onnxruntime-node'
import {
  add,
  attention,
  type CompiledProgram,
  compile,
  conv,
  type Feeds,
  gelu,
  gradient,
  type HostTensor,
  hostTensor,
  input,
  localRuntime,
  matmul,
  mean,
  mul,
  type Shape,
  sizeOf,
  square,
  sub,
  sum,
  type Tensor,
} from '../src/graph/index.ts'
import {
  defaultOptimiser,
  initialise,
  initialState,
  layerNorm,
  linear,
  orthogonalise,
  type ParameterDeclaration,
  Parameters,
  stepInputs,
  trainingProgram,
  type Update,
} from '../src/nn/index.ts'
import { normalArray } from '../src/util/random.ts'
import { countOperations, countStep } from './count.ts'
import { type Job, type Measured, machineState, measure } from './measure.ts'

/** The network that is timed: 4.7 million parameters. reference/bench_train_step.py has the same. */
export const transformer = { width: 256, layers: 6, heads: 4, tokens: 256, batch: 16 } as const

/** Parts of the matrix-product peak that a step is to reach. */
const transformerBar = 0.75
const convolutionBar = 0.5

const runtime = localRuntime(ort)

export interface TrainStepOptions {
  readonly rounds: number
  /** CPU threads. @default one a core */
  readonly threads?: number
}

/** Times whole training steps beside this machine's matrix product; prints a table; false where a bar is missed. */
export async function benchTrainStep(options: TrainStepOptions): Promise<boolean> {
  console.log(machineState())
  const jobs = [
    await matrixProduct(options),
    await transformerStep('adam', options),
    await transformerStep('muon', options),
    await convolutionStep(64, 32, options),
    await convolutionStep(128, 32, options),
    await convolutionStep(64, 64, options),
    await convolutionStep(128, 64, options),
  ]
  const [peak, ...steps] = await measure(jobs, options.rounds)
  if (!peak) return false
  print(peak, 1)
  const rows = steps.map((step) => {
    const part = step.gigaflops / peak.gigaflops
    print(step, part)
    return part >= (step.name.startsWith('transformer') ? transformerBar : convolutionBar)
  })
  return rows.every((isMet) => isMet)
}

function print({ name, medianSeconds, gigaflops }: Measured, part: number): void {
  const milliseconds = (medianSeconds * 1000).toFixed(1).padStart(8)
  console.log(
    `${name.padEnd(34)} ${milliseconds} ms ${gigaflops.toFixed(0).padStart(5)} GFLOPS ${(part * 100).toFixed(0).padStart(4)} %`,
  )
}

const numbers = (stream: number, shape: Shape): HostTensor =>
  hostTensor(normalArray(1, stream, sizeOf(shape)), shape)

async function matrixProduct(options: TrainStepOptions): Promise<Job> {
  const [size, times] = [1024, 12]
  const b = input('b', [size, size])
  let product = input('a', [size, size])
  for (let i = 0; i < times; i++) product = matmul(product, b)
  // A chain, and its sum: feeding and handing back would make the peak, and every bar, lower than it is.
  // The factor has rows of length near 1, so that the chain neither grows nor vanishes.
  const factor = numbers(1, [size, size])
  const feeds = {
    a: numbers(0, [size, size]),
    b: { ...factor, data: Float32Array.from(factor.data as Float32Array, (n) => n / Math.sqrt(size)) },
  }
  const operations = 2 * size ** 3 * times
  return programJob(
    '12 matrix products 1024×1024×1024',
    operations,
    compile({ y: sum(product) }),
    feeds,
    options,
  )
}

/** A job that runs a program on the same feeds. */
async function programJob(
  name: string,
  operations: number,
  program: CompiledProgram,
  feeds: Feeds,
  { threads }: TrainStepOptions,
): Promise<Job> {
  const session = await runtime.open(program, threads === undefined ? {} : { threads })
  return { name, operations, run: () => session.run(feeds) }
}

/** The layers' loss: the mean square of what they make of x [B, T, C] less a target. */
export function transformerLoss(p: Parameters): Tensor {
  const { width, layers, heads, tokens, batch } = transformer
  let x: Tensor = input('x', [batch, tokens, width])
  for (let i = 0; i < layers; i++) {
    const block = p.at(`${i}`)
    const normal = layerNorm(block.at('norm1'), x)
    const [q, k, v] = ['q', 'k', 'v'].map((name) => linear(block.at(name), normal, width)) as [
      Tensor,
      Tensor,
      Tensor,
    ]
    x = add(x, linear(block.at('out'), attention(q, k, v, heads), width))
    const inner = gelu(linear(block.at('up'), layerNorm(block.at('norm2'), x), 4 * width))
    x = add(x, linear(block.at('down'), inner, width))
  }
  return mean(square(sub(x, input('target', x.shape))))
}

export async function transformerStep(update: Update, { threads }: TrainStepOptions): Promise<Job> {
  const parameters = new Parameters()
  const loss = transformerLoss(parameters)
  const list = parameters.list.map((one) => ({ ...one, update: one.update === 'muon' ? update : one.update }))
  const session = await runtime.open(
    trainingProgram(loss, list, defaultOptimiser),
    threads === undefined ? {} : { threads },
  )
  await session.setState(initialState(list, initialise(list, 1)))
  const shape = [transformer.batch, transformer.tokens, transformer.width]
  const data = { x: numbers(2, shape), target: numbers(3, shape) }
  let step = 0
  return {
    name: `transformer step, ${update === 'muon' ? 'Muon' : 'AdamW'}`,
    operations: countStep(loss) + (update === 'muon' ? countMuon(list) : 0),
    run: () => session.run({ ...data, ...stepInputs(step++, defaultOptimiser, 1, 0.99) }),
  }
}

/** What Muon's iteration multiplies, which is no small part of a step. */
function countMuon(list: readonly ParameterDeclaration[]): number {
  return list
    .filter(({ update }) => update === 'muon')
    .reduce((total, { shape }) => total + countOperations(orthogonalise(input('m', shape))), 0)
}

/** A 3×3 convolution of 16 pictures: forward, and the gradients in its input and its kernel. */
async function convolutionStep(channels: number, size: number, options: TrainStepOptions): Promise<Job> {
  const [picture, kernel] = [
    [16, channels, size, size],
    [channels, channels, 3, 3],
  ]
  const [x, w, g] = [input('x', picture), input('w', kernel), input('g', picture)]
  const y = conv(x, w, { padding: [1, 1] })
  const [dx, dw] = gradient(sum(mul(y, g)), [x, w])
  if (!dx || !dw) throw new Error('a gradient is missing')
  // One number: handing pictures back would be timed too.
  const total = [y, dx, dw].map((t) => sum(t)).reduce((a, b) => add(a, b))
  const feeds = { x: numbers(4, picture), w: numbers(5, kernel), g: numbers(6, picture) }
  return programJob(
    `convolution step 3×3, ${channels}, 16×${size}×${size}`,
    countStep(y),
    compile({ total }),
    feeds,
    options,
  )
}
