import { afterAll, expect, test } from 'vitest'
import type { Runtime } from '../../graph/index.ts'
import { mainThreadRuntime } from '../../runtime/node.ts'
import { normalArray } from '../../util/random.ts'
import { type Frames, joinFrames } from '../../video/index.ts'
import { openWanCheckpoint } from './checkpoint.ts'
import { decodeShot } from './decode.ts'
import { tinyWan } from './test-tiny.ts'

const runtime = await mainThreadRuntime()
afterAll(() => runtime.close())
const checkpoint = await openWanCheckpoint(tinyWan)

/** The runtime, on a machine whose memory is not enough for tiles of more cells than this on a side, from run `from` on. */
function small(cells: number, from: number): Runtime {
  let runs = 0
  return {
    close: () => runtime.close(),
    open: async (program, options) => {
      const session = await runtime.open(program, options)
      const side = Math.max(...(program.inputs.find(({ name }) => name === 'x')?.shape.slice(3) ?? []))
      return {
        ...session,
        close: () => session.close(),
        run: (feeds, fetch) => {
          if (runs++ >= from && side > cells) throw new Error('Non-zero status code: std::bad_alloc')
          return session.run(feeds, fetch)
        },
      }
    },
  }
}

async function decode(on: Runtime, tile: number): Promise<{ frames: Frames; counts: number[] }> {
  const runs: Frames[] = []
  await decodeShot(checkpoint, on, {
    latents: normalArray(1, 0, 16 * 3 * 4 * 4),
    grid: [3, 4, 4],
    fps: 16,
    tile,
    session: { threads: 1 },
    onFrames: async (frames) => void runs.push(frames),
  })
  return { frames: joinFrames(runs), counts: runs.map(({ count }) => count) }
}

test('when memory runs out, smaller tiles are tried, and what was handed on is not handed on again', async () => {
  const inTiles = await decode(runtime, 16)
  const retried = await decode(small(2, 0), 32)
  expect(retried.frames.data).toEqual(inTiles.frames.data)
  const later = await decode(small(2, 1), 32)
  expect(later.counts).toEqual([1, 4, 4])
  expect(later.frames.count).toBe(9)
  await expect(decode(small(0, 0), 32)).rejects.toThrow(/bad_alloc/)
})
