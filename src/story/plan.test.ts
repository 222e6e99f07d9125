import { describe, expect, test } from 'vitest'
import { openLanguage, type SceneGraph, understand } from '../text/index.ts'
import { parseStoryboard } from './parse-storyboard.ts'
import { plan } from './plan.ts'
import { type Shot, type Storyboard, storyboardText } from './storyboard.ts'
import { testStories } from './test-stories.ts'
import { plainText, readEvent, toldGraph } from './test-told-graph.ts'

const language = await openLanguage()

const pronoun =
  /\b(?:I|me|my|mine|myself|we|our|ours|you|your|yours|he|him|his|himself|she|her|hers|herself|it|its|itself|they|them|their|theirs|themselves|who|whom|whose|someone|somebody|everyone|everybody|nobody|anyone|anybody)\b/i

/** Every action of a graph with the shots that hold it. */
function shotsOfActions({ actions }: SceneGraph, { shots }: Storyboard): Shot[][] {
  return actions.map((action) =>
    shots.filter(({ actions: held }) =>
      held.some(
        ({ verb, agents, patients, negated, sentence }) =>
          verb === action.lemma &&
          negated === action.negated &&
          sentence === action.sentence &&
          agents.join() === action.agents.join() &&
          patients.join() === action.patients.join(),
      ),
    ),
  )
}

function expectSound(graph: SceneGraph, storyboard: Storyboard): void {
  expect(parseStoryboard(storyboardText(storyboard))).toEqual(storyboard)
  expect(shotsOfActions(graph, storyboard).map((shots) => shots.length)).toEqual(graph.actions.map(() => 1))
  for (const { prompt, cast, setting } of storyboard.shots) {
    expect(setting.place).not.toBe('')
    expect(cast.length).toBeGreaterThan(0)
    expect(prompt).not.toMatch(pronoun)
    expect(prompt).toMatch(/^[\p{Lu}\p{N}].*\.$/u)
  }
}

describe.each(testStories)('$kind: $name', (story) => {
  test('as written down: every event in one shot, with place and cast, and no pronoun', async () => {
    const graph = toldGraph(story, language)
    const storyboard = await plan(graph)
    expectSound(graph, storyboard)
    const events = story.events.filter((line) => !line.includes('~')).map(readEvent)
    const holding = shotsOfActions({ ...graph, actions: events }, storyboard).flat()
    expect(new Set(holding).size).toBe(events.length)
    for (const { prompt, cast } of storyboard.shots) {
      for (const id of cast) {
        const looks = storyboard.cast.find((one) => one.id === id)?.description ?? ''
        expect(prompt.toLowerCase()).toContain(looks.toLowerCase())
      }
    }
  })

  test('as read from the text: every event that was found in one shot, and no pronoun', async () => {
    const graph = understand(plainText(story), language)
    expectSound(graph, await plan(graph))
  })
})
