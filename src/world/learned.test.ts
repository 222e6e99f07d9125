import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { weightFolder } from '../pipeline/weights.ts'
import { actors } from './actors.ts'
import { createTally, type Learned, learnedByAll, learnedInTurn, leastItems } from './learned.ts'
import { readLearned, readPartLearned, writeLearned } from './learned-file.ts'
import { settingNames } from './settings.ts'
import { createVocabulary } from './vocabulary.ts'
import { worlds } from './worlds.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framewright-learned-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const one: Learned = {
  subjects: ['cat', 'dog'],
  settings: ['beach'],
  weathers: ['clear'],
  seasons: ['summer'],
  looks: [],
}
const other: Learned = { ...one, subjects: ['dog', 'whale'], actions: ['run'] }

describe('what networks have learned', () => {
  it('is what came up often enough', () => {
    const tally = createTally()
    tally.add('subjects', 'dog', leastItems - 1)
    tally.add('subjects', 'cat', leastItems)
    expect(tally.learned().subjects).toEqual(['cat'])
    tally.add('subjects', 'dog')
    expect(tally.learned().subjects).toEqual(['cat', 'dog'])
  })

  it('is, of several that a video needs, what all know; of trainings in turn, what any gave', () => {
    expect(learnedByAll([one, other])).toMatchObject({ subjects: ['dog'], actions: ['run'] })
    expect(learnedInTurn(one, other).subjects).toEqual(['cat', 'dog', 'whale'])
    expect(learnedByAll([])).toBeNull()
  })

  it('is read as it was written, each part by itself', async () => {
    expect(readLearned(folder)).toBeNull()
    await writeLearned(folder, 'reference', one)
    await writeLearned(folder, 'denoiser', other)
    expect(readPartLearned(folder, 'reference')).toEqual(one)
    expect(readLearned(folder)).toEqual({ ...one, subjects: ['dog'], actions: ['run'] })
    await writeFile(join(folder, 'learned.json'), '{"parts": 3}')
    expect(() => readLearned(folder)).toThrow(/learned\.json is damaged/)
  })

  it('leaves out what a network need not have seen', () => {
    const { subjects: _, ...painter } = other
    expect(learnedByAll([one, painter])).toMatchObject({ subjects: ['cat', 'dog'], actions: ['run'] })
  })

  it('lies beside the weights that ship: the whole world', () => {
    const learned = readLearned(join(weightFolder(), 'toybox'))
    expect(learned?.subjects).toEqual(actors.map(({ id }) => id).sort())
    expect(learned?.settings).toEqual([...settingNames].sort())
    expect(learned?.actions).toEqual(expect.arrayContaining([...worlds.first.actions]))
    expect(learned?.weathers).toEqual(['clear', 'fog', 'rain', 'snow'])
  })
})

describe('its words', () => {
  it('are known by their last words, and only for what was learned', () => {
    const { knowsActor, knowsPlace, words } = createVocabulary(other)
    expect(['a small dog', 'the puppy', 'a cat', 'a dog house'].map(knowsActor)).toEqual([
      true,
      true,
      false,
      false,
    ])
    expect(['sandy beach', 'forest'].map(knowsPlace)).toEqual([true, false])
    expect(words).toMatchObject({ subjects: ['dog', 'whale'], actions: ['run'], places: ['beach'] })
  })
})
