import { describe, expect, it } from 'vitest'
import { type ClipScript, scriptClip } from '../../world/index.ts'
import { type WorldContent, worlds } from '../../world/worlds.ts'
import { openLanguage } from '../language.ts'
import type { SceneGraph, TimeOfDay } from '../scene-graph.ts'
import { understand } from './understand.ts'

const language = await openLanguage()

interface Read {
  readonly clip: ClipScript
  readonly graph: SceneGraph
}

// The world writes captions from facts, so what they say is known without reading them.
const readClips = (world: Partial<WorldContent>): Read[] =>
  Array.from({ length: 301 }, (_, seed) => scriptClip(seed, world)).map((clip) => ({
    clip,
    graph: understand(clip.caption.text, language),
  }))
const clips = readClips(worlds.first)

/** Who is named, in order, by where the text names them. */
const spansIn = ({ characters, objects }: SceneGraph) =>
  [...characters, ...objects]
    .map(({ mentions }) => mentions[0])
    .sort((a, b) => (a?.start ?? 0) - (b?.start ?? 0))
    .map((mention) => [mention?.start, mention?.end])

const said = ({ caption }: ClipScript, part: 'setting' | 'time'): string | null => {
  const span = caption[part]
  return span ? caption.text.slice(span.start, span.end).toLowerCase() : null
}

/** "A man with a ball", "a bag of french fries" and the like are two to a reader; the world calls them one. */
const isOneNoun = ({ caption }: ClipScript): boolean =>
  caption.actors.every(({ phrase }) => !/ (?:with|in|on|of|and|that|[a-z]+ing) /.test(phrase))

/** Every actor is found, in order, where it is named, and nobody else. */
function hasActors({ clip, graph }: Read): boolean {
  const actors = clip.caption.actors.map(({ span }) => [span.start, span.end])
  return JSON.stringify(spansIn(graph)) === JSON.stringify(actors)
}

/**
 * The same where the world's name for one actor is more than one noun to a reader, as "a strong woman raising a
 * barbell" and "a cup of tea": its first noun starts with the name, and what else is found stands in the name.
 */
function hasActorsWithParts({ clip, graph }: Read): boolean {
  const found = spansIn(graph)
  const isInName = ([start = 0, end = 0]: (number | undefined)[]): boolean =>
    clip.caption.actors.some(({ span }) => span.start <= start && end <= span.end)
  return (
    clip.caption.actors.every(({ span }) => found.some(([start]) => start === span.start)) &&
    found.every(isInName)
  )
}

const hasItsActors = (one: Read): boolean => (isOneNoun(one.clip) ? hasActors(one) : hasActorsWithParts(one))

function hasSetting({ clip, graph }: Read): boolean {
  const setting = said(clip, 'setting')
  const places = graph.settings.flatMap(({ place }) => (place === null ? [] : [place.toLowerCase()]))
  if (setting === null) return places.length === 0
  if (setting.endsWith(' the snow')) return graph.settings.some(({ weather }) => weather === 'snow')
  return places.some((place) => setting.replace("'s surface", '').endsWith(place))
}

it('finds the actors of toybox captions, in order, where they are named', () => {
  const wrong = clips.filter((one) => !hasItsActors(one))
  expect(wrong.map(({ clip }) => clip.caption.text)).toEqual([])
})

it('finds their settings', () => {
  const wrong = clips.filter((one) => !hasSetting(one))
  expect(wrong.map(({ clip }) => clip.caption.text)).toEqual([])
})

// Short of all: things of a deed that the world does not list ("lifting weights", "takes a nap"), "an upside down face".
describe.each([
  ['plain and in clear weather', {}, 297],
  ['with looks and in any weather', worlds.whole, 294],
] as const)('301 captions of the whole world, %s', (_, content, least) => {
  const read = readClips(content)

  it('finds all their settings', () => {
    const wrong = read.filter((one) => !hasSetting(one))
    expect(wrong.map(({ clip }) => clip.caption.text)).toEqual([])
  })

  it(`finds the actors of at least ${least}`, () => {
    const wrong = read.filter((one) => !hasItsActors(one))
    expect(
      read.length - wrong.length,
      wrong.map(({ clip }) => clip.caption.text).join('\n'),
    ).toBeGreaterThanOrEqual(least)
  })
})

const times: readonly (readonly [said: RegExp, time: TimeOfDay])[] = [
  [/sunset|sun sets/, 'sunset'],
  [/dusk/, 'dusk'],
  [/evening/, 'evening'],
  [/morning/, 'morning'],
  [/night|moonlight|stars|dark/, 'night'],
  [/day/, 'day'],
]

it('finds their times of day', () => {
  const wrong = clips.filter(({ clip, graph }) => {
    const time = said(clip, 'time')
    if (time === null) return graph.settings.some((setting) => setting.time !== null)
    if (time.includes('sunshine')) return !graph.settings.some(({ weather }) => weather === 'sunny')
    const expected = times.find(([pattern]) => pattern.test(time))?.[1]
    return !graph.settings.some((setting) => setting.time === expected)
  })
  expect(wrong.map(({ clip }) => clip.caption.text)).toEqual([])
})
