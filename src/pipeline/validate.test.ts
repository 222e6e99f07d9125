import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FramewrightError } from '../util/errors.ts'
import { solidFrames } from '../video/frames.ts'
import { frameCountOf } from './film-length.ts'
import type { GenerateOptions } from './options.ts'
import { limits, validateOptions } from './validate.ts'

const prompt = 'a dog runs'

/** Options as a JavaScript caller may give them: anything. */
function outcome(options: Record<string, unknown>): ReturnType<typeof validateOptions> | FramewrightError {
  try {
    return validateOptions(options as unknown as GenerateOptions)
  } catch (error) {
    if (FramewrightError.is(error)) return error
    throw error
  }
}

test('every option has the default that its docblock says', () => {
  expect(validateOptions({ prompt })).toEqual({
    prompt,
    seed: 0,
    width: 256,
    height: 256,
    fps: 24,
    enhance: 'toybox',
    steps: 2,
    guidance: 1,
    attention: false,
    preview: true,
    characters: {},
    provider: 'cpu',
    count: 1,
  })
})

test('what is given comes through unchanged', () => {
  const dog = solidFrames({ count: 1, width: 4, height: 4, channels: 4, fps: 1 }, [1, 2, 3, 4])
  const given = {
    seed: 7,
    shots: 4,
    seconds: 1.5,
    director: 'provider/model',
    fps: 12,
    steps: 8,
    guidance: 2,
    attention: true,
    preview: false,
    negative: 'rain',
    threads: 2,
    count: 3,
    motion: { shots: [null, { actors: [{ id: 'dog-1', states: [{ centerX: 0.2 }] }] }] },
  }
  const { width, height, ...rest } = validateOptions({
    prompt,
    size: '640x360',
    provider: 'webgpu',
    enhance: 'upscalerjs',
    weights: 'mine',
    characters: { dog },
    signal: new AbortController().signal,
    ...given,
  })
  expect({ width, height }).toEqual({ width: 640, height: 360 })
  expect(rest).toEqual({
    prompt,
    provider: 'webgpu',
    enhance: 'upscalerjs',
    weights: 'mine',
    characters: { dog },
    ...given,
  })
})

test('a negative text raises the guidance, and is refused where it would do nothing', () => {
  expect(validateOptions({ prompt, negative: 'rain' }).guidance).toBe(2)
  expect(validateOptions({ prompt, negative: 'rain', guidance: 3 }).guidance).toBe(3)
  expect(() => validateOptions({ prompt, negative: 'rain', guidance: 1 })).toThrow(
    /`negative`.*above 1.*got `guidance` 1/,
  )
})

describe('numbers are taken inside their limits and refused outside, never changed', () => {
  for (const [name, { from, to, kind }] of Object.entries(limits)) {
    test(name, () => {
      fc.assert(
        fc.property(fc.oneof(fc.double(), fc.integer(), fc.constantFrom(from, to)), (value) => {
          // A seed near the end leaves no room for what other options need; seconds × fps must be a frame.
          const result = outcome({
            prompt,
            fps: 60,
            [name]: value,
            ...(name === 'fps' ? { seconds: 60 } : {}),
          })
          const isAllowed = value >= from && value <= to && (kind === 'real' || Number.isInteger(value))
          if (isAllowed) expect(result).toHaveProperty(name, value)
          else
            expect(result).toMatchObject({
              code: 'E_OPTION',
              message: expect.stringContaining(`\`${name}\``),
            })
        }),
      )
    })
  }
})

test('sizes: even sides from 16 to 4096', () => {
  fc.assert(
    fc.property(fc.integer({ min: -10, max: 5000 }), fc.integer({ min: -10, max: 5000 }), (width, height) => {
      const isSide = (side: number): boolean => side >= 16 && side <= 4096 && side % 2 === 0
      const result = outcome({ prompt, size: `${width}x${height}` })
      if (isSide(width) && isSide(height)) expect(result).toMatchObject({ width, height })
      else expect(result).toMatchObject({ code: 'E_OPTION', message: expect.stringContaining('16 to 4096') })
    }),
  )
})

