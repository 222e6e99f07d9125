import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { compareFrames, resizeFrames } from '../video/index.ts'
import { openFineClip } from './fine-art.ts'
import { withInBetweens } from './in-between.ts'
import { renderClip } from './render.ts'
import { scriptClip } from './script.ts'

test('every second frame is the script’s own, the others lie halfway, and phases go on over 1', () => {
  for (let seed = 0; seed < 20; seed++) {
    const script = scriptClip(seed, { frames: 12 })
    const { plan, frames, fps, actors } = withInBetweens(script)
    expect([frames, fps, plan.fps, plan.camera.length]).toEqual([23, 24, 24, 23])
    for (const [i, { states }] of plan.actors.entries()) {
      const own = script.plan.actors[i]?.states ?? []
      expect(states.filter((_, f) => f % 2 === 0)).toEqual(own)
      expect(actors[i]?.shadows).toHaveLength(23)
      for (let f = 1; f < 23; f += 2) {
        const [a, b, c] = [states[f - 1], states[f], states[f + 1]]
        if (!a || !b || !c) throw new Error('there are states')
        expect(b.centerX * 2).toBeCloseTo(a.centerX + c.centerX)
        const turned = (from: number, to: number): number => (to - from + 1) % 1
        expect(turned(a.phase, b.phase) * 2).toBeCloseTo(turned(a.phase, c.phase))
      }
    }
  }
})

const isArtThere = existsSync('world-data/node_modules/@lobehub')

test.skipIf(!isArtThere)('a clip at four times the size shows the same', async () => {
  const clip = withInBetweens(scriptClip(7, { frames: 12 }))
  const { script, usual, fine } = await openFineClip(clip, { start: 4, count: 1 })
  const small = renderClip(script, usual, { start: 4, count: 1 }).frames
  const large = renderClip(script, fine, { start: 4, count: 1, size: 512 }).frames
  const shrunk = await resizeFrames(large, { width: 128, height: 128 })
  expect(compareFrames(shrunk, small).psnr).toBeGreaterThan(34)
})
