import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatSceneGraph } from '../format-scene-graph.ts'
import { openLanguage } from '../language.ts'
import type { Entity, SceneGraph, Setting } from '../scene-graph.ts'
import { understand } from './understand.ts'

const language = await openLanguage()

/** The graph in words, so that expectations can be read and written by hand. */
interface Summary {
  readonly characters?: readonly string[]
  readonly objects?: readonly string[]
  /** `agents [not] verb [patients] [>direction] [(manner)]`. */
  readonly actions?: readonly string[]
  /** `sentence: place=… time=… weather=… season=…`. */
  readonly settings?: readonly string[]
  readonly relations?: readonly string[]
  readonly camera?: readonly string[]
  readonly style?: readonly string[]
}

function summarise(graph: SceneGraph): Required<Summary> {
  const entity = ({ name, count }: Entity) => (count === 1 ? name : `${name} x${count}`)
  const setting = ({ sentence, ...rest }: Setting) =>
    `${sentence}:${(['place', 'time', 'weather', 'season'] as const)
      .map((key) => (rest[key] === null ? '' : ` ${key}=${rest[key]}`))
      .join('')}`
  return {
    characters: graph.characters.map(entity),
    objects: graph.objects.map(entity),
    actions: graph.actions.map((action) =>
      [
        action.agents.join('+'),
        action.negated ? 'not' : '',
        action.lemma,
        action.patients.join('+'),
        action.direction === null ? '' : `>${action.direction}`,
        action.manner === null ? '' : `(${action.manner})`,
      ]
        .filter((part) => part !== '')
        .join(' '),
    ),
    settings: graph.settings.map(setting),
    relations: graph.relations.map(({ subject, relation, object }) => `${subject} ${relation} ${object}`),
    camera: graph.camera.map(({ move }) => move),
    style: [...graph.style],
  }
}