test.each([
  ['a prompt that is no text', { prompt: 3 }, 'E_PROMPT', /`prompt` must be text, got 3/],
  ['no prompt', {}, 'E_PROMPT', /`prompt` must be text, or there must be a `storyboard`/],
  ['an empty prompt', { prompt: ' ' }, 'E_PROMPT', /empty/],
  ['a long prompt', { prompt: 'x'.repeat(100_000) }, 'E_PROMPT', /100000 characters/],
  ['an empty negative', { prompt, negative: '' }, 'E_PROMPT', /empty/],
  [
    'a number in a text',
    { prompt, steps: '16' },
    'E_OPTION',
    /`steps`.*whole number from 1 to 200, got "16"/,
  ],
  [
    'an unknown option',
    { prompt, step: 3 },
    'E_OPTION',
    /no option `step`; there are prompt, storyboard, seed, shots/,
  ],
  [
    'an unknown provider',
    { prompt, provider: 'gpu' },
    'E_OPTION',
    /cpu, webgpu, cuda, coreml, dml, got "gpu"/,
  ],
  ['no whole frame', { prompt, seconds: 0.1, fps: 1 }, 'E_OPTION', /no whole frame/],
  ['no shots', { prompt, shots: 0 }, 'E_OPTION', /`shots` must be a whole number from 1 to 500, got 0/],
  ['half a shot', { prompt, shots: 1.5 }, 'E_OPTION', /`shots`.*whole number.*got 1\.5/],
  [
    'one shot that is too long',
    { prompt, shots: 1, seconds: 61 },
    'E_OPTION',
    /`seconds` of one shot must be 0\.1 to 60, got 61: ask for more `shots`/,
  ],
  [
    'a director that is no model',
    { prompt, director: { name: 'me' } },
    'E_OPTION',
    /`director` must be a language model of the AI SDK, got an object/,
  ],
  [
    'seeds past the last',
    { prompt, seed: Number.MAX_SAFE_INTEGER, count: 2 },
    'E_OPTION',
    /`seed` \+ `count`/,
  ],
  ['a picture without pixels', { prompt, characters: { dog: 'dog.png' } }, 'E_OPTION', /`characters`/],
])('%s', (_name, options, code, message) => {
  expect(outcome(options)).toMatchObject({ code, message: expect.stringMatching(message) })
})

test('whatever is given, the answer is valid options or one sentence', () => {
  const keys = fc.constantFrom('prompt', 'seed', 'size', 'characters', 'count', 'weights', 'other')
  fc.assert(
    fc.property(fc.dictionary(keys, fc.anything()), (options) => {
      const result = outcome({ prompt, ...options })
      if (FramewrightError.is(result)) expect(result.message).toMatch(/^[^\n]+$/)
    }),
  )
})

test('a picture that is transparent all over is refused', () => {
  const clear = solidFrames({ count: 1, width: 4, height: 4, channels: 4, fps: 1 }, [1, 2, 3, 0])
  expect(() => validateOptions({ prompt, characters: { dog: clear } })).toThrow(
    'the picture for "dog" is transparent all over: there is nothing in it',
  )
})

describe('a storyboard', () => {
  const shot = {
    prompt: 'a red fox runs',
    cast: ['fox-1'],
    setting: { place: 'forest' },
    camera: { framing: 'wide', move: 'still' },
    arc: { position: 0.5, tension: 0.5, valence: 0, beat: 'rising' },
  }
  const storyboard = {
    format: 1,
    cast: [{ id: 'fox-1', kind: 'character', description: 'a red fox' }],
    shots: [0.3, 1.1].map((durationSeconds, i) => ({ ...shot, id: `shot-${i + 1}`, durationSeconds })),
  }

  test('is checked, and gets its defaults', () => {
    const valid = outcome({ storyboard })
    expect(valid).toMatchObject({ storyboard: { title: '', shots: [{ transition: { type: 'cut' } }, {}] } })
    expect(FramewrightError.is(valid) || frameCountOf(valid)).toBe(34)
  })

  test.each([
    ['beside a prompt', { prompt, storyboard }, 'E_OPTION', /`prompt` and `storyboard` are both given/],
    ['with a length', { storyboard, seconds: 3 }, 'E_OPTION', /`seconds`.*`durationSeconds`/],
    [
      'with shots',
      { storyboard, shots: 3 },
      'E_OPTION',
      /`shots` is for planning a prompt.*leave `shots` out/,
    ],
    ['with a director', { storyboard, director: 'a/b' }, 'E_OPTION', /`director` is for planning a prompt/],
    ['that is none', { storyboard: 3 }, 'E_STORY', /storyboard is a JSON object, got 3/],
    ['of nothing', { storyboard: null }, 'E_STORY', /storyboard is a JSON object, got null/],
    [
      'with a mistake in it',
      { storyboard: { ...storyboard, cast: [] } },
      'E_STORY',
      /`cast` must not be an empty list/,
    ],
    ['with a shot of no frame', { storyboard, fps: 1 }, 'E_OPTION', /shot-1 is 0\.3 s long.*no whole frame/],
  ])('%s is refused', (_name, options, code, message) => {
    expect(outcome(options)).toMatchObject({ code, message: expect.stringMatching(message) })
  })
})
