import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { weightFolder } from '../pipeline/weights.ts'
import { readManifest, readWeights } from '../runtime/weight-folder.ts'
import { readPartLearned } from '../world/learned-file.ts'
import { mountDisk, unmountDisk } from './test-disk.ts'
import { interruptProgram, runProgram } from './test-program.ts'

let folder = ''
/** Of the trained parts, with the text encoder beside it: never the package's own, which a finished run writes to. */
let weights = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framewright-cli-train-'))
  weights = join(folder, 'weights', 'toybox')
  await mkdir(weights, { recursive: true })
  await symlink(join(weightFolder(), 'minilm'), join(folder, 'weights', 'minilm'))
  await writeFile(join(folder, 'settings.json'), JSON.stringify({ batchSize: 1, inspectEvery: 2, weights }))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** The motion network: its clips need no art. */
const motion = ['train', 'motion', '--config', 'settings.json', '--threads', '1']

test('a run stops at Ctrl-C with a checkpoint, goes on from there, and ends with weights', async () => {
  const stopped = await interruptProgram(
    folder,
    [...motion, '--folder', 'run', '--steps', '100000'],
    /1\/100000 {2}loss/,
  )
  const step = Number(
    /interrupted at step (\d+); the same command goes on from there\n$/.exec(stopped.stderr)?.[1],
  )
  expect(step).toBeGreaterThan(0)
  expect(stopped).toMatchObject({ code: 130, stdout: '' })
  expect(stopped.stderr).toMatch(
    /^from step 0 of 100000: [\d,]+ parameters\n1\/100000 {2}loss \d+\.\d+ {2}[\d.]+ items\/s {2}.* left\n/,
  )
  expect(stopped.stderr).toContain(`step ${step}: checkpoint ${join('run', 'checkpoint.safetensors')}\n`)
  expect(await readdir(weights)).toEqual([])

  const end = step + 2
  const finished = await runProgram(folder, [...motion, '--folder', 'run', '--steps', `${end}`])
  expect(finished).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^run: motion, (?:\d+ min )?\d+ s\n$/),
  })
  expect(finished.stderr).toContain(`from step ${step} of ${end}: `)
  expect(finished.stderr).toMatch(new RegExp(`${end}/${end} {2}loss .*\n`))
  expect(finished.stderr).toMatch(new RegExp(`step ${end}: heldOutNats [\\d.]+`))
  expect(await readdir(join(folder, 'run', 'samples'))).toContain(`step-${String(end).padStart(6, '0')}.png`)
  const log = (await readFile(join(folder, 'run', 'log.jsonl'), 'utf8')).trim().split('\n')
  expect(JSON.parse(log.at(-1) ?? '')).toMatchObject({ step: end, heldOutNats: expect.any(Number) })

  // With a sha256 that fits, or this would throw.
  expect((await readWeights(weights, 'motion')).size).toBeGreaterThan(10)
  const { parts } = await readManifest(weights)
  expect(parts.motion).toMatchObject({ settings: { batchSize: 1, steps: end, seed: 1 } })
  // So few items teach nothing, and that is what is written down.
  expect(readPartLearned(weights, 'motion')).toMatchObject({ subjects: [], settings: [] })
})

test('toybox is all of its parts, whose own settings it does not take', async () => {
  const { code, stdout, stderr } = await runProgram(folder, ['train', 'toybox', '--batch', '4'])
  expect(stderr).toMatch(
    /^framewright: toybox is all of its parts, and --batch is a part’s own: train codec, [^\n]*\n$/,
  )
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
})

test('a checkpoint that is cut short is not taken for none', async () => {
  const checkpoint = join(folder, 'run', 'checkpoint.safetensors')
  await truncate(checkpoint, 5000)
  const { code, stdout, stderr } = await runProgram(folder, [...motion, '--folder', 'run', '--steps', '2'])
  expect(stderr).toMatch(
    /^framewright: run\/checkpoint\.safetensors is damaged, [^\n]*: remove it to begin again\n$/,
  )
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect((await readFile(checkpoint)).length).toBe(5000)
})

test('a full disk: one sentence, and nothing is left of the checkpoint', async ({ skip, onTestFinished }) => {
  const run = join(folder, 'full')
  await mkdir(run)
  // Room for samples, and not for a checkpoint.
  const isMounted = await mountDisk(run, '1m')
  skip(!isMounted, 'only root may mount a small disk')
  onTestFinished(() => unmountDisk(run))
  const { code, stderr } = await runProgram(folder, [...motion, '--folder', 'full', '--steps', '1'])
  expect(stderr).toMatch(
    /\nframewright: full\/checkpoint\.safetensors cannot be written: the disk is full; free some space and run it again\n$/,
  )
  expect(code).toBe(2)
  expect(await readdir(run)).toEqual(['samples'])
})

test('an altered weight file is found before training learns from it', async () => {
  const altered = join(folder, 'altered')
  await cp(join(weightFolder(), 'minilm'), join(altered, 'minilm'), { recursive: true })
  await truncate(join(altered, 'minilm', 'model.safetensors'), 1_000_000)
  const args = ['train', 'motion', '--weights', join(altered, 'toybox'), '--folder', 'none', '--steps', '1']
  const { code, stdout, stderr } = await runProgram(folder, args)
  expect(stderr).toMatch(/^framewright: [^\n]*model\.safetensors is cut short or altered[^\n]*\n$/)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(await readdir(folder)).not.toContain('none')
})

test('a batch that clips do not divide into is refused', async () => {
  const pack = fileURLToPath(new URL('../world/fixtures', import.meta.url))
  await writeFile(join(folder, 'pack.json'), JSON.stringify({ pack }))
  const args = ['train', 'codec', '--config', 'pack.json', '--batch', '3', '--folder', 'none']
  const { code, stderr } = await runProgram(folder, args)
  expect(stderr).toBe('framewright: --batch of the codec must be a multiple of 2, got 3\n')
  expect(code).toBe(2)
})

test('the preview is solved for: it has no batch, and needs the codec', async () => {
  const batch = await runProgram(folder, ['train', 'preview', '--batch', '2'])
  expect(batch).toMatchObject({ code: 2, stderr: expect.stringContaining('--steps is its number of clips') })
  const without = await runProgram(folder, ['train', 'preview', '--weights', join(folder, 'nothing')])
  expect(without).toMatchObject({ code: 2, stderr: expect.stringMatching(/manifest\.json is missing/) })
})

test('content that the world does not have is refused', async () => {
  await writeFile(join(folder, 'content.json'), JSON.stringify({ cast: ['dog', 'catt'] }))
  const args = ['train', 'motion', '--config', 'content.json', '--folder', 'none']
  const { code, stderr } = await runProgram(folder, args)
  expect(stderr).toContain('content.json: `cast.1`: the world has no subject "catt": did you mean "cat"?; ')
  expect(code).toBe(2)
})
