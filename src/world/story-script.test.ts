import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isHeldOut } from './script.ts'
import { scriptStory } from './story-script.ts'

const seeds = fc.integer({ min: 0, max: 2 ** 32 - 1 })

it('keeps everyone’s identity through 2 to 6 shots, whatever the captions leave out', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const story = scriptStory(seed)
      expect(scriptStory(seed)).toEqual(story)
      expect(story.shots.length).toBeGreaterThanOrEqual(2)
      expect(story.shots.length).toBeLessThanOrEqual(6)
      const variants = new Map<string, number>()
      for (const shot of story.shots) {
        expect(shot.actors.length).toBeLessThanOrEqual(2)
        for (const { actorId, build, looks } of shot.actors) {
          const member = story.cast.find((one) => one.actorId === actorId)
          expect(member).toEqual({ actorId, build, looks })
        }
        expect(variants.get(shot.setting) ?? shot.variant).toBe(shot.variant)
        variants.set(shot.setting, shot.variant)
      }
      const seen = new Set(story.shots.flatMap(({ actors }) => actors.map(({ actorId }) => actorId)))
      expect(seen.size).toBe(story.cast.length)
      expect(story.text).toBe(story.shots.map(({ caption }) => caption.text).join(' '))
    }),
    { numRuns: 25 },
  )
})

it('has as many shots as asked for, and none that is held out of training', () => {
  const story = scriptStory(5, { shots: 3, split: 'train' })
  expect(story.shots).toHaveLength(3)
  for (const shot of story.shots) expect(isHeldOut(shot)).toBe(false)
  expect(() => scriptStory(5, { shots: 7 })).toThrow(/2 to 6 shots/)
})
