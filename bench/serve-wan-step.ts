import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { hostTensor, int8ProductsOf } from '../src/graph/index.ts'
import { openWanCheckpoint } from '../src/pipeline/wan/checkpoint.ts'
import { withInt8Transformer } from '../src/pipeline/wan/int8-checkpoint.ts'
import { planMemory } from '../src/pipeline/wan/memory-plan.ts'
import { openTransformer } from '../src/pipeline/wan/networks.ts'
import { mainThreadRuntime, readTensorFile, writeTensorFile } from '../src/runtime/index.ts'

/**
 * A contestant of reference/bench_wan_step.py: a line of JSON for every step of the transformer, with its seconds, its
 * seconds of processor time, and the process's largest memory so far in bytes; then the velocity in a file.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    threads: { type: 'string', default: '2' },
    steps: { type: 'string', default: '2' },
    name: { type: 'string', default: 'f32' },
    precision: { type: 'string', default: 'f32' },
    memory: { type: 'string' },
    // Blocks that stay, whatever the memory.
    resident: { type: 'string' },
  },
})

const [folder = ''] = positionals
const precision = values.precision === 'int8' ? 'int8' : 'f32'
const budgetBytes =
  values.memory === undefined ? Number.POSITIVE_INFINITY : 1e9 * Number.parseFloat(values.memory)
const { tensors } = await readTensorFile(join(folder, 'inputs.safetensors'))
const [x, text] = [tensors.get('x'), tensors.get('text')]
if (!x || !text) throw new Error('inputs.safetensors has no x or no text')
const [, , frames = 0, rows = 0, columns = 0] = x.shape
const grid = [frames, rows, columns] as const

const published = await openWanCheckpoint(folder)
const request = { grid, passes: 1, budgetBytes, precision, operationsPerSecond: null } as const
const resident =
  values.resident === undefined ? planMemory(published, request).resident : Number(values.resident)
const checkpoint =
  precision === 'int8' ? await withInt8Transformer(published, { folder: join(folder, 'int8') }) : published
const runtime = await mainThreadRuntime()
// As the pipeline opens them.
const int8Products = await int8ProductsOf(runtime)
const session = { threads: Number(values.threads), memory: 'returned' as const, int8Products }
const network = openTransformer(checkpoint, runtime, grid, { resident, session })
const reading = await network.read(text.data as Float32Array)
let velocity = new Float32Array()
for (let step = 0; step < Number(values.steps); step++) {
  const [start, before] = [performance.now(), process.cpuUsage()]
  const [predicted] = await network.predict(x.data as Float32Array, 500, [reading])
  const [elapsed, { user, system }] = [performance.now() - start, process.cpuUsage(before)]
  velocity = (predicted ?? velocity) as Float32Array<ArrayBuffer>
  const peak = process.resourceUsage().maxRSS * 1024
  console.log(JSON.stringify({ seconds: elapsed / 1e3, processor: (user + system) / 1e6, peak, resident }))
}
await network.close()
const out = new Map([['velocity', hostTensor(velocity, x.shape)]])
await writeTensorFile(
  join(folder, `velocity-${values.name}.safetensors`),
  out,
  { format: 'framewright' },
  'F32',
)
