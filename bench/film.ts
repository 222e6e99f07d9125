import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { VideoReport } from '../src/cli/make-video.ts'
import { generate } from '../src/pipeline/index.ts'
import { filmNetworks, type NetworkRun } from './film-networks.ts'
import { machineState, median } from './measure.ts'

const prompt = 'a dog runs along the beach at sunset'

/** What a clip of two seconds at 512×512 and 24 frames a second may take on two cores. */
const bars = { warmSeconds: 6, coldSeconds: 9, previewSeconds: 2, peakBytes: 1.5e9 } as const

/**
 * A two-second clip of 512×512: what every network multiplies, and how fast, by CPU time on one thread beside this
 * machine's matrix product; then whole runs of the program, the first of them as cold as it comes.
 * @returns whether every bar is met
 */
export async function benchFilm({ rounds }: { readonly rounds: number }): Promise<boolean> {
  console.log(machineState())
  await benchNetworks(rounds)
  const runs = Array.from({ length: rounds }, () => runProgram())
  for (const [i, { seconds, report }] of runs.entries()) {
    const stages = Object.entries(report.timings).map(([stage, ms]) => `${stage} ${(ms / 1000).toFixed(1)}`)
    const peak = `${(report.peakRssBytes / 1e9).toFixed(2)} GB`
    console.log(`${i === 0 ? 'first' : 'again'} ${seconds.toFixed(2)} s, ${peak}: ${stages.join(', ')}`)
  }
  const preview = await secondsToPreview()
  console.log(`first frames seen after ${preview.toFixed(2)} s in a process that is warm`)
  const [first, ...others] = runs.map(({ seconds }) => seconds)
  const peak = Math.max(...runs.map(({ report }) => report.peakRssBytes))
  return (
    (first ?? 0) <= bars.coldSeconds &&
    (others.length === 0 || median(others) <= bars.warmSeconds) &&
    preview <= bars.previewSeconds &&
    peak <= bars.peakBytes
  )
}

async function benchNetworks(rounds: number): Promise<void> {
  const networks = await filmNetworks()
  const cpu = new Map<NetworkRun, number[]>()
  for (let round = -1; round < rounds; round++) {
    for (const network of networks) {
      const before = process.cpuUsage()
      await network.run()
      const { user, system } = process.cpuUsage(before)
      if (round >= 0) cpu.set(network, [...(cpu.get(network) ?? []), (user + system) / 1e6])
    }
  }
  let total = 0
  for (const [{ name, operations, times }, seconds] of cpu) {
    const each = median(seconds)
    total += each * times
    const columns = [
      name.padEnd(26),
      `${(operations / 2e9).toFixed(3)} G`.padStart(9),
      `${(each * 1000).toFixed(1)} ms`.padStart(9),
      `${(operations / each / 1e9).toFixed(0)} GFLOPS`.padStart(11),
      `× ${times}`.padStart(5),
      `${(each * times).toFixed(2)} s`.padStart(7),
    ]
    console.log(columns.join(' '))
  }
  console.log(`all networks of the clip: ${total.toFixed(2)} s of CPU time`)
}

/** One run of the program, from its start to its end. */
function runProgram(): { readonly seconds: number; readonly report: VideoReport } {
  const folder = mkdtempSync(join(tmpdir(), 'framewright-bench-'))
  try {
    const program = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url))
    const start = performance.now()
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      [program, prompt, '-o', join(folder, 'clip.mp4'), '--size', '512x512', '--json'],
      { encoding: 'utf8' },
    )
    const seconds = (performance.now() - start) / 1000
    if (status !== 0) throw new Error(`the program failed (run "npm run build" first): ${stderr}`)
    return { seconds, report: JSON.parse(stdout) as VideoReport }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function secondsToPreview(): Promise<number> {
  const start = performance.now()
  for await (const event of generate({ prompt, size: '512x512' })) {
    if (event.type === 'preview') return (performance.now() - start) / 1000
  }
  throw new Error('nothing was shown')
}
