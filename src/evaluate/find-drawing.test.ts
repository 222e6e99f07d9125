import { expect, test } from 'vitest'
import { createFrames, type Frames } from '../video/frames.ts'
import type { State } from '../video/motion-plan.ts'
import { resizeFrames } from '../video/resample.ts'
import { clearInk } from '../world/ink.ts'
import { drawSprite } from '../world/raster.ts'
import { createSprite } from '../world/world-pack.ts'
import { drawFigure } from './drawings.ts'
import { compareWithDrawings, type PlacedActor, rankOf } from './find-drawing.ts'

const size = 96
const drawings = await Promise.all(Array.from({ length: 8 }, (_, i) => drawFigure(i + 40)))

/** A walk from left to right or back, half out of the frame at both ends. */
function walk(facing: 1 | -1): State[] {
  return Array.from({ length: 9 }, (_, f) => ({
    centerX: 0.5 + facing * (f - 4) * 0.12,
    centerY: 0.6,
    width: 0.45,
    height: 0.5,
    facing,
    phase: 0,
    presence: 1,
  }))
}

/** A meadow beneath a sky, and a drawing on it, by the renderer of the world; null for nobody. */
async function film(drawing: Frames | null, states: readonly State[]): Promise<PlacedActor> {
  const data = new Uint8Array(states.length * size * size * 3)
  for (let i = 0; i < data.length; i++) {
    const y = Math.floor((i % (size * size * 3)) / (size * 3)) / size
    data[i] = (y < 0.5 ? [150, 200, 250] : [90, 180, 70 + 100 * (y - 0.5)])[i % 3] ?? 0
  }
  if (drawing) {
    const { data: pixels } = await resizeFrames(drawing, { width: size, height: size })
    const solid = pixels.map((value, i) => (i % 4 === 3 ? value : (value * (pixels[i | 3] ?? 0)) / 255))
    const sprite = createSprite(() => solid, 1, size)
    for (const [f, state] of states.entries()) {
      const picture = { size, data: data.subarray(f * size * size * 3, (f + 1) * size * size * 3) }
      const mirrored = state.facing < 0
      drawSprite(picture, sprite, { frame: 0, state, mirrored, ink: clearInk, cover: null, others: [] })
    }
  }
  const frames = createFrames({ data, count: states.length, height: size, width: size, channels: 3, fps: 12 })
  return { frames, states }
}

test('a drawing that walks through a video is found among others, whichever way it faces', async () => {
  for (const [i, drawing] of drawings.entries()) {
    const likenesses = await compareWithDrawings(await film(drawing, walk(i % 2 === 0 ? 1 : -1)), drawings)
    expect(rankOf(likenesses, i), `drawing ${i + 1}`).toBe(0)
  }
})

test('where nobody is drawn, nobody is like it', async () => {
  const [first] = drawings
  const [there, empty] = [first ?? null, null].map(async (drawing) =>
    compareWithDrawings(await film(drawing, walk(1)), drawings),
  )
  const best = async (all: Promise<readonly { edges: number }[]> | undefined): Promise<number> =>
    Math.max(...((await all) ?? []).map(({ edges }) => edges))
  expect(await best(empty)).toBeLessThan((await best(there)) - 0.3)
})

test('the rank counts those that are more like it', () => {
  const like = (colors: number, edges: number) => ({ colors, layout: 0, edges })
  const all = [like(0.9, 0.1), like(0.5, 0.4), like(0.7, 0.6)]
  expect([0, 1, 2].map((i) => rankOf(all, i))).toEqual([1, 2, 0])
  expect(rankOf(all, 0, ['colors'])).toBe(0)
})
