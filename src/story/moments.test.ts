import { describe, expect, test } from 'vitest'
import { openLanguage, understand } from '../text/index.ts'
import { countEvents, findBeats } from './story-beats.ts'
import { toldGraph } from './test-told-graph.ts'

const language = await openLanguage()

/** The verbs of each moment, as a person has written the actions down. */
function moments(told: string, events: readonly string[]): string[] {
  const graph = toldGraph({ name: '', kind: 'fable', told, events, settings: [] }, language)
  return findBeats(graph).beats.map(({ clauses }) => clauses.map(({ action }) => action.lemma).join(' '))
}

describe('one moment', () => {
  test.each([
    ['while', '[A cat|cat] sleeps while [a dog|dog] barks.', ['0: cat sleep', '0: dog bark'], 'sleep bark'],
    ['as', 'As [the sun|*sun] sets, [a dog|dog] barks.', ['0: sun set', '0: dog bark'], 'set bark'],
    [
      'a participle',
      '[A balloon|*balloon] rises, carrying [a boy|boy].',
      ['0: balloon rise', '0: balloon carry boy'],
      'rise carry',
    ],
    [
      'a relative clause',
      '[A man|man] who never carries [a bag|*bag] runs.',
      ['0: man carry bag', '0: man run'],
      'carry run',
    ],
    ['a purpose', '[A hen|hen] stops to drink.', ['0: hen stop', '0: hen drink'], 'stop drink'],
  ])('%s', (_name, told, events, moment) => {
    expect(moments(told, events)).toEqual([moment])
  })
})

describe('one after the other', () => {
  test.each([
    ['and', '[A cat|cat] jumps and sleeps.', ['0: cat jump', '0: cat sleep']],
    ['then', '[A cat|cat] jumps, then, running, [a dog|dog] barks.', ['0: cat jump', '0: dog bark']],
    ['when', 'When [the cat|cat] jumps, [a dog|dog] barks.', ['0: cat jump', '0: dog bark']],
    ['as fast as', '[A cat|cat] runs as fast as a horse and sleeps.', ['0: cat run', '0: cat sleep']],
    ['that dog', '[A cat|cat] sees [that dog|dog] and runs.', ['0: cat see dog', '0: cat run']],
    ['two sentences', '[A cat|cat] jumps. While [it|cat] sleeps.', ['0: cat jump', '1: cat sleep']],
  ])('%s', (_name, told, events) => {
    expect(moments(told, events)).toHaveLength(2)
  })
})

test.each([
  ['A small red fox chases two rabbits through the snow.', 1],
  ['A forest at night. A fox runs.', 1],
  ['A red ball on a table', 0],
  ['A dog runs along the beach while the sun sets.', 1],
  ['A fox walks through a forest. It meets a rabbit. They run across the meadow at sunset.', 3],
  ['A fox sees a hen, runs to it and barks.', 3],
])('%s tells %i', (text, count) => {
  expect(countEvents(understand(text, language))).toBe(count)
})
