import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { transformerStep } from './train-step.ts'

/** The other contestant of reference/bench_train_step.py: a training step for every line, answered by its seconds. */
const { values } = parseArgs({ options: { threads: { type: 'string' } } })
const job = await transformerStep('adam', {
  rounds: 1,
  ...(values.threads === undefined ? {} : { threads: Number(values.threads) }),
})
for await (const _ of createInterface({ input: process.stdin })) {
  const start = performance.now()
  await job.run()
  console.log((performance.now() - start) / 1000)
}
