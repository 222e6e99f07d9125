import { describe, expect, it } from 'vitest'
import { keyFeatureCount, keyFeatures, keyFrames, keyPoses, keyTarget, ownKeyNumbers } from './motion-keys.ts'
import { actorSlots, changePace, numbersOf, type SlotNumbers } from './motion-numbers.ts'

const at = (centerX: number, facing = 1, phase = 0.2): SlotNumbers =>
  numbersOf({ centerX, centerY: 0.6, width: 0.4, height: 0.4, facing, phase, presence: 1 })

describe('key poses', () => {
  it('are of the quarters of a shot, of however few frames', () => {
    expect(keyFrames(49)).toEqual([12, 24, 36, 48])
    expect(keyFrames(2)).toEqual([0, 1, 1, 1])
    expect(keyFrames(1)).toEqual([0, 0, 0, 0])
  })

  it('come back as they went, but for the phase, which stays the first frame’s', () => {
    const [first, ...keys] = [at(0.2), at(0.4, 0.5, 0.6), at(0.5, -0.5, 0.7), at(0.7), at(0.9, -1, 0.1)]
    for (const slot of [0, 1]) {
      const back = keyPoses(slot, first, keyTarget(slot, first, keys))
      expect(back).toHaveLength(keys.length)
      for (const [i, wanted] of keys.entries()) {
        for (const [j, number] of wanted.entries()) {
          expect(back[i]?.[j]).toBeCloseTo(j === 4 ? (first[4] ?? 0) : number, 9)
        }
      }
    }
  })

  it('count for the camera by its place and size only', () => {
    expect(ownKeyNumbers(0).every((own) => own === 1)).toBe(true)
    expect(ownKeyNumbers(actorSlots).slice(0, 6)).toEqual([1, 1, 1, 0, 0, 1])
  })
})

describe('what the mover sees of them', () => {
  const camera = at(0.5)
  const places = [0.3, 0.6, 0.5, 0.8]
  const keys = places.map((x) => [at(x), null, camera])

  it('is nothing before there are any', () => {
    const features = keyFeatures({ frame: 0, frames: 24 }, null, null)
    expect(features).toHaveLength(keyFeatureCount)
    expect(features.every((n) => n === 0)).toBe(true)
  })

  it('leads from key to key when it is followed', () => {
    const frames = 24
    let x = 0.2
    for (let frame = 1; frame < frames; frame++) {
      const features = keyFeatures({ frame, frames }, [at(x), null, camera], keys)
      expect(features).toHaveLength(keyFeatureCount)
      // The first actor's pace in x, in the units of a change: as one step of the way from 0 to 1 would be.
      x += (features[2] ?? 0) / (changePace(at(0), at(1), 1)[0] ?? 0)
      const key = keyFrames(frames).indexOf(frame)
      if (key >= 0) expect(x).toBeCloseTo(places[key] ?? 0, 9)
    }
  })
})
