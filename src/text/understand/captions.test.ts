import { expect, it } from 'vitest'
import { type ClipScript, scriptClip } from '../../world/index.ts'
import { worlds } from '../../world/worlds.ts'
import { openLanguage } from '../language.ts'
import type { SceneGraph, TimeOfDay } from '../scene-graph.ts'
import { understand } from './understand.ts'

const language = await openLanguage()

// The world writes captions from facts, so what they say is known without reading them.
const clips = Array.from({ length: 301 }, (_, seed) => scriptClip(seed, worlds.first)).map((clip) => ({
  clip,
  graph: understand(clip.caption.text, language),
}))

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

/** "A man with a ball" and the like are two to a reader; the world calls them one. */
const isOneNoun = ({ caption }: ClipScript): boolean =>
  caption.actors.every(({ phrase }) => !/ (?:with|in|on) /.test(phrase))

it('finds the actors of toybox captions, in order, where they are named', () => {
  const wrong = clips
    .filter(({ clip }) => isOneNoun(clip))
    .filter(({ clip, graph }) => {
      const actors = clip.caption.actors.map(({ span }) => [span.start, span.end])
      return JSON.stringify(spansIn(graph)) !== JSON.stringify(actors)
    })
  expect(wrong.map(({ clip }) => clip.caption.text)).toEqual([])
})

it('finds their settings', () => {
  const wrong = clips.filter(({ clip, graph }) => {
    const setting = said(clip, 'setting')
    const places = graph.settings.flatMap(({ place }) => (place === null ? [] : [place.toLowerCase()]))
    if (setting === null) return places.length > 0
    if (setting.endsWith(' the snow')) return !graph.settings.some(({ weather }) => weather === 'snow')
    return !places.some((place) => setting.replace("'s surface", '').endsWith(place))
  })
  expect(wrong.map(({ clip }) => clip.caption.text)).toEqual([])
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