// Written by hand from the sentences, before the rules.
const cases: readonly (readonly [string, Summary])[] = [
  [
    'A red fox runs through a snowy forest.',
    {
      characters: ['red fox'],
      actions: ['fox-1 run >through'],
      settings: ['0: place=snowy forest weather=snow'],
      relations: ['fox-1 through snowy forest'],
    },
  ],
  [
    'Two small dogs and a cat chase a ball on the beach at sunset.',
    {
      characters: ['small dogs x2', 'cat'],
      objects: ['ball'],
      actions: ['dog-1+cat-1 chase ball-1'],
      settings: ['0: place=beach time=sunset'],
      relations: ['dog-1 on beach', 'cat-1 on beach'],
    },
  ],
  [
    'A girl waves at a robot. She smiles and walks to the left.',
    {
      characters: ['girl', 'robot'],
      actions: ['girl-1 wave robot-1', 'girl-1 smile', 'girl-1 walk >left'],
    },
  ],
  [
    'It is raining in the city at night. An old man with a blue umbrella walks slowly along the street.',
    {
      characters: ['old man'],
      objects: ['blue umbrella'],
      actions: ['man-1 walk >along (slowly)'],
      settings: ['0: place=city time=night weather=rain', '1: place=street'],
      relations: ['man-1 with umbrella-1', 'man-1 along street'],
    },
  ],
  [
    'The camera pans left across a desert while a camel walks right.',
    {
      characters: ['camel'],
      actions: ['camel-1 walk >right'],
      settings: ['0: place=desert'],
      camera: ['pan left'],
    },
  ],
  [
    'a penguin slides down a hill',
    {
      characters: ['penguin'],
      actions: ['penguin-1 slide >down'],
      settings: ['0: place=hill'],
      relations: ['penguin-1 down hill'],
    },
  ],
  ['A dog is chased by a cat.', { characters: ['dog', 'cat'], actions: ['cat-1 chase dog-1'] }],
  ["The bird doesn't fly.", { characters: ['bird'], actions: ['bird-1 not fly'] }],
  [
    'A monkey riding a bicycle in the park',
    {
      characters: ['monkey'],
      objects: ['bicycle'],
      actions: ['monkey-1 ride bicycle-1'],
      settings: ['0: place=park'],
      relations: ['monkey-1 in park'],
    },
  ],
  [
    'An elephant in a red hat dances happily under the stars.',
    {
      characters: ['elephant'],
      objects: ['red hat'],
      actions: ['elephant-1 dance (happily)'],
      settings: ['0: time=night'],
      relations: ['elephant-1 wear hat-1'],
    },
  ],
  [
    'Zoom in on a butterfly on a flower.',
    {
      characters: ['butterfly'],
      objects: ['flower'],
      relations: ['butterfly-1 on flower-1'],
      camera: ['zoom in'],
    },
  ],
  [
    'A whale jumps out of the sea; a boat passes by.',
    {
      characters: ['whale', 'boat'],
      actions: ['whale-1 jump >out', 'boat-1 pass >past'],
      settings: ['0: place=sea'],
      relations: ['whale-1 out of sea'],
    },
  ],
  [
    'Three astronauts float above the moon.',
    {
      characters: ['astronauts x3'],
      actions: ['astronaut-1 float'],
      settings: ['0: place=moon'],
      relations: ['astronaut-1 above moon'],
    },
  ],
  [
    'A knight follows the dragon into a dark cave. It breathes fire.',
    {
      characters: ['knight', 'dragon'],
      objects: ['fire'],
      actions: ['knight-1 follow dragon-1 >in', 'dragon-1 breathe fire-1'],
      settings: ['0: place=dark cave'],
      relations: ['knight-1 into dark cave'],
    },
  ],
  [
    'Close-up of a bee flying over a meadow in spring, watercolor style.',
    {
      characters: ['bee'],
      actions: ['bee-1 fly >over'],
      settings: ['0: place=meadow season=spring'],
      relations: ['bee-1 over meadow'],
      camera: ['close-up'],
      style: ['watercolor'],
    },
  ],
  [
    'a turtle swims toward a school of fish',
    { characters: ['turtle', 'school of fish x5'], actions: ['turtle-1 swim fish-1 >toward'] },
  ],
  [
    'The rabbit is sleeping under a tree.',
    {
      characters: ['rabbit'],
      objects: ['tree'],
      actions: ['rabbit-1 sleep'],
      relations: ['rabbit-1 under tree-1'],
    },
  ],
  [
    'A crab and a lobster fight on a rocky shore',
    {
      characters: ['crab', 'lobster'],
      actions: ['crab-1+lobster-1 fight'],
      settings: ['0: place=rocky shore'],
      relations: ['crab-1 on rocky shore', 'lobster-1 on rocky shore'],
    },
  ],
  [
    'A black and white cat sits on a green sofa.',
    {
      characters: ['black and white cat'],
      objects: ['green sofa'],
      actions: ['cat-1 sit'],
      relations: ['cat-1 on sofa-1'],
    },
  ],
  ['No people walk in the street.', { actions: ['not walk'], settings: ['0: place=street'] }],
  [
    'A horse gallops up the mountain at dawn in heavy snow',
    {
      characters: ['horse'],
      actions: ['horse-1 gallop >up'],
      settings: ['0: place=mountain time=dawn weather=snow'],
      relations: ['horse-1 up mountain'],
    },
  ],
  [
    'The fish jumps and the frog watches it.',
    { characters: ['fish', 'frog'], actions: ['fish-1 jump', 'frog-1 watch fish-1'] },
  ],
  ['Sharks', { characters: ['Sharks x2'] }],
  [
    'Pan left: a lighthouse in a storm!',
    { objects: ['lighthouse'], settings: ['0: weather=storm'], camera: ['pan left'] },
  ],
  [
    'a cat pushes a box to the right',
    { characters: ['cat'], objects: ['box'], actions: ['cat-1 push box-1 >right'] },
  ],
  [
    'The sun rises over the ocean.',
    {
      characters: ['sun'],
      actions: ['sun-1 rise >over'],
      settings: ['0: place=ocean time=sunrise'],
      relations: ['sun-1 over ocean'],
    },
  ],
  [
    'Mary gives John a flower',
    {
      characters: ['Mary', 'John'],
      objects: ['flower'],
      actions: ['mary-1 give john-1+flower-1'],
    },
  ],
  [
    'A wizard in a long cloak walks through the market, then he climbs a tower.',
    {
      characters: ['wizard'],
      objects: ['long cloak', 'tower'],
      actions: ['wizard-1 walk >through', 'wizard-1 climb tower-1'],
      settings: ['0: place=market'],
      relations: ['wizard-1 wear cloak-1', 'wizard-1 through market'],
    },
  ],
  [
    'Two cats play with a ball of yarn in the kitchen. They chase a mouse.',
    {
      characters: ['cats x2', 'mouse'],
      objects: ['ball', 'yarn'],
      actions: ['cat-1 play ball-1', 'cat-1 chase mouse-1'],
      settings: ['0: place=kitchen'],
      relations: ['cat-1 in kitchen'],
    },
  ],
  [
    'On a foggy morning, a deer drinks from a lake.',
    {
      characters: ['deer'],
      actions: ['deer-1 drink'],
      settings: ['0: place=lake time=morning weather=fog'],
      relations: ['deer-1 from lake'],
    },
  ],
  [
    'A boy and his dog run along the beach.',
    {
      characters: ['boy', 'dog'],
      actions: ['boy-1+dog-1 run >along'],
      settings: ['0: place=beach'],
      relations: ['boy-1 along beach', 'dog-1 along beach'],
    },
  ],
  [
    'The cat does not chase the dog; the dog chases the cat.',
    { characters: ['cat', 'dog'], actions: ['cat-1 not chase dog-1', 'dog-1 chase cat-1'] },
  ],
  ['A dog runs. Another dog barks.', { characters: ['dog', 'dog'], actions: ['dog-1 run', 'dog-2 bark'] }],
  ['A bird flies quickly to the left.', { characters: ['bird'], actions: ['bird-1 fly >left (quickly)'] }],
  [
    'A small yellow duck swims across a pond while it rains.',
    {
      characters: ['small yellow duck'],
      actions: ['duck-1 swim >across'],
      settings: ['0: place=pond weather=rain'],
      relations: ['duck-1 across pond'],
    },
  ],
  [
    'A fox puts on a hat. The fox is happy.',
    {
      characters: ['fox'],
      objects: ['hat'],
      actions: ['fox-1 put on hat-1'],
      relations: ['fox-1 wear hat-1'],
    },
  ],
  [
    'The cat is chased by a dog and two mice.',
    { characters: ['cat', 'dog', 'mice x2'], actions: ['dog-1+mouse-1 chase cat-1'] },
  ],
  [
    'A dog barks at a squirrel in a tree.',
    {
      characters: ['dog', 'squirrel'],
      objects: ['tree'],
      actions: ['dog-1 bark squirrel-1'],
      relations: ['squirrel-1 in tree-1'],
    },
  ],
  [
    'Slow motion shot of a cheetah running across the savanna',
    {
      characters: ['cheetah'],
      actions: ['cheetah-1 run >across'],
      settings: ['0: place=savanna'],
      relations: ['cheetah-1 across savanna'],
      camera: ['slow motion'],
    },
  ],
  [
    'The snowman waves goodbye as the sun sets.',
    {
      characters: ['snowman'],
      actions: ['snowman-1 wave'],
      settings: ['0: time=sunset'],
    },
  ],
]

