import { beforeAll, describe, expect, it } from 'vitest'
import { parseStoryboard, type WrittenStoryboard } from '../story/index.ts'
import { type Language, openLanguage } from '../text/index.ts'
import { picturesOf } from './brief.ts'
import { storyboardBrief } from './storyboard-brief.ts'
import { writtenShot as shot, writtenStoryboard as story } from './test-storyboard.ts'
import { wholePhrase } from './worn.ts'

let language: Language
beforeAll(async () => {
  language = await openLanguage()
})

const brief = (written: WrittenStoryboard) => storyboardBrief(parseStoryboard(written), { language, most: 2 })

const chase = {
  prompt: 'A red horse chases a white rabbit.',
  cast: ['horse-1', 'rabbit-1'],
  setting: { place: 'the beach', time: 'evening' },
}

describe('pictures', () => {
  it('are made once for the whole story: of everyone, and of every place at a time', () => {
    const { shots } = brief(
      story([
        shot('a'),
        shot('b', chase),
        shot('c', { ...chase, setting: { place: 'the beach', time: 'night' } }),
        shot('d', chase),
      ]),
    )
    const phrases = picturesOf(shots).map(({ phrase }) => phrase)
    expect(phrases).toEqual([
      'a red horse',
      'a forest',
      'a white rabbit',
      'the beach in the evening',
      'the beach at night',
    ])
    expect(shots[3]?.actors[0]?.picture).toBe(shots[0]?.actors[0]?.picture)
    expect(shots[3]?.setting).toBe(shots[1]?.setting)
    expect(new Set(picturesOf(shots).map(({ id }) => id)).size).toBe(5)
  })

  it('are made anew from the shot on in which someone’s looks change', () => {
    const cast = [
      {
        id: 'horse-1',
        kind: 'character' as const,
        description: 'a red horse',
        changes: [
          { fromShot: 'd', description: 'a wet red horse' },
          { fromShot: 'b', description: 'a red horse in a hat' },
        ],
      },
    ]
    const { shots } = brief(
      story(
        ['a', 'b', 'c', 'd'].map((id) => shot(id)),
        { cast },
      ),
    )
    const pictures = shots.map(({ actors }) => actors[0]?.picture)
    expect(pictures.map((picture) => picture && wholePhrase(picture))).toEqual([
      'a red horse',
      'a red horse with a hat',
      'a red horse with a hat',
      'a wet red horse',
    ])
    expect(pictures[1]).toBe(pictures[2])
    expect(pictures.map((picture) => picture?.lemma)).toEqual(['horse', 'horse', 'horse', 'horse'])
  })
})

describe('what is worn', () => {
  const looksOf = (description: string, count = 1) => {
    const cast = [{ id: 'horse-1', kind: 'character' as const, description, count }]
    const picture = brief(story([shot('a')], { cast })).shots[0]?.actors[0]?.picture
    return [picture?.phrase, picture?.wears.map(({ kind, color }) => [kind, color])]
  }

  it.each([
    ['a small red fox in a hat', 'a small red fox', [['hat', null]]],
    ['a grey bear with a green hat', 'a grey bear', [['hat', 'green']]],
    ['a panda wearing blue sunglasses', 'a panda', [['sunglasses', 'blue']]],
    ['a cat with a crown', 'a cat', [['crown', null]]],
    [
      'a cat in a red hat and blue glasses',
      'a cat',
      [
        ['hat', 'red'],
        ['glasses', 'blue'],
      ],
    ],
    ['a man in a white hat and a blue shirt', 'a man in a blue shirt', [['hat', 'white']]],
    ['a man in a blue shirt and a white hat', 'a man in a blue shirt', [['hat', 'white']]],
    ['a woman in a red dress with a blue hat', 'a woman in a red dress', [['hat', 'blue']]],
    ['a woman in a red dress', 'a woman in a red dress', []],
  ] as const)('%s: its accessories are apart, other clothes words', (description, phrase, wears) => {
    expect(looksOf(description)).toEqual([phrase, wears])
  })

  it('is worn by each of several', () => {
    expect(looksOf('two brown dogs in red hats', 2)).toEqual(['a brown dog', [['hat', 'red']]])
  })
})

