import { afterAll, expect, test } from 'vitest'
import { type Action, openLanguage, type SceneGraph, understand } from '../text/index.ts'
import { parseStoryboard } from './parse-storyboard.ts'
import { plan } from './plan.ts'
import { type Shot, type Storyboard, storyboardText } from './storyboard.ts'
import { testStories } from './test-stories.ts'
import { idsAsRead, plainText, readEvent, toldGraph } from './test-told-graph.ts'

/**
 * The twenty stories as a user has them: only their text. What a person wrote down as an event must be in exactly one
 * shot, with its verb and those who do it; a state, as having a kite, is no event. What the analyser does not read yet is listed here: wind, snow
 * and the sea are weather and places to it, and nobody who does something; "part" is a noun; the `it` that cracks is
 * the dragon. The list may only become shorter.
 */
const knownMisses: readonly string[] = [
  'the red kite, 2: wind lift kite',
  'the sports car, 2: sea shine',
  'rain, sun and snow, 2: cloud part',
  'rain, sun and snow, 2: sun come out',
  'rain, sun and snow, 3: snow cover hill',
  'the dragon’s egg, 4: egg crack',
]

const language = await openLanguage()

const pronoun =
  /\b(?:I|me|my|mine|myself|we|our|ours|you|your|yours|he|him|his|himself|she|her|hers|herself|it|its|itself|they|them|their|theirs|themselves|who|whom|whose)\b/i

const read = testStories.map((story) => {
  const told = toldGraph(story, language)
  const graph = understand(plainText(story), language)
  return { name: story.name, told, graph, events: story.events, ids: idsAsRead(told, graph) }
})
const boards: readonly Storyboard[] = await Promise.all(read.map(({ graph }) => plan(graph)))

const verbOf = (lemma: string): string | undefined => lemma.split(' ')[0]
const sorted = (ids: readonly (string | null | undefined)[]): string => ids.map(String).sort().join()

/** The shots that hold an event: the same verb, done by the same, in the same sentence. */
function shotsOf({ shots }: Storyboard, event: Action, ids: ReadonlyMap<string, string | null>): Shot[] {
  const agents = sorted(event.agents.map((id) => ids.get(id)))
  return shots.filter(({ actions }) =>
    actions.some(
      (action) =>
        action.sentence === event.sentence &&
        verbOf(action.verb) === verbOf(event.lemma) &&
        action.negated === event.negated &&
        sorted(action.agents) === agents,
    ),
  )
}

/** Of the events found: whether they are done to those whom the story tells, and to nobody else. */
function isDoneToTheSame(graph: SceneGraph, event: Action, ids: ReadonlyMap<string, string | null>): boolean {
  const patients = sorted(event.patients.map((id) => ids.get(id)))
  return graph.actions.some(
    (action) =>
      action.sentence === event.sentence &&
      verbOf(action.lemma) === verbOf(event.lemma) &&
      sorted(action.patients) === patients,
  )
}

const figures: string[] = []
afterAll(() => console.info(figures.join('\n')))

test('every event is in exactly one shot, but for the known misses', () => {
  const misses: string[] = []
  let count = 0
  let patients = 0
  for (const [i, { name, graph, events, ids }] of read.entries()) {
    const board = boards[i]
    if (!board) continue
    for (const line of events.filter((one) => !one.includes('~'))) {
      const event = readEvent(line)
      count += 1
      if (shotsOf(board, event, ids).length !== 1) misses.push(`${name}, ${line}`)
      else if (isDoneToTheSame(graph, event, ids)) patients += 1
    }
  }
  const found = count - misses.length
  figures.push(
    `events in exactly one shot, with verb and agents: ${found} of ${count}; of these done to the right ones: ${patients}`,
    ...misses.filter((miss) => !knownMisses.includes(miss)).map((miss) => `new miss: ${miss}`),
    ...knownMisses.filter((miss) => !misses.includes(miss)).map((miss) => `found by now: ${miss}`),
  )
  expect(misses.length, misses.join('\n')).toBeLessThanOrEqual(knownMisses.length)
})

test('no shot tells the same event again, and none is lost of those that were read', () => {
  for (const [i, { graph }] of read.entries()) {
    const told = boards[i]?.shots.flatMap(({ actions }) => actions) ?? []
    expect(told.length).toBe(graph.actions.length)
  }
})

test('every shot has a place and a cast, and no pronoun is left', () => {
  for (const board of boards) {
    expect(parseStoryboard(storyboardText(board))).toEqual(board)
    for (const { prompt, cast, setting } of board.shots) {
      expect(setting.place).toMatch(/\p{L}/u)
      expect(cast.length).toBeGreaterThan(0)
      expect(prompt).not.toMatch(pronoun)
    }
  }
  figures.push(
    `shots: ${boards.reduce((sum, { shots }) => sum + shots.length, 0)}, each with a place and a cast, no pronoun`,
  )
})
