import { describe, expect, it } from 'vitest'
import { actorOf } from './actors.ts'
import { scriptClip } from './script.ts'
import { worlds } from './worlds.ts'

/**
 * Clips of seeds as commit e5aad67 gave them, before the world grew: seed, deeds, setting, time, variant, camera, and
 * where the first actor's middle is across frame 8.
 */
const before = [
  [
    0,
    [
      ['tiger', 'meet', 'right'],
      ['airplane', 'meet', 'left'],
    ],
    'space',
    'night',
    7,
    'still',
    0.244415,
  ],
  [
    1,
    [
      ['snake', 'follow', 'left'],
      ['giraffe', 'follow', 'left'],
    ],
    'beach',
    'day',
    9,
    'still',
    0.719734,
  ],
  [
    3,
    [
      ['ladybug', 'chase', 'left'],
      ['crab', 'chase', 'left'],
    ],
    'meadow',
    'sunset',
    3,
    'zoom-out',
    0.72348,
  ],
  [7, [['monkey', 'enter', 'left']], 'farm', 'sunset', 3, 'still', 0.760466],
  [
    9,
    [
      ['robot', 'approach', null],
      ['spider', 'approach', null],
    ],
    'beach',
    'day',
    7,
    'still',
    0.253451,
  ],
  [11, [['pufferfish', 'circle', null]], 'underwater', 'day', 9, 'pan-right', 0.51874],
  [20, [['alien', 'dance', null]], 'forest', 'night', 9, 'still', 0.553309],
  [31, [['parrot', 'shrink', null]], 'jungle', 'day', 4, 'still', 0.399509],
  [42, [['peacock', 'jump', null]], 'mountains', 'sunset', 10, 'pan-right', 0.590668],
  [77, [['rickshaw', 'turn', null]], 'city', 'day', 10, 'still', 0.658491],
  [101, [['hedgehog', 'recede', null]], 'space', 'night', 4, 'still', 0.507418],
  [250, [['flying-saucer', 'enter', 'right']], 'sky', 'night', 3, 'still', 0.451913],
] as const

describe('the first world', () => {
  it('gives the clips that its seeds gave before the world grew', () => {
    for (const [seed, deeds, setting, time, variant, camera, centerX] of before) {
      const script = scriptClip(seed, { ...worlds.first, split: 'train', frames: 16 })
      expect(script.actors.map(({ actorId, action, direction }) => [actorId, action, direction])).toEqual(
        deeds,
      )
      expect(script).toMatchObject({ setting, time, variant, camera })
      // Feet were measured anew since, to a thousandth.
      expect(script.plan.actors[0]?.states[8]?.centerX).toBeCloseTo(centerX, 4)
    }
  })

  it('has its own cast, places and actions only, plain in clear weather', () => {
    const { cast, places, actions } = worlds.first
    expect([cast.length, places.length, actions.length]).toEqual([122, 16, 31])
    expect(new Set(cast.map((id) => actorOf(id).id)).size).toBe(122)
    for (let seed = 0; seed < 300; seed++) {
      const { actors, setting, weather, season, caption } = scriptClip(seed, worlds.first)
      expect(places).toContain(setting)
      expect([weather, season, caption.season, caption.weather]).toEqual(['clear', 'summer', null, null])
      for (const { actorId, action, looks } of actors) {
        expect(cast).toContain(actorId)
        expect(actions).toContain(action)
        expect(looks).toEqual({ coat: null, wears: null, skin: null })
      }
    }
  })
})