describe('understand', () => {
  it.each(cases)('%s', (text, expected) => {
    const nothing = {
      characters: [],
      objects: [],
      actions: [],
      settings: [],
      relations: [],
      camera: [],
      style: [],
    }
    expect(summarise(understand(text, language))).toEqual({ ...nothing, ...expected })
  })

  it('keeps where every entity is mentioned, pronouns included', () => {
    const text = 'A red fox runs. It sleeps.'
    const [fox] = understand(text, language).characters
    expect(fox?.attributes).toEqual(['red'])
    expect(fox?.mentions.map(({ sentence, start, end }) => [sentence, text.slice(start, end)])).toEqual([
      [0, 'A red fox'],
      [1, 'It'],
    ])
  })

  it('normalises the text first, and counts offsets in it', () => {
    const graph = understand('  A   dog\truns ', language)
    expect(graph.text).toBe('A dog runs')
    expect(graph.characters[0]?.mentions).toEqual([{ sentence: 0, start: 0, end: 5 }])
  })

  it('reads any heap of words without failing, and names only entities that it has', () => {
    const vocabulary =
      'a the two no dog cats it they and or of in up left runs chase is not by with , . ; camera pans'
    const word = fc.oneof(
      fc.constantFrom(...vocabulary.split(' ')),
      fc.string({ unit: 'binary', maxLength: 4 }),
    )
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 12 }), (parts) => {
        const graph = understand(`x ${parts.join(' ')}`, language)
        const ids = [...graph.characters, ...graph.objects].map(({ id }) => id)
        expect(new Set(ids).size).toBe(ids.length)
        for (const { agents, patients } of graph.actions)
          expect(ids).toEqual(expect.arrayContaining([...agents, ...patients]))
        for (const { subject } of graph.relations) expect(ids).toContain(subject)
        expect(() => formatSceneGraph(graph)).not.toThrow()
      }),
      { numRuns: 300 },
    )
  })

  it('refuses an empty text', () => {
    expect(() => understand(' ', language)).toThrow(expect.objectContaining({ code: 'E_PROMPT' }))
  })
})

describe('formatSceneGraph', () => {
  it('shows the graph as a tree', () => {
    const graph = understand('Two small dogs slowly chase a ball on the beach at sunset.', language)
    expect(formatSceneGraph(graph)).toBe(
      [
        'characters',
        '  dog-1   2 × small dogs',
        'objects',
        '  ball-1  ball',
        'actions',
        '  dog-1 chase ball-1, slowly',
        'settings',
        '  beach, sunset',
        'relations',
        '  dog-1 on beach',
      ].join('\n'),
    )
  })
})
