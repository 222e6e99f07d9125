import { describe, expect, it } from 'vitest'
import { createVocabulary } from '../world/vocabulary.ts'
import { seenPlace, settingPhrase, unseenWarnings } from './setting-phrase.ts'

const learned = { subjects: [], settings: ['forest'], looks: [] }
const all = createVocabulary({
  ...learned,
  weathers: ['clear', 'fog', 'rain', 'snow'],
  seasons: ['autumn', 'spring', 'summer', 'winter'],
})
const plain = createVocabulary({ ...learned, weathers: ['clear'], seasons: ['summer'] })
const forest = { place: 'forest', time: null, weather: null, season: null }

describe("a setting's phrase", () => {
  it('says weather and season as the world does, and snow lies in winter', () => {
    expect(settingPhrase({ ...forest, time: 'night', weather: 'thunderstorm' }, all)).toBe(
      'a forest at night in the rain',
    )
    expect(settingPhrase({ ...forest, weather: 'blizzard' }, all)).toBe('a forest in winter in the snow')
    expect(settingPhrase({ ...forest, season: 'autumn', weather: 'sunny' }, all)).toBe('a forest in autumn')
    expect(settingPhrase({ ...forest, weather: 'thick mist' }, all)).toBe('a forest in the fog')
  })

  it('calls a place as the world does, by the article that is said where it has both', () => {
    const sea = createVocabulary({ ...learned, settings: ['sea', 'forest'], weathers: [], seasons: [] })
    const phraseOf = (place: string): string => settingPhrase({ ...forest, place }, sea)
    expect(['sea', 'a sea', 'forest', 'the forest', 'woods', 'dark forest'].map(phraseOf)).toEqual([
      'the sea',
      'the sea',
      'a forest',
      'the forest',
      'the woods',
      'a dark forest',
    ])
  })

  it('knows under the sea from on it', () => {
    const under = { relations: [{ subject: 'crab-1', relation: 'under', object: 'sea' }] }
    expect(seenPlace('sea', under)).toBe('underwater')
    expect(seenPlace('sea', { relations: [] })).toBe('sea')
    expect(
      seenPlace('bridge', { relations: [{ subject: 'crab-1', relation: 'under', object: 'bridge' }] }),
    ).toBe('bridge')
  })

  it('leaves out what the weights have not learned, and says so', () => {
    const asked = { ...forest, weather: 'rain', season: 'winter' }
    expect(settingPhrase(asked, plain)).toBe('a forest')
    expect(unseenWarnings([asked, asked], plain)).toMatchObject([
      { type: 'left-out', words: ['rain', 'winter'] },
    ])
    expect(unseenWarnings([asked], all)).toEqual([])
    expect(unseenWarnings([{ weather: 'wind', season: null }], all)[0]?.message).toContain('"wind"')
    expect(unseenWarnings([{ weather: 'sunny', season: 'summer' }], plain)).toEqual([])
  })
})
