import * as sdk from 'ai'
import { MockLanguageModelV4 } from 'ai/test'
import { describe, expect, test } from 'vitest'
import { parseStoryboard, plan, type Storyboard } from '../story/index.ts'
import { openLanguage, understand } from '../text/index.ts'
import type { GenerateEvent } from './events.ts'
import type { PromptOptions } from './options.ts'
import { planFilm } from './plan-film.ts'
import { writtenShot, writtenStoryboard } from './test-storyboard.ts'
import { openToybox } from './toybox.ts'
import { validateOptions } from './validate.ts'

const story = 'A horse walks through a forest. It meets a rabbit. They run across the meadow at sunset.'
const oneEvent = 'A red horse runs through a snowy forest at night.'
const language = await openLanguage()

/** Plans with the real arc network, and tells how often it was asked for. */
async function planned(options: PromptOptions & { readonly fps?: number }) {
  const toybox = openToybox()
  const events: GenerateEvent[] = []
  let arcs = 0
  const arc: typeof toybox.arc = () => {
    arcs += 1
    return toybox.arc()
  }
  const emit = (event: GenerateEvent): void => void events.push(event)
  const { signal } = new AbortController()
  try {
    const work = { options: validateOptions(options), toybox: { arc }, run: null, signal, emit }
    const storyboard = await planFilm(work, understand(options.prompt, language), sdk)
    return { storyboard, events, arcs }
  } finally {
    await toybox.close()
  }
}

describe('a prompt', () => {
  test('of several events is planned as `plan` plans it, and an event tells the storyboard', async () => {
    const { storyboard, events, arcs } = await planned({ prompt: story })
    expect(storyboard).toEqual(await plan(story))
    expect(events).toEqual([{ type: 'story-planned', storyboard }])
    expect(storyboard?.shots.filter(({ origin }) => origin === 'text')).toHaveLength(3)
    expect(arcs).toBe(0)
  })

  test.each([
    ['of one event', { prompt: oneEvent }],
    ['of two things at once', { prompt: 'A horse runs through a forest while a bird sings.' }],
    ['that tells nothing', { prompt: '12345' }],
    ['of several events that shall be one shot', { prompt: story, shots: 1 }],
  ])('%s is no story', async (_name, options) => {
    expect(await planned(options)).toEqual({ storyboard: null, events: [], arcs: 0 })
  })

  test('has as many shots as are asked for, and lasts as long', async () => {
    const { storyboard } = await planned({ prompt: oneEvent, shots: 3, seconds: 7.5 })
    expect(storyboard?.shots.map(({ origin }) => origin).sort()).toEqual(['added', 'added', 'text'])
    expect(storyboard?.shots.reduce((sum, { durationSeconds }) => sum + durationSeconds, 0)).toBe(7.5)
  })

  test('has shots that the arc network chooses, where there are more to choose from', async () => {
    const { storyboard, arcs } = await planned({ prompt: story, shots: 6 })
    expect([storyboard?.shots.length, arcs]).toEqual([6, 1])
    const byRule = await plan(story, { shots: 6 })
    expect(byRule.shots).toHaveLength(6)
    expect((await planned({ prompt: story, shots: 2 })).arcs).toBe(0)
  })

  test('is refused where its shots do not fit into the time, or a shot has no frame', async () => {
    await expect(planned({ prompt: story, seconds: 1 })).rejects.toThrow(
      /of 5 shots must be 1\.25 to 300, got 1/,
    )
    await expect(planned({ prompt: story, seconds: 1.25, fps: 1 })).rejects.toThrow(
      /no whole frame at 1 `fps`/,
    )
  })
})

/** A model of the SDK's own kind that gives this text. */
function model(text: string): MockLanguageModelV4 {
  return new MockLanguageModelV4({
    doGenerate: async () => ({
      content: [{ type: 'text', text }],
      finishReason: { unified: 'stop', raw: undefined },
      usage: {
        inputTokens: { total: 10, noCache: 10, cacheRead: undefined, cacheWrite: undefined },
        outputTokens: { total: 20, text: 20, reasoning: undefined },
      },
      warnings: [],
    }),
  })
}

describe('a director', () => {
  const written = writtenStoryboard([writtenShot('first'), writtenShot('second')])

  test.each([story, oneEvent])('plans what toybox can draw: %s', async (prompt) => {
    const director = model(JSON.stringify(written))
    const { storyboard, events } = await planned({ prompt, director })
    const expected: Storyboard = { ...parseStoryboard(written), text: prompt }
    expect(storyboard).toEqual(expected)
    expect(events).toEqual([{ type: 'story-planned', storyboard: expected }])
    const sent = JSON.stringify(director.doGenerateCalls[0]?.prompt)
    expect(sent).toMatch(/Subjects: .*horse.*Places: .*beach/)
  })

  test('that fails is a warning, and the built-in planner plans', async () => {
    const { storyboard } = await planned({ prompt: story, director: model('no storyboard') })
    const { shots } = await plan(story)
    expect(storyboard?.shots).toEqual(shots)
    expect(storyboard?.warnings[0]).toMatchObject({ type: 'director', shot: null })
  })
})
