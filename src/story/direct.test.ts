import * as sdk from 'ai'
import { MockLanguageModelV4 } from 'ai/test'
import { describe, expect, test } from 'vitest'
import { type DirectOptions, direct, loadDirectorSdk } from './direct.ts'
import { directorInstructions } from './director-instructions.ts'
import { parseStoryboard } from './parse-storyboard.ts'
import type { Storyboard } from './storyboard.ts'

const text = 'A fox wakes in the forest. It runs to the beach.'

function answer(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const shot = {
    cast: ['fox-1'],
    camera: { framing: 'wide', move: 'still' },
    durationSeconds: 2,
    arc: { position: 0.5, tension: 0.4, valence: 0, beat: 'rising' },
  }
  return {
    format: 1,
    title: 'A fox',
    cast: [{ id: 'fox-1', kind: 'character', description: 'a red fox' }],
    shots: [
      { ...shot, id: 'shot-1', prompt: 'A red fox wakes in the forest.', setting: { place: 'forest' } },
      { ...shot, id: 'shot-2', prompt: 'A red fox runs to the beach.', setting: { place: 'beach' } },
    ],
    ...changes,
  }
}

/** A model of the SDK's own kind that gives these texts in turn. */
function model(...texts: readonly string[]): MockLanguageModelV4 {
  let asked = 0
  return new MockLanguageModelV4({
    doGenerate: async () => ({
      content: [{ type: 'text', text: texts[asked++] ?? '' }],
      finishReason: { unified: 'stop', raw: undefined },
      usage: {
        inputTokens: { total: 10, noCache: 10, cacheRead: undefined, cacheWrite: undefined },
        outputTokens: { total: 20, text: 20, reasoning: undefined },
      },
      warnings: [],
    }),
  })
}

const planned = parseStoryboard(answer({ title: 'planned' }))

/** Directs with the SDK of the tests, whatever Node runs them. */
async function tell(director: MockLanguageModelV4, options: Partial<DirectOptions> = {}) {
  let plans = 0
  const plan = (): Storyboard => {
    plans += 1
    return planned
  }
  const storyboard = await direct(text, { director, plan, sdk, ...options })
  return { storyboard, plans, calls: director.doGenerateCalls }
}

/** The messages of a call, as text. */
const sent = (call: MockLanguageModelV4['doGenerateCalls'][number] | undefined): string =>
  JSON.stringify(call?.prompt ?? [])

describe('direct', () => {
  test('gives what the model answers, as a storyboard with its defaults', async () => {
    const { storyboard, plans, calls } = await tell(model(JSON.stringify(answer())))
    expect(storyboard).toEqual({ ...parseStoryboard(answer()), text })
    expect([plans, calls.length]).toEqual([0, 1])
  })

  test('sends the text as a story, the instructions, and the schema', async () => {
    const { calls } = await tell(model(JSON.stringify(answer())), {
      repertoire: { subjects: ['fox'], actions: ['run'], places: ['beach'], times: ['night'], perShot: 2 },
    })
    expect(sent(calls[0])).toContain(JSON.stringify(`<story>\n${text}\n</story>`).slice(1, -1))
    expect(sent(calls[0])).toMatch(/Subjects: fox\. Actions: run\. Places: beach\. Times: night/)
    const format = calls[0]?.responseFormat
    expect(format?.type === 'json' && format.schema).toMatchObject({
      properties: { cast: { type: 'array' }, shots: { type: 'array' } },
    })
  })

  test.each([
    ['no JSON', 'Once upon a time', /no JSON/],
    ['nothing of the schema', '{"shots": []}', /`format` must be 1/],
    [
      'a word that is none',
      JSON.stringify(answer({ shape: 'spiral' })),
      /`shape` must be one of .{0,20}rags to riches.*got .{0,5}spiral/,
    ],
    [
      'a stranger',
      JSON.stringify(answer({ cast: [{ id: 'wolf-1', kind: 'character', description: 'a wolf' }] })),
      /`shots\[0\]\.cast\[0\]` must be one of .{0,5}wolf-1.*got .{0,5}fox-1/,
    ],
  ])('asks once more after %s, and tells why', async (_name, wrong, reason) => {
    const { storyboard, plans, calls } = await tell(model(wrong, JSON.stringify(answer())))
    expect(storyboard.title).toBe('A fox')
    expect([plans, calls.length]).toEqual([0, 2])
    expect(calls[1]?.prompt.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user'])
    expect(sent(calls[1])).toMatch(reason)
  })

  test('leaves it to the planner after the second wrong answer, and warns', async () => {
    const { storyboard, plans, calls } = await tell(model('{', '{}', JSON.stringify(answer())))
    expect([plans, calls.length]).toEqual([1, 2])
    const [warning] = storyboard.warnings
    expect(warning).toMatchObject({ type: 'director', shot: null })
    expect(warning?.message).toMatch(/^The director failed, and the built-in planner .*`format` must be 1/)
    expect({ ...storyboard, warnings: [] }).toEqual(planned)
  })

  test('leaves it to the planner when the model cannot be reached', async () => {
    const broken = new MockLanguageModelV4({
      doGenerate: async () => {
        throw new Error('no\nconnection')
      },
    })
    const { storyboard, plans } = await tell(broken)
    expect(plans).toBe(1)
    expect(storyboard.warnings[0]?.message).toMatch(/no connection/)
  })

  test('insists on the number of shots', async () => {
    const { calls, storyboard } = await tell(model(JSON.stringify(answer()), JSON.stringify(answer())), {
      shots: 3,
    })
    expect(sent(calls[0])).toContain('exactly 3 shots')
    expect(sent(calls[1])).toContain('must have 3 shots, got 2')
    expect(storyboard.warnings[0]?.type).toBe('director')
  })

  test('lasts as long as is asked', async () => {
    const { storyboard } = await tell(model(JSON.stringify(answer())), { seconds: 7 })
    expect(storyboard.shots.map(({ durationSeconds }) => durationSeconds)).toEqual([3.5, 3.5])
  })

  test('stops when it is aborted: nobody plans', async () => {
    const reason = new Error('enough')
    const stop = new AbortController()
    const slow = new MockLanguageModelV4({
      doGenerate: async ({ abortSignal }) => {
        stop.abort(reason)
        abortSignal?.throwIfAborted()
        throw new Error('the signal was not handed on')
      },
    })
    const plan = (): Storyboard => {
      throw new Error('planned all the same')
    }
    const told = direct(text, { director: slow, plan, sdk, signal: stop.signal })
    await expect(told).rejects.toBe(reason)
  })
})

test('an old Node is told so, before anything is loaded', async () => {
  await expect(loadDirectorSdk('20.20.2')).rejects.toMatchObject({
    code: 'E_OPTION',
    message: expect.stringMatching(/needs Node 22 or later, and this is Node 20\.20\.2/),
  })
  expect(await loadDirectorSdk('22.0.0')).toHaveProperty('generateText')
})

test('the instructions ask for what is wished', () => {
  expect(directorInstructions({})).toMatch(/as many shots as there are events/)
  expect(directorInstructions({ seconds: 12 })).toMatch(/add up to 12 seconds/)
  expect(directorInstructions({})).not.toContain('Subjects')
})
