import { spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { createRandom } from '../src/util/random.ts'
import { machineState } from './measure.ts'

/** Three shots, with everything that a run keeps: the plan of the story, and chunks of every shot. */
const story = [
  'A dog runs through a forest. It meets a rabbit. They dance.',
  '--shots',
  '3',
  '--seed',
  '3',
  '--size',
  '256x256',
  '--quiet',
]

/** Of the moments. */
const seed = 1

/**
 * A story of three shots, killed, each time anew, at random moments from the start of the process to just before its end: one
 * in each of `rounds` equal parts of the time that the same took just before without a stop. Every run is gone on with by
 * `--resume`, every other one of these is killed once, too, and the bytes of the film are compared.
 * @returns whether all films have the same bytes, and nothing else is left beside them
 */
export async function benchKills({ rounds }: { readonly rounds: number }): Promise<boolean> {
  console.log(machineState())
  const folder = await mkdtemp(join(tmpdir(), 'framewright-kills-'))
  try {
    console.log(columns(['whole', 'killed', 'kept', 'then', 'the rest', 'bytes']))
    const random = createRandom(seed)
    let expected: Buffer | null = null
    let isSame = true
    for (let i = 0; i < rounds; i++) {
      // Anew each time: how long it takes depends on what else the machine does.
      const whole = await untilEnd(folder, [...story, '-o', 'whole.mp4'])
      const uncut = await readFile(join(folder, 'whole.mp4'))
      expected ??= uncut
      const moment = (whole * 0.98 * (i + random.uniform())) / rounds
      const second = i % 2 === 1 ? (whole / 2) * random.uniform() : null
      const row = await killAndResume(folder, moment, second)
      const made = await readFile(join(folder, 'cut.mp4'))
      const left = (await readdir(folder)).filter((name) => !['whole.mp4', 'cut.mp4', 'run'].includes(name))
      const isEqual = made.equals(expected) && uncut.equals(expected)
      isSame &&= isEqual && left.length === 0
      const bytes = isEqual ? 'equal' : 'OTHER'
      console.log(
        columns([seconds(whole), ...row, left.length === 0 ? bytes : `${bytes}, left: ${left.join(' ')}`]),
      )
      for (const name of ['cut.mp4', 'run', ...left]) {
        await rm(join(folder, name), { recursive: true, force: true })
      }
    }
    return isSame
  } finally {
    await rm(folder, { recursive: true })
  }
}

/**
 * Kills a fresh run at a moment, and goes on with it to its end.
 * @param moment after its start, in milliseconds
 * @param second after the start of the second run, when that is killed, too; null for never
 * @returns columns of the table
 */
async function killAndResume(folder: string, moment: number, second: number | null): Promise<string[]> {
  const begin = [...story, '--run', 'run', '-o', 'cut.mp4']
  // A quicker run than the first one may end before its moment has come.
  while (!(await killedAt(folder, begin, moment))) {
    for (const name of ['cut.mp4', 'run']) await rm(join(folder, name), { recursive: true, force: true })
    moment *= 0.95
  }
  const [at, kept] = [seconds(moment), await keptParts(folder)]
  // Killed before there was a record of what is asked for, the run is begun by the same command.
  const goOn = async (): Promise<string[]> =>
    (await keptParts(folder)) === 'nothing' ? begin : ['--resume', 'run', '-o', 'cut.mp4', '--quiet']
  const how = (await goOn()) === begin ? 'begun again' : 'resumed'
  let then = how
  if (second !== null) {
    const isKilled = await killedAt(folder, await goOn(), second)
    then = isKilled ? `${how}, killed after ${seconds(second)}, resumed` : `${how}, to its end`
    if (!isKilled) return [at, kept, then, '']
  }
  return [at, kept, then, seconds(await untilEnd(folder, await goOn()))]
}

/** What a run's folder holds, in words. */
async function keptParts(folder: string): Promise<string> {
  const names = await readdir(join(folder, 'run')).catch((): string[] => [])
  if (!names.includes('run.json')) return 'nothing'
  const chunks = names.filter((name) => /^shot-.*\.safetensors$/.test(name)).length
  const plan = names.includes('storyboard.json') ? ', the plan' : ''
  return `what is asked for${plan}${chunks > 0 ? `, ${chunks} chunks` : ''}`
}

const program = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url))

/** Runs the program with its children as a group of its own. */
function start(folder: string, args: readonly string[]) {
  const env = { ...process.env, XDG_CACHE_HOME: join(tmpdir(), 'framewright-test-cache') }
  const child = spawn(process.execPath, [program, ...args], {
    cwd: folder,
    env,
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  return { child, ended, stderr: () => stderr }
}

/** @returns how long it took, in milliseconds */
async function untilEnd(folder: string, args: readonly string[]): Promise<number> {
  const began = performance.now()
  const { ended, stderr } = start(folder, args)
  const code = await ended
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${stderr()}`)
  return performance.now() - began
}

/** Kills the program and its children so many milliseconds after it is started; false where it has ended before. */
async function killedAt(folder: string, args: readonly string[], moment: number): Promise<boolean> {
  const { child, ended, stderr } = start(folder, args)
  await Promise.race([ended, delay(moment)])
  if (child.exitCode === null && child.pid !== undefined) killGroup(child.pid)
  const code = await ended
  if (code !== null && code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${stderr()}`)
  return code === null
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (error) {
    // It has ended in between.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`

const widths = [8, 8, 40, 40, 9, 0] as const
const columns = (cells: readonly string[]): string =>
  cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ')
