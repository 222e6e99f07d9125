import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { transformerStep } from './train-step.ts'

/**
 * The other contestant of reference/bench_train_step.py: a training step for every line, answered by its seconds
 * and the seconds of processor time that the process took for it, in user code and in the system.
 */
const { values } = parseArgs({ options: { threads: { type: 'string' } } })
const job = await transformerStep('adam', {
  rounds: 1,
  ...(values.threads === undefined ? {} : { threads: Number(values.threads) }),
})
for await (const _ of createInterface({ input: process.stdin })) {
  const [start, before] = [performance.now(), process.cpuUsage()]
  await job.run()
  const [elapsed, { user, system }] = [performance.now() - start, process.cpuUsage(before)]
  console.log([elapsed / 1e3, user / 1e6, system / 1e6].join(' '))
}
