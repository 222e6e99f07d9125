import { expect, test } from 'vitest'
import { createFrames } from '../video/frames.ts'
import { frameJumps } from './frame-jumps.ts'
import { meanAgainst } from './mean-against.ts'

test('jumps are told apart by where they are', () => {
  // Grey levels of ten frames, four a latent frame: +1 inside, +10 where the second begins, +20 at the seam.
  const levels = [0, 1, 2, 3, 13, 14, 15, 16, 36, 37]
  const data = Uint8Array.from(levels.flatMap((level) => [level, level, level]))
  const video = createFrames({ data, count: levels.length, height: 1, width: 1, channels: 3, fps: 12 })
  const { seam, latentFrames, inside } = frameJumps(video, { seam: 8, framesPerLatent: 4 })
  expect(seam).toBeCloseTo(20, 4)
  expect(latentFrames).toBeCloseTo(10, 4)
  expect(inside).toBeCloseTo(1, 4)
})

test('means are held against those of the same things', () => {
  const { mean, difference, standardError, n } = meanAgainst([3, 5, null, 7], [1, 2, 9, null])
  expect({ mean, difference, n }).toEqual({ mean: 4, difference: 2.5, n: 2 })
  // Differences 2 and 3: deviation √½, over √2.
  expect(standardError).toBeCloseTo(0.5, 12)
})
