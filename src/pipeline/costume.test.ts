import { describe, expect, it } from 'vitest'
import { actors } from '../world/actors.ts'
import { accessoryKinds } from '../world/looks.ts'
import { createVocabulary } from '../world/vocabulary.ts'
import type { PictureBrief, Worn } from './brief.ts'
import { costumeOf, costumeWarnings } from './costume.ts'

const knowing = (looks: readonly string[]) =>
  createVocabulary({
    subjects: actors.map(({ id }) => id),
    settings: [],
    weathers: [],
    seasons: [],
    looks,
  })

const brief = (phrase: string, ...wears: readonly Worn[]): PictureBrief => ({
  id: 'one',
  kind: 'actor',
  lemma: phrase.split(' ').at(-1) ?? phrase,
  phrase,
  wears,
})

const hat: Worn = { kind: 'hat', color: 'green', words: 'a green hat' }
const glasses: Worn = { kind: 'glasses', color: null, words: 'glasses' }

describe('a costume', () => {
  const all = knowing(accessoryKinds)

  it('has its accessories apart, on who wears them', () => {
    const { phrase, wearer, pieces } = costumeOf(brief('a grey panda', hat, glasses), all)
    expect(phrase).toBe('a grey panda')
    expect(wearer?.id).toBe('panda')
    expect(pieces).toEqual([
      { kind: 'hat', phrase: 'a green hat' },
      { kind: 'glasses', phrase: 'black glasses' },
    ])
  })

  it('leaves out what has no place, and says in words what the weights have not seen', () => {
    const asWords = (phrase: string) => ({ phrase, wearer: null, pieces: [] })
    expect(costumeOf(brief('a red car', hat), all)).toEqual(asWords('a red car'))
    expect(costumeOf(brief('a xylophone', hat), all)).toEqual(asWords('a xylophone'))
    expect(costumeOf(brief('a grey panda', hat), knowing(['scarf']))).toEqual(
      asWords('a grey panda with a green hat'),
    )
    expect(costumeOf(brief('a grey panda', hat), null)).toEqual(asWords('a grey panda with a green hat'))
    expect(costumeOf(brief('a horse', glasses, hat), all)).toMatchObject({
      phrase: 'a horse',
      pieces: [{ kind: 'hat' }],
    })
  })

  it('is of the one among those of a noun who does what is said', () => {
    const wearer = (phrase: string) => costumeOf(brief(phrase, hat), all).wearer?.id
    expect(wearer('a man')).toBe('man')
    expect(wearer('an old woman in a red dress')).toBe('old-woman')
    expect(wearer('a man walking')).toBe('man-walking')
    // Who runs wears no hat: the head moves too much.
    expect(wearer('a man running')).toBeUndefined()
    expect(wearer('a black cat')).toBe('black-cat')
    expect(wearer('a fox in a dress')).toBe('fox')
    expect(wearer('a police car')).toBeUndefined()
  })

  it('is warned of where there is no place for it', () => {
    const warnings = (phrase: string) => costumeWarnings([brief(phrase, hat)], all)
    expect(warnings('a grey panda')).toEqual([])
    expect(warnings('a man running')).toMatchObject([{ type: 'left-out', words: ['hat'] }])
    expect(warnings('a man running')[0]?.message).toContain('"hat" on "a man running"')
    // What the weights have not seen at all is told elsewhere.
    expect(costumeWarnings([brief('a man running', hat)], knowing([]))).toEqual([])
  })
})
