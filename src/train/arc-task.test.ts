import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mainThreadRuntime } from '../runtime/index.ts'
import { shotFeatureNames } from '../story/shot-features.ts'
import { createRandom } from '../util/random.ts'
import { arcTask } from './arc-task.ts'
import { type FeatureStory, isHeldOutStory, readStories } from './stories.ts'
import { train } from './trainer.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framewright-arc-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Stories whose every third shot is tense, and the one after it sad: "like the last" is mostly wrong. */
function patterned(seed: number): FeatureStory {
  const random = createRandom(seed)
  const phase = random.integer(3)
  const rows = Array.from({ length: 12 }, (_, i) =>
    [(i + phase) % 3 === 0 ? 2 : -1, (i + phase) % 3 === 1 ? -2 : 1].map(
      (value) => value + 0.1 * random.normal(),
    ),
  )
  return { title: `${seed}`, rows }
}

test('the network learns what comes after what, from more than the last shot', async () => {
  const runtime = await mainThreadRuntime()
  const config = { features: 2, width: 16 }
  const stories = Array.from({ length: 40 }, (_, i) => patterned(i))
  const heldOut = Array.from({ length: 10 }, (_, i) => patterned(1000 + i))
  const numbers: Record<string, number>[] = []
  await train(arcTask({ config, seed: 1, batchSize: 16, stories, heldOut, runtime }), {
    runtime,
    folder: join(folder, 'run'),
    seed: 1,
    steps: 120,
    rate: 20,
    cooldown: 0.25,
    threads: 1,
    checkpointMinutes: 60,
    inspectEvery: 120,
    signal: new AbortController().signal,
    onEvent: (event) => {
      if (event.type === 'inspect-end') numbers.push(event.numbers)
    },
  })
  const { heldOutError = 1, carryOverError = 0, averageError = 0 } = numbers.at(-1) ?? {}
  expect(heldOutError).toBeLessThan(0.15 * carryOverError)
  expect(heldOutError).toBeLessThan(0.3 * averageError)
}, 180_000)

test('stories are read as the planner sees them; two tellings of a fable are on one side', async () => {
  await writeFile(
    join(folder, 'fox.txt'),
    'The Fox\n\nA fox runs through the forest. The fox sees a hen. The fox chases the hen. The hen flies away. The fox cries.\n',
  )
  const [story] = await readStories(folder)
  expect(story?.title).toBe('The Fox')
  expect(story?.rows.length).toBeGreaterThanOrEqual(4)
  expect(story?.rows.every((row) => row.length === shotFeatureNames.length)).toBe(true)
  await expect(readStories(join(folder, 'none'))).rejects.toMatchObject({ code: 'E_DATA' })
  expect(isHeldOutStory('The Frogs and the Ox')).toBe(isHeldOutStory('The Ox and the Frog'))
  const titles = Array.from(
    { length: 600 },
    (_, i) => `The Fox and the Number ${i.toString(36).replace(/\d/g, 'q')}x`,
  )
  expect(new Set(titles.map(isHeldOutStory)).size).toBe(2)
})
