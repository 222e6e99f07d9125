import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { at } from '../graph/index.ts'
import { readSafetensors } from '../graph/safetensors.ts'
import { tensorToFloat32 } from '../graph/tensor-bytes.ts'
import { fewStep } from './few-step.ts'
import {
  fastWanSchedule,
  flowEulerSchedule,
  type NoiseSchedule,
  selfForcingSchedule,
  uniPcSchedule,
} from './noise-schedule.ts'
import { euler, type Sampler } from './sampler.ts'
import { uniPc } from './uni-pc.ts'

const url = new URL('../../reference/golden/wan-schedules.safetensors', import.meta.url)
const golden = readSafetensors(readFileSync(url)).tensors

/** The rows of a tensor of the golden file. */
function rows(name: string): Float32Array[] {
  const tensor = golden.get(name)
  if (!tensor) throw new RangeError(`the golden file has no "${name}"`)
  const numbers = tensorToFloat32(tensor)
  const width = at(tensor.shape, -1)
  return Array.from({ length: numbers.length / width }, (_, i) => numbers.slice(i * width, (i + 1) * width))
}

const [start] = rows('start')
const drift = rows('drift')
const noise = rows('noise')

/** Walks as the reference did, and gives back the worst distance from its rows: σ, timestep, x. */
async function worstOf(sampler: Sampler, { times, timesteps }: NoiseSchedule, expected: Float32Array[]) {
  const worst = { noise: 0, timestep: 0, x: 0 }
  const denoise = async (x: Float32Array, time: number, index: number): Promise<Float32Array> => {
    const noiseHere = 1 - time
    const [share, told] = at(expected, index)
    worst.noise = Math.max(worst.noise, Math.abs(noiseHere - (share ?? Number.NaN)))
    worst.timestep = Math.max(worst.timestep, Math.abs(at(timesteps, index) - (told ?? Number.NaN)))
    const velocity = x.map((value, i) => Math.fround(at(at(drift, index), i) + value / 2))
    return x.map((value, i) => value - noiseHere * at(velocity, i))
  }
  if (!start) throw new Error('no start')
  let count = 0
  for await (const { index, x } of sampler(denoise, start, times)) {
    count++
    for (const [i, value] of x.entries()) {
      worst.x = Math.max(worst.x, Math.abs(value - at(at(expected, index), i + 2)))
    }
  }
  expect(count).toBe(expected.length)
  return worst
}

test.each([
  ['unipc', uniPc, uniPcSchedule],
  ['euler', euler, flowEulerSchedule],
] as const)('%s walks as diffusers does, 1 to 50 steps, shifts 1 to 12', async (name, sampler, schedule) => {
  for (const shift of [1, 3, 5, 12]) {
    const expected = rows(`${name}.${shift}`)
    for (let steps = 1; steps <= 50; steps++) {
      const before = (steps * (steps - 1)) / 2
      const worst = await worstOf(sampler, schedule(steps, shift), expected.slice(before, before + steps))
      expect(worst, `${steps} steps, shift ${shift}`).toMatchObject({ noise: 0, timestep: 0 })
      expect(worst.x, `${steps} steps, shift ${shift}`).toBeLessThan(1e-6)
    }
  }
})

test.each([
  ['fastwan', fastWanSchedule],
  ['selfforcing', selfForcingSchedule],
] as const)('the few steps of %s are those of diffusers’ stochastic sampling', async (name, schedule) => {
  const worst = await worstOf(
    fewStep((index) => at(noise, index)),
    schedule(),
    rows(name),
  )
  expect(worst).toMatchObject({ noise: 0, timestep: 0 })
  expect(worst.x).toBeLessThan(1e-6)
})

test.each([uniPcSchedule, flowEulerSchedule])('schedules without steps or shift are refused', (schedule) => {
  for (const steps of [0, -1, 2.5, Number.NaN]) expect(() => schedule(steps, 3)).toThrow(RangeError)
  for (const shift of [0, -1, Number.POSITIVE_INFINITY, Number.NaN]) {
    expect(() => schedule(4, shift)).toThrow(RangeError)
  }
})

test.each([
  ['UniPC', uniPc],
  ['few steps', fewStep((index) => at(noise, index))],
] as const)('%s puts back what is given, and stops when aborted', async (_name, sampler) => {
  const stop = new AbortController()
  const reason = new Error('enough')
  const restore = (x: Float32Array): void => {
    x[0] = 7
  }
  const seen: (number | undefined)[] = []
  const walk = async (): Promise<void> => {
    const { times } = uniPcSchedule(4, 3)
    const denoise = async (x: Float32Array): Promise<Float32Array> => x.map((value) => value / 2)
    for await (const { index, x } of sampler(denoise, new Float32Array(3), times, {
      restore,
      signal: stop.signal,
    })) {
      seen.push(x[0])
      if (index === 2) stop.abort(reason)
    }
  }
  await expect(walk()).rejects.toBe(reason)
  expect(seen).toEqual([7, 7, 7])
})
