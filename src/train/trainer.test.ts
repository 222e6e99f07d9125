import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { gelu, hostTensor, input, mean, type Runtime, square, sub } from '../graph/index.ts'
import { defaultOptimiser, linear, Parameters, trainingProgram } from '../nn/index.ts'
import { mainThreadRuntime } from '../runtime/node.ts'
import { normalArray } from '../util/random.ts'
import { type TrainingEvent, type TrainingOptions, type TrainingTask, train } from './trainer.ts'

/** A small network that learns a fixed function: both kinds of update take part. */
function task(): TrainingTask {
  const p = new Parameters()
  const x = input('x', [8, 4])
  const y = linear(p.at('out'), gelu(linear(p.at('in'), x, 16)), 1)
  const loss = mean(square(sub(y, input('target', [8, 1]))))
  return {
    name: 'small',
    parameters: p.list,
    program: trainingProgram(loss, p.list, defaultOptimiser),
    optimiser: defaultOptimiser,
    batchSize: 8,
    batch: async (step) => {
      const data = normalArray(3, step, 32)
      const target = Float32Array.from(
        { length: 8 },
        (_, i) => Math.sin(data[i * 4] ?? 0) + (data[i * 4 + 1] ?? 0),
      )
      return { x: hostTensor(data, [8, 4]), target: hostTensor(target, [8, 1]) }
    },
  }
}

let runtime: Runtime
let folder: string
beforeEach(async () => {
  runtime = await mainThreadRuntime()
  folder = await mkdtemp(join(tmpdir(), 'framewright-train-'))
})
afterEach(() => rm(folder, { recursive: true }))

/** Runs to `steps`, or stops after `stopAt`; the losses by step. */
async function run(
  name: string,
  steps: number,
  stopAt: number | null,
  options: Partial<TrainingOptions> = {},
  what: TrainingTask = task(),
) {
  const stop = new AbortController()
  const losses = new Map<number, number>()
  const events: TrainingEvent[] = []
  const result = await train(what, {
    runtime,
    folder: join(folder, name),
    seed: 5,
    steps,
    threads: 1,
    rate: 1,
    cooldown: 0.25,
    checkpointMinutes: 60,
    inspectEvery: 1000,
    signal: stop.signal,
    ...options,
    onEvent: (event) => {
      events.push(event)
      if (event.type !== 'step-end') return
      losses.set(event.step, event.loss)
      if (event.step === stopAt) stop.abort()
    },
  })
  return { losses, result, events }
}

describe('train', () => {
  it('learns', async () => {
    const { losses, result } = await run('learn', 400, null)
    expect(result.finished).toBe(true)
    const all = [...losses.values()]
    const meanOf = (part: readonly number[]): number => part.reduce((a, b) => a + b, 0) / part.length
    expect(meanOf(all.slice(-50))).toBeLessThan(meanOf(all.slice(0, 10)) / 4)
    expect([...result.weights.keys()]).toEqual(['in.weight', 'in.bias', 'out.weight', 'out.bias'])
  })

  it('goes on after a stop with the losses and weights of a run without one', async () => {
    const whole = await run('whole', 60, null)
    const before = await run('parts', 60, 23)
    expect(before.result).toMatchObject({ step: 23, finished: false })
    const after = await run('parts', 60, null)
    expect(after.events[0]).toMatchObject({ type: 'train-start', step: 23 })
    for (const [step, loss] of whole.losses) {
      expect(step <= 23 ? before.losses.get(step) : after.losses.get(step)).toBe(loss)
    }
    for (const [name, { data }] of whole.result.weights) {
      expect(after.result.weights.get(name)?.data).toEqual(data)
    }
  })

  it('logs what it does, a line for every tenth step', async () => {
    await run('log', 30, null)
    const lines = (await readFile(join(folder, 'log', 'log.jsonl'), 'utf8')).trim().split('\n')
    expect(lines.map((line) => (JSON.parse(line) as { step: number }).step)).toEqual([10, 20, 30])
  })

  it('does not go on from another run’s checkpoint', async () => {
    await run('own', 5, null)
    await expect(run('own', 10, null, { seed: 6 })).rejects.toThrow(/seed 5.*another folder/)
  })

  it('looks at the network as often as it says, once at the end, and not when it is stopped', async () => {
    const looks = (name: string, stopAt: number | null) => {
      const steps: number[] = []
      const inspect: TrainingTask['inspect'] = async (_weights, _folder, step) => {
        steps.push(step)
        return { step }
      }
      return run(name, 6, stopAt, { inspectEvery: 3 }, { ...task(), inspect }).then(() => steps)
    }
    expect(await looks('looks', null)).toEqual([3, 6])
    expect(await looks('looks-stopped', 4)).toEqual([3])
  })

  it('leaves nothing when it is stopped before it begins', async () => {
    const reason = new Error('never')
    await expect(run('never', 5, null, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    expect(await readdir(folder)).toEqual([])
  })

  it('does not take a damaged checkpoint for none', async () => {
    await run('damaged', 2, null)
    const path = join(folder, 'damaged', 'checkpoint.safetensors')
    await writeFile(path, 'not a checkpoint')
    await expect(run('damaged', 4, null)).rejects.toMatchObject({
      code: 'E_DATA',
      message: expect.stringMatching(/is damaged, .*: remove it to begin again/),
    })
    expect(await readFile(path, 'utf8')).toBe('not a checkpoint')
  })

  it('stops with a sentence when the loss is no number', async () => {
    const broken: TrainingTask = {
      ...task(),
      batch: async () => ({
        x: hostTensor(new Float32Array(32).fill(Number.NaN), [8, 4]),
        target: hostTensor(new Float32Array(8), [8, 1]),
      }),
    }
    const promise = train(broken, {
      runtime,
      folder: join(folder, 'broken'),
      seed: 1,
      steps: 5,
      threads: 1,
      rate: 1,
      cooldown: 0.25,
      checkpointMinutes: 60,
      inspectEvery: 1000,
      signal: new AbortController().signal,
      onEvent: () => {},
    })
    await expect(promise).rejects.toThrow(/loss became NaN at step 1/)
  })
})
