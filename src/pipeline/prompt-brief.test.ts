import { beforeAll, describe, expect, it } from 'vitest'
import { type Language, openLanguage, understand } from '../text/index.ts'
import { promptBrief } from './prompt-brief.ts'
import { wholePhrase } from './worn.ts'

let language: Language
beforeAll(async () => {
  language = await openLanguage()
})

function brief(prompt: string, most = 2) {
  const { shots, warnings } = promptBrief(understand(prompt, language), { seconds: 2, most })
  const [shot] = shots
  if (!shot) throw new Error('a prompt is one shot')
  return { ...shot, warnings }
}

describe('the brief of a shot', () => {
  it('names who is in it, as a phrase, and where', () => {
    const { actors, setting, warnings } = brief('A small red dog runs along the beach at sunset.')
    expect(actors.map(({ picture }) => picture.phrase)).toEqual(['a small red dog'])
    expect(setting.phrase).toMatch(/beach.*sunset/)
    expect(warnings).toEqual([])
  })

  it('says what falls, under the open sky', () => {
    const falls = (prompt: string) => brief(prompt).precipitation
    expect(falls('A dog runs along the beach in the rain.')).toBe('rain')
    expect(falls('A fox walks through a forest while it snows.')).toBe('snow')
    expect(falls('An owl flies through a cloudy sky in the rain.')).toBe('rain')
    expect(falls('A dog runs along the beach in the fog.')).toBeNull()
    expect(falls('A dog runs along the beach.')).toBeNull()
    expect(falls('A cat sleeps in the kitchen in the rain.')).toBeNull()
  })

  it('says what a person does, where that tells people apart', () => {
    const phrase = (prompt: string) => brief(prompt).actors[0]?.picture.phrase
    expect(phrase('A man runs along the road.')).toBe('a man running')
    expect(phrase('A young woman is dancing on the beach.')).toBe('a young woman dancing')
    expect(phrase('A woman waves on the beach.')).toBe('a woman')
    expect(phrase('A dog runs along the road.')).toBe('a dog')
  })

  it('says where the text names its actors', () => {
    const prompt = 'An elephant follows a mouse through the forest.'
    const { actors } = brief(prompt)
    expect(actors.map(({ picture }) => picture.phrase)).toEqual(['an elephant', 'a mouse'])
    for (const { span, picture } of actors) {
      expect(prompt.slice(span.start, span.end)).toContain(picture.lemma)
    }
  })

  it('keeps the first two, and says whom it leaves out', () => {
    const { actors, warnings } = brief('A dog, a cat and a horse run in a meadow.')
    expect(actors).toHaveLength(2)
    expect(warnings).toHaveLength(1)
    expect(warnings[0]?.message).toContain('horse')
  })

  it('shows what is worn on who wears it', () => {
    const phrases = (prompt: string) => brief(prompt).actors.map(({ picture }) => wholePhrase(picture))
    expect(phrases('A blue cat with a small red hat walks in the meadow.')).toEqual([
      'a blue cat with a red hat',
    ])
    expect(phrases('A woman in a yellow scarf dances.')).toEqual(['a woman dancing with a yellow scarf'])
    expect(phrases('A dog wearing sunglasses runs.')).toEqual(['a dog with sunglasses'])
    expect(phrases('A brown hawk in a black bow rises.')).toEqual(['a brown hawk with a black bow'])
    expect(phrases('A dog in a car barks.')).toHaveLength(2)
    expect(phrases('A man in a blue shirt stands in a city.')).toEqual(['a man in a blue shirt'])
    expect(phrases('A woman in a red dress sings.')).toEqual(['a woman in a red dress'])
    expect(phrases('A girl wearing boots walks.')).toEqual(['a girl in boots'])
    expect(brief('A girl wearing boots walks.').warnings).toMatchObject([
      { type: 'left-out', words: ['boot'] },
    ])
    expect(brief('A man in a blue shirt stands in a city.').warnings).toEqual([])
    expect(phrases('A red hat falls beside a cat.')).toEqual(['a red hat', 'a cat'])
  })

  it('has accessories apart, in the colour that is told', () => {
    const [cat] = brief('A blue cat with a small red hat walks in the meadow.').actors
    expect(cat?.picture).toMatchObject({ phrase: 'a blue cat', wears: [{ kind: 'hat', color: 'red' }] })
    const wears = (prompt: string) =>
      brief(prompt).actors.map(({ picture }) => picture.wears.map(({ kind, color }) => [kind, color]))
    expect(wears('A bear wears a green party hat.')).toEqual([[['party hat', 'green']]])
    expect(wears('A fox in a hat runs.')).toEqual([[['hat', null]]])
    expect(wears('A dog wearing glasses runs.')).toEqual([[['glasses', null]]])
    expect(wears('A cat with a golden crown sits.')).toEqual([[['crown', null]]])
    expect(wears('A panda in a party hat and a brown scarf dances.')).toEqual([
      [
        ['party hat', null],
        ['scarf', 'brown'],
      ],
    ])
    expect(wears('Three birds with hats fly.')[0]).toEqual([['hat', null]])
    expect(wears('A woman in a red dress with a blue hat sings.')).toEqual([[['hat', 'blue']]])
    expect(wears('A man in a blue shirt stands in a city.')).toEqual([[]])
  })

  it('says all that a picture is of', () => {
    const whole = (prompt: string) => brief(prompt).actors.map(({ picture }) => wholePhrase(picture))
    expect(whole('A cat with a golden crown sits.')).toEqual(['a cat with a golden crown'])
    expect(whole('A woman in a red dress with a blue hat sings.')).toEqual([
      'a woman in a red dress with a blue hat',
    ])
    expect(whole('Three birds with hats fly.')[0]).toBe('a bird with a hat')
  })

  it('has characters and objects in the order of the text', () => {
    const { actors } = brief('A ball lies to the left of a dog.')
    expect(actors.map(({ picture }) => picture.lemma)).toEqual(['ball', 'dog'])
  })

  it('shows each of several, as one picture', () => {
    const { actors, warnings } = brief('Three small red birds fly over the sea.', 3)
    expect(actors.map(({ id }) => id)).toEqual(['bird-1', 'bird-1-2', 'bird-1-3'])
    expect(new Set(actors.map(({ picture }) => picture)).size).toBe(1)
    expect(actors[2]?.picture.phrase).toBe('a small red bird')
    expect(warnings).toEqual([])
  })

  it('gives everyone a place before the second of a kind, and says how many of a kind there are', () => {
    const { actors, warnings } = brief('Five dogs chase a cat through a meadow.', 3)
    expect(actors.map(({ id }) => id)).toEqual(['dog-1', 'dog-1-2', 'cat-1'])
    expect(warnings.map(({ message }) => message).join()).toContain('only 2 of "5 dogs"')
  })

  it('says times of day as one does', () => {
    expect(brief('A cat jumps in the kitchen in the morning.').setting.phrase).toBe(
      'a kitchen in the morning',
    )
    expect(brief('A cat jumps on the road at night.').setting.phrase).toBe('a road at night')
  })

  it('has a place when the text has none', () => {
    expect(brief('A cat jumps.').setting.phrase).toBe('a meadow')
  })
})
