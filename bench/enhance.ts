import { openInterpolator } from '../src/enhance/interpolate-frames.ts'
import { interpolate, interpolatorMargin, toyboxInterpolator } from '../src/enhance/interpolator.ts'
import { openUpscaler } from '../src/enhance/tiles.ts'
import { toyboxUpscaler, upscale, upscalerMargin, upscalerNetwork } from '../src/enhance/upscaler.ts'
import { input } from '../src/graph/index.ts'
import { initialise, Parameters } from '../src/nn/index.ts'
import { mainThreadRuntime } from '../src/runtime/node.ts'
import { createRandom } from '../src/util/random.ts'
import { createFrames, type Frames, joinFrames, resizeFrames } from '../src/video/index.ts'
import { machineState, median } from './measure.ts'

/** CPU seconds that two cores have in two. */
const mostCpuSeconds = 4

/**
 * The way from 24 frames of 128×128 to a clip of 48 frames of 512×512: each stage's time and CPU time, and those of
 * plain resampling. CPU time counts every thread, so that it says something on a busy machine too.
 * @returns whether all of it fits into two seconds of two cores
 */
export async function benchEnhance({
  rounds,
  threads,
}: {
  readonly rounds: number
  readonly threads?: number
}): Promise<boolean> {
  console.log(machineState())
  const runtime = await mainThreadRuntime()
  const session = threads === undefined ? {} : { threads }
  // First weights: what is in them makes no difference to the time.
  const parameters = new Parameters()
  const [side, seen] = [
    4 + 2 * upscalerMargin(toyboxUpscaler),
    4 + 2 * interpolatorMargin(toyboxInterpolator),
  ]
  upscale(parameters, toyboxUpscaler, input('pictures', [1, 3, side, side]))
  const upscaler = openUpscaler(
    runtime,
    upscalerNetwork(toyboxUpscaler, initialise(parameters.list, 1)),
    session,
  )
  const others = new Parameters()
  const [before, after] = [input('before', [1, 3, seen, seen]), input('after', [1, 3, seen, seen])]
  interpolate(others, toyboxInterpolator, before, after)
  const interpolator = openInterpolator(runtime, toyboxInterpolator, initialise(others.list, 1), session)
  const painted = noisyFrames(24)
  const filled = joinFrames([painted, painted])
  const stages = {
    'interpolate 24 frames': () => interpolator.between(joinFrames([painted, painted.last])),
    'upscale 48 frames': () => upscaler.upscale(filled),
    'resample 48 frames (none)': () => resizeFrames(filled, { width: 512, height: 512 }),
  }
  const seconds = new Map<string, { readonly wall: number[]; readonly cpu: number[] }>()
  for (let round = -1; round < rounds; round++) {
    for (const [name, run] of Object.entries(stages)) {
      const cpuBefore = process.cpuUsage()
      const start = performance.now()
      await run()
      const wall = (performance.now() - start) / 1000
      const { user, system } = process.cpuUsage(cpuBefore)
      if (round < 0) continue
      const times = seconds.get(name) ?? { wall: [], cpu: [] }
      times.wall.push(wall)
      times.cpu.push((user + system) / 1e6)
      seconds.set(name, times)
    }
  }
  await runtime.close()
  let total = 0
  for (const [name, { wall, cpu }] of seconds) {
    const cpuSeconds = median(cpu)
    if (!name.startsWith('resample')) total += cpuSeconds
    console.log(`${name.padEnd(28)} ${median(wall).toFixed(2)} s, CPU ${cpuSeconds.toFixed(2)} s`)
  }
  console.log(
    `enhance: CPU ${total.toFixed(2)} s a clip, ${((total / 48) * 1000).toFixed(1)} ms a frame; bar ${mostCpuSeconds} s`,
  )
  return total <= mostCpuSeconds
}

/** Frames of noise: what is in them makes no difference to the time. */
function noisyFrames(count: number): Frames & { readonly last: Frames } {
  const random = createRandom(1)
  const shape = { count, width: 128, height: 128, channels: 3, fps: 12 } as const
  const frames = createFrames({
    ...shape,
    data: Uint8Array.from({ length: count * 128 * 128 * 3 }, () => random.integer(256)),
  })
  const size = 128 * 128 * 3
  return { ...frames, last: { ...frames, count: 1, data: frames.data.subarray((count - 1) * size) } }
}
