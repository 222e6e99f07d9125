import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mountDisk, unmountDisk } from './test-disk.ts'
import { runProgram } from './test-program.ts'

/** A disk of 8 kB in memory; only root may mount one. */
let disk = ''
let isMounted = false
beforeAll(async () => {
  disk = await mkdtemp(join(tmpdir(), 'framewright-disk-'))
  isMounted = await mountDisk(disk, '8k')
})
afterAll(async () => {
  if (isMounted) await unmountDisk(disk)
  await rm(disk, { recursive: true })
})

const quick = ['--steps', '1', '--seconds', '0.5', '--quiet']
const cases: readonly (readonly [file: string, args: readonly string[]])[] = [
  ...['a.mp4', 'a.webm', 'a.webp', 'a.gif', 'frames/'].map(
    (file) => [file, ['a dog runs', ...quick, '-o', file]] as const,
  ),
  [
    'sheet.png',
    ['a dog runs', ...quick, '-o', join(tmpdir(), `framewright-${process.pid}.mp4`), '--sheet', 'sheet.png'],
  ],
  ['motion.png', ['motion', 'a dog runs', '--quiet', '-o', 'motion.png']],
  ['cast/', ['cast', 'a dog runs', '--quiet', '-o', 'cast/']],
]

test.for(cases)('%s on a disk that fills up: one sentence, nothing left', async ([file, args], { skip }) => {
  skip(!isMounted, 'only root may mount a small disk')
  const { code, stdout, stderr } = await runProgram(disk, args)
  expect(stderr).toMatch(
    /^(?:framewright: what was made is kept; to go on: .*\n)?framewright: \S+ cannot be written: the disk is full; free some space and run it again\n$/,
  )
  expect(stderr).toContain(file)
  expect(stderr).not.toContain('.part')
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(await readdir(disk)).toEqual([])
})
afterAll(() => rm(join(tmpdir(), `framewright-${process.pid}.mp4`), { force: true }))
