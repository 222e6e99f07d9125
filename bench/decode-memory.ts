import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { openWanCheckpoint } from '../src/pipeline/wan/checkpoint.ts'
import { decodeShot } from '../src/pipeline/wan/decode.ts'
import { mainThreadRuntime } from '../src/runtime/index.ts'
import { normalArray } from '../src/util/random.ts'

/**
 * How much memory decoding takes with Wan's autoencoder: of 81 frames it should be within 20 % of 17 frames.
 *
 *     npx tsx bench/decode-memory.ts FOLDER [--size 256] [--tile 256] [--threads 2]
 *
 * Each length is decoded in a process of its own, which tells its largest memory.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    frames: { type: 'string' },
    size: { type: 'string', default: '256' },
    tile: { type: 'string', default: '256' },
    threads: { type: 'string', default: '2' },
  },
})
const [folder = ''] = positionals

interface Peak {
  readonly peakBytes: number
  readonly processorSeconds: number
  readonly frames: number
}

if (values.frames === undefined) compare()
else console.log(JSON.stringify(await decode(Number(values.frames))))

function compare(): void {
  const [short, long] = [17, 81].map((frames) => {
    const self = [...process.execArgv, fileURLToPath(import.meta.url), ...process.argv.slice(2)]
    const { stdout, status } = spawnSync(process.execPath, [...self, '--frames', `${frames}`], {
      stdio: ['ignore', 'pipe', 'inherit'],
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(`decoding ${frames} frames has failed`)
    const peak = JSON.parse(stdout) as Peak
    const { peakBytes, processorSeconds } = peak
    console.log(
      `${frames} frames: peak ${(peakBytes / 1e9).toFixed(3)} GB, ${processorSeconds.toFixed(0)} s of processor time`,
    )
    return peak
  })
  const growth = (long?.peakBytes ?? Number.NaN) / (short?.peakBytes ?? Number.NaN) - 1
  console.log(`81 frames take ${(100 * growth).toFixed(1)} % more`)
  process.exitCode = growth <= 0.2 ? 0 : 1
}

async function decode(frames: number): Promise<Peak> {
  const checkpoint = await openWanCheckpoint(folder)
  const runtime = await mainThreadRuntime()
  const cells = Number(values.size) / 8
  const grid = [(frames - 1) / 4 + 1, cells, cells] as const
  const channels = checkpoint.vae.config.latentChannels
  let count = 0
  await decodeShot(checkpoint, runtime, {
    latents: normalArray(1, 0, channels * grid[0] * cells * cells),
    grid,
    fps: 16,
    onFrames: async (made) => {
      count += made.count
    },
    tile: Number(values.tile),
    session: { threads: Number(values.threads), memory: 'returned' },
  })
  const { user, system } = process.cpuUsage()
  const peakBytes = process.resourceUsage().maxRSS * 1024
  return { frames: count, peakBytes, processorSeconds: (user + system) / 1e6 }
}
