import { beforeAll, describe, expect, it } from 'vitest'
import { workerRuntime } from '../runtime/node.ts'
import {
  createTextEncoder,
  type Language,
  miniLm,
  openLanguage,
  type TokenEncoder,
  understand,
} from '../text/index.ts'
import { createVocabulary } from '../world/vocabulary.ts'
import { drawnInPlace } from './known-pictures.ts'
import { nearestWord } from './nearest-word.ts'
import { promptBrief } from './prompt-brief.ts'
import { toyboxWordVectors } from './repertoire.ts'
import { openTextEncoderFiles, weightFolder } from './weights.ts'

let language: Language
let encoder: TokenEncoder
beforeAll(async () => {
  language = await openLanguage()
  const files = await openTextEncoderFiles(workerRuntime(), weightFolder())
  encoder = createTextEncoder({ ...files, config: miniLm })
})

const vocabulary = createVocabulary({
  subjects: ['dog', 'cat', 'horse', 'car', 'fox'],
  settings: ['forest', 'meadow', 'beach'],
  weathers: ['clear'],
  seasons: ['summer'],
  looks: [],
})

const drawn = (prompt: string, given: readonly string[] = []) =>
  drawnInPlace(promptBrief(understand(prompt, language), { seconds: 2, most: 3, vocabulary }), {
    vocabulary,
    given,
    nearest: (word, candidates) =>
      nearestWord(word, candidates, { ...language, encoder, vectors: toyboxWordVectors() }),
  })

describe('what cannot be drawn', () => {
  it('has what is nearest in its place, and both are named', async () => {
    const { shots, warnings } = await drawn('A small grey kitten chases a pony through the woods.')
    expect(shots[0]?.actors.map(({ picture }) => picture.phrase)).toEqual(['a small grey cat', 'a horse'])
    expect(shots[0]?.setting.phrase).toMatch(/forest|woods/)
    expect(warnings).toMatchObject([{ words: ['kitten'] }, { words: ['pony'] }])
    expect(warnings[0]?.message).toContain('"kitten", and draws "cat" in its place')
  })

  it('is named where nothing is near, and keeps its words', async () => {
    const { shots, warnings } = await drawn('A xylophone falls on the beach.')
    expect(shots[0]?.actors[0]?.picture.phrase).toBe('a xylophone')
    expect(warnings).toMatchObject([{ type: 'substituted', words: ['xylophone'] }])
    expect(warnings[0]?.message).toContain('nor anything near it')
  })

  it('is no matter where there is a picture of it', async () => {
    const { warnings } = await drawn('A xylophone falls on the beach.', ['xylophone'])
    expect(warnings).toEqual([])
  })

  it('changes nothing where all can be drawn', async () => {
    const { shots, warnings } = await drawn('A red car drives through the forest.')
    expect(shots[0]?.actors[0]?.picture.phrase).toBe('a red car')
    expect(warnings).toEqual([])
  })

  it('says of whom the face only is known', async () => {
    const { warnings } = await drawn('A fox follows a dog through the forest.')
    expect(warnings).toMatchObject([{ type: 'substituted', words: ['fox'] }])
    expect(warnings[0]?.message).toContain('only the face of "fox"')
  })

  it('is not named by weights that do not say what they know', async () => {
    const brief = promptBrief(understand('A dog runs.', language), { seconds: 2, most: 3, vocabulary: null })
    const { warnings } = await drawnInPlace(brief, { vocabulary: null, nearest: async () => null })
    expect(warnings).toMatchObject([{ type: 'substituted', words: [] }])
  })
})
