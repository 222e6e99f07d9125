import { fileURLToPath } from 'node:url'
import * as ort from 'onnxruntime-node'
import { expect, test } from 'vitest'
import { floatsOf, localRuntime } from '../graph/index.ts'
import { gridSide, toyboxClassifier } from '../models/classifier.ts'
import { openClassifier } from '../models/classifier-reader.ts'
import { initialise, initialState, stepInputs } from '../nn/index.ts'
import { actorOf } from '../world/actors.ts'
import { loadPack } from '../world/pack.ts'
import { type ClipScript, scriptClip } from '../world/script.ts'
import type { WorldPack } from '../world/world-pack.ts'
import { worlds } from '../world/worlds.ts'
import { createClipRounds, lookAtScript } from './classifier-clips.ts'
import { classifierTask, labelsFit } from './classifier-task.ts'

const runtime = localRuntime(ort)
const pack = await loadPack(fileURLToPath(new URL('../world/fixtures', import.meta.url)))

/** Scripts that the small pack of the tests has the art for. */
function scripts(count: number): ClipScript[] {
  const cast = worlds.first.cast.filter((id) => pack.sprites.has(actorOf(id).id))
  const places = worlds.first.places.filter((name) => hasCanvas(pack, name))
  return Array.from({ length: count }, (_, seed) => scriptClip(seed, { cast, places }))
}

function hasCanvas({ canvases }: WorldPack, name: string): boolean {
  return ['day', 'sunset', 'night'].some((time) => canvases.has(`${name}/${time}`))
}

test('the network has an output for every name of the labels', () => {
  expect(labelsFit(toyboxClassifier)).toBe(true)
})

test('a clip’s masks lie where its actors are, in the moments that are seen', async () => {
  const [script] = scripts(1)
  if (!script) throw new Error('there is a script')
  const { shown, frames } = await lookAtScript(script, pack, null)
  const { moments, side } = toyboxClassifier
  const grid = gridSide(toyboxClassifier)
  expect(frames).toHaveLength(2 * moments * side * side * 3)
  for (const [i, { mask }] of shown.entries()) {
    // The first moment is of the frames from the second on.
    const state = script.plan.actors[i]?.states[1]
    const cells = mask.subarray(0, grid * grid)
    const total = cells.reduce((a, b) => a + b, 0)
    const x = cells.reduce((sum, share, cell) => sum + share * ((cell % grid) + 0.5), 0) / total / grid
    expect(Math.abs(x - (state?.centerX ?? Number.NaN))).toBeLessThan(0.15)
  }
})

test('clips of a round come up equally often, and the same for every run', async () => {
  const made: number[] = []
  const create = async (index: number) => {
    made.push(index)
    return { script: null, frames: new Uint8Array([index]), shown: [] }
  }
  const options = { seed: 4, batchSize: 2, draws: 2, steps: 3, create }
  const read = async (steps: readonly number[]) => {
    const rounds = createClipRounds(options)
    const seen: number[] = []
    for (const step of steps) seen.push(...(await rounds.clipsOf(step)).map(({ frames }) => frames[0] ?? -1))
    return seen
  }
  const all = await read([0, 1, 2, 3, 4, 5])
  expect([...all].sort()).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5])
  expect(made).toHaveLength(6)
  expect(await read([4, 5])).toEqual(all.slice(8))
})

test('the loss falls on clips that it has seen, and they can be read', { timeout: 180_000 }, async () => {
  const config = {
    ...toyboxClassifier,
    fineWidth: 16,
    coarseWidth: 32,
    coarseBlocks: 1,
    trackWidth: 16,
    identityWidth: 16,
  }
  const clips = await Promise.all(scripts(2).map((script) => lookAtScript(script, pack, null)))
  const task = classifierTask({ config, batchSize: 2, seed: 1, clips: async () => clips })
  const session = await runtime.open(task.program, { threads: 1 })
  await session.setState(initialState(task.parameters, initialise(task.parameters, 1)))
  const losses: number[] = []
  for (let step = 0; step < 40; step++) {
    const feeds = { ...(await task.batch(step)), ...stepInputs(step, task.optimiser, 1, 0) }
    losses.push(floatsOf(await session.run(feeds), 'loss')[0] ?? Number.NaN)
  }
  expect(losses[0]).toBeGreaterThan(10)
  expect(losses.at(-1)).toBeLessThan((losses[0] ?? 0) / 3)
  const state = await session.getState(task.parameters.map(({ name }) => name))
  await session.close()

  const reader = await openClassifier(runtime, config, new Map(Object.entries(state)), { threads: 1 })
  const [first] = clips
  if (!first) throw new Error('there is a clip')
  const { shown, scene, actors } = await reader.readMoments(first.frames, ['anyone'])
  await reader.close()
  for (const probabilities of [scene.settings, actors[0]?.heads.actions ?? new Float32Array(0)]) {
    expect(probabilities.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 4)
  }
  expect(shown).toHaveLength(config.moments * gridSide(config) ** 2 * (config.names.subjects + 1))
})