describe('shots', () => {
  it('show each of several, in the looks of one', () => {
    const written = story([shot('a', { prompt: 'Three red horses run.', cast: ['horse-1'] })], {
      cast: [{ id: 'horse-1', kind: 'character' as const, description: 'three red horses', count: 3 }],
    })
    const { shots } = storyboardBrief(parseStoryboard(written), { language, most: 3 })
    expect(shots[0]?.actors.map(({ id }) => id)).toEqual(['horse-1', 'horse-1-2', 'horse-1-3'])
    expect(shots[0]?.actors[2]?.picture.phrase).toBe('a red horse')
    expect(
      brief(written)
        .warnings.map(({ message }) => message)
        .join(),
    ).toContain('only 2 of "three red horses"')
  })

  it('have their actors in the order of the prompt, and know where it names them', () => {
    const { shots } = brief(story([shot('a', { ...chase, cast: ['rabbit-1', 'horse-1'] })]))
    const [{ actors, prompt } = { actors: [], prompt: '' }] = shots
    expect(actors.map(({ id, span }) => [id, prompt.slice(span.start, span.end)])).toEqual([
      ['horse-1', 'A red horse'],
      ['rabbit-1', 'a white rabbit'],
    ])
  })

  it('tell two of a kind apart by their looks', () => {
    const cast = ['black', 'white'].map((colour) => ({
      id: colour,
      kind: 'character' as const,
      description: `a ${colour} dog`,
    }))
    const prompt = 'A white dog chases a black dog.'
    const { shots } = brief(story([shot('a', { prompt, cast: ['black', 'white'] })], { cast }))
    const told = shots[0]?.actors.map(({ id, span }) => [id, prompt.slice(span.start, span.end)])
    expect(told).toEqual([
      ['white', 'A white dog'],
      ['black', 'a black dog'],
    ])
  })

  it('say what the camera does, unless the prompt does', () => {
    const prompts = (['zoom in', 'follow', 'still'] as const).map(
      (move) => brief(story([shot('a', { camera: { framing: 'wide', move } })])).shots[0]?.prompt,
    )
    expect(prompts).toEqual([
      'A red horse runs through the forest, the camera zooms in.',
      'A red horse runs through the forest, the camera follows.',
      'A red horse runs through the forest.',
    ])
    const prompt = 'The camera pans left as a red horse runs.'
    const camera = { framing: 'wide', move: 'pan left' } as const
    expect(brief(story([shot('a', { prompt, camera })])).shots[0]?.prompt).toBe(prompt)
  })

  it('keep their lengths, cross-fades and seeds', () => {
    const fade = { type: 'crossfade', seconds: 0.4 } as const
    const { shots } = brief(story([shot('a'), shot('b', { durationSeconds: 2, transition: fade, seed: 5 })]))
    expect(shots.map(({ seconds, fadeSeconds, seed }) => [seconds, fadeSeconds, seed])).toEqual([
      [1, 0, undefined],
      [2, 0.4, 5],
    ])
  })
})

describe('warnings', () => {
  const messages = (written: WrittenStoryboard) => brief(written).warnings.map(({ message }) => message)

  it('are none where all can be drawn', () => {
    expect(messages(story([shot('a'), shot('b', chase)]))).toEqual([])
  })

  it('name who has no room', () => {
    expect(messages(story([shot('a', { cast: ['horse-1', 'rabbit-1', 'ball-1'] })]))).toEqual([
      expect.stringMatching(/as a, holds 2.*ball-1 will not be drawn/),
    ])
  })

  it('are first those of the storyboard, and tell their shot', () => {
    const warnings = [
      { type: 'assumed', shot: null, message: 'The text names no place: the shots play in the meadow.' },
      { type: 'contradiction', shot: 'b', message: 'It is night and noon.' },
    ] as const
    expect(brief(story([shot('a'), shot('b', chase)], { warnings })).warnings).toEqual([
      { ...warnings[0], type: 'story', about: 'assumed' },
      { type: 'story', about: 'contradiction', shot: 'b', message: 'b: It is night and noon.' },
    ])
  })

  it('name styles, tilts, views from above, and a cross-fade from nothing', () => {
    const first = shot('a', {
      camera: { framing: 'aerial', move: 'tilt up' },
      transition: { type: 'crossfade', seconds: 0.5 },
    })
    expect(messages(story([first], { style: ['watercolour'] }))).toEqual([
      expect.stringMatching(/tilt.*in a;/),
      expect.stringMatching(/a will be wide/),
      expect.stringMatching(/watercolour will not be seen/),
      expect.stringMatching(/a begins with a cross-fade/),
    ])
  })
})

it('a text of signs that cannot be seen is refused, with its path', () => {
  expect(() => brief(story([shot('a'), shot('b', { prompt: '\u200b\u0007' })]))).toThrow(
    /`shots\[1\]\.prompt` cannot be read: .*empty/,
  )
})
