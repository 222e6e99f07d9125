import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Looks, plainLooks } from '../world/looks.ts'
import { openPack } from '../world/pack.ts'
import { referenceOf, settingReference } from '../world/reference.ts'
import { scriptClip } from '../world/script.ts'
import type { WorldPack } from '../world/world-pack.ts'
import { type LessonClips, paintingLesson } from './lessons.ts'
import { premultiplied } from './reference-pictures.ts'

let pack: WorldPack
beforeAll(async () => {
  pack = await openPack(fileURLToPath(new URL('../world/fixtures', import.meta.url)))
})

const clips: LessonClips = {
  cast: ['dog', 'fish', 'butterfly', 'car'],
  places: ['meadow', 'underwater'],
  looks: 'varied',
  weather: 'any',
  split: 'train',
}

/** Where one of the pictures is that picture, to the last bit. */
const isAmong = (picture: Float32Array, pictures: readonly Float32Array[]): boolean =>
  pictures.some((one) => one.every((value, i) => value === picture[i]))

describe('a painting lesson', () => {
  it('shows the looks of its clip in its references, told or not', () => {
    let [dressed, plain] = [0, 0]
    for (let seed = 0; seed < 40; seed++) {
      const script = scriptClip(seed, { ...clips, frames: 40 })
      const lesson = paintingLesson(seed, pack, 16, clips)
      const [first] = script.actors
      if (script.actors.length !== 1 || !first || Object.values(first.looks).every((look) => look === null))
        continue
      const poses = (looks: Looks): Float32Array[] =>
        Array.from({ length: 8 }, (_, frame) =>
          premultiplied(referenceOf(first.actorId, pack, { frame, looks })),
        )
      const [picture] = lesson.actors
      if (picture && isAmong(picture, poses(first.looks))) dressed++
      if (picture && isAmong(picture, poses(plainLooks))) plain++
    }
    // The others are spoiled on purpose.
    expect(dressed).toBeGreaterThan(1)
    expect(plain).toBe(0)
  })

  it('shows the season and the sky of its clip', () => {
    let right = 0
    for (let seed = 0; seed < 40; seed++) {
      const { setting, time, variant, season, weather } = scriptClip(seed, { ...clips, frames: 40 })
      if (season === 'summer' && weather === 'clear') continue
      const lesson = paintingLesson(seed, pack, 16, clips)
      const of = (year: Parameters<typeof settingReference>[4]): number[] =>
        Array.from(settingReference(setting, time, variant, pack, year))
      const area = lesson.setting.length / 4
      const shown = Array.from({ length: area * 3 }, (_, i) =>
        Math.round((lesson.setting[(i % 3) * area + Math.floor(i / 3)] ?? 0) * 255),
      )
      expect(shown).not.toEqual(of({}))
      const own = of({ season, weather })
      if (shown.every((value, i) => value === own[i])) right++
    }
    expect(right).toBeGreaterThan(1)
  })
})
