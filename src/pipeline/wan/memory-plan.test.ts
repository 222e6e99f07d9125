import { expect, test } from 'vitest'
import type { MappedWeight } from '../../graph/compile.ts'
import { sizeOf } from '../../graph/index.ts'
import { type WanTransformerConfig, wanText1B, wanText14B, wanVae } from '../../models/index.ts'
import { wanParameters } from '../../models/wan/transformer-session.ts'
import type { ParameterDeclaration } from '../../nn/index.ts'
import { umT5Xxl } from '../../text/index.ts'
import { t5Parameters } from '../../text/t5-session.ts'
import type { WanCheckpoint } from './checkpoint.ts'
import { planMemory } from './memory-plan.ts'
import { defaultScheduler } from './scheduler.ts'

function mapped(list: readonly ParameterDeclaration[], fileType: 'F32' | 'BF16'): Map<string, MappedWeight> {
  const bytes = fileType === 'F32' ? 4 : 2
  return new Map(
    list.map(({ name, shape }) => [
      name,
      { shape, fileType, location: 'a', offset: 0, length: bytes * sizeOf(shape) },
    ]),
  )
}

/** A checkpoint of a published size, of which there are no bytes. */
function checkpoint(config: WanTransformerConfig): WanCheckpoint {
  const at = { weightFolder: '', source: '' }
  return {
    name: 'sizes',
    transformer: { ...at, config, weights: mapped(wanParameters(config), 'F32') },
    vae: { ...at, config: wanVae, weights: new Map() },
    text: { ...at, config: umT5Xxl, weights: mapped(t5Parameters(umT5Xxl), 'BF16') },
    pictures: null,
    tokenizer: new Uint8Array(),
    scheduler: defaultScheduler,
  }
}

const request = { grid: [5, 32, 32], passes: 2, operationsPerSecond: null } as const

test('the more may be used the more blocks stay, and what is expected never goes past the budget', () => {
  const small = checkpoint(wanText1B)
  const plans = [4e9, 5e9, 6e9, 8e9, 16e9].map((budgetBytes) =>
    planMemory(small, { ...request, budgetBytes }),
  )
  for (const { peakBytes, budgetBytes } of plans) expect(peakBytes).toBeLessThanOrEqual(budgetBytes)
  const resident = plans.map((plan) => plan.resident)
  expect(resident).toEqual([...resident].sort((a, b) => a - b))
  expect(resident[0]).toBeGreaterThan(0)
  expect(resident[0]).toBeLessThan(30)
  expect(resident.at(-1)).toBe(30)
  expect(plans.at(-1)?.streamedBytes).toBe(0)
})

test('in 8 bits all blocks stay where in 32 bits only some do, and a step is expected to take as long as measured', () => {
  const small = checkpoint(wanText1B)
  const own = { ...request, budgetBytes: 4e9 }
  const [floats, bytes] = (['f32', 'int8'] as const).map((precision) =>
    planMemory(small, { ...own, precision }),
  )
  expect(floats?.resident).toBeLessThan(30)
  expect(bytes).toMatchObject({ resident: 30, streamedBytes: 0, precision: 'int8' })
  // 1.39e9 numbers of 1 byte instead of 4, until a layer of umT5 is what takes most.
  const all = planMemory(small, { ...own, budgetBytes: 16e9 })
  const saved = all.peakBytes - planMemory(small, { ...own, budgetBytes: 16e9, precision: 'int8' }).peakBytes
  expect(saved / (3 * 1.39e9)).toBeGreaterThan(0.8)
  expect(saved / (3 * 1.39e9)).toBeLessThan(1)
  const speed = { layers: 3e11, attention: 1e11 }
  const { stepSeconds, stepOperations } = planMemory(small, { ...own, operationsPerSecond: speed })
  expect(stepSeconds).toBeGreaterThan(stepOperations / 3e11)
  expect(stepSeconds).toBeLessThan(stepOperations / 1e11)
})

test('14B runs a block at a time in 8 GB, and what does not fit is told with what would', () => {
  const large = checkpoint(wanText14B)
  const plan = planMemory(large, { ...request, budgetBytes: 8e9 })
  expect(plan.resident).toBeLessThan(5)
  const long = { ...request, grid: [65, 60, 104] } as const
  expect(() => planMemory(large, { ...long, budgetBytes: 8e9 })).toThrow(
    /too little for this video, whose least is \d+\.\d GB: give that much, or make \d+ frames/,
  )
  const frames = Number(
    /make (\d+) frames/.exec(errorOf(() => planMemory(large, { ...long, budgetBytes: 8e9 })))?.[1],
  )
  const shorter = [(frames - 1) / 4 + 1, 60, 104] as const
  expect(planMemory(large, { ...request, grid: shorter, budgetBytes: 8e9 }).peakBytes).toBeLessThanOrEqual(
    8e9,
  )
  expect(() => planMemory(large, { ...request, budgetBytes: 1e9 })).toThrow(/give that much$/)
})

function errorOf(job: () => unknown): string {
  try {
    job()
    return ''
  } catch (error) {
    return String(error)
  }
}

test('operations of a step are twice the weights’ numbers for every token, and more for attention', () => {
  const { stepOperations } = planMemory(checkpoint(wanText1B), { ...request, budgetBytes: 16e9, passes: 1 })
  const tokens = 5 * 16 * 16
  // But for keys and values of the text, which has tokens of its own.
  const inBlocks = 30 * (6 * 1536 ** 2 + 2 * 1536 * 8960)
  expect(stepOperations / (2 * inBlocks * tokens)).toBeGreaterThan(0.9)
  expect(stepOperations / (2 * inBlocks * tokens)).toBeLessThan(1.3)
})
